/** A token whose signature and times were in order. */
export interface VerifiedToken {
  readonly keyId: string;
  readonly secret: string;
  readonly scope: "account" | "app";
  /** When it was verified, in milliseconds since the epoch. */
  readonly verifiedAt: number;
  /** The claim `exp`, in seconds since the epoch; absent when it does not expire. */
  readonly exp?: number | undefined;
}

const maxTokens = 1000;

/** Remembers verified tokens: a client sends the same one for minutes, and verifying it takes longer than answering. */
export class VerifiedTokens {
  readonly #tokens = new Map<string, VerifiedToken>();

  /** The token as it was verified, while that still holds; otherwise it has to be verified again. */
  find(token: string, now: number): VerifiedToken | undefined {
    const verified = this.#tokens.get(token);
    if (verified === undefined) return undefined;
    const { verifiedAt, exp = Number.POSITIVE_INFINITY } = verified;
    // A clock that was set back may lie before the claim `nbf`.
    return verifiedAt <= now && now < exp * 1000 ? verified : undefined;
  }

  remember(token: string, verified: VerifiedToken): void {
    if (this.#tokens.size >= maxTokens) this.#tokens.clear();
    this.#tokens.set(token, verified);
  }
}
