import type { Host } from "./host";

/** The rate after a refusal, and how fast it rises until the next one. */
interface Limit {
  /** Calls per second. */
  rate: number;
  from: number;
  /** After this time the rate has doubled. */
  doublesInMs: number;
}

/**
 * A guessed rate rises fast, so that it is soon corrected; a measured rate rises only to notice when the limit is
 * raised.
 */
const guess = { doublesInMs: 6_000, min: 5 };
const measured = { doublesInMs: 60_000, min: 1, share: 0.96 };
/** A shorter period is too short for a measurement. */
const minPeriodMs = 500;
/** Up to this much unused time can be caught up on. */
const savedMs = 1_000;

/**
 * Decides when calls may be sent: immediately until the first refusal (HTTP 429), then as fast as the API turns out to
 * allow, because Smooch does not publish its rate limits (docs/decisions/0020-what-the-pace-is-worth.md). Between two
 * refusals, the API accepted exactly as many calls as it allows, so the second refusal gives the rate.
 */
export class Pace {
  #pause = { from: 0, until: 0 };
  #limit: Limit | undefined;
  /** When the next call may be sent. */
  #nextAt = 0;
  /** Calls accepted since the last refusal, or since the first call. */
  #accepted = 0;
  #acceptedFrom = 0;

  constructor(private readonly host: Host) {}

  /** Waits until a call may be sent. */
  async turn(): Promise<void> {
    for (let wait = this.#take(); wait > 0; wait = this.#take()) await this.host.sleep(wait);
  }

  accepted(): void {
    this.#accepted++;
  }

  /** A call sent at `sentAt` was refused: pauses for `delayMs`, and continues at a lower rate. */
  refused(sentAt: number, delayMs: number): void {
    const now = this.host.now();
    this.#pause = { from: now, until: Math.max(this.#pause.until, now + delayMs) };
    // Calls in flight at the same time are refused together, so only the first refusal counts.
    if (this.#limit !== undefined && sentAt <= this.#limit.from) return;
    this.#limit = this.#learn(now);
    this.#nextAt = now + 1000 / this.#limit.rate;
    this.#accepted = 0;
    this.#acceptedFrom = now;
  }

  #learn(from: number): Limit {
    const elapsed = Math.max(0, from - this.#acceptedFrom);
    if (this.#limit === undefined) {
      // APIs commonly allow a burst of one second's calls before they limit the rate.
      const rate = (this.#accepted / (1000 + elapsed)) * 1000;
      return { ...guess, rate: Math.max(guess.min, rate), from };
    }
    const known = rateOf(this.#limit, from);
    if (elapsed < minPeriodMs) return { ...guess, rate: Math.max(measured.min, known / 2), from };
    const rate = (this.#accepted / elapsed) * 1000 * measured.share;
    // Far fewer calls were made than allowed, so nothing was measured: the last rate is the best guess.
    if (rate < this.#limit.rate / 2) return { ...guess, rate: this.#limit.rate, from };
    return { ...measured, rate: Math.max(measured.min, rate), from };
  }

  /** Returns 0 if a call may be sent now, otherwise how many milliseconds to wait before asking again. */
  #take(): number {
    const now = this.host.now();
    this.#acceptedFrom ||= now;
    // If the clock was set back, it must not prolong a pause.
    if (now < this.#pause.from) this.#pause.until = 0;
    if (now < this.#pause.until) return this.#pause.until - now;
    if (this.#limit === undefined) return 0;
    const interval = 1000 / rateOf(this.#limit, now);
    this.#nextAt = Math.min(Math.max(this.#nextAt, now - savedMs + interval), now + interval);
    if (this.#nextAt > now) return Math.ceil(this.#nextAt - now);
    this.#nextAt += interval;
    return 0;
  }
}

/** Rises slowly at first, because the rate is most accurate right after a refusal. */
function rateOf({ rate, from, doublesInMs }: Limit, now: number): number {
  return rate * (1 + ((now - from) / doublesInMs) ** 2);
}
