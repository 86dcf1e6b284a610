import type { Host } from "./host";

/** The rate after a refusal, and how fast it rises from there until the next one. */
interface Limit {
  /** Calls a second. */
  rate: number;
  from: number;
  /** After so long the rate is twice what it was, in milliseconds. */
  doublesInMs: number;
}

/** A guess is soon put right, so it may rise fast; what was measured is left only to notice that the limit was raised. */
const guess = { doublesInMs: 6_000, min: 5 };
const measured = { doublesInMs: 60_000, min: 1, share: 0.96 };
/** What is shorter measures nothing. */
const minPeriodMs = 500;

/**
 * When calls may be sent. Without a refusal at once; after one (HTTP 429) as fast as the API turns out to allow, which it
 * tells nobody (legacy.md 7.3). Between two refusals it allowed just the calls that it accepted, so the second one
 * tells the rate.
 */
export class Pace {
  #pausedFrom = 0;
  #pausedUntil = 0;
  /** Calls accepted since then: since the first one, or the last refusal. */
  #accepted = 0;
  #from = 0;
  #limit: Limit | undefined;
  /** Calls that may be sent now; a second's worth at most is saved up. */
  #allowance = 0;
  #earnedUntil = 0;

  constructor(private readonly host: Host) {}

  /** Waits until a call may be sent. */
  async turn(): Promise<void> {
    for (let wait = this.#take(); wait > 0; wait = this.#take()) await this.host.sleep(wait);
  }

  accepted(): void {
    this.#accepted++;
  }

  /** A call that was sent at `sentAt` was refused: nobody calls for `delayMs`, and more slowly afterwards. */
  refused(sentAt: number, delayMs: number): void {
    const now = this.host.now();
    this.#pausedFrom = now;
    this.#pausedUntil = Math.max(this.#pausedUntil, now + delayMs);
    // Those that were under way together are refused together, and tell nothing more.
    if (this.#limit !== undefined && sentAt <= this.#limit.from) return;
    this.#limit = this.#learn(now);
    this.#accepted = 0;
    this.#from = now;
    this.#allowance = 0;
    this.#earnedUntil = now;
  }

  #learn(from: number): Limit {
    const elapsed = Math.max(0, from - this.#from);
    if (this.#limit === undefined) {
      // APIs commonly let a second's worth go at once before they begin to count.
      const rate = (this.#accepted / (1000 + elapsed)) * 1000;
      return { ...guess, rate: Math.max(guess.min, rate), from };
    }
    const known = rateOf(this.#limit, from);
    if (elapsed < minPeriodMs) return { ...guess, rate: Math.max(measured.min, known / 2), from };
    const rate = (this.#accepted / elapsed) * 1000 * measured.share;
    // Much less was asked for than was allowed: that measures nothing, and what was known is as good as any guess.
    if (rate < this.#limit.rate / 2) return { ...guess, rate: this.#limit.rate, from };
    return { ...measured, rate: Math.max(measured.min, rate), from };
  }

  /** Takes a call from the allowance. Returns 0, or the milliseconds after which to ask again. */
  #take(): number {
    const now = this.host.now();
    if (this.#from === 0) this.#from = now;
    // A clock that was set back must not make a pause of hours.
    if (now < this.#pausedFrom) this.#pausedUntil = 0;
    if (now < this.#pausedUntil) return this.#pausedUntil - now;
    if (this.#limit === undefined) return 0;
    const rate = rateOf(this.#limit, now);
    const earned = (Math.max(0, now - this.#earnedUntil) / 1000) * rate;
    this.#allowance = Math.min(rate, this.#allowance + earned);
    this.#earnedUntil = now;
    if (this.#allowance < 1) return Math.ceil(((1 - this.#allowance) / rate) * 1000);
    this.#allowance -= 1;
    return 0;
  }
}

/** Slow at first: just after a refusal the rate is known best. */
function rateOf({ rate, from, doublesInMs }: Limit, now: number): number {
  return rate * (1 + ((now - from) / doublesInMs) ** 2);
}
