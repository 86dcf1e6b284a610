import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AccountCredentials } from "./core";
import { Emulator } from "./core";
import type { EmulatorRequest } from "./exchange";
import type { EmulatorHost } from "./host";
import { realHost } from "./host";
import { maxBodyBytes } from "./input";
import type { EmulatorOptions } from "./options";

export interface StartOptions extends EmulatorOptions {
  /** Default: a free port. */
  readonly port?: number | undefined;
  /** Clock, timers, randomness and transport. Default: the real ones. */
  readonly host?: EmulatorHost | undefined;
}

/** An emulator that listens. */
export interface RunningEmulator extends AccountCredentials {
  /** Without a slash at the end, ready for `SMOOCH_BASE_URL`. */
  readonly url: string;
  readonly emulator: Emulator;
  /** Stops listening, drops open connections and makes no further delivery. */
  close(): Promise<void>;
}

/**
 * Starts a Smooch API on a loopback port. Rejects when the port is taken.
 *
 * ```ts
 * import { startEmulator } from "pulumi-smooch/emulator";
 *
 * const smooch = await startEmulator();
 * process.env.SMOOCH_BASE_URL = smooch.url;
 * process.env.SMOOCH_ACCOUNT_KEY_ID = smooch.accountKeyId;
 * process.env.SMOOCH_ACCOUNT_KEY_SECRET = smooch.accountKeySecret;
 * // …
 * await smooch.close();
 * ```
 *
 * Other processes may ask it for `GET /_emulator/state` (what exists, by id, without a secret) and
 * `POST /_emulator/reset` (delete every app with all it holds, and the logs).
 */
export async function startEmulator(options: StartOptions = {}): Promise<RunningEmulator> {
  const ownHost = options.host === undefined ? realHost() : undefined;
  const emulator = new Emulator(options, options.host ?? ownHost);
  const server = createServer((request, response) => {
    answer(emulator, request, response).catch(() => response.destroy());
  });
  const { accountId, accountKeyId, accountKeySecret } = emulator;
  const url = await listen(server, options.port ?? 0);
  let closed: Promise<unknown> | undefined;

  return {
    url,
    accountId,
    accountKeyId,
    accountKeySecret,
    emulator,
    close: async () => {
      if (closed === undefined) {
        closed = once(server, "close");
        emulator.close();
        ownHost?.close();
        server.close();
        server.closeAllConnections();
      }
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return `http://127.0.0.1:${address.port}`;
}

async function answer(emulator: Emulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const exchange = await receive(request);
  try {
    const { status, headers, body } = await emulator.handle(exchange);
    response.writeHead(status, headers).end(body);
  } catch (error) {
    // A defect of the emulator: say so instead of leaving the caller with a dropped connection.
    response.writeHead(500, { "content-type": "text/plain" }).end(`The emulator failed: ${String(error)}`);
  }
}

async function receive(request: IncomingMessage): Promise<EmulatorRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    // What is beyond the limit is read all the same, so that the caller gets to see the 413, but not kept.
    if (size <= maxBodyBytes) chunks.push(chunk);
    size += chunk.length;
  }
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : value,
  ]);
  return {
    method: request.method ?? "",
    url: request.url ?? "",
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString("utf8"),
  };
}
