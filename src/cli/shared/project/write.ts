import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Refuses a folder that holds anything but a repository's `.git`: nothing is ever written over. */
export function requireFree(folder: string): void {
  if (namesIn(folder).some((name) => name !== ".git")) {
    throw new Error(`${folder} is not empty, and nothing is overwritten: name another folder`);
  }
}

/** None where there is no folder. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR") throw new Error(`${folder} is a file, or lies below one: name another folder`);
    throw error;
  }
}

/**
 * Writes all files or none. A folder that is there stays the same one: it may be where the user's shell is. Synchronous,
 * so that a signal that has a handler waits until it is done.
 */
export function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  requireFree(folder);
  const isNew = mkdirSync(folder, { recursive: true }) !== undefined;
  const begun: string[] = [];
  try {
    for (const [name, text] of files) {
      const file = join(folder, name);
      // Fails where somebody else has made that file meanwhile: only what was made here may be removed again.
      writeFileSync(file, "", { flag: "wx" });
      begun.push(file);
      writeFileSync(file, text);
    }
  } catch (error) {
    for (const file of begun) rmSync(file, { force: true });
    if (isNew && namesIn(folder).length === 0) rmdirSync(folder);
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
