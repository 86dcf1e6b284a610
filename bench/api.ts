import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { z } from "zod";
import { programFile } from "./folders";

/** How the API behaves. */
export interface ApiConditions {
  /** Latency of each call. */
  latencyMs: number;
  /** Calls per second before the API refuses more; undefined means no limit. */
  rate: number | undefined;
}

const address = z.object({ url: z.string(), accountKeyId: z.string(), accountKeySecret: z.string() });
const counts = z.object({ calls: z.number(), refused: z.number(), unknown: z.number() });

/** Number of calls, and how many of them were refused with 429. */
export interface CallCounts {
  calls: number;
  refused: number;
}

/** An emulator in a separate process, so that contenders only pay for their own work. */
export class Api {
  private constructor(
    private readonly child: ChildProcess,
    /** The environment variables for a client. */
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async start(conditions: ApiConditions): Promise<Api> {
    const child = fork(programFile("api"), [JSON.stringify(conditions)]);
    const { url, accountKeyId, accountKeySecret } = address.parse(await answerOf(child));
    return new Api(child, {
      SMOOCH_BASE_URL: url,
      SMOOCH_ACCOUNT_KEY_ID: accountKeyId,
      SMOOCH_ACCOUNT_KEY_SECRET: accountKeySecret,
      // Otherwise the tutorial's plain axios would use a proxy for this machine.
      NO_PROXY: "127.0.0.1",
      no_proxy: "127.0.0.1",
    });
  }

  /** The calls since the last time. */
  take(): Promise<CallCounts> {
    return this.#ask("take");
  }

  async reset(): Promise<void> {
    await this.#ask("reset");
  }

  stop(): void {
    if (this.child.connected) this.child.disconnect();
  }

  async #ask(request: "take" | "reset"): Promise<CallCounts> {
    const answer = answerOf(this.child);
    this.child.send(request);
    const { unknown, ...known } = counts.parse(await answer);
    if (unknown > 0)
      throw new Error(`the API did not support ${unknown} calls, so the results are meaningless`);
    return known;
  }
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const onExit = () => ended.abort(new Error("the API's process exited"));
  child.once("exit", onExit);
  try {
    const [message] = await once(child, "message", { signal: ended.signal });
    return message;
  } catch (error) {
    throw ended.signal.aborted ? ended.signal.reason : error;
  } finally {
    child.off("exit", onExit);
  }
}
