import pLimit from "p-limit";
import type { SmoochClient } from "../smooch/client";
import type { Journal } from "./journal";

/** What a lifecycle call works with. */
export interface Context {
  smooch: SmoochClient;
  /** Names the credential and the API it is for, without its secret. */
  credential: string;
  session: Session;
  journal: Journal;
  /** The Pulumi project that the process works for. */
  project: string;
  /** How long a request that was sent may still take effect, in milliseconds. */
  patienceMs: number;
}

/** What this process remembers: the objects it has seen with its credential, and who waits for whom. */
export class Session {
  #seen = new Set<string>();
  #known = new Set<string>();
  #made = new Map<string, readonly string[]>();
  #existing = new Set<string>();
  #adopted = new Set<string>();
  #recovered = new Set<string>();
  #queues = new Map<string, ReturnType<typeof pLimit>>();

  /** That this process's credential sees the object. */
  see(id: string): void {
    this.#seen.add(id);
    this.#known.add(id);
  }

  hasSeen(id: string): boolean {
    return this.#seen.has(id);
  }

  /** That the object belongs to a resource, so that it is nobody else's lost one. */
  know(id: string): void {
    this.#known.add(id);
  }

  knows(id: string): boolean {
    return this.#known.has(id);
  }

  /** That this process made an object, and what it could be taken for. */
  noteMade(looks: string, id: string): void {
    this.#made.set(looks, [...this.made(looks), id]);
  }

  made(looks: string): readonly string[] {
    return this.#made.get(looks) ?? [];
  }

  /** That a resource stands in the state which adopted this object. */
  noteExisting(id: string): void {
    this.#existing.add(id);
  }

  exists(id: string): boolean {
    return this.#existing.has(id);
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

  /** Runs the tasks of one name one after the other. */
  inTurn<T>(name: string, task: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(name) ?? pLimit(1);
    this.#queues.set(name, queue);
    return queue(task);
  }
}
