/**
 * Everything outside the client. It is passed in, so that the client, the lifecycle and the emulator's core can run together
 * in one process on a virtual clock.
 */
export interface Host {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** At least 0, less than 1. */
  random(): number;
  send: Transport;
  /** Shows a line to the person who runs the program. */
  log(line: string): void;
}

export interface WireRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  url: string;
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
}

export interface WireResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

/** Rejects with a `TransportFault`, whatever went wrong. */
export type Transport = (request: WireRequest) => Promise<WireResponse>;

/**
 * No complete answer arrived. `unsent`: the request certainly never reached the API, so it may be repeated.
 * `stopped`: it was not sent, and none will be. `lost`: it may have been applied. `oversized`: it may have been applied,
 * but a repeat would get the same answer.
 */
export class TransportFault extends Error {
  constructor(
    readonly kind: "unsent" | "stopped" | "lost" | "oversized",
    /** What happened, without any header or body, e.g. "connection refused". */
    reason: string,
    /** Node's code, e.g. `ECONNREFUSED`, of a request that was not sent. */
    readonly code?: string,
  ) {
    super(reason);
  }
}
