import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** The content of the state file; undefined if there is none yet. */
export function readStateFile(file: string): string | undefined {
  return existsSync(file) ? explained("read", () => readFileSync(file, "utf8")) : undefined;
}

/** Replaces the file atomically, so that an interruption leaves the old one. Only its owner can read it. */
export function writeStateFile(file: string, text: string): void {
  const fresh = `${file}.${process.pid}.new`;
  explained("written", () => {
    try {
      // `wx` does not follow a link that someone else created there.
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
