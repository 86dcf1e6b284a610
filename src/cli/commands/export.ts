import { basename, resolve } from "node:path";
import { type Command, Option } from "commander";
import type { KindName } from "../../kinds";
import type { Settings } from "../../provider/settings";
import type { Plan } from "../export/plan";
import type { ProjectOptions } from "../export/project";
import { appOption } from "../shared/account/option";
import type { Unread } from "../shared/account/tree";
import { type Language, languages } from "../shared/project/files";
import { folderOption } from "../shared/pulumi";

interface ExportFlags {
  readonly out: string;
  readonly app: readonly string[];
  readonly language: Language;
  readonly adopt: boolean;
  readonly protect: boolean;
  readonly unowned: boolean;
  readonly perApp: boolean;
  readonly plugin: boolean;
  readonly stack?: string;
  readonly cwd: string;
}

const examples = `
Nothing in Smooch is changed. No keys, webhook secrets or channel credentials are written to any file.

Examples:
  $ pulumi-smooch export --out shop                          the whole account, with the selected stack's settings
  $ pulumi-smooch export --out shop --stack dev              with the settings of another stack
  $ pulumi-smooch export --out shop --app 'Shop *' --app 5a0b1c2d3e4f5a6b7c8d9e0f
  $ pulumi-smooch export --out shop --per-app                a stack for each app, for accounts with many
  $ pulumi-smooch export --out shop --plugin                 a list for \`pulumi import\`, which writes YAML, Python, Go …
  $ pulumi-smooch export --out shop --adopt                  for a Pulumi CLI older than 3.254.0`;

/** `pulumi-smooch export`: writes an existing account as a Pulumi project. */
export function addExportCommand(program: Command): void {
  program
    .command("export")
    .description("Write everything in an account as a Pulumi project.")
    .requiredOption("--out <folder>", "where to write it: a folder that does not exist yet, or is empty")
    .addOption(appOption())
    .addOption(
      new Option("--language <language>", "language of the program").choices(languages).default("typescript"),
    )
    .option("--adopt", "write a program that adopts the objects itself, instead of an import file", false)
    .option("--no-protect", "omit the option `protect`, which keeps `pulumi destroy` from deleting apps")
    .option("--unowned", "omit what the stack already owns", false)
    .addOption(
      new Option("--per-app", "write a stack for each app, in JavaScript: for accounts with many apps")
        .default(false)
        .conflicts(["adopt", "unowned", "language"]),
    )
    .addOption(
      new Option(
        "--plugin",
        "write only a list for `pulumi import`, which writes the program in any language",
      )
        .default(false)
        .conflicts(["adopt", "perApp", "language"]),
    )
    .option(
      "--stack <name>",
      "the Pulumi stack whose configuration to read, in addition to the environment (default: the selected one)",
    )
    .addOption(folderOption())
    .addHelpText("after", examples)
    .action(run);
}

async function run(flags: ExportFlags): Promise<void> {
  const { requireFree, writeFolder } = await import("../shared/project/write.js");
  const folder = resolve(flags.out);
  // Checked first, because reading the account may take minutes.
  requireFree(folder);
  const { requireSettings } = await import("../shared/settings.js");
  const { chooseStack } = await import("../shared/workspace.js");
  const stack = await chooseStack(flags.cwd, flags.stack);
  const settings = await requireSettings(flags.cwd, stack, process.env);
  await interruptible(async () => {
    const { plan, notes } = await readAndPlan(flags, settings, stack);
    const options = { ...flags, folder: basename(folder), settings };
    const what = await counted(plan);
    const { files, next } = await write({ ...plan, notes }, options, { ...flags, what });
    writeFolder(folder, files);
    for (const note of notes) console.error(note);
    console.log(next);
  });
}

