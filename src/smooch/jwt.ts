import { createSecretKey } from "node:crypto";

/** A key's id and secret, as `SmoochKey` gives them. */
export interface KeyPair {
  /** The key's id, e.g. `app_5735dcf248011972d621dc01`; of an account key `act_…`. */
  keyId: string;
  /** The key's secret. */
  secret: string;
}

/** What a token may do. */
export type TokenScope = "app" | "appUser" | "user" | "account";

/** What a token is for, and for how long. */
export interface JwtOptions {
  /**
   * What the token may do; it has to match the key: `app` for an app's key, `account` for an account key, and with an
   * app's key `appUser` or `user` to log a user in to an SDK: `appUser` for apps that are used through API v1 and v1.1,
   * `user` for v2. Default: `app`, with a `userId` `appUser`.
   */
  scope?: TokenScope | undefined;
  /** The user whom the token logs in: your own id of that user, a string. Required with `appUser` and `user`. */
  userId?: string | undefined;
  /**
   * Seconds, more than 0, until the token expires, or a string with a unit, such as `"90s"`, `"2h"` or `"7d"`.
   * Default: it does not expire.
   */
  expiresIn?: number | string | undefined;
}

/**
 * Signs a JSON Web Token (HS256, `kid` in its header) with a Smooch key, locally, without a call.
 *
 * Without `expiresIn` the token holds nothing that changes, so the same key always gives the same token.
 *
 * ```ts
 * import { signJwt } from "pulumi-smooch";
 * const token = signJwt({ keyId, secret }, { scope: "user", userId: "ann", expiresIn: "1h" });
 * ```
 *
 * Throws without a key's id or secret, for another scope, when `userId` and a user's scope do not come together, and for a
 * time that would be over at once. Source: "Authentication" in Smooch's REST reference.
 */
export function signJwt(key: KeyPair, options: JwtOptions = {}): string {
  const { userId, expiresIn } = options;
  const { scope = userId === undefined ? "app" : "appUser" } = options;
  for (const name of ["keyId", "secret"] as const) {
    if (typeof key[name] !== "string" || key[name] === "")
      throw new Error(`signJwt needs the ${name} of a key: it is empty or not a string.`);
  }
  if (!Object.hasOwn(claims, scope)) {
    throw new Error(`scope must be ${Object.keys(claims).join(", ")}.`);
  }
  if (userId !== undefined && (typeof userId !== "string" || userId === "")) {
    throw new Error("userId must be a string that is not empty.");
  }
  if ((scope === "appUser" || scope === "user") !== (userId !== undefined)) {
    throw new Error('A userId goes with the scopes "appUser" and "user", and only with those.');
  }
  if (expiresIn !== undefined && !isDuration(expiresIn)) {
    throw new Error('expiresIn must be seconds, more than 0, or a string with a unit, such as "2h".');
  }
  return sign(key, claims[scope](userId), {
    ...(expiresIn !== undefined && { expiresIn }),
    noTimestamp: expiresIn === undefined,
  });
}

/** What a token of each scope says; of a user, v2 wants another name for the same id. */
const claims: Readonly<Record<TokenScope, (userId: string | undefined) => object>> = {
  app: () => ({ scope: "app" }),
  account: () => ({ scope: "account" }),
  appUser: (userId) => ({ scope: "appUser", userId }),
  user: (userId) => ({ scope: "user", external_id: userId }),
};

/** A string without a unit would count as milliseconds. */
function isDuration(value: number | string): boolean {
  if (typeof value === "number") return value > 0;
  return /^\s*\d+(\.\d+)?\s*[a-z]+\s*$/i.test(value) && Number.parseFloat(value) > 0;
}

/** A token's scope has to match its key, and the prefix of a key's id says whose key it is. */
function scopeOf(keyId: string): "account" | "app" | "integration" {
  if (keyId.startsWith("app_")) return "app";
  return keyId.startsWith("int_") ? "integration" : "account";
}

/**
 * A short-lived token for calls of the API. Its times are written from `now`, so that they follow the clock that was
 * handed in; `iat` lies a minute back, so that a server whose clock is behind does not find it issued in the future.
 */
export function signAccessJwt(key: KeyPair, now: number, lifetimeMs: number): string {
  const iat = Math.floor(now / 1000) - 60;
  const exp = Math.ceil((now + lifetimeMs) / 1000);
  return sign(key, { scope: scopeOf(key.keyId), iat, exp }, {});
}

function sign(
  key: KeyPair,
  payload: object,
  options: { expiresIn?: number | string; noTimestamp?: boolean },
): string {
  // Loaded here and not above: a program that imports the package pays for the library when it signs.
  const jsonwebtoken: typeof import("jsonwebtoken") = require("jsonwebtoken");
  const { expiresIn, noTimestamp } = options;
  return jsonwebtoken.sign(payload, createSecretKey(Buffer.from(key.secret)), {
    algorithm: "HS256",
    keyid: key.keyId,
    ...(noTimestamp !== undefined && { noTimestamp }),
    ...(expiresIn !== undefined && {
      expiresIn: expiresIn as import("jsonwebtoken").SignOptions["expiresIn"] & {},
    }),
  });
}
