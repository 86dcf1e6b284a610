import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, it } from "vitest";
import { isInProgress, startGuard } from "../../../src/cli/verify/guard";
import { startEmulator } from "../../../src/emulator/index";

const mark = "0123456789ab";

it("shows that a run is in progress, until it ends", async () => {
  const { address, close } = await startGuard(mark);
  expect(await isInProgress({ address, mark })).toBe(true);
  expect(await isInProgress({ address, mark: "ba9876543210" })).toBe(false);
  close();
  expect(await isInProgress({ address, mark })).toBe(false);
});

it.each<[string, (socket: Socket) => unknown]>([
  ["says something else", (socket) => socket.write("HTTP/1.1 400 Bad Request\r\n")],
  ["says a part of the mark", (socket) => socket.end(mark.slice(1))],
  ["says more than the mark", (socket) => socket.end(`${mark}0`)],
  ["resets the connection", (socket) => socket.resetAndDestroy()],
])("does not mistake another process for the run, which %s at its port", async (_, answer) => {
  const server = createServer((socket) => void answer(socket.on("error", () => {})));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  expect(await isInProgress({ address: `127.0.0.1:${port}`, mark }, 200)).toBe(false);
  server.close();
});

it("does not mistake an HTTP server for the run, which waits for a request", async () => {
  const emulator = await startEmulator();
  expect(await isInProgress({ address: new URL(emulator.url).host, mark })).toBe(false);
  await emulator.close();
});

it("counts a process that stays silent as the run, which may be suspended", async () => {
  const server = createServer(() => {});
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  expect(await isInProgress({ address: `127.0.0.1:${port}`, mark }, 200)).toBe(true);
  server.close();
});

it("counts an address that cannot be asked as in progress", async () => {
  expect(await isInProgress({ address: "host.invalid:1", mark })).toBe(true);
});
