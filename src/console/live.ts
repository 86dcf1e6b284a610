import { batch, effect, type Signal, signal, untracked } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Changed, Topic } from "../emulator/console/contract";
import { get, openEvents } from "./api";

/** Whether the emulator tells us of changes; undefined until the first attempt has ended. */
export const connected = signal<boolean | undefined>(undefined);

const changes: { readonly [T in Topic]: Signal<number> } = {
  objects: signal(0),
  requests: signal(0),
  deliveries: signal(0),
  conversations: signal(0),
  control: signal(0),
};

export function connect(): void {
  const source = openEvents();
  source.onopen = () => {
    connected.value = true;
  };
  source.onerror = () => {
    connected.value = false;
    // The stream was refused and is not opened again. Any other request finds out whether the emulator was restarted.
    if (source.readyState === EventSource.CLOSED) get("overview").catch(() => undefined);
  };
  source.addEventListener("changed", ({ data }: MessageEvent<string>) => {
    const { topics } = JSON.parse(data) as Changed;
    batch(() => {
      for (const topic of topics) changes[topic].value++;
    });
  });
}

/** What was loaded last, and why the latest load failed. */
export interface Loaded<T> {
  readonly data?: T;
  readonly problem?: string | undefined;
}

/**
 * Loads something, and loads it again whenever one of the topics changes or `key` is another one. The last result
 * stays until the next one is there. `load` may only depend on what is in `key`.
 */
export function useLive<T>(topics: readonly Topic[], key: string, load: () => Promise<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({});
  useEffect(() => {
    const loader = new Loader(load, (next) =>
      setLoaded((last) => ({ ...last, problem: undefined, ...next })),
    );
    const unsubscribe = effect(() => {
      for (const topic of topics) changes[topic].value;
      untracked(() => loader.request());
    });
    return () => {
      unsubscribe();
      loader.stop();
    };
  }, [key]);
  return loaded;
}

/** One load at a time: what changes during a load is covered by one more load after it. */
class Loader<T> {
  #isRunning = false;
  #isDue = false;
  #isStopped = false;

  constructor(
    readonly load: () => Promise<T>,
    readonly report: (loaded: Loaded<T>) => void,
  ) {}

  request(): void {
    this.#isDue = true;
    if (!this.#isRunning) void this.#run();
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#isDue && !this.#isStopped) {
      this.#isDue = false;
      const next = await this.load().then(
        (data) => ({ data }),
        (error: unknown) => ({ problem: error instanceof Error ? error.message : String(error) }),
      );
      if (!this.#isStopped) this.report(next);
    }
    this.#isRunning = false;
  }
}
