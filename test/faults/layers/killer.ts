import { findProvider, isProvider } from "../../support/processes";
import type { Random } from "../../support/random";
import type { Watch } from "../checks/watch";

export type Victim = "provider" | "pulumi";

/** Kills one of the processes of a command at a random moment: when so many requests have arrived, or by the clock. */
export class Killer {
  /** Who was killed, once it was. */
  killed: Victim | undefined;
  /** The provider of a `pulumi` that was killed: nobody else ends it. */
  #orphan: number | undefined;
  #timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly victim: Victim,
    private readonly random: Random,
    private readonly watch: Watch,
  ) {}

  /** To be called with the process that this command started. */
  readonly aim = (pulumi: number): void => {
    const fire = () => {
      if (this.killed !== undefined) return;
      const target = this.victim === "pulumi" ? pulumi : findProvider(pulumi);
      if (target === undefined) return;
      if (this.victim === "pulumi") this.#orphan = findProvider(pulumi);
      try {
        process.kill(target, "SIGKILL");
        this.killed = this.victim;
      } catch {
        // It ended by itself just now.
      }
    };
    if (this.random.chance(0.3)) {
      this.#after(this.random.int(300, 4000), fire);
      return;
    }
    let requests = this.random.int(1, 5);
    const delay = this.random.int(0, 40);
    this.watch.onArrival = () => {
      if (--requests === 0) this.#after(delay, fire);
    };
  };

  rest(): void {
    this.watch.onArrival = () => {};
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Ends what the killed one left running. */
  endOrphan(): void {
    if (this.#orphan === undefined || !isProvider(this.#orphan)) return;
    process.kill(this.#orphan, "SIGKILL");
  }

  #after(ms: number, fire: () => void): void {
    this.#timers.push(setTimeout(fire, ms));
  }
}
