import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const file = join(__dirname, "../../examples/bot/bot.mjs");

/** The bot of examples/bot, in a process of its own. */
export class ExampleBot {
  private constructor(
    readonly url: string,
    readonly child: ChildProcess,
  ) {}

  /** Starts it on a port, 0 for a free one, with the outputs of its stack or without settings. */
  static async start(
    port: number,
    baseUrl: string,
    outputs: Record<string, unknown> = {},
  ): Promise<ExampleBot> {
    const { appId = "", jwt = "", webhookSecret = "" } = outputs;
    const env = {
      ...process.env,
      PORT: String(port),
      SMOOCH_BASE_URL: baseUrl,
      SMOOCH_APP_ID: String(appId),
      SMOOCH_JWT: String(jwt),
      SMOOCH_WEBHOOK_SECRET: String(webhookSecret),
    };
    const child = spawn(process.execPath, [file], { env, stdio: ["ignore", "pipe", "inherit"] });
    for await (const line of createInterface(child.stdout)) {
      const url = /^The bot listens on (\S+)$/.exec(line)?.[1];
      if (url !== undefined) return new ExampleBot(url, child);
    }
    throw new Error("the bot did not start");
  }

  async stop(): Promise<void> {
    const exited = once(this.child, "exit");
    this.child.kill();
    await exited;
  }
}
