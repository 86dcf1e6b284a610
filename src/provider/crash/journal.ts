import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

const entryFile = z.object({
  /** Where the run stores its state; absent if unknown. */
  backend: z.string().optional(),
  project: z.string(),
  /** Stack and name of the resource. */
  resource: z.string(),
  kind: z.string(),
  /** Credential and API address. */
  account: z.string(),
  /** The address of the run's engine. */
  engine: z.string(),
  /** The inputs needed, besides the id, to find the object. */
  address: z.record(z.string(), z.unknown()),
  /** Hash of the match key. */
  matchKey: z.string(),
  from: z.number(),
  /** When the last request was sent, and how long a request may take, in milliseconds. */
  requestedAt: z.number(),
  patienceMs: z.number(),
  aheadMs: z.number().optional(),
  others: z.array(z.string()).optional(),
  /** The id that the run received or found. */
  id: z.string().optional(),
  /** The id did not come in a response: it was found by matching, or belongs to an unresolved create. */
  isMatch: z.boolean().optional(),
});

/** A create that may be missing from Pulumi's state. Contains no secret, name or target. */
export type Entry = z.infer<typeof entryFile>;

/**
 * Creates that a kill may have interrupted. An entry is written before the request, gets the id once the run receives
 * it, and stays until the object is known to be in the state.
 */
export class MemoryJournal {
  protected readonly entries = new Map<string, Entry>();

  /** All entries with their names. */
  all(): [string, Entry][] {
    return [...this.entries];
  }

  newName(): string {
    return randomUUID();
  }

  note(name: string, entry: Entry): void {
    this.entries.set(name, entry);
  }

  drop(name: string): void {
    this.entries.delete(name);
  }

  /** Called when the state has the object: drops its entry. */
  recorded(id: string): void {
    for (const [name, entry] of this.all()) if (entry.id === id) this.drop(name);
  }

  /** What to delete to remove an entry: a file, if there is one. */
  whereIs(name: string): string {
    return name;
  }
}

/** A journal in a folder, with one small file per entry; in memory if the folder is not writable. */
export class FileJournal extends MemoryJournal {
  #loaded = false;
  /** Entries of objects that this process reported to Pulumi; undefined before the first one. */
  #reported: Set<string> | undefined;

  constructor(
    private readonly folder: string,
    /** Calls back when everything reported to Pulumi is certainly in the state. */
    private readonly onEnd: (callback: () => void) => void = () => {},
  ) {
    super();
  }

  override all(): [string, Entry][] {
    if (!this.#loaded) {
      this.#loaded = true;
      attempt(() => {
        for (const file of readdirSync(this.folder))
          if (file.endsWith(".json")) attempt(() => this.#loadFile(file));
      });
    }
    return super.all();
  }

  override note(name: string, entry: Entry): void {
    super.note(name, entry);
    attempt(() => {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      // Written atomically, so that a kill does not destroy the old entry. "wx" does not follow links.
      const fresh = join(this.folder, `${randomUUID()}.new`);
      writeFileSync(fresh, JSON.stringify(entry), { mode: 0o600, flag: "wx" });
      renameSync(fresh, this.whereIs(name));
    });
    if (entry.id !== undefined) this.#remember(name);
  }

  override drop(name: string): void {
    super.drop(name);
    attempt(() => rmSync(this.whereIs(name), { force: true }));
  }

  override whereIs(name: string): string {
    return join(this.folder, `${name}.json`);
  }

  #remember(name: string): void {
    if (this.#reported === undefined) {
      const reported = new Set<string>();
      this.#reported = reported;
      this.onEnd(() => {
        for (const each of reported) this.drop(each);
      });
    }
    this.#reported.add(name);
  }

  #loadFile(file: string): void {
    const { data } = entryFile.safeParse(JSON.parse(readFileSync(join(this.folder, file), "utf8")));
    if (data !== undefined) this.entries.set(file.replace(/\.json$/, ""), data);
  }
}

/** Next to Pulumi's own files, so that it lives as long as local copies of the state. */
export function journalFolder({ PULUMI_HOME }: Readonly<Record<string, string | undefined>>): string {
  return join(PULUMI_HOME || join(homedir(), ".pulumi"), "pulumi-smooch", "creates");
}

/** The journal is only a second safety net: a write error or a damaged file must not stop an update. */
function attempt(task: () => void): void {
  try {
    task();
  } catch {
    // The entry is still in memory.
  }
}
