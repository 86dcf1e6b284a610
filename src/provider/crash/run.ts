import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** What distinguishes one Pulumi run from another. */
export interface Run {
  /** Where it stores its state; undefined if unknown. */
  backend: string | undefined;
  project: string;
  /** The address of its engine. */
  engine: string;
}

/** Reads the run from the environment and arguments that Pulumi starts a provider with. */
export function readRun(
  environment: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
  folder: string,
): Run {
  return {
    backend: readBackend(environment, folder),
    project: String(environment.PULUMI_PROJECT),
    engine: engineAddress(argv),
  };
}

/** The engine's address is an argument of every provider; flags for logging and tracing may come before it. */
export function engineAddress(argv: readonly string[]): string {
  return String(argv.slice(2).findLast((argument) => /^[^-].*:\d+$/.test(argument)));
}

/**
 * The backend, if its address alone identifies where the state is stored. An HTTP backend holds the stacks of many
 * organizations, and the backend of `pulumi login` is only recorded in the credentials file, which is never read.
 */
function readBackend(
  { PULUMI_BACKEND_URL: fromEnvironment }: Readonly<Record<string, string | undefined>>,
  folder: string,
): string | undefined {
  const url = fromEnvironment || urlInProject(folder) || "";
  if (!/^(?!https?:)[a-z0-9]+:\/\//.test(url)) return undefined;
  return url.startsWith("file://") ? toFolder(url, folder) : url;
}

/** The folder of a file backend. What follows a question mark is options of the backend, e.g. `?metadata=skip`. */
function toFolder(url: string, folder: string): string {
  const [path = ""] = url.slice("file://".length).split("?");
  if (path === "~" || path.startsWith("~/")) return join(homedir(), path.slice(1));
  return path.startsWith("/") ? fileURLToPath(`file://${path}`) : resolve(folder, path);
}

/** `backend: { url }` in the nearest Pulumi.yaml, in its usual notation. */
function urlInProject(folder: string): string | undefined {
  for (const file of ["Pulumi.yaml", "Pulumi.yml"]) {
    try {
      const text = readFileSync(join(folder, file), "utf8");
      return /^backend:[ \t]*\r?\n(?:[ \t].*\r?\n)*?[ \t]+url:[ \t]*["']?([^\s"'#]+)/m.exec(text)?.[1];
    } catch {
      // Not in this folder.
    }
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : urlInProject(parent);
}
