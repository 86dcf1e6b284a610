export const scopes = ["account", "app", "integration"] as const;

/** What a caller may access. Integration keys, and with them the scope `integration`, exist only in v2. */
export type Scope = (typeof scopes)[number];

/** A token whose signature and times were valid. */
export interface VerifiedToken {
  readonly keyId: string;
  readonly secret: string;
  readonly scope: Scope;
  /** When it was verified, in milliseconds since the epoch. */
  readonly verifiedAt: number;
  /** The `exp` claim in seconds since the epoch; absent if the token does not expire. */
  readonly exp?: number | undefined;
}

const maxTokens = 1000;

/** Caches verified tokens: clients reuse a token for minutes, and verifying it takes longer than answering. */
export class VerifiedTokens {
  readonly #tokens = new Map<string, VerifiedToken>();

  /** The cached token while it is still valid; otherwise it has to be verified again. */
  find(token: string, now: number): VerifiedToken | undefined {
    const verified = this.#tokens.get(token);
    if (verified === undefined) return undefined;
    const { verifiedAt, exp = Number.POSITIVE_INFINITY } = verified;
    // If the clock was set back, the token's `nbf` may be in the future.
    return verifiedAt <= now && now < exp * 1000 ? verified : undefined;
  }

  remember(token: string, verified: VerifiedToken): void {
    if (this.#tokens.size >= maxTokens) this.#tokens.clear();
    this.#tokens.set(token, verified);
  }
}
