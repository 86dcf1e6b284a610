import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Throws if the folder contains anything but a repository's `.git`: nothing is ever overwritten. */
export function requireFree(folder: string): void {
  if (namesIn(folder).some((name) => name !== ".git")) {
    throw new Error(`${folder} is not empty, and nothing is overwritten: choose another folder`);
  }
}

/** Empty if the folder does not exist. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR") throw new Error(`${folder} is a file, or is inside one: choose another folder`);
    throw error;
  }
}

/**
 * Writes all files or none. An existing folder is kept, because the user's shell may be in it. Synchronous, so that
 * signal handlers run only after it has finished.
 */
export function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  requireFree(folder);
  const isNew = mkdirSync(folder, { recursive: true }) !== undefined;
  const begun: string[] = [];
  const folders: { deepest: string; first: string }[] = [];
  try {
    for (const [name, text] of files) {
      const file = join(folder, name);
      const deepest = dirname(file);
      const first = mkdirSync(deepest, { recursive: true });
      if (first !== undefined) folders.push({ deepest, first });
      // Fails if someone else has created the file meanwhile, because cleaning up may only remove our own files.
      writeFileSync(file, "", { flag: "wx" });
      begun.push(file);
      writeFileSync(file, text);
    }
  } catch (error) {
    for (const file of begun) rmSync(file, { force: true });
    for (const { deepest, first } of folders.toReversed()) removeIfEmpty(deepest, first);
    if (isNew) removeIfEmpty(folder, folder);
    throw error;
  }
}

/** Removes the folder and those above it, up to and including `last`, as far as they are empty. */
function removeIfEmpty(folder: string, last: string): void {
  if (namesIn(folder).length > 0) return;
  rmdirSync(folder);
  if (folder !== last) removeIfEmpty(dirname(folder), last);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
