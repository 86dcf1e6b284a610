import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Leak {
  /** The name of the secret. */
  secret: string;
  /** Where it was found. */
  place: string;
  /** The line that contains it. */
  line: string;
}

/** Any JWT, whoever signed it: the provider signs JWTs for the account, and no test knows their values. */
const jwtLike = /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/;

/** Finds secrets in plain text, in base64 at any offset, and URL-encoded. */
export class LeakScanner {
  readonly #forms = new Map<string, string>();
  readonly leaks: Leak[] = [];
  /** The number of characters scanned, by place. */
  readonly seen = new Map<string, number>();

  watch(secret: string, value: unknown): void {
    if (typeof value !== "string" || value.length < 12)
      throw new Error(`${secret} is not a string of at least 12 characters`);
    for (const form of [value, encodeURIComponent(value), ...base64Forms(value)])
      this.#forms.set(form, secret);
  }

  scan(place: string, text: string): void {
    this.seen.set(place, (this.seen.get(place) ?? 0) + text.length);
    // Search the whole text first, and its lines only if it contains a secret.
    if (![...this.#forms.keys()].some((form) => text.includes(form)) && !jwtLike.test(text)) return;
    for (const line of text.split("\n")) {
      const found = new Set(
        [...this.#forms].filter(([form]) => line.includes(form)).map(([, secret]) => secret),
      );
      if (jwtLike.test(line)) found.add("a JWT");
      for (const secret of found) this.leaks.push({ secret, place, line });
    }
  }

  /** Scans every file below a folder, binary files byte by byte. */
  scanFolder(place: string, folder: string): void {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) this.scan(place, readFileSync(join(entry.parentPath, entry.name), "latin1"));
    }
  }
}

/** The part of a value's base64 that does not depend on the bytes around it, for each of the three alignments. */
function base64Forms(value: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
    const whole = bytes.length - (bytes.length % 3);
    const from = offset === 0 ? 0 : 4;
    return (["base64", "base64url"] as const).map((form) =>
      bytes.subarray(0, whole).toString(form).slice(from),
    );
  });
}

/** Polls the command lines of all processes on this machine while a task runs. */
export async function watchProcesses<T>(task: Promise<T>, see: (commandLine: string) => void): Promise<T> {
  const known = new Set<string>();
  const look = () => {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      const line = commandLine(pid);
      if (line === "" || known.has(line)) continue;
      known.add(line);
      see(line);
    }
  };
  const timer = setInterval(look, 100);
  try {
    return await task;
  } finally {
    clearInterval(timer);
  }
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    // It ended between the two calls.
    return "";
  }
}
