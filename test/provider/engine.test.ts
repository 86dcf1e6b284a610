import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { canConnect } from "../../src/provider/engine";

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
