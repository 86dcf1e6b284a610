import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningEmulator, startEmulator } from "../../src/emulator/index";

let smooch: RunningEmulator;
beforeAll(async () => {
  smooch = await startEmulator();
});
afterAll(() => smooch.close());

/** Sends a request as a browser does: `fetch` does not allow a test to set these headers. */
function ask(headers: Record<string, string>): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${smooch.url}/_emulator/reset`, { method: "POST", headers }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text) => {
        body += text;
      });
      response.on("end", () => resolve({ status: response.statusCode, body }));
    });
    outgoing.on("error", reject).end();
  });
}

describe("a request to a running emulator", () => {
  it.each([
    [{ host: "evil.example" }, "the Host header does not name this machine"],
    [{ host: "127.0.0.1.evil.example:7666" }, "the Host header does not name this machine"],
    [{ origin: "https://evil.example" }, "the Origin header names another site"],
    [{ origin: "http://localhost.evil.example" }, "the Origin header names another site"],
    [{ origin: "null" }, "the Origin header names another site"],
    [{ "sec-fetch-site": "cross-site" }, "it comes from another site's page"],
  ])("from another site is refused: %j", async (headers, reason) => {
    expect(await ask(headers)).toEqual({
      status: 403,
      body: `The emulator refuses this request: ${reason}.\n`,
    });
  });

  it.each([
    {},
    { host: "localhost:1" },
    { host: "[::1]:7666" },
    { origin: "http://localhost:3000" },
    { "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "none" },
  ])("from this machine is accepted: %j", async (headers) => {
    expect((await ask(headers)).status).toBe(200);
  });
});
