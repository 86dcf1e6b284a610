import { createSecretKey } from "node:crypto";
import jwt from "jsonwebtoken";
import { z } from "zod";
import type { Context } from "./context";
import { forbidden, invalidAuth, unauthorized } from "./errors";
import type { AccountKey, App } from "./model";
import type { Incoming } from "./route";

/** The authenticated caller. */
export type Caller =
  | { readonly scope: "account"; readonly key: AccountKey }
  | { readonly scope: "app"; readonly app: App };

/** A key's secret and the caller it authenticates. */
interface Owned {
  readonly caller: Caller;
  readonly secret: string;
}

const claims = z.object({ scope: z.enum(["account", "app"]), exp: z.number().optional() });

/** Authenticates the caller by a signed JWT or by a key's id and secret. */
export function authenticate(context: Context, request: Incoming): Caller {
  const authorization = request.headers.get("authorization");
  if (authorization === undefined) {
    throw unauthorized("This call needs credentials: send the header `Authorization: Bearer <jwt>`.");
  }
  const [, scheme, credential = ""] = /^(Bearer|Basic) +(\S+)$/i.exec(authorization) ?? [];
  if (scheme?.toLowerCase() === "bearer") return identifySigner(context, request, credential);
  // Basic authentication arrived with v1.1; no documentation says that v1 accepts it.
  if (request.apiVersion === "v1") {
    throw invalidAuth("This API accepts a JWT only: `Authorization: Bearer <jwt>`.");
  }
  if (scheme !== undefined) return identifyHolder(context, credential);
  throw invalidAuth("This API accepts a JWT (`Bearer <jwt>`) or a key's id and secret (`Basic …`).");
}

function identifyHolder(context: Context, credential: string): Caller {
  const text = Buffer.from(credential, "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon === -1)
    throw invalidAuth("Basic credentials are a key's id and secret with a colon between them.");
  const { caller, secret } = findKey(context, text.slice(0, colon), "No key has the id in the credentials.");
  if (text.slice(colon + 1) !== secret) throw invalidAuth("The secret does not match the key.");
  return caller;
}

function identifySigner(context: Context, { apiVersion }: Incoming, token: string): Caller {
  const unknown =
    "No key has the id in the JWT's `kid` header. It was revoked, or belongs to another region.";
  const known = context.tokens.find(token, context.host.now());
  const keyId = known?.keyId ?? readKeyId(token);
  const { caller, secret } = findKey(context, keyId, unknown);
  const scope = known?.secret === secret ? known.scope : readScope(context, token, { keyId, secret });
  if (scope === caller.scope) return caller;
  if (scope === "account") {
    throw invalidAuth("A JWT signed with an app's key cannot have the scope `account`.");
  }
  const description = "A JWT signed with an account key needs the scope `account`.";
  // v1 and v1.1 refuse this mix with 403 and the opposite one with 401; in v2 a wrong scope is always 401.
  throw apiVersion === "v2" ? invalidAuth(description) : forbidden(description);
}

function findKey({ store, findSigner }: Context, keyId: string, unknown: string): Owned {
  const accountKey = store.accountKeys.get(keyId);
  if (accountKey !== undefined) {
    return { caller: { scope: "account", key: accountKey }, secret: accountKey.secret };
  }
  const signer = findSigner(store, keyId);
  if (signer === undefined) throw invalidAuth(unknown);
  return { caller: { scope: "app", app: signer.app }, secret: signer.secret };
}

function readKeyId(token: string): string {
  const keyId = decodeToken(token)?.header.kid;
  if (keyId === undefined)
    throw invalidAuth("The JWT does not name a key: set `kid` in its header to the key's id.");
  return keyId;
}

function decodeToken(token: string) {
  try {
    return jwt.decode(token, { complete: true });
  } catch {
    return null;
  }
}

function readScope(
  { host, tokens }: Context,
  token: string,
  key: { keyId: string; secret: string },
): "account" | "app" {
  const verifiedAt = host.now();
  const parsed = claims.safeParse(verify(token, key.secret, verifiedAt));
  if (!parsed.success) throw invalidAuth("The JWT needs a `scope` claim of `account` or `app`.");
  tokens.remember(token, { ...key, ...parsed.data, verifiedAt });
  return parsed.data.scope;
}

function verify(token: string, secret: string, now: number): unknown {
  try {
    // jsonwebtoken treats a `clockTimestamp` of 0 as unset and would use the real clock.
    const clockTimestamp = Math.max(1, Math.floor(now / 1000));
    return jwt.verify(token, createSecretKey(Buffer.from(secret)), { algorithms: ["HS256"], clockTimestamp });
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) throw invalidAuth("The JWT has expired. Sign a new one.");
    if (error instanceof jwt.NotBeforeError)
      throw invalidAuth("The JWT is not valid yet: see its `nbf` claim.");
    throw invalidAuth("The JWT is not signed with HS256 and the secret of the key that its `kid` names.");
  }
}
