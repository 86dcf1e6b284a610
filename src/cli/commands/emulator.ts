import { once } from "node:events";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { RunningEmulator, StartOptions } from "../../emulator/index";
import { isKeyId } from "../../smooch/ids";
import { readFaults } from "../emulator/faults";
import { parseProfileSettings, readProfile } from "../emulator/profile";
import { folderOption } from "../shared/pulumi";
import { quote } from "../shared/shell";

interface EmulatorFlags {
  readonly stack?: string;
  readonly cwd: string;
  readonly port: number;
  readonly accountKeyId?: string;
  readonly accountKeySecret?: string;
  readonly secondKey: boolean;
  readonly appId?: string;
  readonly state?: string;
  readonly targetCheck: boolean;
  readonly console: boolean;
  readonly faults?: string;
  readonly profile?: Readonly<Record<string, string>>;
  readonly json: boolean;
}

const examples = `
Without --state, everything is kept in memory and lost when the emulator stops. The exit status after an interrupt is 0.
The secret of a key is printed only if the emulator generated it. The console is a page for your browser, with all objects,
requests and deliveries, and a chat with your bot.

Examples:
  $ pulumi-smooch emulator                           a free port and a new key; prints the lines for your shell
  $ pulumi-smooch emulator --stack emulator          the port and key from this stack's configuration
  $ pulumi-smooch emulator --state objects.json      continues where it stopped; the file contains secrets
  $ pulumi-smooch emulator --no-target-check         for webhooks whose server is not running yet
  $ pulumi-smooch emulator --faults '{"rules": [{"operation": "createKey", "fault": "reset-after", "times": 1}]}'
  $ pulumi-smooch emulator --profile metadata=merge,notFound=route
  $ pulumi-smooch emulator --json --port 7666        for scripts`;

/** `pulumi-smooch emulator`: runs the emulator in the foreground until it is interrupted. */
export function addEmulatorCommand(program: Command): void {
  program
    .command("emulator")
    .description("Run an emulated Smooch API on this machine, to try things out without an account.")
    .option(
      "--stack <name>",
      "use the port of smooch:baseUrl in this Pulumi stack, and the stack's account key",
    )
    .addOption(folderOption())
    .option("--port <number>", "port to listen on, 0 for a free one", parsePort, 0)
    .addOption(
      new Option("--account-key-id <id>", "id of the account key (default: a new one)").env(
        "SMOOCH_EMULATOR_KEY_ID",
      ),
    )
    .addOption(
      new Option(
        "--account-key-secret <secret>",
        "secret of the account key, which is then not printed (default: a new one). Other users of this machine can " +
          "see your command line: prefer the environment variable",
      ).env("SMOOCH_EMULATOR_KEY_SECRET"),
    )
    .option("--second-key", "add a second account key, to rehearse a rotation", false)
    .option(
      "--app-id <id>",
      "create an app with this id at the start; if the key's id begins with app_, it is a key of this app",
    )
    .option("--state <file>", "keep everything, including secrets, in this file across restarts", parseFile)
    .option("--no-target-check", "accept webhooks whose target does not respond")
    .option("--no-console", "do not serve the web console")
    .option("--faults <plan>", "faults to inject, to test how a program copes: JSON, or @ and a file name")
    .option(
      "--profile <answers>",
      "behaviour that Smooch's documentation leaves open: name=value; separate several with commas, or repeat the option",
      parseProfileSettings,
    )
    .option("--json", "print one line of JSON once it listens, and the log to stderr", false)
    .addHelpText("after", examples)
    .action(run);
}

async function run(flags: EmulatorFlags, command: Command): Promise<void> {
  // The signal handlers come first, so that a signal during startup is not lost.
  const interrupted = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  const faults =
    flags.faults === undefined
      ? undefined
      : await readFaults(flags.faults).catch((error: unknown) => refuse("--faults <plan>", error, command));
  const profile = await readProfile(flags.profile ?? {}).catch((error: unknown) =>
    refuse("--profile <answers>", error, command),
  );
  const identity = await identityOf(flags, command);
  const { port } = identity;
  const given = keysOf(identity, flags.appId, command);
  const { startEmulator } = await import("../../emulator/index.js");
  const running = await startEmulator({
    port,
    ...given,
    secondKey: flags.secondKey,
    stateFile: flags.state,
    checkTargets: flags.targetCheck,
    faults,
    profile,
    console: flags.console,
    log: flags.json ? console.error : console.log,
  }).catch((error: unknown) => {
    throw explain(error, port, flags);
  });

  const ofAccount = running.emulator.accountKeys.map(({ accountKeyId, accountKeySecret, isGiven }) =>
    isGiven ? { accountKeyId } : { accountKeyId, accountKeySecret },
  );
  const keys = given.app === undefined ? ofAccount : [{ accountKeyId: given.app.keyId }];
  console.log(flags.json ? describeAsJson(running, keys) : describe(running, keys, flags));
  await interrupted;
  await running.close();
}

