import { statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Settings } from "../../provider/settings";
import { folderOption } from "../shared/pulumi";
import type { Verification } from "../verify/verify";

interface VerifyFlags {
  readonly stack?: string;
  readonly cwd: string;
  readonly app?: string;
  readonly target?: string;
  readonly limits: boolean;
  readonly record?: string;
  readonly json: boolean;
  readonly yes: boolean;
  readonly clean: boolean;
}

const examples = `
Everything is created in an app of its own and deleted at the end, also after Ctrl-C. The exit status is 0 if the API
behaves as documented and as the emulator does, 3 if there is a difference, 1 if the run failed or something could not
be deleted, and 2 for wrong usage.

Examples:
  $ pulumi-smooch verify                                     says what it will do, and asks
  $ pulumi-smooch verify --target https://bot.example.com    with webhooks: an address that responds to HEAD
  $ pulumi-smooch verify --yes --limits --record smooch.json everything, and a recording without secrets
  $ pulumi-smooch verify --app 5a0b1c2d3e4f5a6b7c8d9e0f      with an app key: what does not affect the app
  $ pulumi-smooch verify --clean                             deletes what a killed run left behind`;

/** `pulumi-smooch verify`: compares a real account with what the package and its emulator believe. */
export function addVerifyCommand(program: Command): void {
  program
    .command("verify")
    .description("Compare how your Smooch account behaves with the documentation and the emulator.")
    .option(
      "--stack <name>",
      "the Pulumi stack whose configuration to read, in addition to the environment (default: the selected one)",
    )
    .addOption(folderOption())
    .option("--app <id>", "with credentials of an app: that app", parseId)
    .option("--target <url>", "a public address for webhooks, which must respond to HEAD", parseTarget)
    .option("--limits", "also try the limits, e.g. an eleventh key, which takes about 100 more calls", false)
    .addOption(
      new Option("--record <file>", "write the exchanges without ids, names and secrets").argParser(
        parseFile,
      ),
    )
    .option("--json", "print one line of JSON when done", false)
    .option("--yes", "do not ask", false)
    .option("--clean", "only delete what earlier runs on this account left behind", false)
    .addHelpText("after", examples)
    .action(run);
}

async function run(flags: VerifyFlags, command: Command): Promise<void> {
  if (!flags.yes && !process.stdin.isTTY)
    command.error("error: stdin is not a terminal: pass --yes to start without a question");
  const { chooseStack } = await import("../shared/workspace.js");
  const { requireSettings } = await import("../shared/settings.js");
  const stack = await chooseStack(flags.cwd, flags.stack);
  const settings = await requireSettings(flags.cwd, stack, process.env);
  await (flags.clean ? cleanUp(flags, settings) : verify(flags, settings));
}

async function verify(flags: VerifyFlags, settings: Settings): Promise<void> {
  const { Journals } = await import("../verify/journal.js");
  const { Verification } = await import("../verify/verify.js");
  const { announce, differencesIn, writeReport } = await import("../verify/report.js");
  const { realHost } = await import("../../smooch/transport.js");
  const { accountIdentity } = await import("../../provider/settings.js");
  const journals = Journals.of(process.env);
  const verification = new Verification(realHost(), { ...flags, settings }, journals);
  if (journals.leftBy(accountIdentity(settings)).length > 0)
    console.error("An earlier run left something behind: see `pulumi-smooch verify --clean`.");
  console.error(announce(verification, { ...flags, settings }));
  if (!flags.yes && !(await agrees("start"))) return;

  const ended = stopOnSignals(verification);
  const { show, end } = progress(verification);
  const result = await verification.run(show).finally(() => {
    end();
    ended();
  });
  const { apiVersion } = settings;
  const { leftOut } = verification.suite;
  console.log(
    flags.json
      ? JSON.stringify({ account: accountIdentity(settings), apiVersion, ...result, leftOut })
      : writeReport(result),
  );
  if (flags.record !== undefined) writeFileSync(flags.record, verification.record(), { mode: 0o600 });
  if (result.left.length > 0 || result.stopped !== undefined) process.exitCode = 1;
  else if (differencesIn(result.findings).length > 0) process.exitCode = 3;
}

async function cleanUp(flags: VerifyFlags, settings: Settings): Promise<void> {
  const { Journals } = await import("../verify/journal.js");
  const { clean } = await import("../verify/verify.js");
  const { describeLeftover } = await import("../verify/report.js");
  const { realHost } = await import("../../smooch/transport.js");
  const { accountIdentity } = await import("../../provider/settings.js");
  const { isInProgress } = await import("../verify/guard.js");
  const { counted } = await import("../shared/counts.js");
  const journals = Journals.of(process.env);
  const found = journals.leftBy(accountIdentity(settings));
  const objects = found.reduce((sum, { open }) => sum + open.length, 0);
  console.error(
    `${counted(found.length, "run")} on this account left ${counted(objects, "object")} at most.`,
  );
  if (found.length > 0 && !flags.yes && !(await agrees("delete"))) return;
  const result = await clean(realHost(), settings, journals, isInProgress);
  if (flags.json) console.log(JSON.stringify(result));
  else {
    for (const mark of result.running) console.log(`Skipped: run ${mark} is still in progress.`);
    for (const leftover of result.left) console.log(describeLeftover(leftover));
    console.log(
      `${counted(result.deleted, "object")} of ${counted(result.runs, "run")} deleted or already gone.`,
    );
  }
  if (result.left.length > 0 || result.running.length > 0) process.exitCode = 1;
}

async function agrees(to: string): Promise<boolean> {
  const { ask } = await import("../shared/ask.js");
  if ((await ask(`Type yes to ${to}: `)) === "yes") return true;
  console.error("Nothing was done.");
  return false;
}

/** The first Ctrl-C ends the run and deletes what it created; the second one leaves that. */
function stopOnSignals(verification: Verification): () => void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(130);
    isStopping = true;
    verification.stop();
    console.error(
      "Stopping: deleting what was created. Press Ctrl-C again to leave it for `pulumi-smooch verify --clean`.",
    );
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, stop);
  return () => {
    for (const signal of signals) process.off(signal, stop);
  };
}

/** Shows the current step on a terminal. */
function progress({ steps: { length } }: Verification) {
  const { stderr } = process;
  let count = 0;
  return {
    show: ({ name }: { name: string }): void => {
      count++;
      if (stderr.isTTY) stderr.write(`\r\u001b[2K${`Step ${count} of ${length}: ${name}`.slice(0, 78)}`);
    },
    end: (): void => {
      if (stderr.isTTY) stderr.write("\r\u001b[2K");
    },
  };
}

function parseId(value: string): string {
  if (/^[\w-]+$/.test(value)) return value;
  throw new InvalidArgumentError("It must be the id of an app.");
}

function parseTarget(value: string): string {
  const isUrl = URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
  if (isUrl && !/[#{}]/.test(value)) return value;
  throw new InvalidArgumentError("It must be an http or https URL without a fragment or braces.");
}

function parseFile(value: string): string {
  if (statSync(dirname(value), { throwIfNoEntry: false })?.isDirectory()) return value;
  throw new InvalidArgumentError("Its folder must exist.");
}
