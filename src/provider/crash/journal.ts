import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

const entryFile = z.object({
  /** Where the run keeps its state; absent if unknown. */
  backend: z.string().optional(),
  project: z.string(),
  /** Stack and name of the resource. */
  resource: z.string(),
  kind: z.string(),
  /** Credential and address of the API. */
  account: z.string(),
  /** Address at which the run's engine listens. */
  engine: z.string(),
  /** What it takes, beside the id, to find the object. */
  address: z.record(z.string(), z.unknown()),
  /** Hash of the match key. */
  matchKey: z.string(),
  from: z.number(),
  /** When the last request was sent, and how long one may take, in milliseconds. */
  requestedAt: z.number(),
  patienceMs: z.number(),
  aheadMs: z.number().optional(),
  others: z.array(z.string()).optional(),
  /** The id that the run received or found. */
  id: z.string().optional(),
  /** Nobody said that this request made it: it was found among the objects that are alike, or is unresolved. */
  isMatch: z.boolean().optional(),
});

/** A create of which it is not certain that Pulumi's state knows it. It holds no secret, no name and no target. */
export type Entry = z.infer<typeof entryFile>;

/**
 * Creates that a kill may have interrupted. An entry is written before the request, gets the id that the run received,
 * and stays until the state is known to have the object.
 */
export class MemoryJournal {
  protected readonly entries = new Map<string, Entry>();

  /** Every entry by its name. */
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

  /** The state has the object. */
  recorded(id: string): void {
    for (const [name, entry] of this.all()) if (entry.id === id) this.drop(name);
  }

  /** How a person gets rid of an entry. */
  whereIs(name: string): string {
    return name;
  }
}

/** A journal in a folder, a small file for each entry; where nothing can be written it is one in memory. */
export class FileJournal extends MemoryJournal {
  #loaded = false;
  /** Entries of objects that this process has reported to Pulumi; undefined before the first. */
  #reported: Set<string> | undefined;

  constructor(
    private readonly folder: string,
    /** Calls back when the state certainly has everything reported to Pulumi. */
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
      // In one step: a kill in the middle must not take what was there. "wx" follows no link.
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

/** Beside Pulumi's own files, so that it lives as long as the state's own copies on this machine. */
export function journalFolder({ PULUMI_HOME }: Readonly<Record<string, string | undefined>>): string {
  return join(PULUMI_HOME || join(homedir(), ".pulumi"), "pulumi-smooch", "creates");
}

/** The journal is a second net: a disk that cannot be written, or a damaged file, must not stop an update. */
function attempt(task: () => void): void {
  try {
    task();
  } catch {
    // Memory still has it.
  }
}
