import pLimit from "p-limit";
import type { SmoochClient } from "../smooch/client";
import type { MemoryJournal } from "./crash/journal";
import type { Run } from "./crash/run";

/** What a lifecycle call works with. */
export interface Context {
  smooch: SmoochClient;
  /** Names the credential, the API it is for and the version, without a secret: `act_…@api.smooch.io/v2`. */
  credential: string;
  session: Session;
  journal: MemoryJournal;
  /** The Pulumi run that started this process. */
  run: Run;
  /** Whether a Pulumi engine still listens at the address. */
  isListening(engine: string): Promise<boolean>;
  /** How long a request that was sent may still take effect, in milliseconds. */
  patienceMs: number;
}

/** What this process remembers: which objects its credential has seen, whose they are, and which calls wait for others. */
export class Session {
  #seen = new Set<string>();
  #owned = new Set<string>();
  #made = new Map<string, readonly string[]>();
  #adoptedInState = new Map<string, string>();
  #adopted = new Set<string>();
  #recovered = new Set<string>();
  #queues = new Map<string, ReturnType<typeof pLimit>>();
  #done = new Map<string, Promise<unknown>>();

  /** Notes that this process's credential sees the object. */
  markSeen(id: string): void {
    this.#seen.add(id);
  }

  hasSeen(id: string): boolean {
    return this.#seen.has(id);
  }

  /** Marks the object as owned by a resource of this stack, so no lost create may claim it. */
  markOwned(id: string): void {
    this.#owned.add(id);
  }

  isOwned(id: string): boolean {
    return this.#owned.has(id);
  }

  /** Marks an object that a resource of this stack owns and this process's credential sees. */
  markManaged(id: string): void {
    this.markSeen(id);
    this.markOwned(id);
  }

  /** Notes that this process made an object, under what it could be taken for. */
  noteMade(scopedMatchKey: string, id: string): void {
    this.#made.set(scopedMatchKey, [...this.made(scopedMatchKey), id]);
  }

  made(scopedMatchKey: string): readonly string[] {
    return this.#made.get(scopedMatchKey) ?? [];
  }

  /** Notes that the state has the resource, and that it adopted this object. */
  noteAdoptedInState(resource: string, id: string): void {
    this.#adoptedInState.set(resource, id);
  }

  /** Notes that the state has an unresolved create for the resource, so it has adopted nothing. */
  noteUnresolved(resource: string): void {
    this.#adoptedInState.delete(resource);
  }

  isAdoptedInState(resource: string, id: string): boolean {
    return this.#adoptedInState.get(resource) === id;
  }

  /** Notes that a create of this process adopted the object. */
  noteAdopted(id: string): void {
    this.#adopted.add(id);
  }

  wasAdopted(id: string): boolean {
    return this.#adopted.has(id);
  }

  /** Notes that a create of this process returned an object that an interrupted run had made. */
  noteRecovered(id: string): void {
    this.#recovered.add(id);
  }

  wasRecovered(id: string): boolean {
    return this.#recovered.has(id);
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
