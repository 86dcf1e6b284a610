/**
 * The client's environment. It is passed in, so that the client, the lifecycle and the emulator can run together in one
 * process on a virtual clock.
 */
export interface Host {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** At least 0, less than 1. */
  random(): number;
  send: Transport;
  /** Prints a line for the user: a warning, unless it only explains. */
  log(line: string, severity?: "info"): void;
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

/** Rejects only with a `TransportFault`. */
export type Transport = (request: WireRequest) => Promise<WireResponse>;

/**
 * No complete response arrived. `unsent`: the request certainly never reached the API, so it is safe to repeat.
 * `stopped`: it was not sent, and no further request will be. `lost`: it may have been applied. `oversized`: it may
 * have been applied, but a repeat would get the same response.
 */
export class TransportFault extends Error {
  constructor(
    readonly kind: "unsent" | "stopped" | "lost" | "oversized",
    /** What happened, without headers or body, e.g. "connection refused". */
    reason: string,
    /** Node's error code if the request was not sent, e.g. `ECONNREFUSED`. */
    readonly code?: string,
  ) {
    super(reason);
  }
}
