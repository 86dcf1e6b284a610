import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { realHost } from "../../src/smooch/transport";

const limit = 16 * 2 ** 20;

/** Returns the body length or the fault of a request to a new server, by default once its connection has closed. */
async function resultOf(listener: RequestListener, { untilClosed = true } = {}): Promise<unknown> {
  const server = createServer(listener);
  const closed = new Promise((close) =>
    server.once("connection", (socket) => socket.on("error", () => {}).once("close", close)),
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const result = await realHost()
    .send({ method: "GET", url: `http://127.0.0.1:${port}/v1/apps`, headers: {}, timeoutMs: 10_000 })
    .then(({ body }) => body.length)
    .catch((fault: unknown) => fault);
  if (untilClosed) await closed;
  server.closeAllConnections();
  server.close();
  return result;
}

const oversized = { kind: "oversized", message: "the response is larger than 16 MiB" };

it("reads responses of up to 16 MiB", async () => {
  const listener: RequestListener = (_, response) => response.end("x".repeat(limit));
  expect(await resultOf(listener, { untilClosed: false })).toBe(limit);
});

it("aborts a body that is too large, and closes its connection", async () => {
  expect(await resultOf((_, response) => response.end("x".repeat(limit + 1)))).toMatchObject(oversized);
});

it("aborts an endless body, and closes its connection", async () => {
  const listener: RequestListener = (_, response) => {
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(2 ** 20)));
    };
    response.on("drain", more);
    more();
  };
  expect(await resultOf(listener)).toMatchObject(oversized);
});

it("aborts a small body that decompresses to more than the limit", async () => {
  const packed = gzipSync(Buffer.alloc(limit + 1));
  expect(packed.length).toBeLessThan(20_000);
  const listener: RequestListener = (_, response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(packed);
  expect(await resultOf(listener, { untilClosed: false })).toMatchObject(oversized);
});

it("aborts endless headers, and closes their connection", async () => {
  const listener: RequestListener = ({ socket }) =>
    socket.write(`HTTP/1.1 200 OK\r\nx: ${"x".repeat(2 ** 20)}`);
  expect(await resultOf(listener)).toMatchObject({ kind: "lost", message: "connection broken" });
});
