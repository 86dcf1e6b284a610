import type { Call, Send } from "./call";
import type { Host } from "./host";
import type { Page } from "./listing";

/** How long a listing answers reads, in milliseconds from when it was begun. */
const freshMs = 1000;
/** How long the first of several reads waits for the others, where it takes several to make a listing worth while. */
const gatheringMs = 10;

/** A single object, and the listing in which it stands too. */
export interface Read<T> {
  id: string;
  one: Call<T>;
  page(from?: string): Call<Page<T>>;
  /** The number of reads within a second from which a listing is tried: 1 where a page certainly has them all. */
  worthwhileFrom: number;
  /** Whether a listing showed all that a single read shows. */
  isComplete(object: T): boolean;
}

/**
 * Answers reads that come close together from one listing of where the objects stand, never with more calls than
 * reads where the listing is one page. What a listing does not have is asked for by itself.
 */
export class Reads {
  readonly #listings = new Map<string, Listing>();

  constructor(private readonly host: Host) {}

  async get<T extends { id: string }>(send: Send, place: string, read: Read<T>): Promise<T> {
    const found = await this.#listing(send, place, read).find(read.id);
    return found !== undefined && read.isComplete(found) ? found : send(read.one);
  }

  /** After a change no listing from before answers any more. */
  discard(): void {
    this.#listings.clear();
  }

  #listing<T extends { id: string }>(send: Send, place: string, read: Read<T>): Listing<T> {
    const now = this.host.now();
    const present = this.#listings.get(place);
    // A place holds objects of one kind in one form.
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
  /** Where the next page begins; undefined where there is none. */
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

  /** Undefined where the listing does not have it, or is not worth its calls. */
  async find(id: string): Promise<T | undefined> {
    this.#asked++;
    await this.#gathered;
    if (this.#asked < this.kind.worthwhileFrom) return undefined;
    const found = this.#turn.then(() => this.#look(id));
    this.#turn = found;
    return found;
  }

  /** Pages are asked for as long as they have answered as many reads as they took calls. */
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
    // A short cut is tried once: whoever needs an answer asks for the one object.
    const { items, next } = await this.send({ ...this.kind.page(from), isOptional: true });
    const before = this.#objects.size;
    for (const item of items) this.#objects.set(item.id, item);
    // A page that brings nothing new leads nowhere.
    return next === undefined || this.#objects.size === before ? undefined : { from: next };
  }
}
