import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { realHost } from "../../src/emulator/index";

async function serveSilence() {
  const server = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { server, outgoing: { method: "POST", url: `http://127.0.0.1:${port}/`, headers: {} } as const };
}

describe("the real host", () => {
  it("draws random numbers from 0 up to 1, all different", () => {
    const host = realHost();
    const numbers = Array.from({ length: 1000 }, () => host.random());
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(new Set(numbers).size).toBe(1000);
  });

  it("gives up on a server that does not respond in time", async () => {
    const { outgoing } = await serveSilence();
    await expect(realHost().send({ ...outgoing, timeoutMs: 20 })).rejects.toThrow("timed out");
  });

  it("refuses a URL that cannot be called", async () => {
    const call = realHost().send({ method: "HEAD", url: "http://", headers: {}, timeoutMs: 20 });
    await expect(call).rejects.toThrow("Invalid URL");
  });

  it("ends calls and sleeps when closed", async () => {
    const { server, outgoing } = await serveSilence();
    const host = realHost();
    const call = host.send({ ...outgoing, timeoutMs: 600_000 });
    await once(server, "request");
    const sleep = host.sleep(600_000);
    host.close();
    await expect(call).rejects.toThrow("abandoned");
    await sleep;
  });
});
