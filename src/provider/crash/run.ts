import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** What tells one run of Pulumi from another. */
export interface Run {
  /** Where it keeps its state; undefined if unknown. */
  backend: string | undefined;
  project: string;
  /** Address at which its engine listens. */
  engine: string;
}

/** Reads who this process works for out of what Pulumi starts a provider with. */
export function readRun(
  environment: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
  folder: string,
): Run {
  return {
    backend: readBackend(environment, folder),
    project: String(environment.PULUMI_PROJECT),
    engine: String(argv[2]),
  };
}

/**
 * The backend, if its address alone says where a state is kept. One that is reached over HTTP holds the stacks of many
 * organizations, and the one that somebody logged in to is known to the credentials file only, which is never read.
 */
function readBackend(
  { PULUMI_BACKEND_URL: fromEnvironment }: Readonly<Record<string, string | undefined>>,
  folder: string,
): string | undefined {
  const url = fromEnvironment || urlInProject(folder) || "";
  if (!/^(?!https?:)[a-z0-9]+:\/\//.test(url)) return undefined;
  return url.startsWith("file://") ? toFolder(url, folder) : url;
}

function toFolder(url: string, folder: string): string {
  const path = url.slice("file://".length);
  if (path === "~" || path.startsWith("~/")) return join(homedir(), path.slice(1));
  return path.startsWith("/") ? fileURLToPath(url) : resolve(folder, path);
}

/** `backend: { url }` of the nearest Pulumi.yaml, in the form in which people write it. */
function urlInProject(folder: string): string | undefined {
  for (const file of ["Pulumi.yaml", "Pulumi.yml"]) {
    try {
      const text = readFileSync(join(folder, file), "utf8");
      return /^backend:[ \t]*\r?\n(?:[ \t].*\r?\n)*?[ \t]+url:[ \t]*["']?([^\s"'#]+)/m.exec(text)?.[1];
    } catch {
      // Not here.
    }
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : urlInProject(parent);
}
