import { createHash } from "node:crypto";
import { type KeyPair, signAccountJwt } from "./jwt";

/** How a process proves to Smooch who it is: an account key, or a token that someone made from one. */
export type Credential = KeyPair | { token: string };

const lifetimeMs = 15 * 60_000;
/** A token is renewed while it still has this long to live, so clocks that differ by minutes do not matter. */
const renewBeforeMs = 5 * 60_000;

/** Gives the bearer token for the next call: one token for the whole process, renewed before it expires. */
export class TokenSource {
  #token = "";
  #expiresAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly credential: Credential,
    private readonly now: () => number,
  ) {}

  token(): string {
    if ("token" in this.credential) return this.credential.token;
    if (this.now() > this.#expiresAt - renewBeforeMs) {
      this.#expiresAt = this.now() + lifetimeMs;
      this.#token = signAccountJwt(this.credential, this.now(), lifetimeMs);
    }
    return this.#token;
  }
}

/** Names a credential without revealing it: its key id; for a ready token the `kid` in its header, or a hash. */
export function credentialName(credential: Credential): string {
  if ("keyId" in credential) return credential.keyId;
  try {
    const header: unknown = JSON.parse(
      Buffer.from(credential.token.replace(/\..*/s, ""), "base64url").toString(),
    );
    if (typeof header === "object" && header !== null && "kid" in header) return String(header.kid);
  } catch {
    // No JWT that we can read: Smooch will say so when it is used.
  }
  return `token-${createHash("sha256").update(credential.token).digest("hex").slice(0, 12)}`;
}
