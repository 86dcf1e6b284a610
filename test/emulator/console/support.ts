import { type IncomingMessage, request } from "node:http";
import { onTestFinished } from "vitest";
import { type RunningEmulator, type StartOptions, startEmulator } from "../../../src/emulator/index";
import { consoleToken } from "../../support/console-token";
import { sign } from "../support";

export interface Received {
  readonly status: number | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

/** Sends a request as a browser does: `fetch` does not allow a test to set headers such as Origin. */
export function send(
  url: string,
  { method = "GET", headers = {}, body }: { method?: string; headers?: object; body?: string } = {},
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers: { ...headers }, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    outgoing.on("error", reject).end(body);
  });
}

/** An emulator with its console, and the calls that the page makes. */
export class Page {
  private constructor(
    readonly smooch: RunningEmulator,
    readonly token: string,
  ) {}

  static async open(options: StartOptions = {}): Promise<Page> {
    const smooch = await startEmulator({ console: true, checkTargets: false, ...options });
    onTestFinished(() => smooch.close());
    return new Page(smooch, await consoleToken(smooch.consoleUrl));
  }

  get base(): string {
    return `${this.smooch.url}/_emulator/console/`;
  }

  /** Calls the console's API as the page does; returns status and body. */
  async call(method: string, path: string, body?: unknown) {
    const headers = { "x-console-token": this.token, "content-type": "application/json" };
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const { status, text } = await send(this.base + path, { method, headers, ...json });
    return [status, Object(JSON.parse(text))] as const;
  }

  async get(path: string) {
    const [status, body] = await this.call("GET", path);
    if (status !== 200) throw new Error(`GET ${path} returned ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  get #accountToken(): string {
    const { accountKeyId, accountKeySecret } = this.smooch;
    return sign(accountKeyId, accountKeySecret, { scope: "account" });
  }

  /** Calls the Smooch API with the first account's key. */
  async api(method: string, path: string, body?: unknown) {
    const response = await fetch(this.smooch.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#accountToken}`,
        "content-type": "application/json",
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return Object(await response.json());
  }
}
