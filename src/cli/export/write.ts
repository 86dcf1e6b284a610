import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Refuses a folder that holds anything: an export never writes over something. */
export function requireFree(folder: string): void {
  const entries = listIn(folder);
  if (entries !== undefined && entries.length > 0) {
    throw new Error(`${folder} already holds something, and nothing is written over: name another folder`);
  }
}

/** The names in a folder; undefined where there is none. */
function listIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return undefined;
    if (code === "ENOTDIR") throw new Error(`${folder} is a file, or lies below one: name another folder`);
    throw error;
  }
}

/**
 * Writes all files or none: into a folder beside it, which then takes its name. Synchronous, so that a signal that has
 * a handler waits until it is done.
 */
export function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  const fresh = mkdtempSync(join(parent, `.${basename(folder)}-`));
  try {
    for (const [name, text] of files) writeFileSync(join(fresh, name), text, { flag: "wx" });
    requireFree(folder);
    // An empty folder has to go first: not every system renames onto one.
    if (listIn(folder) !== undefined) rmdirSync(folder);
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
