import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** What a file holds of an emulator; undefined where there is none yet. */
export function readStateFile(file: string): string | undefined {
  return existsSync(file) ? explained("read", () => readFileSync(file, "utf8")) : undefined;
}

/** Replaces it as a whole, readable by its owner only, so that an interruption leaves the old one. */
export function writeStateFile(file: string, text: string): void {
  const fresh = `${file}.${process.pid}.new`;
  explained("written", () => {
    try {
      // `wx` follows no link that somebody else has put there.
      writeFileSync(fresh, text, { mode: 0o600, flag: "wx" });
      renameSync(fresh, file);
    } finally {
      rmSync(fresh, { force: true });
    }
  });
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EISDIR: "it is a folder",
  ENOENT: "its folder does not exist",
};

function explained<T>(done: "read" | "written", task: () => T): T {
  try {
    return task();
  } catch (error) {
    const code = String(Object(error).code);
    throw new Error(`The state file cannot be ${done}: ${reasons[code] ?? code}.`);
  }
}
