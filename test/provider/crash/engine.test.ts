import dns from "node:dns";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { expect, it, vi } from "vitest";
import { canConnect, Lifeline, onEnd, watchEngine } from "../../../src/provider/crash/engine";

it("detects whether a process listens at a local address, and assumes so for anything else", async () => {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  expect(await canConnect(`127.0.0.1:${port}`)).toBe(true);
  await new Promise((closed) => server.close(closed));
  expect(await canConnect(`127.0.0.1:${port}`)).toBe(false);
  expect(await canConnect("")).toBe(true);
  expect(await canConnect("api.smooch.io:443")).toBe(true);
  expect(await canConnect(`x127.0.0.1:${port}`)).toBe(true);
  expect(await canConnect(`127.0.0.1:${port}x`)).toBe(true);
});

it("does not accept an error other than a refused connection as proof that no process listens", async () => {
  const failed = Object.assign(new Error("no name server answers"), { code: "EAI_AGAIN" });
  const lookup = vi.spyOn(dns, "lookup");
  lookup.mockImplementation((...given: unknown[]) => {
    const done = given.at(-1);
    if (typeof done === "function") process.nextTick(done, failed);
  });
  expect(await canConnect("localhost:1")).toBe(true);
  expect(lookup).toHaveBeenCalledTimes(1);
  lookup.mockRestore();
});

it("calls back if it is interrupted while Pulumi listens, and ends in either case", async () => {
  const kill = vi.spyOn(process, "kill").mockReturnValue(true);
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const engine = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const called: string[] = [];
  const interrupted = async (times: number) => {
    process.emit("SIGINT");
    await vi.waitFor(() => expect(kill).toHaveBeenCalledTimes(times));
  };
  onEnd(() => called.push("listens"), engine);
  await interrupted(1);
  expect(called).toEqual(["listens"]);
  await new Promise((closed) => server.close(closed));
  onEnd(() => called.push("gone"), engine);
  await interrupted(2);
  expect(called).toEqual(["listens"]);
  expect(kill).toHaveBeenLastCalledWith(process.pid, "SIGINT");
  kill.mockRestore();
});

it("calls back once no process listens at the engine's address any more, and not before", async () => {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const engine = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  let gone = 0;
  watchEngine(() => gone++, engine, 5);
  await new Promise((wait) => setTimeout(wait, 50));
  expect(gone).toBe(0);
  await new Promise((closed) => server.close(closed));
  await vi.waitFor(() => expect(gone).toBe(1));
  await new Promise((wait) => setTimeout(wait, 50));
  expect(gone).toBe(1);
});

it("finishes running calls when the engine is gone, sends no more changes, and ends", async () => {
  let ends = 0;
  const lifeline = new Lifeline(() => ends++);
  const sent: string[] = [];
  const send = lifeline.guard(async ({ method }) => {
    sent.push(method);
    return { status: 200, headers: {}, body: "" };
  });
  const request = { url: "https://api.smooch.io", headers: {}, timeoutMs: 1 };
  await lifeline.during(async () => send({ ...request, method: "POST" }));
  expect(ends).toBe(0);
  let finish = () => {};
  const underWay = lifeline.during(() => new Promise<void>((resolve) => (finish = resolve)));
  lifeline.cut();
  await send({ ...request, method: "GET" });
  await expect(send({ ...request, method: "POST" })).rejects.toMatchObject({
    kind: "stopped",
    message: "Pulumi has exited, so nothing more is changed",
  });
  expect(sent).toEqual(["POST", "GET"]);
  expect(ends).toBe(0);
  finish();
  await underWay;
  expect(ends).toBe(1);
  const idle = new Lifeline(() => ends++);
  idle.cut();
  expect(ends).toBe(2);
});
