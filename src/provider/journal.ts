import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Period } from "./period";

/** A create that was begun, and the id that Pulumi was given for it if it was. */
export interface Entry extends Period {
  id?: string | undefined;
}

/**
 * Creates of which it is not certain that Pulumi's state knows them: where the provider or Pulumi is killed before the
 * state is written, the entry stays, and the next run finds the object instead of making a second. Holds no secret: what was
 * to be made is kept as a hash.
 */
export interface Journal {
  find(task: string): Entry | undefined;
  note(task: string, entry: Entry): void;
  drop(task: string): void;
  /** That the state knows this object. */
  recorded(id: string): void;
}

export class MemoryJournal implements Journal {
  protected readonly entries = new Map<string, Entry>();

  find(task: string): Entry | undefined {
    return this.entries.get(hash(task));
  }

  note(task: string, entry: Entry): void {
    this.entries.set(hash(task), entry);
  }

  drop(task: string): void {
    this.entries.delete(hash(task));
  }

  recorded(id: string): void {
    for (const [key, entry] of this.entries) if (entry.id === id) this.entries.delete(key);
  }
}

const entryFile = z.object({
  from: z.number(),
  until: z.number().optional(),
  aheadMs: z.number().optional(),
  others: z.array(z.string()).optional(),
  id: z.string().optional(),
});

/** A journal in a folder, one small file an entry; where nothing can be written it is one in memory. */
export class FileJournal extends MemoryJournal {
  #loaded = false;
  /** What this process told Pulumi; undefined before the first. */
  #told: Set<string> | undefined;

  constructor(
    private readonly folder: string,
    /** Calls back when it is certain that the state has all that Pulumi was told. */
    private readonly onEnd: (callback: () => void) => void = () => {},
  ) {
    super();
  }

  override find(task: string): Entry | undefined {
    this.#load();
    return super.find(task);
  }

  /** The ids of what was made, and perhaps is in no state. */
  ids(): Set<string> {
    this.#load();
    return new Set([...this.entries.values()].flatMap(({ id }) => id ?? []));
  }

  override note(task: string, entry: Entry): void {
    this.#load();
    super.note(task, entry);
    const file = this.#file(hash(task));
    attempt(() => {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      // In one step: a kill in the middle must not take what stood there.
      writeFileSync(`${file}.new`, JSON.stringify(entry), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    });
    if (entry.id !== undefined) this.#remember(task);
  }

  override drop(task: string): void {
    this.#load();
    super.drop(task);
    this.#remove(hash(task));
  }

  override recorded(id: string): void {
    this.#load();
    for (const [key, entry] of this.entries) if (entry.id === id) this.#remove(key);
    super.recorded(id);
  }

  #remember(task: string): void {
    if (this.#told === undefined) {
      const told = new Set<string>();
      this.#told = told;
      this.onEnd(() => {
        for (const each of told) this.drop(each);
      });
    }
    this.#told.add(task);
  }

  #load(): void {
    if (this.#loaded) return;
    this.#loaded = true;
    attempt(() => {
      for (const file of readdirSync(this.folder))
        if (file.endsWith(".json")) attempt(() => this.#loadFile(file));
    });
  }

  #loadFile(file: string): void {
    const { data } = entryFile.safeParse(parse(readFileSync(join(this.folder, file), "utf8")));
    if (data !== undefined) this.entries.set(file.replace(".json", ""), data);
  }

  #remove(key: string): void {
    attempt(() => rmSync(this.#file(key), { force: true }));
  }

  #file(key: string): string {
    return join(this.folder, `${key}.json`);
  }
}

/** Beside Pulumi's own files, so that it lives as long as the state's own copies on this machine. */
export function journalFolder({ PULUMI_HOME }: Readonly<Record<string, string | undefined>>): string {
  return join(PULUMI_HOME ?? join(homedir(), ".pulumi"), "pulumi-smooch", "creates");
}

function hash(task: string): string {
  return createHash("sha256").update(task).digest("hex").slice(0, 32);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut off by the same kill that left it behind.
    return undefined;
  }
}

/** The journal is a second net: a disk that cannot be written must not stop an update. */
function attempt(task: () => void): void {
  try {
    task();
  } catch {
    // Memory still has it.
  }
}
