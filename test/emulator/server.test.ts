import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type RunningEmulator, type StartOptions, startEmulator } from "../../src/emulator/index";
import { freePort } from "../support/port";
import { sign } from "./support";

const running: RunningEmulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((smooch) => smooch.close()));
});

async function start(options: StartOptions = {}) {
  const smooch = await startEmulator(options);
  running.push(smooch);
  const authorization = `Bearer ${sign(smooch.accountKeyId, smooch.accountKeySecret, { scope: "account" })}`;
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(smooch.url + path, {
      method,
      headers: { authorization, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: Object(await response.json()) };
  };
  return { smooch, call };
}

/** A real HTTP server that records the requests it receives. */
async function receive(respond: (method: string) => number | undefined = () => 200) {
  const received: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { method = "", url = "", headers } = request;
    received.push({ method, url, headers, body });
    const status = respond(method);
    if (status !== undefined) response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received };
}

async function say(call: Awaited<ReturnType<typeof start>>["call"], target: string) {
  const { app } = (await call("POST", "/v1/apps", { name: "Shop" })).body;
  const { webhook } = (await call("POST", `/v1/apps/${app._id}/webhooks`, { target })).body;
  await call("POST", `/v1/apps/${app._id}/appusers`, { userId: "ann" });
  const posted = await call("POST", `/v1/apps/${app._id}/appusers/ann/messages`, {
    role: "appUser",
    text: "Hi",
  });
  expect(posted.status).toBe(201);
  return { appId: app._id, webhook };
}

describe("startEmulator", () => {
  it("stops listening when it rejects because of its state file", async () => {
    const port = await freePort();
    await expect(startEmulator({ port, stateFile: "no/such/folder/x.json" })).rejects.toThrow(
      /^The state file cannot be written: its folder does not exist\.$/,
    );
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toMatchObject({
      cause: { code: "ECONNREFUSED" },
    });
  });

  it("logs why its state file can no longer be written", async () => {
    const folder = mkdtempSync(join(tmpdir(), "state-"));
    const log: string[] = [];
    const { call } = await start({ stateFile: join(folder, "x.json"), log: (line) => log.push(line) });
    rmSync(folder, { recursive: true });
    await expect(call("POST", "/v1/apps", { name: "Shop" })).rejects.toThrow();
    expect(log).toEqual([
      "POST /v1/apps 201 createApp",
      "Error: The state file cannot be written: its folder does not exist.",
    ]);
  });

  it("serves the API on a loopback port", async () => {
    const { smooch, call } = await start();
    expect(smooch.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const created = await call("POST", "/v1/apps", { name: "Käse" });
    expect(created.status).toBe(201);
    expect(created.headers.get("x-smooch-emulator")).toBe("v1");
    expect(created.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(Math.abs(Date.parse(created.headers.get("date") ?? "") - Date.now())).toBeLessThan(5000);
    expect((await call("GET", `/v1/apps/${created.body.app._id}`)).body).toEqual(created.body);
    expect(smooch.emulator.snapshot().apps).toMatchObject([{ id: created.body.app._id, name: "Käse" }]);
    expect((await call("DELETE", `/v1/apps/${created.body.app._id}`)).body).toEqual({});
    expect(smooch.emulator.isEmpty()).toBe(true);
  });

  it("creates different account keys on every start", async () => {
    const [one, two] = [await start(), await start()];
    expect(one.smooch.accountKeyId).not.toBe(two.smooch.accountKeyId);
    expect(one.smooch.accountKeySecret).not.toBe(two.smooch.accountKeySecret);
  });

  it("sends a readable 413 for a body far over the limit", async () => {
    const { call } = await start();
    const answer = await call("POST", "/v1/apps", { name: "x".repeat(5_000_000) });
    expect([answer.status, answer.body.error.code]).toEqual([413, "payload_too_large"]);
  });

  it("rejects when the port is taken", async () => {
    const { smooch } = await start();
    const port = Number(new URL(smooch.url).port);
    await expect(startEmulator({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("returns a 500 with the reason when the emulator itself fails", async () => {
    const { smooch } = await start({
      log: () => {
        throw new Error("disk full");
      },
    });
    const response = await fetch(`${smooch.url}/v1/apps`);
    expect([response.status, await response.text()]).toEqual([500, "The emulator failed: Error: disk full"]);
  });

  it("delivers a message to a real receiver", async () => {
    const { call, smooch } = await start();
    const receiver = await receive();
    const { appId, webhook } = await say(call, `${receiver.url}/hook?a=1`);
    await smooch.emulator.settleDeliveries();
    expect(receiver.received.map(({ method, url }) => [method, url])).toEqual([
      ["HEAD", "/hook?a=1"],
      ["POST", "/hook?a=1"],
    ]);
    const delivery = receiver.received[1];
    expect(delivery?.headers["x-api-key"]).toBe(webhook.secret);
    expect(delivery?.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(delivery?.body ?? "")).toMatchObject({
      trigger: "message:appUser",
      app: { _id: appId },
      messages: [{ text: "Hi" }],
    });
  });

  it("retries a delivery that failed", async () => {
    const { call, smooch } = await start({ retryDelayMs: 1 });
    const answers = [500, 200];
    const receiver = await receive((method) => (method === "POST" ? answers.shift() : 200));
    await say(call, receiver.url);
    await smooch.emulator.settleDeliveries();
    expect(receiver.received.map(({ method }) => method)).toEqual(["HEAD", "POST", "POST"]);
    expect(smooch.emulator.snapshot().deliveries).toMatchObject([{ attempts: 2, state: "delivered" }]);
  });

  it("refuses a target on which no server listens", async () => {
    const { call, smooch } = await start();
    const gone = await start();
    await gone.smooch.close();
    const { app } = (await call("POST", "/v1/apps", { name: "Shop" })).body;
    const answer = await call("POST", `/v1/apps/${app._id}/webhooks`, { target: `${gone.smooch.url}/hook` });
    expect([answer.status, answer.body.error.code]).toEqual([400, "bad_request"]);
    expect(smooch.emulator.snapshot().webhooks).toEqual([]);
  });
});

describe("close", () => {
  it("closes open connections and abandons waiting deliveries at once", async () => {
    const { call, smooch } = await start({ retryDelayMs: 600_000 });
    const silent = await receive((method) => (method === "POST" ? undefined : 200));
    const failing = await receive((method) => (method === "POST" ? 500 : 200));
    await say(call, silent.url);
    await say(call, failing.url);
    await vi.waitFor(() => {
      const states = smooch.emulator.snapshot().deliveries.map(({ lastStatus }) => lastStatus);
      expect([states, silent.received.length]).toEqual([[undefined, 500], 2]);
    });
    const { hostname, port } = new URL(smooch.url);
    const open = connect(Number(port), hostname);
    await new Promise((resolve) => open.once("connect", resolve));
    const ended = new Promise((resolve) => open.once("close", resolve));

    const before = Date.now();
    await Promise.all([smooch.close(), smooch.close()]);
    await ended;
    await smooch.emulator.settleDeliveries();
    expect(Date.now() - before).toBeLessThan(2000);
    expect(smooch.emulator.snapshot().deliveries.map(({ state }) => state)).toEqual([
      "abandoned",
      "abandoned",
    ]);
    await expect(fetch(smooch.url)).rejects.toThrow("fetch failed");
  });
});
