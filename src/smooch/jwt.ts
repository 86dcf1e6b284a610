import { createSecretKey } from "node:crypto";
import { isKeyId } from "./ids";

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
   * Time until the token expires, at least a second: whole seconds, or a string with a unit (s, m, h, d, w or y), such
   * as `"90s"`, `"2h"` or `"7d"`. Default: it does not expire.
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
 * Throws without a key's id or secret or when they are swapped, for another scope, when `userId` and a user's scope do
 * not come together, and for a time of less than a second. Source: "Authentication" in Smooch's REST reference.
 */
export function signJwt(key: KeyPair, options: JwtOptions = {}): string {
  const { userId, expiresIn } = options;
  const { scope = userId === undefined ? "app" : "appUser" } = options;
  for (const name of ["keyId", "secret"] as const) {
    if (typeof key[name] !== "string" || key[name] === "")
      throw new Error(`signJwt needs the ${name} of a key: it is empty or not a string.`);
  }
  if (isKeyId(key.secret)) {
    throw new Error("The secret holds the id of a key: id and secret are swapped.");
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
  const seconds = expiresIn === undefined ? undefined : toSeconds(expiresIn);
  return sign(key, claims[scope](userId), {
    ...(seconds !== undefined && { expiresIn: seconds }),
    noTimestamp: seconds === undefined,
  });
}

/** What a token of each scope says; of a user, v2 wants another name for the same id. */
const claims: Readonly<Record<TokenScope, (userId: string | undefined) => object>> = {
  app: () => ({ scope: "app" }),
  account: () => ({ scope: "account" }),
  appUser: (userId) => ({ scope: "appUser", userId }),
  user: (userId) => ({ scope: "user", external_id: userId }),
};

const unitSeconds = new Map(Object.entries({ s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_557_600 }));

/** Not left to the library, which takes a string without a unit for milliseconds, and signs tokens that are over at once. */
function toSeconds(time: number | string): number {
  const text = String(time).trim();
  const factor = unitSeconds.get(text.slice(-1).toLowerCase());
  const isAmount = factor !== undefined && /^\d+(\.\d+)?\s*[a-z]$/i.test(text);
  const seconds = isAmount ? Math.floor(Number.parseFloat(text) * factor) : time;
  if (typeof seconds === "number" && Number.isSafeInteger(seconds) && seconds >= 1) return seconds;
  throw new Error(
    'expiresIn must be at least one second: whole seconds, or a string with a unit (s, m, h, d, w or y), such as "90s", "2h" or "7d".',
  );
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

function sign(key: KeyPair, payload: object, options: { expiresIn?: number; noTimestamp?: boolean }): string {
  // Loaded here and not above: a program that imports the package pays for the library when it signs.
  const jsonwebtoken: typeof import("jsonwebtoken") = require("jsonwebtoken");
  return jsonwebtoken.sign(payload, createSecretKey(Buffer.from(key.secret)), {
    algorithm: "HS256",
    keyid: key.keyId,
    ...options,
  });
}
