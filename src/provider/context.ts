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
  /** The run of Pulumi that the process works for. */
  run: Run;
  /** Whether somebody listens at the address of an engine. */
  isListening(engine: string): Promise<boolean>;
  /** How long a request that was sent may still take effect, in milliseconds. */
  patienceMs: number;
}

/** What this process remembers: the objects it has seen with its credential, and who waits for whom. */
export class Session {
  #seen = new Set<string>();
  #known = new Set<string>();
  #made = new Map<string, readonly string[]>();
  #adoptedInState = new Map<string, string>();
  #adopted = new Set<string>();
  #recovered = new Set<string>();
  #queues = new Map<string, ReturnType<typeof pLimit>>();
  #done = new Map<string, Promise<unknown>>();

  /** That this process's credential sees the object. */
  markSeen(id: string): void {
    this.#seen.add(id);
  }

  hasSeen(id: string): boolean {
    return this.#seen.has(id);
  }

  /** Marks the object as owned by a resource of this stack, so no lost create may claim it. */
  markOwned(id: string): void {
    this.#known.add(id);
  }

  isOwned(id: string): boolean {
    return this.#known.has(id);
  }

  /** Marks an object that a resource of this stack owns and this process's credential sees. */
  markManaged(id: string): void {
    this.markSeen(id);
    this.markOwned(id);
  }

  /** That this process made an object, and what it could be taken for. */
  noteMade(looks: string, id: string): void {
    this.#made.set(looks, [...this.made(looks), id]);
  }

  made(looks: string): readonly string[] {
    return this.#made.get(looks) ?? [];
  }

  /** That the resource is in the state, having adopted this object. */
  noteAdoptedInState(resource: string, id: string): void {
    this.#adoptedInState.set(resource, id);
  }

  /** That what the state has of the resource is no object, so that it has adopted none. */
  noteUnresolved(resource: string): void {
    this.#adoptedInState.delete(resource);
  }

  isAdoptedInState(resource: string, id: string): boolean {
    return this.#adoptedInState.get(resource) === id;
  }

  /** That a create of this process adopted this object. */
  noteAdopted(id: string): void {
    this.#adopted.add(id);
  }

  wasAdopted(id: string): boolean {
    return this.#adopted.has(id);
  }

  /** That a create of this process gave this object to Pulumi which an earlier one had made. */
  noteRecovered(id: string): void {
    this.#recovered.add(id);
  }

  wasRecovered(id: string): boolean {
    return this.#recovered.has(id);
  }

  /** Runs the task unless one of this name has succeeded in this process. */
  async once(name: string, task: () => Promise<unknown>): Promise<void> {
    const done = this.#done.get(name) ?? task();
    this.#done.set(name, done);
    await done.catch((error: unknown) => {
      this.#done.delete(name);
      throw error;
    });
  }

  /** Runs the tasks of one name one after the other. */
  runExclusive<T>(name: string, task: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(name) ?? pLimit(1);
    this.#queues.set(name, queue);
    return queue(task);
  }
}
