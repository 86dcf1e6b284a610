import { randomBytes } from "node:crypto";
import * as http from "node:http";
import * as https from "node:https";

/** A call that the emulator itself makes: a check of a webhook target, or a delivery to it. */
export interface OutgoingRequest {
  readonly method: "HEAD" | "POST";
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string | undefined;
  readonly timeoutMs: number;
}

/**
 * Everything the emulator needs from the world around it. Hand in your own to run it on a virtual clock and to replay
 * a run to the byte from a seed.
 */
export interface EmulatorHost {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** A number in [0, 1). Ids and secrets are drawn from it. */
  random(): number;
  /** Resolves with whatever status comes back; rejects when nothing answers in time. */
  send(outgoing: OutgoingRequest): Promise<{ readonly status: number }>;
}

export interface RealHost extends EmulatorHost {
  /** Ends every sleep and every call that is under way, so that nothing keeps the process alive. */
  close(): void;
}

/** The real clock, real timers, cryptographic randomness and real HTTP. */
export function realHost(): RealHost {
  const underWay = new Set<() => void>();

  return {
    now: () => Date.now(),
    // Secrets are made of this, so Math.random would not do.
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

    send: ({ method, url, headers, body, timeoutMs }) =>
      new Promise((resolve, reject) => {
        const { request } = url.startsWith("https:") ? https : http;
        const outgoing = request(url, { method, headers, agent: false });
        const abandon = () => outgoing.destroy(new Error("abandoned"));
        // Node's own `timeout` only sees silence; this one bounds the whole exchange.
        const timer = setTimeout(() => outgoing.destroy(new Error("no answer in time")), timeoutMs);
        underWay.add(abandon);
        outgoing.on("response", (response) => {
          response.resume();
          resolve({ status: response.statusCode ?? 0 });
        });
        outgoing.on("error", reject);
        outgoing.on("close", () => {
          clearTimeout(timer);
          underWay.delete(abandon);
          reject(new Error("closed without an answer"));
        });
        outgoing.end(body);
      }),

    close: () => {
      for (const end of [...underWay]) end();
    },
  };
}
