import { join } from "node:path";
import { killed, type Result, runPulumi } from "./cli";
import { endProgramHost, programHost } from "./programs";

/** How a program reaches this package. */
export interface Door {
  /** The files of which a program consists. */
  files(program: string): Readonly<Record<string, string>>;
  /** Whether a process of the tests runs the program, so that the CLI starts none. */
  isInline?: boolean;
}

const javascript = "runtime: { name: nodejs, options: { typescript: false } }";
/** The plugin as built, for a program's project file. */
const plugins = `plugins: { providers: [{ name: smooch, path: ${join(__dirname, "..", "..", "dist", "plugin")} }] }`;

/**
 * A JavaScript program like {@link dynamicDoor}'s whose resources the plugin serves: the fastest door, for rules that do not
 * depend on the door. It has the classes, with their options, but neither `adopt` and `get` nor the functions.
 */
export const inlineDoor: Door = {
  files: (program) => ({
    "Pulumi.yaml": `name: test\n${javascript}\n${plugins}\n`,
    "program.js": program,
  }),
  isInline: true,
};

/**
 * A JavaScript program with dynamic resources, which Pulumi's provider process serves. `pulumi` and `smooch` are imported
 * already.
 */
export const dynamicDoor: Door = {
  files: (program) => ({
    "Pulumi.yaml": `name: test\n${javascript}\n`,
    "program.js": `smooch = require("pulumi-smooch");\n${program}`,
  }),
  isInline: true,
};

/**
 * The same program in a process of its own, which the CLI starts as for a user: for what the process sees or prints, such
 * as the environment, and for what Pulumi does when it fails.
 */
export const processDoor: Door = {
  files: (program) => ({
    "Pulumi.yaml": `name: test\nmain: index.js\n${javascript}\n`,
    "index.js": `const pulumi = require("@pulumi/pulumi");\nconst smooch = require("pulumi-smooch");\n${program}\n`,
  }),
};

/** A YAML program, which the plugin serves; without the project's name and runtime. */
export const pluginDoor: Door = {
  files: (program) => ({ "Pulumi.yaml": `name: test\nruntime: yaml\n${plugins}\n${program}\n` }),
};

/** A Go program, which the plugin serves; our SDK belongs beside it. */
export const goDoor: Door = {
  files: (program) => ({ "Pulumi.yaml": `name: test\nruntime: go\n${plugins}\n`, "main.go": program }),
};

/** A TypeScript program with our generated SDK instead of this package, which the plugin serves. */
export const typescriptDoor: Door = {
  files: (program) => ({ "Pulumi.yaml": `name: test\nruntime: nodejs\n${plugins}\n`, "index.ts": program }),
};

/** A Python program, which the plugin serves; the environment variables name the Python and our SDK. */
export const pythonDoor: Door = {
  files: (program) => ({
    "Pulumi.yaml": `name: test\nruntime: python\n${plugins}\n`,
    "__main__.py": program,
  }),
};

/** The commands that run a program, or may. */
const withProgram = new Set(["preview", "up", "refresh", "destroy"]);

/** Runs a command of the CLI on a folder whose program reaches the package through this door. */
export async function runThrough(
  door: Door,
  folder: string,
  args: string[],
  environment: Record<string, string>,
  onStart?: (pid: number) => void,
): Promise<Result> {
  const isInline = door.isInline && withProgram.has(args[0] ?? "");
  const client = isInline ? [`--client=${await programHost()}`] : [];
  const result = await runPulumi(folder, [...args, ...client], environment, onStart);
  if (isInline && result.code === killed) endProgramHost();
  return result;
}
