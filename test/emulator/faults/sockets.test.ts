import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { type FaultRule, type StartOptions, startEmulator } from "../../../src/emulator/index";
import { sign } from "../support";

async function start(options: StartOptions = {}) {
  const smooch = await startEmulator(options);
  onTestFinished(() => smooch.close());
  const authorization = `Bearer ${sign(smooch.accountKeyId, smooch.accountKeySecret, { scope: "account" })}`;
  const headers = { authorization, "content-type": "application/json" };
  const ask = (method: string, path: string, body?: object, agent: Agent | false = false) => {
    const asked = request(smooch.url + path, { method, headers, agent });
    asked.end(body && JSON.stringify(body));
    return asked;
  };
  return { smooch, ask };
}

/** Returns the error code of a failed call, or the status and body of a response. */
async function outcome(asked: ReturnType<typeof request>): Promise<unknown> {
  try {
    const [response]: [IncomingMessage] = (await once(asked, "response")) as [IncomingMessage];
    let body = "";
    for await (const chunk of response) body += chunk;
    return [response.statusCode, body];
  } catch (error) {
    return Object(error).code;
  }
}

function createUnder(rule: FaultRule) {
  return start({ faults: { rules: [{ times: 1, ...rule }] } }).then(({ smooch, ask }) => {
    return { smooch, ask, asked: ask("POST", "/v1/apps", { name: "Shop" }) };
  });
}

