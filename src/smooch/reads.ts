import type { Call, Send } from "./call";
import type { Host } from "./host";
import type { Page } from "./listing";

/** How long a listing answers reads, counted from its start. */
const freshMs = 1000;
/** How long the first read waits for others if a listing only pays off for several. */
const gatheringMs = 10;

/** How to read an object: directly or from a listing. */
export interface Read<T> {
  id: string;
  one: Call<T>;
  page(from?: string): Call<Page<T>>;
  /** Minimum number of reads within a second for a listing to pay off: 1 if all objects fit on one page. */
  worthwhileFrom: number;
  /** Whether a listing contained everything that a single read does. */
  isComplete(object: T): boolean;
}

/**
 * Answers reads that arrive close together from one listing. An object that the listing lacks, or contains only in
 * part, is read directly. Reasons and savings: docs/decisions/0014-listings-and-pace.md.
 */
export class Reads {
  readonly #listings = new Map<string, Listing>();

  constructor(private readonly host: Host) {}

  async get<T extends { id: string }>(send: Send, place: string, read: Read<T>): Promise<T> {
    const found = await this.#listing(send, place, read).find(read.id);
    return found !== undefined && read.isComplete(found) ? found : send(read.one);
  }

  /** Drops all listings after something has changed. */
  discard(): void {
    this.#listings.clear();
  }

  #listing<T extends { id: string }>(send: Send, place: string, read: Read<T>): Listing<T> {
    const now = this.host.now();
    const present = this.#listings.get(place);
    // All objects at one path have the same type.
    if (present?.isFresh(now)) return present as Listing<T>;
    for (const [other, listing] of this.#listings) if (!listing.isFresh(now)) this.#listings.delete(other);
    const begun = new Listing(this.host, send, read);
    this.#listings.set(place, begun);
    return begun;
  }
}

class Listing<T extends { id: string } = { id: string }> {
  readonly #begunAt: number;
  readonly #gathered: Promise<void>;
  readonly #objects = new Map<string, T>();
  #asked = 0;
  #answered = 0;
  #pages = 0;
  /** Where the next page begins; undefined after the last one. */
  #next: { from?: string } | undefined = {};
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    host: Host,
    private readonly send: Send,
    private readonly kind: Pick<Read<T>, "page" | "worthwhileFrom">,
  ) {
    this.#begunAt = host.now();
    this.#gathered = kind.worthwhileFrom > 1 ? host.sleep(gatheringMs) : Promise.resolve();
  }

  isFresh(now: number): boolean {
    return now >= this.#begunAt && now - this.#begunAt < freshMs;
  }

  /** Returns undefined if the listing lacks the object or does not pay off. */
  async find(id: string): Promise<T | undefined> {
    this.#asked++;
    await this.#gathered;
    if (this.#asked < this.kind.worthwhileFrom) return undefined;
    const found = this.#turn.then(() => this.#look(id));
    this.#turn = found;
    return found;
  }

  /** Fetches another page only while paging has not cost more calls than it saved. */
  async #look(id: string): Promise<T | undefined> {
    while (!this.#objects.has(id) && this.#next !== undefined && this.#pages <= this.#answered) {
      this.#next = await this.#addPage(this.#next.from).catch(() => undefined);
      this.#pages++;
    }
    const found = this.#objects.get(id);
    if (found !== undefined) this.#answered++;
    return found;
  }

  async #addPage(from: string | undefined): Promise<{ from?: string } | undefined> {
    // No retries: if this fails, the object is read directly.
    const { items, next } = await this.send({ ...this.kind.page(from), isOptional: true });
    const before = this.#objects.size;
    for (const item of items) this.#objects.set(item.id, item);
    // A page without anything new would repeat forever.
    return next === undefined || this.#objects.size === before ? undefined : { from: next };
  }
}
