import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import tls from "node:tls";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { TransportFault } from "../../src/smooch/host";
import { realHost } from "../../src/smooch/transport";

// Self-signed, for localhost and api.smooch.test.
const pem = (name: string) => readFileSync(join(__dirname, "../fixtures/tls", name), "utf8");
const identity = { key: pem("key.pem"), cert: pem("certificate.pem") };

const servers: Server[] = [];
const sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

async function portOf(server: Server): Promise<number> {
  servers.push(server);
  server.on("connection", (socket) => sockets.push(socket.on("error", () => {})));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return (server.address() as AddressInfo).port;
}

/** Starts a TLS server that closes each connection after a request, and records what it received. */
async function tlsServer() {
  const received: string[] = [];
  const server = tls.createServer(identity, (socket) => {
    socket.on("error", () => {});
    socket.once("data", (data) => {
      received.push(String(data));
      socket.destroy();
    });
  });
  return { received, port: await portOf(server) };
}

/** Has the effect of NODE_EXTRA_CA_CERTS, which Node reads only when it starts. */
function trustIdentity(): void {
  const { connect } = tls;
  vi.spyOn(tls, "connect").mockImplementation((options: unknown) =>
    connect({ ...Object(options), ca: identity.cert }),
  );
}

async function faultOf(url: string, timeoutMs = 5000): Promise<TransportFault> {
  const request = { method: "POST", url, headers: {}, body: "{}", timeoutMs } as const;
  return realHost()
    .send(request)
    .then(
      () => Promise.reject(new Error("it got a response")),
      (fault) => fault,
    );
}

describe("a request is unsent", () => {
  it("if the certificate is not trusted", async () => {
    const { port, received } = await tlsServer();
    expect(await faultOf(`https://localhost:${port}/`)).toMatchObject({
      kind: "unsent",
      message: "TLS handshake failed (DEPTH_ZERO_SELF_SIGNED_CERT)",
      code: "DEPTH_ZERO_SELF_SIGNED_CERT",
    });
    expect(received).toEqual([]);
  });

  it("if the certificate belongs to another host", async () => {
    trustIdentity();
    const { port, received } = await tlsServer();
    expect(await faultOf(`https://127.0.0.1:${port}/`)).toMatchObject({
      kind: "unsent",
      message: "TLS handshake failed (ERR_TLS_CERT_ALTNAME_INVALID)",
    });
    expect(received).toEqual([]);
  });

  it("if the server speaks plain HTTP", async () => {
    let requests = 0;
    const port = await portOf(createHttpServer(() => requests++));
    const { kind, message, code } = await faultOf(`https://localhost:${port}/`);
    expect({ kind, message }).toEqual({ kind: "unsent", message: `TLS handshake failed (${code})` });
    // Which of the two depends on the version of Node.
    expect(["EPROTO", "ERR_SSL_WRONG_VERSION_NUMBER"]).toContain(code);
    expect(requests).toBe(0);
  });

  it("if the connection is reset during the handshake", async () => {
    const port = await portOf(createServer((socket) => socket.once("data", () => socket.resetAndDestroy())));
    expect(await faultOf(`https://localhost:${port}/`)).toMatchObject({
      kind: "unsent",
      message: "TLS handshake failed (ECONNRESET)",
    });
  });

  it("if the server never responds", async () => {
    const port = await portOf(createServer());
    expect(await faultOf(`https://localhost:${port}/`, 100)).toMatchObject({
      kind: "unsent",
      message: "no connection within 0.1 s",
    });
  });

  it.each(["http", "https"])("if nothing listens at an %s address", async (protocol) => {
    const port = await portOf(createServer());
    const [server] = servers.splice(0);
    await new Promise((closed) => server?.close(closed));
    expect(await faultOf(`${protocol}://127.0.0.1:${port}/`)).toMatchObject({
      kind: "unsent",
      message: "connection refused",
      code: "ECONNREFUSED",
    });
  });

  it("if no connection can be made", async () => {
    expect(await faultOf("ftp://localhost/")).toMatchObject({
      kind: "unsent",
      message: "connection failed (ERR_BAD_REQUEST)",
    });
  });
});

describe("a request is lost", () => {
  it.each(["http", "https"])("if the connection ends after it was read, with %s", async (protocol) => {
    trustIdentity();
    const received: string[] = [];
    const plain = createServer((socket) =>
      socket.once("data", (data) => {
        received.push(String(data));
        socket.resetAndDestroy();
      }),
    );
    const { port } = protocol === "https" ? await tlsServer() : { port: await portOf(plain) };
    expect(await faultOf(`${protocol}://localhost:${port}/`)).toMatchObject({
      kind: "lost",
      message: "connection reset",
    });
  });

  it("if a reused connection ends after it was read", async () => {
    let requests = 0;
    const server = createHttpServer((request, response) => {
      if (++requests === 1) response.end("{}");
      else request.socket.resetAndDestroy();
    });
    const url = `http://127.0.0.1:${await portOf(server)}/`;
    const host = realHost();
    const send = () => host.send({ method: "POST", url, headers: {}, timeoutMs: 5000 });
    expect((await send()).status).toBe(200);
    await expect(send()).rejects.toMatchObject({ kind: "lost", message: "connection reset" });
    expect(requests).toBe(2);
    expect(sockets).toHaveLength(1);
  });
});

describe("through a proxy", () => {
  /** Starts a proxy that connects every tunnel to the port. */
  async function throughProxyTo(port: number): Promise<void> {
    const proxy = createHttpServer();
    proxy.on("connect", (_, socket: Socket) => {
      const tunnel = connect(port, "127.0.0.1", () => socket.write("HTTP/1.1 200 OK\r\n\r\n"));
      sockets.push(tunnel.on("error", () => {}));
      tunnel.pipe(socket).pipe(tunnel);
    });
    vi.stubEnv("https_proxy", `http://127.0.0.1:${await portOf(proxy)}`);
    vi.stubEnv("no_proxy", "other.test");
  }

  it("a request is unsent if the certificate is not trusted", async () => {
    const { port, received } = await tlsServer();
    await throughProxyTo(port);
    expect(await faultOf("https://api.smooch.test/")).toMatchObject({
      kind: "unsent",
      message: "TLS handshake failed (DEPTH_ZERO_SELF_SIGNED_CERT)",
    });
    expect(received).toEqual([]);
  });

  it("a request is lost if the connection ends after it was read", async () => {
    trustIdentity();
    const { port, received } = await tlsServer();
    await throughProxyTo(port);
    expect(await faultOf("https://api.smooch.test/")).toMatchObject({
      kind: "lost",
      message: "connection reset",
    });
    expect(received).toHaveLength(1);
  });

  it("a request is unsent if the proxy cannot be reached", async () => {
    vi.stubEnv("https_proxy", "http://127.0.0.1:1");
    vi.stubEnv("no_proxy", "other.test");
    expect(await faultOf("https://api.smooch.test/")).toMatchObject({
      kind: "unsent",
      message: "connection refused",
    });
  });
});
