import { createHash } from "node:crypto";
import { parseJson } from "../json";
import { type KeyPair, signAccessJwt } from "./jwt";

/** How to authenticate: with a key, or with a token that was made from one. */
export type Credential = KeyPair | { token: string };

/** How a key is sent. */
export type AuthMethod = "jwt" | "basic";

const lifetimeMs = 15 * 60_000;
/** Tokens are renewed this long before they expire, to allow for clock differences of a few minutes. */
const renewBeforeMs = 5 * 60_000;

/** Creates the `authorization` header. Calls share one token, which is renewed before it expires. */
export class Authorization {
  #token = "";
  #expiresAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly credential: Credential,
    private readonly now: () => number,
  ) {}

  header(method: AuthMethod): string {
    if ("token" in this.credential) return `Bearer ${this.credential.token}`;
    return method === "basic" ? basicHeader(this.credential) : `Bearer ${this.#freshToken(this.credential)}`;
  }

  #freshToken(key: KeyPair): string {
    if (this.now() > this.#expiresAt - renewBeforeMs) {
      this.#expiresAt = this.now() + lifetimeMs;
      this.#token = signAccessJwt(key, this.now(), lifetimeMs);
    }
    return this.#token;
  }
}

/** The parts of a credential to keep out of messages. */
export function secretsOf(credential: Credential): string[] {
  if ("token" in credential) return [credential.token];
  return [credential.secret, basicHeader(credential).replace("Basic ", "")];
}

function basicHeader({ keyId, secret }: KeyPair): string {
  return `Basic ${Buffer.from(`${keyId}:${secret}`).toString("base64")}`;
}

/**
 * Identifies a credential without revealing it: by its key id, or for a token by the `kid` in its header. An id with an
 * unexpected prefix may be a misplaced secret, so its hash is used instead.
 */
export function credentialName(credential: Credential): string {
  if ("keyId" in credential) {
    const { keyId } = credential;
    return /^[a-z]{3}_/.test(keyId) ? keyId : `key-${hash(keyId)}`;
  }
  const header = parseJson(Buffer.from(credential.token.replace(/\..*/s, ""), "base64url").toString());
  if (typeof header === "object" && header !== null && "kid" in header) return String(header.kid);
  // Not a readable JWT: Smooch will refuse it when it is used.
  return `token-${hash(credential.token)}`;
}

/** The id of an app's key; undefined for any other credential. */
export function keyOfApp(credential: Credential): string | undefined {
  const name = credentialName(credential);
  return name.startsWith("app_") ? name : undefined;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