/** The files, and what to print once they are written. */
async function write(
  plan: Plan,
  options: ProjectOptions,
  { perApp, plugin, out, what }: ExportFlags & { what: string },
): Promise<{ files: Map<string, string>; next: string }> {
  const { nextSteps } = await import("../shared/project/readme.js");
  if (plugin) {
    const { pluginImportCommands, writePluginImport } = await import("../export/plugin.js");
    const where = "the folder of your Pulumi project";
    const next = nextSteps(what, out, pluginImportCommands(options, out), where);
    return { files: writePluginImport(plan, options), next };
  }
  if (perApp) {
    const { fleetCommands, writeFleet } = await import("../export/fleet.js");
    return { files: writeFleet(plan, options), next: nextSteps(what, out, fleetCommands(options)) };
  }
  const { commands, writeProject } = await import("../export/project.js");
  return { files: writeProject(plan, options), next: nextSteps(what, out, commands(options)) };
}

async function readAndPlan(flags: ExportFlags, settings: Settings, stack: string | undefined) {
  const { SmoochClient } = await import("../../smooch/client.js");
  const { sightingOf } = await import("../../provider/settings.js");
  const { realHost } = await import("../../smooch/transport.js");
  const { readAccount, requireMatchingApp } = await import("../shared/account/read.js");
  const { showProgress } = await import("../shared/account/progress.js");
  const { keyOfApp } = await import("../../smooch/credentials.js");
  const { makeFleetPlan } = await import("../export/fleet.js");
  const { makePlan } = await import("../export/plan.js");
  const { findOwned, overlapNote } = await import("../export/owned.js");

  const smooch = new SmoochClient(realHost(), settings, settings.apiVersion);
  const progress = showProgress(process.stderr);
  const reading = { appFilter: flags.app, progress: progress.show, keyOfApp: keyOfApp(settings.credential) };
  const read = await readAccount(smooch, reading).finally(progress.end);
  requireMatchingApp(read, flags.app);
  if (read.listed.length + read.outside.length === 0)
    throw new Error("the account has no apps, so there is nothing to export");
  const owned = await findOwned(flags.cwd, stack);
  const isOwned = (kind: KindName, id: string) => owned.has(`${kind} ${id}`);
  const { apps, outside } = read;
  const account = { version: settings.apiVersion, seenBy: sightingOf(settings), apps, outside };
  const plan = flags.perApp ? makeFleetPlan(account) : makePlan(account, flags.unowned ? isOwned : undefined);
  if (flags.perApp && plan.groups.some(({ root }) => root === undefined))
    throw new Error("--per-app needs an account key: a key of an app cannot manage the app itself");
  const notes = [...overlapNote(plan, isOwned, stack), ...leftOut(read.unread), ...plan.notes];
  if (plan.groups.length === 0) throw new Error(["nothing is left to export", ...notes].join("\n"));
  return { plan, notes };
}

/** One note for everything that may not even exist: without API v2, each app of the account would get its own. */
function leftOut(unread: readonly Unread[]): string[] {
  const there = unread
    .filter(({ exist, madeBy }) => exist || madeBy === undefined)
    .map(({ message }) => `Left out: ${message}`);
  const [first, ...more] = unread.filter(({ exist, madeBy }) => !exist && madeBy !== undefined);
  if (first === undefined) return there;
  const others = more.length > 0 ? ` The same applies to ${more.length} more apps.` : "";
  return [...there, `Left out, if there are any: ${first.message}${others}`];
}

async function counted({ groups }: Plan): Promise<string> {
  const { countedByKind } = await import("../shared/counts.js");
  const { resourcesOf } = await import("../export/plan.js");
  const declared = groups.flatMap(resourcesOf);
  return countedByKind((kind) => declared.filter((one) => one.kind === kind).length);
}

/** Nothing is written until everything has been read, so there is nothing to clean up after an interruption. */
async function interruptible(task: () => Promise<void>): Promise<void> {
  const stop = () => {
    console.error("error: interrupted; nothing was written");
    process.exit(1);
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
  try {
    await task();
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"]) process.removeListener(signal, stop);
  }
}
