import type { FaultKind } from "./faults/plan";
import { describePath } from "./redaction";
import type { Incoming, Match } from "./route";

/** One request, as the emulator remembers it. Nothing in it is secret. */
export interface RequestRecord {
  readonly method: string;
  /** Path and query; values that could be secret are replaced by `…`. */
  readonly path: string;
  /** For example `createApp`; `unknown` when the emulator does not know the request. */
  readonly operation: string;
  /** What was answered; 0 when a fault left the request without an answer. */
  readonly status: number;
  /** Arrival, in milliseconds since the epoch. */
  readonly at: number;
  /** The planned fault that it met; absent when there was none. */
  readonly fault?: FaultKind | undefined;
}

/** A request that the emulator does not support. */
export interface UnknownRequest {
  readonly method: string;
  readonly path: string;
  readonly description: string;
}

/** Remembers the newest requests. */
export class Journal {
  readonly requests: RequestRecord[] = [];
  readonly unknownRequests: UnknownRequest[] = [];
  readonly #size: number;
  readonly #log: (line: string) => void;

  constructor(size: number, log: (line: string) => void) {
    this.#size = size;
    this.#log = log;
  }

  record(
    request: Incoming,
    match: Match | undefined,
    outcome: { status: number; at: number; fault: FaultKind | undefined },
  ): void {
    const { status, at, fault } = outcome;
    const { method } = request;
    const path = describePath(request, match);
    const operation = match?.route.operation ?? "unknown";
    append(
      this.requests,
      { method, path, operation, status, at, ...(fault !== undefined && { fault }) },
      this.#size,
    );
    this.#log(`${method} ${path} ${status} ${operation}${fault === undefined ? "" : ` fault:${fault}`}`);
  }

  recordUnknown(unknown: UnknownRequest): void {
    append(this.unknownRequests, unknown, this.#size);
  }

  clear(): void {
    this.requests.length = 0;
    this.unknownRequests.length = 0;
  }
}

/** Adds an entry and drops the oldest ones beyond the size. */
export function append<Entry>(entries: Entry[], entry: Entry, size: number): void {
  entries.push(entry);
  if (entries.length > size) entries.splice(0, entries.length - size);
}
