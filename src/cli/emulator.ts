import { once } from "node:events";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { RunningEmulator } from "../emulator/index";
import { readFaults } from "./faults";
import { quote } from "./shell";

interface EmulatorFlags {
  readonly port: number;
  readonly accountKeyId?: string;
  readonly accountKeySecret?: string;
  readonly targetCheck: boolean;
  readonly faults?: string;
  readonly json: boolean;
}

/** `pulumi-smooch emulator`: runs the emulator in the foreground until it is interrupted. */
export function addEmulatorCommand(program: Command): void {
  program
    .command("emulator")
    .description("Run a Smooch API on this machine, for trying things out without an account.")
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
    .option("--json", "print one line of JSON when listening, and the log to stderr", false)
    .action(run);
}

async function run(flags: EmulatorFlags, command: Command): Promise<void> {
  // Listening for the signals comes first: one that arrives while starting up must not be lost.
  const interrupted = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  const faults =
    flags.faults === undefined
      ? undefined
      : await readFaults(flags.faults).catch((error: unknown) => refuse("--faults <plan>", error, command));
  const { startEmulator } = await import("../emulator/index.js");
  const running = await startEmulator({
    port: flags.port,
    // An empty variable means the same as none.
    accountKeyId: flags.accountKeyId || undefined,
    accountKeySecret: flags.accountKeySecret || undefined,
    checkTargets: flags.targetCheck,
    faults,
    log: flags.json ? console.error : console.log,
  }).catch((error: unknown) => {
    throw explain(error, flags.port);
  });

  console.log(flags.json ? describeAsJson(running) : describe(running));
  await interrupted;
  await running.close();
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

function explain(error: unknown, port: number): unknown {
  if (!(error instanceof Error && "code" in error)) return error;
  if (error.code === "EADDRINUSE")
    return new Error(`port ${port} is already in use; choose another with --port`);
  if (error.code === "EACCES") return new Error(`port ${port} needs more rights; choose another with --port`);
  return error;
}

function describeAsJson({ url, accountKeyId, accountKeySecret }: RunningEmulator): string {
  return JSON.stringify({ url, accountKeyId, accountKeySecret });
}

function describe({ url, accountKeyId, accountKeySecret }: RunningEmulator): string {
  return [
    `Smooch emulator listening on ${url}`,
    "",
    "Point your shell at it:",
    "",
    `  export SMOOCH_BASE_URL=${quote(url)}`,
    `  export SMOOCH_ACCOUNT_KEY_ID=${quote(accountKeyId)}`,
    `  export SMOOCH_ACCOUNT_KEY_SECRET=${quote(accountKeySecret)}`,
    "",
    "Everything is kept in memory and gone when it stops. Stop it with Ctrl+C.",
    "",
  ].join("\n");
}
