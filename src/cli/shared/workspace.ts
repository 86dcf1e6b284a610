import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseJson } from "../../json";
import { MissingPulumiError, runPulumi } from "./pulumi";

/** The project file that Pulumi uses for a folder: the nearest one, in it or above. */
function findProject(folder: string): string | undefined {
  const files = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].map((name) => join(folder, name));
  const file = files.find((one) => existsSync(one));
  const parent = dirname(folder);
  return file !== undefined || parent === folder ? file : findProject(parent);
}

/** The folder in which Pulumi runs the program and looks for its packages: that of `main` in the project file. */
export function programFolder(folder: string): string {
  const file = findProject(folder);
  if (file === undefined) return folder;
  const main = resolve(dirname(file), mainIn(file) ?? ".");
  return statSync(main, { throwIfNoEntry: false })?.isFile() ? dirname(main) : main;
}

/** The language of a folder's project, as Pulumi calls its runtime; `nodejs` if there is no project. */
export function runtimeOf(folder: string): string {
  const file = findProject(folder);
  if (file === undefined) return "nodejs";
  // `runtime: yaml`, or an object with the name on the same line or on the next.
  const [, name = "nodejs"] =
    /^\s*"?runtime"?:\s*(?:\{\s*)?(?:"?name"?:\s*)?["']?([\w.-]+)/m.exec(readFileSync(file, "utf8")) ?? [];
  return name;
}

/** In YAML, `main` is always a line of its own. */
function mainIn(file: string): string | undefined {
  const text = readFileSync(file, "utf8");
  if (file.endsWith(".json")) {
    const main = Object(parseJson(text)).main;
    return typeof main === "string" ? main : undefined;
  }
  const [, quoted, plain] = /^main:[ \t]+(?:(["'].*?["'])|(.*?))[ \t]*(?:#.*)?\r?$/m.exec(text) ?? [];
  return quoted?.slice(1, -1) ?? (plain || undefined);
}

/**
 * The stack selected with `pulumi stack select`, by a name that is unambiguous in this folder; undefined if there is no
 * project or no stack is selected.
 */
async function findSelectedStack(folder: string): Promise<string | undefined> {
  if (findProject(folder) === undefined) return undefined;
  try {
    const name = (await runPulumi(folder, ["stack", "--show-name", "--fully-qualify-stack-names"])).trim();
    // For a backend without organizations, the project's folder only needs the stack's own name.
    return name.replace(/^organization\/[^/]+\//, "");
  } catch (error) {
    if (error instanceof MissingPulumiError) return undefined;
    if (error instanceof Error && error.message.includes("no stack selected")) return undefined;
    throw error;
  }
}

/** The named stack or else the selected one, whose name is printed because the user did not type it. */
export async function chooseStack(folder: string, named: string | undefined): Promise<string | undefined> {
  if (named !== undefined) return named;
  const selected = await findSelectedStack(folder);
  if (selected !== undefined) console.error(`Using the selected stack ${selected}.`);
  return selected;
}
