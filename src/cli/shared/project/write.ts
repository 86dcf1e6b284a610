import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Throws if the folder contains anything but a repository's `.git`: nothing is ever overwritten. */
export function requireFree(folder: string): void {
  if (namesIn(folder).some((name) => name !== ".git")) {
    throw new Error(`${folder} is not empty, and nothing is overwritten: name another folder`);
  }
}

/** Empty if the folder does not exist. */
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
 * Writes all files or none. An existing folder is kept, because the user's shell may be in it. Synchronous, so that
 * signal handlers run only after it has finished.
 */
export function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  requireFree(folder);
  const isNew = mkdirSync(folder, { recursive: true }) !== undefined;
  const begun: string[] = [];
  const folders: string[] = [];
  try {
    for (const [name, text] of files) {
      const file = join(folder, name);
      if (mkdirSync(dirname(file), { recursive: true }) !== undefined) folders.push(dirname(file));
      // Fails if someone else has created the file meanwhile, because cleaning up may only remove our own files.
      writeFileSync(file, "", { flag: "wx" });
      begun.push(file);
      writeFileSync(file, text);
    }
  } catch (error) {
    for (const file of begun) rmSync(file, { force: true });
    for (const made of [...folders, ...(isNew ? [folder] : [])])
      if (namesIn(made).length === 0) rmdirSync(made);
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
