import { findProvider, isProvider } from "../../support/processes";
import type { Random } from "../../support/random";
import type { Watch } from "../checks/watch";

export type Victim = "provider" | "pulumi";

/** Kills one of a command's processes at a random moment: after a number of requests, or after some time. */
export class Killer {
  /** Which process was killed, if one was. */
  killed: Victim | undefined;
  /** The provider of a `pulumi` that was killed: nothing else ends it. */
  #orphan: number | undefined;
  #timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly victim: Victim,
    private readonly random: Random,
    private readonly watch: Watch,
  ) {}

  /** Call this with the id of the process that the command started. */
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
        // It has just ended by itself.
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

  /** Ends the provider that the killed process left running. */
  endOrphan(): void {
    if (this.#orphan === undefined || !isProvider(this.#orphan)) return;
    process.kill(this.#orphan, "SIGKILL");
  }

  #after(ms: number, fire: () => void): void {
    this.#timers.push(setTimeout(fire, ms));
  }
}
