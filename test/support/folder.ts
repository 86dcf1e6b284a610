import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";

const workFolder = join(__dirname, "..", ".work");

/** A folder inside the repository, so that a project in it finds the packages without installing them. */
export function newFolder(kind: string): string {
  mkdirSync(workFolder, { recursive: true });
  return mkdtempSync(join(workFolder, `${kind}-`));
}
