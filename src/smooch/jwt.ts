import { createSecretKey } from "node:crypto";

/** A key's id and secret, as `SmoochKey` gives them. */
export interface KeyPair {
  /** The key's id, e.g. `app_5735dcf248011972d621dc01`; of an account key `act_…`. */
  keyId: string;
  /** The key's secret. */
  secret: string;
}

/** What a token is for, and for how long. */
export interface JwtOptions {
  /**
   * What the token may do; it has to match the key: `app` for an app's key, `account` for an account key,
   * `appUser` to log a user in to an SDK with an app's key. Default: `app`.
   */
  scope?: "app" | "appUser" | "account" | undefined;
  /** The user whom an `appUser` token logs in: your own id of that user. Required with that scope. */
  userId?: string | undefined;
  /**
   * Seconds, more than 0, until the token expires, or a text with its unit, such as `"90s"`, `"2h"` or `"7d"`.
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
 * const token = signJwt({ keyId, secret }, { scope: "appUser", userId: "ann", expiresIn: "1h" });
 * ```
 *
 * Throws when `userId` and the scope `appUser` do not come together, and for a time that would be over at once. Source: "Authentication" in Smooch's REST reference.
 */
export function signJwt(key: KeyPair, options: JwtOptions = {}): string {
  const { scope = "app", userId, expiresIn } = options;
  if ((scope === "appUser") !== Boolean(userId)) {
    throw new Error('A userId goes with the scope "appUser", and only with that one.');
  }
  if (expiresIn !== undefined && !isDuration(expiresIn)) {
    throw new Error('expiresIn has to be seconds, more than 0, or a text with its unit, such as "2h".');
  }
  const payload = { scope, ...(userId !== undefined && { userId }) };
  return sign(key, payload, {
    ...(expiresIn !== undefined && { expiresIn }),
    noTimestamp: expiresIn === undefined,
  });
}

/** A text without a unit would be taken for milliseconds. */
function isDuration(value: number | string): boolean {
  if (typeof value === "number") return value > 0;
  return /^\s*\d+(\.\d+)?\s*[a-z]+\s*$/i.test(value) && Number.parseFloat(value) > 0;
}

/** What a token may do has to match its key, and a key's id says whose it is (v2.md 1.2). */
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
