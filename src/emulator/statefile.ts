import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** What a file holds of an emulator; undefined where there is none yet. */
export function readStateFile(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Replaces it as a whole, readable by its owner only, so that an interruption leaves the old one. */
export function writeStateFile(file: string, text: string): void {
  const fresh = `${file}.${process.pid}.new`;
  try {
    // `wx` follows no link that somebody else has put there.
    writeFileSync(fresh, text, { mode: 0o600, flag: "wx" });
    renameSync(fresh, file);
  } finally {
    rmSync(fresh, { force: true });
  }
}