describe("over a socket", () => {
  it.each([
    ["refused", false],
    ["reset-before", false],
    ["reset-after", true],
  ] as const)("%s resets the connection", async (fault, isApplied) => {
    const { smooch, ask, asked } = await createUnder({ fault });
    expect(await outcome(asked)).toBe("ECONNRESET");
    expect(!smooch.emulator.isEmpty()).toBe(isApplied);
    expect(smooch.emulator.requests).toMatchObject([{ status: 0, fault }]);
    expect(await outcome(ask("GET", "/v1/apps/x"))).toMatchObject([404, expect.any(String)]);
  });

  it("a reset is a real reset, not an orderly close", async () => {
    const { smooch } = await start({ faults: { rules: [{ fault: "reset-before" }] } });
    const { hostname, port } = new URL(smooch.url);
    const socket = connect(Number(port), hostname);
    socket.write("GET /v1/apps HTTP/1.1\r\nhost: localhost\r\n\r\n");
    const [error] = await once(socket, "error");
    expect(error.code).toBe("ECONNRESET");
  });

  it("cut sends the headers and half of the body", async () => {
    const { smooch, asked } = await createUnder({ fault: "cut" });
    const [response]: [IncomingMessage] = (await once(asked, "response")) as [IncomingMessage];
    let body = "";
    response.on("data", (chunk) => {
      body += chunk;
    });
    const [error] = await once(response, "error");
    const promised = Number(response.headers["content-length"]);
    expect([response.statusCode, error.code, body.length]).toEqual([
      201,
      "ECONNRESET",
      Math.floor(promised / 2),
    ]);
    expect(response.headers["x-smooch-emulator"]).toBe("v1");
    expect(body).toMatch(/^\{"app":\{"_id":"[0-9a-f]{24}",/);
    expect(smooch.emulator.isEmpty()).toBe(false);
  });

  it("hang lasts until the emulator closes", async () => {
    const { smooch, asked } = await createUnder({ fault: "hang" });
    const ended = outcome(asked);
    await expect.poll(() => smooch.emulator.requests.length).toBe(1);
    const { port } = new URL(smooch.url);
    expect(
      await Promise.race([ended, fetch(`http://127.0.0.1:${port}/_emulator/state`).then((r) => r.status)]),
    ).toBe(200);
    await smooch.close();
    expect([await ended, smooch.emulator.isEmpty()]).toEqual(["ECONNRESET", true]);
  });

  it("hang ends when the client gives up", async () => {
    const { smooch, ask, asked } = await createUnder({ fault: "hang", applied: true });
    const ended = outcome(asked);
    await expect.poll(() => smooch.emulator.isEmpty()).toBe(false);
    asked.destroy();
    expect(await ended).toBe("ECONNRESET");
    expect(await outcome(ask("GET", "/v1/apps"))).toMatchObject([200, expect.any(String)]);
  });

  it("latency continues after the client gives up, and ends when the emulator closes", async () => {
    const { smooch, asked } = await createUnder({ fault: "latency", ms: 600_000 });
    const ended = outcome(asked);
    await expect.poll(() => smooch.emulator.faultsMet).toEqual({ latency: 1 });
    asked.destroy();
    expect(await ended).toBe("ECONNRESET");
    await smooch.close();
    await expect.poll(() => smooch.emulator.requests).toMatchObject([{ status: 201, fault: "latency" }]);
  });

  it("status, not-json and rate-limited arrive unchanged", async () => {
    const { ask } = await start({
      faults: {
        rules: [
          { fault: "status", status: 504, body: "late", times: 1 },
          { fault: "rate-limited", retryAfter: 2, times: 1 },
          { fault: "not-json" },
        ],
      },
    });
    expect(await outcome(ask("GET", "/v1/apps"))).toEqual([504, "late"]);
    const [limited]: [IncomingMessage] = (await once(ask("GET", "/v1/apps"), "response")) as [
      IncomingMessage,
    ];
    limited.resume();
    expect([limited.statusCode, limited.headers["retry-after"]]).toEqual([429, "2"]);
    expect(await outcome(ask("GET", "/v1/apps"))).toEqual([200, expect.stringMatching(/^<!DOCTYPE html>/)]);
  });
});

describe("pause and resume", () => {
  it("refuse connections, then listen again on the same port with all objects kept", async () => {
    const { smooch, ask } = await start();
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    expect(await outcome(ask("POST", "/v1/apps", { name: "Shop" }, agent))).toMatchObject([
      201,
      expect.any(String),
    ]);
    expect(Object.keys(agent.freeSockets)).toHaveLength(1);
    await smooch.pause();
    await expect.poll(() => Object.keys(agent.freeSockets)).toEqual([]);
    expect(await outcome(ask("GET", "/v1/apps", undefined, agent))).toBe("ECONNREFUSED");
    await smooch.pause();
    await smooch.resume();
    await smooch.resume();
    expect(await outcome(ask("GET", "/v1/apps", undefined, agent))).toMatchObject([200, expect.any(String)]);
    expect(smooch.emulator.snapshot().apps).toHaveLength(1);
  });

  it("drop requests in progress", async () => {
    const { smooch, asked } = await createUnder({ fault: "hang" });
    const ended = outcome(asked);
    await expect.poll(() => smooch.emulator.requests.length).toBe(1);
    await smooch.pause();
    expect(await ended).toBe("ECONNRESET");
  });

  it("run one after another, and nothing resumes after close", async () => {
    const { smooch, ask } = await start();
    await Promise.all([smooch.pause(), smooch.resume(), smooch.resume(), smooch.pause(), smooch.resume()]);
    expect(await outcome(ask("GET", "/v1/apps"))).toMatchObject([200, expect.any(String)]);
    await smooch.pause();
    await Promise.all([smooch.close(), smooch.close()]);
    await expect(smooch.resume()).rejects.toThrow("The emulator is closed.");
    expect(await outcome(ask("GET", "/v1/apps"))).toBe("ECONNREFUSED");
  });

  it("resume rejects while another server uses the port, and works once the port is free", async () => {
    const { smooch, ask } = await start();
    await smooch.pause();
    const other = await startEmulator({ port: Number(new URL(smooch.url).port) });
    await expect(smooch.resume()).rejects.toMatchObject({ code: "EADDRINUSE" });
    await other.close();
    await smooch.resume();
    expect(await outcome(ask("GET", "/v1/apps"))).toMatchObject([200, expect.any(String)]);
  });
});
