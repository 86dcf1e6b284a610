import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { parseJson } from "../../json";
import { journalFolder } from "../../provider/crash/journal";
import { apiVersions } from "../../smooch/api-version";
import { isId } from "../../smooch/ids";

const entry = z.object({
  label: z.string(),
  /** Where it was created, with the API version: `/v1/apps/5a0b…/keys`. */
  path: z.string(),
  envelope: z.string(),
  isSingleton: z.boolean().optional(),
  isUnnamed: z.boolean().optional(),
  isListedOnly: z.boolean().optional(),
  /** Unknown until the response arrives. */
  id: z.string().refine(isId).optional(),
});

const file = z.object({
  /** Which account: credential and address. */
  account: z.string(),
  apiVersion: z.enum(apiVersions),
  mark: z.string().regex(/^[0-9a-f]{12}$/),
  /** Where the run tells its mark, on this machine, while it is in progress. */
  address: z.string(),
  entries: z.array(entry),
});

/** An object that the run created, or may have created. */
export type Entry = z.infer<typeof entry>;

export type Run = Omit<z.infer<typeof file>, "entries">;

/** What a run created and has not deleted, on disk, so that a killed run can be cleaned up. */
export class Journal {
  readonly #entries: Entry[];

  constructor(
    private readonly file: string,
    readonly run: Run,
    entries: readonly Entry[] = [],
  ) {
    this.#entries = [...entries];
  }

  /** The objects that were not deleted, the last one first, so that an object comes before what contains it. */
  get open(): Entry[] {
    return this.#entries.toReversed();
  }

  /** Written before the request that creates the object. */
  note(entry: Entry): void {
    this.#entries.push(entry);
    this.#write();
  }

  /** The response gave its id. */
  named(entry: Entry, id: string): void {
    entry.id = id;
    this.#write();
  }

  /** The object is proven not to exist. */
  done(entry: Entry): void {
    this.#entries.splice(this.#entries.indexOf(entry), 1);
    if (this.#entries.length > 0) this.#write();
    else for (const file of [this.file, this.#fresh]) rmSync(file, { force: true });
  }

  get #fresh(): string {
    return `${this.file}.new`;
  }

  // Replaced as a whole, so that a kill leaves either the old or the new one.
  #write(): void {
    mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
    const text = JSON.stringify({ ...this.run, entries: this.#entries });
    writeFileSync(this.#fresh, text, { mode: 0o600 });
    renameSync(this.#fresh, this.file);
  }
}

/** The journals of runs, one file each, next to those of the provider. */
export class Journals {
  constructor(private readonly folder: string) {}

  static of(environment: Readonly<Record<string, string | undefined>>): Journals {
    return new Journals(join(dirname(journalFolder(environment)), "verify"));
  }

  start(run: Run): Journal {
    return new Journal(join(this.folder, `${run.mark}.json`), run);
  }

  /** The runs on this account that left something. */
  leftBy(account: string): Journal[] {
    return this.#names().flatMap((name) => {
      const path = join(this.folder, name);
      const { data } = file.safeParse(parseJson(readFileSync(path, "utf8")));
      if (data === undefined || data.account !== account) return [];
      const { entries, ...run } = data;
      return [new Journal(path, run, entries)];
    });
  }

  #names(): string[] {
    try {
      return readdirSync(this.folder).filter((name) => name.endsWith(".json"));
    } catch {
      return [];
    }
  }
}
