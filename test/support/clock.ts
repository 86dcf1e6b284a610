interface Sleeper {
  until: number;
  /** The order of sleepers that wake at the same time. */
  rank: number;
  wake(): void;
  cancelled: boolean;
}

/**
 * A clock that stops while anything can run and then jumps to the next sleeper, so that minutes of waiting take no
 * time. It moves only while {@link run} runs a task.
 */
export class VirtualClock {
  time = Date.UTC(2026, 0, 1);
  readonly #sleepers: Sleeper[] = [];

  /** A seeded `rank` varies the order of sleepers that wake at the same time. Default: in the order in which they went to sleep. */
  constructor(private readonly rank: () => number = counter()) {}

  readonly now = (): number => this.time;

  readonly sleep = (ms: number): Promise<void> => this.timer(ms).over;

  /** A sleep that can be cancelled if it is no longer needed. */
  timer(ms: number): { over: Promise<void>; cancel(): void } {
    const sleeper: Sleeper = {
      until: this.time + Math.max(0, ms),
      rank: this.rank(),
      wake: () => {},
      cancelled: false,
    };
    const over = new Promise<void>((wake) => {
      sleeper.wake = wake;
    });
    this.#push(sleeper);
    return {
      over,
      cancel: () => {
        sleeper.cancelled = true;
      },
    };
  }

  /** Advances time until the task has ended. */
  async run<T>(task: Promise<T>): Promise<T> {
    let ended = false;
    const end = () => {
      ended = true;
    };
    task.then(end, end);
    for (let idle = 0; !ended; ) {
      await turn();
      if (ended) break;
      if (this.wakeNext()) idle = 0;
      // Only loading a module for the first time takes several real turns of the event loop.
      else if (++idle > 10_000) throw new Error("deadlock: the task is waiting, but no sleep is pending");
    }
    return task;
  }

  /** Returns false if there is no sleeper. */
  protected wakeNext(): boolean {
    let next = this.#pop();
    while (next?.cancelled) next = this.#pop();
    if (next === undefined) return false;
    this.time = Math.max(this.time, next.until);
    next.wake();
    return true;
  }

  #push(sleeper: Sleeper): void {
    const heap = this.#sleepers;
    let index = heap.push(sleeper) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(heap, index, parent)) break;
      swap(heap, index, parent);
      index = parent;
    }
  }

  #pop(): Sleeper | undefined {
    const heap = this.#sleepers;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    heap[0] = last;
    for (let index = 0; ; ) {
      let first = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (child < heap.length && isBefore(heap, child, first)) first = child;
      }
      if (first === index) return top;
      swap(heap, index, first);
      index = first;
    }
  }
}

/** The same without {@link VirtualClock.run}: time passes whenever there is a sleeper. */
export class RunningClock extends VirtualClock {
  #isMoving = false;

  override timer(ms: number): ReturnType<VirtualClock["timer"]> {
    const timer = super.timer(ms);
    if (!this.#isMoving) void this.#move();
    return timer;
  }

  async #move(): Promise<void> {
    this.#isMoving = true;
    do await turn();
    while (this.wakeNext());
    this.#isMoving = false;
  }
}

function counter(): () => number {
  let count = 0;
  return () => ++count;
}

/** Waits for one turn of the event loop, which runs everything that can run without time passing. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isBefore(heap: readonly Sleeper[], a: number, b: number): boolean {
  const [one, other] = [heap[a], heap[b]];
  if (one === undefined || other === undefined) return false;
  return one.until < other.until || (one.until === other.until && one.rank < other.rank);
}

function swap(heap: Sleeper[], a: number, b: number): void {
  const [one, other] = [heap[a], heap[b]];
  if (one === undefined || other === undefined) return;
  heap[a] = other;
  heap[b] = one;
}
