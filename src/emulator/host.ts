import { randomBytes } from "node:crypto";
import * as http from "node:http";
import * as https from "node:https";

/** A call that the emulator itself makes: the check of a webhook's target, or a delivery to it. */
export interface OutgoingRequest {
  readonly method: "HEAD" | "POST";
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string | undefined;
  readonly timeoutMs: number;
  /** How much of the answer's body to return. Default: nothing, and nothing is waited for. */
  readonly maxAnswerBytes?: number | undefined;
}

export interface OutgoingAnswer {
  readonly status: number;
  /** The beginning of the body, if {@link OutgoingRequest.maxAnswerBytes} asks for it. */
  readonly body?: string | undefined;
}

/**
 * Everything the emulator needs from its environment. Provide your own to run it on a virtual clock, or to replay a run
 * byte for byte from a seed.
 */
export interface EmulatorHost {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** A number in [0, 1), used to generate ids and secrets. */
  random(): number;
  /** Resolves with any status; rejects if there is no response in time. */
  send(outgoing: OutgoingRequest): Promise<OutgoingAnswer>;
}

export interface RealHost extends EmulatorHost {
  /** Ends all sleeps and calls in progress, so that nothing keeps the process alive. */
  close(): void;
}

// A server that never ends its answer must not keep its deliveries waiting.
const bodyTimeoutMs = 1000;

/** The real clock, real timers, cryptographic randomness and real HTTP. */
export function realHost(): RealHost {
  const underWay = new Set<() => void>();

  return {
    now: () => Date.now(),
    // Not Math.random, because secrets are generated from this.
    random: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,

    sleep: (ms) =>
      new Promise((resolve) => {
        const end = () => {
          underWay.delete(end);
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(end, ms);
        timer.unref();
        underWay.add(end);
      }),

    send: ({ method, url, headers, body, timeoutMs, maxAnswerBytes = 0 }) =>
      new Promise((resolve, reject) => {
        const { request } = url.startsWith("https:") ? https : http;
        const outgoing = request(url, { method, headers, agent: false });
        const abandon = () => outgoing.destroy(new Error("abandoned"));
        // Node's own `timeout` only detects an idle socket; this one limits the whole exchange.
        const timer = setTimeout(() => outgoing.destroy(new Error("timed out")), timeoutMs);
        underWay.add(abandon);
        outgoing.on("response", (response) => {
          const status = response.statusCode ?? 0;
          if (maxAnswerBytes > 0) {
            readStart(response, maxAnswerBytes, (body) => resolve({ status, body }));
          } else {
            response.resume();
            resolve({ status });
          }
        });
        outgoing.on("error", reject);
        outgoing.on("close", () => {
          clearTimeout(timer);
          underWay.delete(abandon);
          reject(new Error("closed without a response"));
        });
        outgoing.end(body);
      }),

    close: () => {
      for (const end of [...underWay]) end();
    },
  };
}

/** Passes on as much of a body as arrives in time, once, and drops the rest. */
function readStart(response: http.IncomingMessage, maxBytes: number, done: (body: string) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const end = () => {
    clearTimeout(timer);
    done(Buffer.concat(chunks).subarray(0, maxBytes).toString("utf8"));
  };
  const timer = setTimeout(end, bodyTimeoutMs);
  response.on("data", (chunk: Buffer) => {
    if (size >= maxBytes) return;
    chunks.push(chunk);
    size += chunk.length;
    if (size >= maxBytes) end();
  });
  response.on("close", end);
}
