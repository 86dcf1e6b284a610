import { findProvider, isProvider } from "../../support/processes";
import type { Random } from "../../support/random";
import type { Watch } from "../checks/watch";

export type Victim = "provider" | "pulumi";

/** Kills one of a command's processes at a random moment: after a number of requests, or after some time. */
export class Killer {
  /** Which process was killed, if one was. */
  killed: Victim | undefined;
  /** The provider of a killed `pulumi`, which nothing else may end. */
  #orphan: number | undefined;
  #timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly victim: Victim,
    private readonly random: Random,
    private readonly watch: Watch,
  ) {}

  /** Called with the process id of the command's `pulumi`. */
  readonly arm = (pulumi: number): void => {
    const fire = () => {
      if (this.killed !== undefined) return;
      const target = this.victim === "pulumi" ? pulumi : findProvider(pulumi);
      if (target === undefined) return;
      if (this.victim === "pulumi") this.#orphan = findProvider(pulumi);
      try {
        process.kill(target, "SIGKILL");
        this.killed = this.victim;
      } catch {
        // It has just exited.
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

  disarm(): void {
    this.watch.onArrival = () => {};
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Kills the provider if it still runs after its `pulumi` was killed. */
  endOrphan(): void {
    if (this.#orphan === undefined || !isProvider(this.#orphan)) return;
    process.kill(this.#orphan, "SIGKILL");
  }

  #after(ms: number, fire: () => void): void {
    this.#timers.push(setTimeout(fire, ms));
  }
}
