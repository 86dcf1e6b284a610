import { createSecretKey } from "node:crypto";
import jwt from "jsonwebtoken";
import { z } from "zod";
import type { Caller, Signer } from "./caller";
import type { Context } from "./context";
import { forbidden, invalidAuth, unauthorized } from "./errors";
import type { Incoming } from "./route";
import { type Scope, scopes } from "./tokens";

const claims = z.object({ scope: z.enum(scopes), exp: z.number().optional() });

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
  const description = `The JWT has the scope \`${scope}\`, but its key has the scope \`${caller.scope}\`.`;
  // v1 and v1.1 refuse this mix with 403 and all others with 401; in v2 a wrong scope is always 401.
  const isForbidden = apiVersion !== "v2" && caller.scope === "account" && scope === "app";
  throw isForbidden ? forbidden(description) : invalidAuth(description);
}

function findKey({ store, findSigner }: Context, keyId: string, unknown: string): Signer {
  const accountKey = store.accountKeys.get(keyId);
  if (accountKey !== undefined) {
    return { caller: { scope: "account", key: accountKey }, secret: accountKey.secret };
  }
  const signer = findSigner(store, keyId);
  if (signer === undefined) throw invalidAuth(unknown);
  return signer;
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

function readScope({ host, tokens }: Context, token: string, key: { keyId: string; secret: string }): Scope {
  const verifiedAt = host.now();
  const parsed = claims.safeParse(verify(token, key.secret, verifiedAt));
  if (!parsed.success) throw invalidAuth(`The JWT needs a \`scope\` claim: one of ${scopes.join(", ")}.`);
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
