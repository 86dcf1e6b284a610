import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** What runs as a process of its own is plain JavaScript, as a user's program is. */
export function programFile(name: string): string {
  return join(process.cwd(), "bench", "programs", `${name}.js`);
}

let made = 0;

/** A folder inside the repository, so that programs in it find `pulumi-smooch` the way a user's project does. */
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