/** The keys that were given: an app key also needs its app. An empty environment variable counts as not set. */
function keysOf(
  { accountKeyId, accountKeySecret }: Pick<EmulatorFlags, "accountKeyId" | "accountKeySecret">,
  appId: string | undefined,
  command: Command,
): Pick<StartOptions, "accountKeyId" | "accountKeySecret" | "app"> {
  const [id, secret] = [accountKeyId || undefined, accountKeySecret || undefined];
  if (secret !== undefined && isKeyId(secret)) {
    command.error("error: the secret of the account key holds the id of a key: id and secret are swapped");
  }
  const isOfApp = id?.startsWith("app_") === true;
  if (!isOfApp && appId === undefined) return { accountKeyId: id, accountKeySecret: secret };
  if (!isOfApp || appId === undefined || secret === undefined) {
    command.error(
      "error: --app-id requires a key with an id that begins with app_ and its secret, and such a key requires --app-id",
    );
  }
  return { app: { id: appId, keyId: id, keySecret: secret } };
}

/** The port and key to use, from the flags or from the configuration of the stack they name. */
async function identityOf(
  flags: EmulatorFlags,
  command: Command,
): Promise<Pick<EmulatorFlags, "port" | "accountKeyId" | "accountKeySecret">> {
  if (flags.stack === undefined) return flags;
  // Commander's own `conflicts` would also refuse a key from the environment, which `--stack` simply overrides.
  const other = ["port", "accountKeyId", "accountKeySecret"].find(
    (name) => command.getOptionValueSource(name) === "cli",
  );
  if (other !== undefined) {
    command.error("error: --stack sets the port and the key: remove --port and --account-key-…");
  }
  const { emulatorOf } = await import("../emulator/stack.js");
  return emulatorOf(flags.cwd, flags.stack);
}

/** Ends the command with a usage error. */
function refuse(option: string, error: unknown, command: Command): never {
  const reason = error instanceof Error ? error.message : String(error);
  return command.error(`error: option '${option}' is invalid. ${reason}`);
}

function parsePort(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65535)
    throw new InvalidArgumentError("It must be a number from 0 to 65535.");
  return port;
}

/** An empty value usually comes from a variable that is not set. */
function parseFile(value: string): string {
  if (value === "") throw new InvalidArgumentError("It must name a file.");
  return value;
}

function explain(error: unknown, port: number, { stack, state }: EmulatorFlags): unknown {
  if (!(error instanceof Error)) return error;
  if (!("code" in error)) return state === undefined ? error : new Error(`${state}: ${error.message}`);
  const other =
    stack === undefined
      ? "choose another with --port"
      : `choose another with \`pulumi config set --stack ${quote(stack)} smooch:baseUrl http://127.0.0.1:<port>\``;
  if (error.code === "EADDRINUSE") return new Error(`port ${port} is already in use; ${other}`);
  if (error.code === "EACCES") return new Error(`port ${port} requires more privileges; ${other}`);
  return error;
}

interface ShownKey {
  readonly accountKeyId: string;
  /** Absent if it was supplied. */
  readonly accountKeySecret?: string;
}

type Addresses = Pick<RunningEmulator, "url" | "consoleUrl">;

function describeAsJson({ url, consoleUrl }: Addresses, [first, second]: readonly ShownKey[]): string {
  return JSON.stringify({ url, consoleUrl, ...first, ...(second && { secondKey: second }) });
}

function describe(
  { url, consoleUrl }: Addresses,
  keys: readonly ShownKey[],
  { stack, state }: EmulatorFlags,
): string {
  const [first, second] = keys;
  return [
    ...(consoleUrl === undefined ? [] : [`Console: ${consoleUrl}`]),
    `Smooch emulator listening on ${url}`,
    "",
    ...(stack === undefined
      ? ["Point your shell at it:", "", `  export SMOOCH_BASE_URL=${quote(url)}`, ...exportsOf(first)]
      : forStack(stack)),
    ...(second === undefined ? [] : ["", "Its second account key:", "", ...exportsOf(second)]),
    "",
    state === undefined
      ? "Everything is kept in memory and lost when it stops. Stop it with Ctrl+C."
      : `Everything is kept in ${state}. Stop it with Ctrl+C.`,
    "",
  ].join("\n");
}

function forStack(stack: string): string[] {
  const up = `pulumi up --stack ${quote(stack)}`;
  return [
    `Stack "${stack}" is configured for it: run \`${up}\` in another terminal,`,
    `and \`${up} --refresh\` after you restart the emulator.`,
  ];
}

function exportsOf(key: ShownKey | undefined): string[] {
  if (key === undefined) return [];
  const { accountKeyId, accountKeySecret: secret } = key;
  return [
    `  export SMOOCH_ACCOUNT_KEY_ID=${quote(accountKeyId)}`,
    secret === undefined
      ? "  # and set SMOOCH_ACCOUNT_KEY_SECRET to the key's secret"
      : `  export SMOOCH_ACCOUNT_KEY_SECRET=${quote(secret)}`,
  ];
}
