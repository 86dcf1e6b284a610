import type { RunningEmulator } from "../../src/emulator/index";
import type { ApiVersion } from "../../src/smooch/api-version";
import { runCommand } from "./command";
import { type Door, dynamicDoor } from "./door";
import { LeakScanner, watchProcesses } from "./leaks";
import { type Stack, scenario } from "./stack";

export const secrets = {
  "account key secret": "canary-account-key-secret-33c0ffee51",
  "metadata value": "canary-metadata-7d1f0c?&=+",
  keeper: "canary-keeper-51aa0e",
  "path of a target": "canary-path-of-a-target-90be1d",
  "query of a target": "canary-query-of-a-target-6fa2c3",
};
export const target = `https://bot.example/${secrets["path of a target"]}?token=${secrets["query of a target"]}`;

/** Runs commands on one stack, and searches everything that they print, store and send for secrets. */
export class Listener {
  readonly scanner = new LeakScanner();
  readonly commandLines: string[] = [];

  constructor(
    private readonly api: RunningEmulator,
    private readonly stack: Stack,
    private readonly lines: readonly string[],
  ) {
    for (const [secret, value] of Object.entries(secrets)) this.scanner.watch(secret, value);
    stack.environment.SMOOCH_LOG = "debug";
  }

  /** Runs a command of the Pulumi CLI. */
  async run(...args: string[]): Promise<string> {
    return this.#hear(args.join(" "), async () => (await this.stack.try(...args)).output);
  }

  /** Runs a command of `pulumi-smooch`. */
  async runOwn(...args: string[]): Promise<string> {
    return this.#hear(["pulumi-smooch", ...args].join(" "), async () => {
      const { stdout, stderr } = await runCommand(this.stack, ...args);
      return stdout + stderr;
    });
  }

  async #hear(command: string, run: () => Promise<string>): Promise<string> {
    const output = await watchProcesses(run(), (line) => this.commandLines.push(line));
    this.#learn();
    this.scanner.scan(`output of ${command}`, output);
    this.scanner.scan("process list", this.commandLines.join("\n"));
    for (const folder of ["backend", "home"])
      this.scanner.scanFolder(`${folder} after ${command}`, `${this.stack.folder}/${folder}`);
    this.scanner.scan("log of the emulator", this.lines.join("\n"));
    this.scanner.scan("requests of the emulator", JSON.stringify(this.api.emulator.requests));
    return output;
  }

  /** Watches for the secrets that Smooch created. */
  #learn(): void {
    const { keys, webhooks } = this.api.emulator.snapshot();
    for (const { id, secret } of keys) this.scanner.watch(`secret of key ${id}`, secret);
    for (const { id, secret } of webhooks) this.scanner.watch(`secret of webhook ${id}`, secret);
  }
}

export async function listen(
  program: string,
  run: (api: RunningEmulator, stack: Stack, ear: Listener) => Promise<void>,
  { version, door = dynamicDoor }: { version?: ApiVersion; door?: Door } = {},
): Promise<void> {
  const lines: string[] = [];
  await scenario(
    async (api, start) => {
      const stack = start(program, door);
      await run(api, stack, new Listener(api, stack, lines));
    },
    { accountKeySecret: secrets["account key secret"], log: (line) => lines.push(line) },
    version,
  );
}
