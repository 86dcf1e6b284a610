import type { Command } from "commander";
import { type Check, failed, toLine } from "../shared/check";
import { folderOption } from "../shared/pulumi";

interface DoctorFlags {
  readonly stack?: string;
  readonly cwd: string;
  readonly offline: boolean;
  readonly json: boolean;
}

const examples = `
Each check is ok, a warning or a problem, and tells you how to fix it. The exit status is 0 if there is no problem,
1 otherwise.

Examples:
  $ pulumi-smooch doctor                      with the settings of the selected stack and the environment
  $ pulumi-smooch doctor --stack dev          with the settings of another stack
  $ pulumi-smooch doctor --offline --json     without calling Smooch, for scripts`;

/** `pulumi-smooch doctor`: checks everything that `pulumi up` needs. */
export function addDoctorCommand(program: Command): void {
  program
    .command("doctor")
    .description("Check this machine, the program's folder, the settings and the connection to Smooch.")
    .option(
      "--stack <name>",
      "the Pulumi stack whose configuration to read, in addition to the environment (default: the selected one)",
    )
    .addOption(folderOption())
    .option("--offline", "do not call Smooch", false)
    .option("--json", "print one line of JSON when done", false)
    .addHelpText("after", examples)
    .action(run);
}

async function run(flags: DoctorFlags): Promise<void> {
  const checks: Check[] = [];
  for await (const check of examine(flags)) {
    checks.push(check);
    if (!flags.json) console.log(toLine(check));
  }
  if (flags.json) console.log(JSON.stringify({ checks }));
  if (checks.some(({ status }) => status === "problem")) process.exitCode = 1;
}

/** Stops when a problem leaves nothing for later checks to look at. */
async function* examine({ cwd, stack: named, offline }: DoctorFlags): AsyncGenerator<Check> {
  const { checkNode, checkPackage, checkPlugin, checkPulumi } = await import("../doctor/machine.js");
  yield checkNode();
  yield await checkPulumi(cwd);
  const { chooseStack, programFolder, runtimeOf } = await import("../shared/workspace.js");
  // Only programs in Node.js can do without the plugin.
  yield runtimeOf(cwd) === "nodejs" ? checkPackage(programFolder(cwd)) : await checkPlugin(cwd);
  const { checkSettings } = await import("../shared/settings.js");
  const stack = await chooseStack(cwd, named).catch((error: unknown) => failed("settings", error));
  if (typeof stack === "object") {
    yield stack;
    return;
  }
  const { checks, settings } = await checkSettings(cwd, stack, process.env);
  yield* checks;
  if (settings === undefined || offline) return;
  const { checkCall } = await import("../doctor/call.js");
  yield* await checkCall(settings);
}
