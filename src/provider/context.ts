import pLimit from "p-limit";
import type { SmoochClient } from "../smooch/client";
import type { MemoryJournal } from "./crash/journal";
import type { Run } from "./crash/run";

/** What a lifecycle call has access to. */
export interface Context {
  smooch: SmoochClient;
  /** Identifies the credential, API address and version, without a secret: `act_…@api.smooch.io/v2`. */
  credential: string;
  session: Session;
  journal: MemoryJournal;
  /** The Pulumi run that started this process. */
  run: Run;
  /** Whether a Pulumi engine still listens at the address. */
  isListening(engine: string): Promise<boolean>;
  /** How long after a request was sent it may still take effect, in milliseconds. */
  patienceMs: number;
}

/** What this process remembers: which objects its credential has seen, who owns them, and the queues of its calls. */
export class Session {
  /** Objects that this process's credential can see. */
  readonly seen = new Set<string>();
  /** Objects that a resource of this stack owns, so that no lost create may claim them. */
  readonly owned = new Set<string>();
  /** Objects that this process adopted, or took over from an interrupted run: it must not delete them. */
  readonly kept = new Map<string, "adopted" | "recovered">();
  /** The objects that resources in the state adopted, by resource. */
  readonly adoptedInState = new Map<string, string>();
  #made = new Map<string, readonly string[]>();
  #queues = new Map<string, ReturnType<typeof pLimit>>();
  #done = new Map<string, Promise<unknown>>();

  /** Marks the object as both seen by this process's credential and owned by a resource of this stack. */
  markManaged(id: string): void {
    this.seen.add(id);
    this.owned.add(id);
  }

  /** Records that this process created the object, under the match key it could be confused by. */
  noteCreated(scopedMatchKey: string, id: string): void {
    this.markManaged(id);
    this.#made.set(scopedMatchKey, [...this.made(scopedMatchKey), id]);
  }

  /** What this process created under the match key and still owns. */
  made(scopedMatchKey: string): readonly string[] {
    return this.#made.get(scopedMatchKey)?.filter((id) => this.owned.has(id)) ?? [];
  }

  /** Runs the task unless one with this name has succeeded in this process. */
  async once(name: string, task: () => Promise<unknown>): Promise<void> {
    const done = this.#done.get(name) ?? task();
    this.#done.set(name, done);
    await done.catch((error: unknown) => {
      this.#done.delete(name);
      throw error;
    });
  }

  /** Runs tasks with the same name one at a time. */
  runExclusive<T>(name: string, task: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(name) ?? pLimit(1);
    this.#queues.set(name, queue);
    return queue(task);
  }
}
