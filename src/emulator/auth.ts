import { createSecretKey } from "node:crypto";
import jwt from "jsonwebtoken";
import { z } from "zod";
import type { Context } from "./context";
import { forbidden, invalidAuth, unauthorized } from "./errors";
import type { App } from "./objects/app";
import type { Incoming } from "./route";

/** Who is calling. */
export type Caller =
  | { readonly scope: "account"; readonly accountId: string }
  | { readonly scope: "app"; readonly app: App };

const claims = z.object({ scope: z.enum(["account", "app"]) });

/** Finds out who signed the request's JWT (legacy.md 1.3). */
export function authenticate({ store, host }: Context, request: Incoming): Caller {
  const token = readToken(request);
  const keyId = readKeyId(token);
  const accountKey = store.accountKeys.get(keyId);
  const appKey = store.findAppKey(keyId);
  const secret = accountKey?.secret ?? appKey?.key.secret;
  if (secret === undefined) {
    throw invalidAuth(
      "No key has the id in the JWT's `kid` header. It was revoked, or belongs to another region.",
    );
  }
  const scope = readScope(token, secret, host.now());

  if (accountKey !== undefined) {
    // legacy.md 1.3: this mix is refused with 403, the opposite one with 401.
    if (scope === "app") throw forbidden("A JWT signed with an account key needs the scope `account`.");
    return { scope, accountId: accountKey.accountId };
  }
  if (appKey === undefined || scope === "account") {
    throw invalidAuth("A JWT signed with an app's key cannot have the scope `account`.");
  }
  return { scope, app: appKey.app };
}

function readToken({ headers }: Incoming): string {
  const authorization = headers.get("authorization");
  if (authorization === undefined) {
    throw unauthorized("This call needs credentials: send the header `Authorization: Bearer <jwt>`.");
  }
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  // legacy.md 1.4: basic authentication is documented for v1.1 only.
  if (token === undefined) throw invalidAuth("This API accepts a JWT only: `Authorization: Bearer <jwt>`.");
  return token;
}

function readKeyId(token: string): string {
  const keyId = decodeToken(token)?.header.kid;
  if (keyId === undefined) throw invalidAuth("The JWT names no key: its header needs the key's id as `kid`.");
  return keyId;
}

function decodeToken(token: string) {
  try {
    return jwt.decode(token, { complete: true });
  } catch {
    return null;
  }
}

function readScope(token: string, secret: string, now: number): "account" | "app" {
  const parsed = claims.safeParse(verify(token, secret, now));
  if (!parsed.success) throw invalidAuth("The JWT needs a `scope` claim of `account` or `app`.");
  return parsed.data.scope;
}

function verify(token: string, secret: string, now: number): unknown {
  try {
    // jsonwebtoken takes a clock of 0 for none and would read the real one.
    const clockTimestamp = Math.max(1, Math.floor(now / 1000));
    return jwt.verify(token, createSecretKey(Buffer.from(secret)), { algorithms: ["HS256"], clockTimestamp });
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) throw invalidAuth("The JWT has expired. Sign a new one.");
    if (error instanceof jwt.NotBeforeError)
      throw invalidAuth("The JWT is not valid yet: see its `nbf` claim.");
    throw invalidAuth("The JWT is not signed with HS256 and the secret of the key that its `kid` names.");
  }
}
