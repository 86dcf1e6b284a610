import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Programs that run in their own process are plain JavaScript, like a user's program. */
export function programFile(name: string): string {
  return join(process.cwd(), "bench", "programs", `${name}.js`);
}

let made = 0;

/**
 * Creates a folder inside the repository, so that programs in it resolve `pulumi-smooch` like a user's project does.
 */
export function newFolder(work: string, name: string): string {
  const folder = join(work, `${name}-${++made}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

export function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
