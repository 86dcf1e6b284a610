import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { expect, it, vi } from "vitest";
import { canConnect, onEnd } from "../../src/provider/engine";

it("knows whether somebody listens, and takes what is no address for granted", async () => {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  expect(await canConnect(`127.0.0.1:${port}`)).toBe(true);
  await new Promise((closed) => server.close(closed));
  expect(await canConnect(`127.0.0.1:${port}`)).toBe(false);
  expect(await canConnect("")).toBe(true);
  expect(await canConnect("api.smooch.io:443")).toBe(true);
});

it("calls back when it is interrupted while Pulumi listens, and ends as if it had not", async () => {
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
