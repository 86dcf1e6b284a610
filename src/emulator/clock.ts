import type { EmulatorHost, OutgoingAnswer, OutgoingRequest } from "./host";

// Ids start with the creation time as 32-bit seconds.
const lastMoment = 2 ** 32 * 1000 - 1;

/** A host whose clock can be shifted. */
export class ShiftedHost implements EmulatorHost {
  readonly #host: EmulatorHost;
  #offsetMs = 0;

  constructor(host: EmulatorHost) {
    this.#host = host;
  }

  /** Sets how many milliseconds the clock is ahead of the host's; a negative number puts it behind. */
  shift(offsetMs: number): void {
    const moved = this.#host.now() + offsetMs;
    if (!(moved >= 0 && moved <= lastMoment)) {
      throw new RangeError("The emulator's clock must stay between the years 1970 and 2106.");
    }
    this.#offsetMs = offsetMs;
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  now(): number {
    return this.#host.now() + this.#offsetMs;
  }

  sleep(ms: number): Promise<void> {
    return this.#host.sleep(ms);
  }

  random(): number {
    return this.#host.random();
  }

  send(outgoing: OutgoingRequest): Promise<OutgoingAnswer> {
    return this.#host.send(outgoing);
  }
}
