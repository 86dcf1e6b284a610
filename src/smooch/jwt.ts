import { createSecretKey } from "node:crypto";
import { isKeyId } from "./ids";

/** A key's id and secret, as returned by `SmoochKey`. */
export interface KeyPair {
  /** The key's id, e.g. `app_5735dcf248011972d621dc01`, or `act_…` for an account key. */
  keyId: string;
  /** The key's secret. */
  secret: string;
}

/** What a token may do. */
export type TokenScope = "app" | "appUser" | "user" | "account" | "integration";

/** What a token is for and how long it is valid. */
export interface JwtOptions {
  /**
   * What the token may do. It must match the key: `app` for an app key, `account` for an account or service account key,
   * `integration` for a key of a custom integration. With an app key, `appUser` (API v1 and v1.1) or `user` (v2) logs a
   * user in to an SDK. Default: `appUser` if `userId` is given, otherwise `app`.
   */
  scope?: TokenScope | undefined;
  /** The user to log in: your own id for the user. Required for `appUser` and `user`. */
  userId?: string | undefined;
  /**
   * Time until the token expires, at least one second: a whole number of seconds, or a string with a unit (s, m, h, d,
   * w or y), such as `"90s"`, `"2h"` or `"7d"`. Default: it never expires.
   */
  expiresIn?: number | string | undefined;
}

/**
 * Signs a JSON Web Token (HS256, `kid` in its header) with a Smooch key, locally, without an API call.
 *
 * Without `expiresIn`, the same key always gives the same token, because nothing in it depends on the time.
 *
 * ```ts
 * import { signJwt } from "pulumi-smooch";
 * const token = signJwt({ keyId, secret }, { scope: "user", userId: "ann", expiresIn: "1h" });
 * ```
 *
 * Throws if the key's id or secret is missing or they are swapped, if the scope does not match the key, if `userId` is
 * given without a user scope or the other way round, and if the token would expire in less than a second. Source:
 * "Authentication" in Smooch's REST reference.
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

/** The claims for each scope. v2 has another name for a user's id. */
const claims: Readonly<Record<TokenScope, (userId: string | undefined) => object>> = {
  app: () => ({ scope: "app" }),
  account: () => ({ scope: "account" }),
  integration: () => ({ scope: "integration" }),
  appUser: (userId) => ({ scope: "appUser", userId }),
  user: (userId) => ({ scope: "user", external_id: userId }),
};

const unitSeconds = new Map(Object.entries({ s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_557_600 }));

/** jsonwebtoken would read a string without a unit as milliseconds, and sign tokens that have already expired. */
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

/** A token's scope must match its key, and the prefix of the key's id tells who owns the key. */
function scopeOf(keyId: string): "account" | "app" | "integration" {
  if (keyId.startsWith("app_")) return "app";
  return keyId.startsWith("int_") ? "integration" : "account";
}

/**
 * A short-lived token for API calls. Its times are based on `now`, so they follow the clock that was passed in; `iat`
 * is a minute in the past, so that a server whose clock is behind does not refuse it as issued in the future.
 */
export function signAccessJwt(key: KeyPair, now: number, lifetimeMs: number): string {
  const iat = Math.floor(now / 1000) - 60;
  const exp = Math.ceil((now + lifetimeMs) / 1000);
  return sign(key, { scope: scopeOf(key.keyId), iat, exp }, {});
}

function sign(key: KeyPair, payload: object, options: { expiresIn?: number; noTimestamp?: boolean }): string {
  // Loaded lazily, so that importing the package does not load the library before something is signed.
  const jsonwebtoken: typeof import("jsonwebtoken") = require("jsonwebtoken");
  return jsonwebtoken.sign(payload, createSecretKey(Buffer.from(key.secret)), {
    algorithm: "HS256",
    keyid: key.keyId,
    ...options,
  });
}
