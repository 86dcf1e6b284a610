import { createSecretKey } from "node:crypto";
/** A key's id and secret, as `SmoochKey` gives them. */
export interface KeyPair {
  /** The key's id, e.g. `app_5735dcf248011972d621dc01`. */
  keyId: string;
  /** The key's secret. */
  secret: string;
}

export interface JwtOptions {
  /**
   * What the token may do; it has to match the key: `app` for an app's key, `account` for an account key,
   * `appUser` to log a user in to an SDK with an app's key. Default: `app`.
   */
  scope?: "app" | "appUser" | "account";
  /** The user whom an `appUser` token logs in: your own id of that user. Required with that scope. */
  userId?: string;
  /** Seconds until the token expires, or a text such as `"2h"`. Default: it does not expire. */
  expiresIn?: number | string;
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
 * Throws when `userId` and the scope `appUser` do not come together. Source: "Authentication" in Smooch's REST reference.
 */
export function signJwt(key: KeyPair, options: JwtOptions = {}): string {
  const { scope = "app", userId, expiresIn } = options;
  if ((scope === "appUser") !== (userId !== undefined)) {
    throw new Error('A userId goes with the scope "appUser", and only with that one.');
  }
  const payload = { scope, ...(userId !== undefined && { userId }) };
  return sign(key, payload, {
    ...(expiresIn !== undefined && { expiresIn }),
    noTimestamp: expiresIn === undefined,
  });
}

/**
 * A short-lived account token. Its times are written from `now`, so that they follow the clock that was handed
 * in; `iat` lies a minute back, so that a server whose clock is behind does not find it issued in the future.
 */
export function signAccountJwt(key: KeyPair, now: number, lifetimeMs: number): string {
  const iat = Math.floor(now / 1000) - 60;
  const exp = Math.ceil((now + lifetimeMs) / 1000);
  return sign(key, { scope: "account", iat, exp }, {});
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
