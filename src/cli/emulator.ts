import { once } from "node:events";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { RunningEmulator } from "../emulator/index";
import { readFaults } from "./faults";
import { parseAnswers, readProfile } from "./profile";
import { folderOption } from "./pulumi";
import { quote } from "./shell";

interface EmulatorFlags {
  readonly stack?: string;
  readonly cwd: string;
  readonly port: number;
  readonly accountKeyId?: string;
  readonly accountKeySecret?: string;
  readonly targetCheck: boolean;
  readonly faults?: string;
  readonly profile?: Readonly<Record<string, string>>;
  readonly json: boolean;
}

const examples = `
Everything is kept in memory and gone when it stops. It ends with status 0 when it is interrupted.

Examples:
  $ pulumi-smooch emulator                           any free port, a new key, and what to paste into a shell
  $ pulumi-smooch emulator --stack emulator          the port and the key that this stack's configuration has
  $ pulumi-smooch emulator --no-target-check         for webhooks whose server does not run yet
  $ pulumi-smooch emulator --faults '{"rules": [{"operation": "createKey", "fault": "reset-after", "times": 1}]}'
  $ pulumi-smooch emulator --profile metadata=merge,notFound=route
  $ pulumi-smooch emulator --json --port 7666        for scripts`;

/** `pulumi-smooch emulator`: runs the emulator in the foreground until it is interrupted. */
export function addEmulatorCommand(program: Command): void {
  program
    .command("emulator")
    .description("Run a Smooch API on this machine, for trying things out without an account.")
    .option(
      "--stack <name>",
      "listen where smooch:baseUrl of this Pulumi stack points to, with the stack's account key",
    )
    .addOption(folderOption())
    .option("--port <number>", "port to listen on, 0 for any free one", parsePort, 0)
    .addOption(
      new Option("--account-key-id <id>", "id of the account key; a new one by default").env(
        "SMOOCH_ACCOUNT_KEY_ID",
      ),
    )
    .addOption(
      new Option(
        "--account-key-secret <secret>",
        "its secret; a new one by default. Every user of this machine can see a command line: " +
          "prefer the environment variable",
      ).env("SMOOCH_ACCOUNT_KEY_SECRET"),
    )
    .option("--no-target-check", "accept webhooks whose target does not answer")
    .option(
      "--faults <plan>",
      "what goes wrong, to try out how a program copes: JSON, or @ and the name of a file",
    )
    .option(
      "--profile <answers>",
      "how it answers what the documents leave open: question=answer, several with commas or by repeating the option",
      parseAnswers,
    )
    .option("--json", "print one line of JSON when listening, and the log to stderr", false)
    .addHelpText("after", examples)
    .action(run);
}

async function run(flags: EmulatorFlags, command: Command): Promise<void> {
  // Listening for the signals comes first: one that arrives while starting up must not be lost.
  const interrupted = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  const faults =
    flags.faults === undefined
      ? undefined
      : await readFaults(flags.faults).catch((error: unknown) => refuse("--faults <plan>", error, command));
  const profile = await readProfile(flags.profile ?? {}).catch((error: unknown) =>
    refuse("--profile <answers>", error, command),
  );
  const { port, accountKeyId, accountKeySecret } = await identityOf(flags, command);
  const { startEmulator } = await import("../emulator/index.js");
  const running = await startEmulator({
    port,
    // An empty variable means the same as none.
    accountKeyId: accountKeyId || undefined,
    accountKeySecret: accountKeySecret || undefined,
    checkTargets: flags.targetCheck,
    faults,
    profile,
    log: flags.json ? console.error : console.log,
  }).catch((error: unknown) => {
    throw explain(error, port, flags.stack);
  });

  console.log(flags.json ? describeAsJson(running) : describe(running, flags.stack));
  await interrupted;
  await running.close();
}

/** Where it listens and with which key: what the flags say, or the configuration of the stack that they name. */
async function identityOf(
  flags: EmulatorFlags,
  command: Command,
): Promise<Pick<EmulatorFlags, "port" | "accountKeyId" | "accountKeySecret">> {
  if (flags.stack === undefined) return flags;
  // Commander's own `conflicts` would refuse the environment's key as well, which a stack's simply beats.
  const other = ["port", "accountKeyId", "accountKeySecret"].find(
    (name) => command.getOptionValueSource(name) === "cli",
  );
  if (other !== undefined) {
    command.error("error: --stack says which port and which key: leave out --port and --account-key-…");
  }
  const { emulatorOf } = await import("./emulator-stack.js");
  return emulatorOf(flags.cwd, flags.stack, process.env);
}

/** Ends the command as wrong usage. */
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

function explain(error: unknown, port: number, stack: string | undefined): unknown {
  if (!(error instanceof Error && "code" in error)) return error;
  const other =
    stack === undefined
      ? "choose another with --port"
      : `choose another with \`pulumi config set --stack ${quote(stack)} smooch:baseUrl http://127.0.0.1:<port>\``;
  if (error.code === "EADDRINUSE") return new Error(`port ${port} is already in use; ${other}`);
  if (error.code === "EACCES") return new Error(`port ${port} needs more rights; ${other}`);
  return error;
}

function describeAsJson({ url, accountKeyId, accountKeySecret }: RunningEmulator): string {
  return JSON.stringify({ url, accountKeyId, accountKeySecret });
}

function describe(running: RunningEmulator, stack: string | undefined): string {
  return [
    `Smooch emulator listening on ${running.url}`,
    "",
    ...(stack === undefined ? forAnyShell(running) : forStack(stack)),
    "",
    "Everything is kept in memory and gone when it stops. Stop it with Ctrl+C.",
    "",
  ].join("\n");
}

function forStack(stack: string): string[] {
  const up = `pulumi up --stack ${quote(stack)}`;
  return [
    `Stack "${stack}" is set up for it: run \`${up}\` in another terminal,`,
    `and \`${up} --refresh\` after a restart of this one.`,
  ];
}

function forAnyShell({ url, accountKeyId, accountKeySecret }: RunningEmulator): string[] {
  return [
    "Point your shell at it:",
    "",
    `  export SMOOCH_BASE_URL=${quote(url)}`,
    `  export SMOOCH_ACCOUNT_KEY_ID=${quote(accountKeyId)}`,
    `  export SMOOCH_ACCOUNT_KEY_SECRET=${quote(accountKeySecret)}`,
  ];
}
