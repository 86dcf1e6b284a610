import { z } from "zod";
import { saysGone } from "../../smooch/foreign";
import { at, codeOf, describe, isSuccess } from "./answers";
import { BoundError, type Connection, LostError } from "./connection";
import type { Entry, Journal } from "./journal";
import { type Answer, wordsOf } from "./step";

/** An object that could not be deleted, and why. */
export interface Leftover {
  label: string;
  /** Its path, or that of the list it may be in. */
  path: string;
  reason: string;
}

const listed = z.array(z.looseObject({}));
const pageSize = 100;
const maxAttempts = 5;

/** Deletes exactly what a journal has, and proves that it is gone. */
export class Cleanup {
  constructor(
    private readonly connection: Connection,
    private readonly journal: Journal,
    private readonly sleep: (ms: number) => Promise<void>,
  ) {}

  /** Deletes the objects one after the other, and returns those that may be left. `keeps` are for later. */
  async deleteAll(keeps: (entry: Entry) => boolean = () => false): Promise<Leftover[]> {
    const left: Leftover[] = [];
    for (const entry of this.journal.open) {
      if (keeps(entry)) continue;
      const path = entry.id === undefined ? entry.path : onePath(entry, entry.id);
      try {
        for (const id of await this.#idsOf(entry)) await this.#deleteOne(entry, id);
        this.journal.done(entry);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        left.push({ label: entry.label, path, reason: error.message });
        continue;
      }
      // What an app contained is gone with it.
      for (const inner of this.journal.open.filter((other) => other.path.startsWith(`${path}/`)))
        this.journal.done(inner);
      left.splice(0, left.length, ...left.filter((other) => !other.path.startsWith(`${path}/`)));
    }
    return left;
  }

  /** The id in the journal or, if the response to the create was lost, those of the objects with the run's mark. */
  async #idsOf(entry: Entry): Promise<string[]> {
    if (entry.isSingleton) return [""];
    if (entry.id !== undefined) return [entry.id];
    for (let looks = 1; ; looks++) {
      const ids = await this.#listMarked(entry);
      // A create whose response was lost may take a moment to show.
      if (ids.length > 0 || looks === 3) return ids;
      await this.sleep(1000);
    }
  }

  async #listMarked(entry: Entry): Promise<string[]> {
    const { id } = this.#words;
    const items = await this.#listAll(entry);
    return items
      .filter((item) => entry.isUnnamed || JSON.stringify(item).includes(this.journal.run.mark))
      .map((item) => String(item[id]));
  }

  async #deleteOne(entry: Entry, id: string): Promise<void> {
    const path = onePath(entry, id);
    const answer = await this.#send("DELETE", path);
    if (!(isSuccess(answer) || answer.status === 404)) throw new Error(`refused: ${describe(answer)}`);
    if (!(await this.#isGone(entry, id))) throw new Error("it still exists after its deletion");
  }

  async #isGone(entry: Entry, id: string): Promise<boolean> {
    if (!entry.isListedOnly) {
      const answer = await this.#send("GET", onePath(entry, id));
      if (answer.status === 404 && saysGone(codeOf(answer))) return true;
      if (isSuccess(answer)) return entry.isSingleton === true && isEmptyMenu(answer);
      // Another 404 proves nothing: it may come from anything on the way to the API.
      if (entry.isSingleton) return answer.status === 404;
    }
    const items = await this.#listAll(entry);
    return !items.some((item) => item[this.#words.id] === id);
  }

  /** All pages of the list that the object would be in; empty if what contains it does not exist any more. */
  async #listAll({ path, envelope }: Entry): Promise<Record<string, unknown>[]> {
    const all: Record<string, unknown>[] = [];
    for (let query = this.#words.page(pageSize); ; ) {
      const isPaged = !/(keys|webhooks|switchboards|switchboardIntegrations)$/.test(path);
      const answer = await this.#send("GET", isPaged ? `${path}?${query}` : path);
      if (answer.status === 404 && saysGone(codeOf(answer))) return [];
      const { data } = listed.safeParse(at(answer.body, `${envelope}s`));
      if (!isSuccess(answer) || data === undefined) throw new Error(`cannot be listed: ${describe(answer)}`);
      all.push(...data);
      const next = nextPage(answer, all);
      if (!isPaged || next === undefined || data.length === 0) return all;
      query = next;
    }
  }

  /** A network fault or a failure of the service is repeated: a DELETE and a GET may be. */
  async #send(method: "GET" | "DELETE", path: string): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await this.connection.send({ method, path });
        if (answer.status < 500 || attempt === maxAttempts) return answer;
      } catch (error) {
        if (error instanceof BoundError || !(error instanceof LostError) || attempt === maxAttempts)
          throw error;
      }
      await this.sleep(1000);
    }
  }

  get #words() {
    return wordsOf(this.journal.run.apiVersion);
  }
}

function onePath({ path, isSingleton }: Entry, id: string): string {
  return isSingleton ? path : `${path}/${id}`;
}

/** An app always has a menu, which is empty after its deletion. */
function isEmptyMenu({ body }: Answer): boolean {
  return Object(at(body, "menu.items")).length === 0;
}

function nextPage({ body }: Answer, all: readonly object[]): string | undefined {
  if (at(body, "hasMore") === true) return `limit=${pageSize}&offset=${all.length}`;
  if (at(body, "meta.hasMore") !== true) return undefined;
  const cursor = at(body, "meta.afterCursor") ?? at(all.at(-1), "id");
  return typeof cursor === "string"
    ? `page[size]=${pageSize}&page[after]=${encodeURIComponent(cursor)}`
    : undefined;
}
