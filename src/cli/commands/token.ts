import { text } from "node:stream/consumers";
import { type Command, Option } from "commander";
import { asApiVersion } from "../../smooch/api-version";
import { type JwtOptions, type KeyPair, signJwt, type TokenScope } from "../../smooch/jwt";
import { folderOption, runPulumi } from "../shared/pulumi";
import type { VersionedKey } from "../token/key";

interface TokenFlags {
  readonly stack?: string;
  readonly resource?: string;
  readonly cwd: string;
  readonly stdin: boolean;
  readonly scope?: TokenScope;
  readonly userId?: string;
  readonly expiresIn?: number | string;
}

const examples = `
By default, the key is read from the selected stack or, if none is selected, from SMOOCH_KEY_ID and SMOOCH_KEY_SECRET.
There is no option for the secret, because other users of this machine can see your command line.

Examples:
  $ pulumi-smooch token                                    the selected stack's only SmoochKey
  $ pulumi-smooch token --stack dev --resource backend     the SmoochKey named "backend" in the program
  $ pulumi-smooch token --user-id ann --expires-in 2h      to log in the user "ann" for two hours
  $ pulumi-smooch token --stdin --expires-in 3600 < key.json`;

/** `pulumi-smooch token`: signs a token with a key from a stack, the environment or standard input. */
export function addTokenCommand(program: Command): void {
  program
    .command("token")
    .description("Print a JWT for an app, a user or an account, signed locally without calling Smooch.")
    .addOption(
      new Option("--stack <name>", "the Pulumi stack that has the key (default: the selected one)").conflicts(
        "stdin",
      ),
    )
    .addOption(new Option("--resource <name>", "the SmoochKey's name or URN in the stack").conflicts("stdin"))
    .addOption(folderOption())
    .option("--stdin", 'read the key as JSON from standard input: {"keyId": "app_…", "secret": "…"}', false)
    .addOption(
      new Option(
        "--scope <scope>",
        "what the token may do; it must match the key (default: app; with --user-id: user in API v2, appUser in older ones)",
      ).choices(["app", "appUser", "user", "account"]),
    )
    .option("--user-id <id>", "your own id for the user that the token logs in")
    .option(
      "--expires-in <time>",
      "whole seconds, or a time with a unit (s, m, h, d, w, y) such as 90s, 2h or 7d (default: never expires)",
      parseTime,
    )
    .addHelpText("after", examples)
    .action(run);
}

async function run(flags: TokenFlags, command: Command): Promise<void> {
  const options: JwtOptions = {
    ...(flags.scope !== undefined && { scope: flags.scope }),
    ...(flags.userId !== undefined && { userId: flags.userId }),
    ...(flags.expiresIn !== undefined && { expiresIn: flags.expiresIn }),
  };
  // Rejects options that are invalid with any key, before a key is read.
  orRefuse(command, () => signJwt({ keyId: "any", secret: "any" }, options));
  const { version = asApiVersion(process.env.SMOOCH_API_VERSION), ...key } = await readKey(flags, command);
  const userScope = version === "v2" ? "user" : "appUser";
  const scope = flags.scope ?? (flags.userId === undefined ? "app" : userScope);
  requireMatch(key, scope);
  console.log(signJwt(key, { ...options, scope }));
}

function parseTime(value: string): number | string {
  return /^\d+$/.test(value) ? Number(value) : value;
}

/** Ends the command with a usage error if the task throws. */
function orRefuse<T>(command: Command, task: () => T): T {
  try {
    return task();
  } catch (error) {
    return command.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readKey(flags: TokenFlags, command: Command): Promise<VersionedKey> {
  const { keyFromEnvironment, keyFromJson, keyFromStack } = await import("../token/key.js");
  if (flags.stdin) return keyFromJson(await text(process.stdin));
  const { chooseStack } = await import("../shared/workspace.js");
  const stack = await chooseStack(flags.cwd, flags.stack);
  if (stack !== undefined) {
    return keyFromStack(
      await runPulumi(flags.cwd, ["stack", "export", "--show-secrets", `--stack=${stack}`]),
      flags.resource,
    );
  }
  if (flags.resource !== undefined)
    command.error("error: --resource requires a stack, and none is selected: add --stack <name>");
  return orRefuse(command, () => keyFromEnvironment(process.env));
}

/** Smooch refuses all other combinations of key and scope. */
function requireMatch({ keyId }: KeyPair, scope: TokenScope): void {
  if (keyId.startsWith("act_") && scope !== "account") {
    throw new Error(
      `${keyId} is an account key, which can only sign tokens with the scope account: add --scope account`,
    );
  }
  if (keyId.startsWith("app_") && scope === "account") {
    throw new Error(
      `${keyId} is a key of an app, which cannot sign a token with the scope account: use an account key`,
    );
  }
}
