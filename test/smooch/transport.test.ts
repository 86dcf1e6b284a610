import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type RunningEmulator, startEmulator } from "../../src/emulator/index";
import { isLoopback } from "../../src/loopback";
import { type Host, TransportFault, type WireRequest } from "../../src/smooch/host";
import { signJwt } from "../../src/smooch/jwt";
import { realHost } from "../../src/smooch/transport";

let host: Host;
let emulator: RunningEmulator;
beforeEach(async () => {
  host = realHost();
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

function request(change: Partial<WireRequest> = {}): WireRequest {
  const token = signJwt(
    { keyId: emulator.accountKeyId, secret: emulator.accountKeySecret },
    { scope: "account" },
  );
  return {
    method: "GET",
    url: `${emulator.url}/v1/apps`,
    headers: { authorization: `Bearer ${token}` },
    timeoutMs: 10_000,
    ...change,
  };
}

async function faultOf(promise: Promise<unknown>): Promise<TransportFault> {
  const reason = await promise.catch((error: unknown) => error);
  if (reason instanceof TransportFault) return reason;
  throw new Error(`expected a fault, got ${JSON.stringify(reason)}`);
}

describe("the real transport", () => {
  it("returns a response unchanged, whatever its status", async () => {
    const { status, headers, body } = await host.send(request());
    expect(status).toBe(200);
    expect(headers["x-smooch-emulator"]).toBe("v1");
    expect(JSON.parse(body)).toEqual({ apps: [], hasMore: false, offset: 0 });
    expect((await host.send(request({ headers: {} }))).status).toBe(401);
    const created = await host.send(
      request({
        method: "POST",
        headers: { ...request().headers, "content-type": "application/json" },
        body: '{"name":"Ä"}',
      }),
    );
    expect(created.status).toBe(201);
    expect(emulator.emulator.snapshot().apps[0]?.name).toBe("Ä");
  });

  it("reports a request as unsent if the connection is refused", async () => {
    await emulator.pause();
    expect(await faultOf(host.send(request()))).toMatchObject({
      kind: "unsent",
      message: "connection refused",
    });
    await emulator.resume();
    expect((await host.send(request())).status).toBe(200);
  });

  it("reports a request as unsent if the host has no address", async () => {
    const fault = await faultOf(host.send(request({ url: "http://nowhere.invalid/" })));
    expect(fault.kind).toBe("unsent");
  });

  it.each(["reset-before", "reset-after", "cut"] as const)(
    "reports a request as lost after %s",
    async (fault) => {
      emulator.emulator.setFaults({ rules: [{ fault }] });
      const seen = await faultOf(host.send(request()));
      expect(seen.kind).toBe("lost");
      expect(seen.message).toMatch(/^connection (reset|broken)$/);
      expect(JSON.stringify(seen)).not.toContain("Bearer");
    },
  );

  it("waits no longer than the timeout", async () => {
    emulator.emulator.setFaults({ rules: [{ fault: "hang" }] });
    expect(await faultOf(host.send(request({ timeoutMs: 200 })))).toMatchObject({
      kind: "lost",
      message: "no response within 0.2 s",
    });
  });

  it("reuses its connections without leaking listeners", async () => {
    const warnings: unknown[] = [];
    const warn = vi.spyOn(process, "emitWarning").mockImplementation((warning) => warnings.push(warning));
    const sockets = new Set<unknown>();
    const server: Server = createServer((incoming, answer) => {
      sockets.add(incoming.socket);
      answer.end("{}");
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    for (let n = 0; n < 20; n++) await host.send(request({ url: `http://127.0.0.1:${port}/` }));
    warn.mockRestore();
    expect(sockets.size).toBe(1);
    expect(warnings).toEqual([]);
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  it("follows no redirect", async () => {
    const server: Server = createServer((_, answer) =>
      answer.writeHead(301, { location: emulator.url }).end(),
    );
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    expect((await host.send(request({ url: `http://127.0.0.1:${port}/` }))).status).toBe(301);
    expect(emulator.emulator.requests).toEqual([]);
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
});

it.each([
  ["http://127.0.0.1:80", true],
  ["http://127.8.9.10", true],
  ["http://localhost:4010/sc", true],
  ["http://[::1]:4010", true],
  ["https://api.smooch.io", false],
  ["http://127.0.0.1.evil.example", false],
  ["", false],
])("%s is this machine: %s", (url, expected) => {
  expect(isLoopback(url)).toBe(expected);
});

it("has a real clock, random numbers and log output", async () => {
  const before = host.now();
  await host.sleep(5);
  expect(host.now() - before).toBeGreaterThanOrEqual(4);
  expect(host.random()).toBeLessThan(1);
  const written: unknown[] = [];
  const write = vi.spyOn(process.stderr, "write").mockImplementation((text) => written.push(text) > 0);
  host.log("a line");
  write.mockRestore();
  expect(written).toEqual(["a line\n"]);
});
