import type { FaultKind } from "./faults/plan";
import { describePath } from "./redaction";
import type { Incoming, Match } from "./route";

/** A logged request, without secrets. */
export interface RequestRecord {
  readonly method: string;
  /** Path and query; values that could be secret are replaced with `…`. */
  readonly path: string;
  /** For example `createApp`; `unknown` for a request that the emulator does not support. */
  readonly operation: string;
  /** The response's status; 0 if a fault left the request without a response. */
  readonly status: number;
  /** Time of arrival, in milliseconds since the epoch. */
  readonly at: number;
  /** The planned fault, if any. */
  readonly fault?: FaultKind | undefined;
}

/** A request that the emulator does not support. */
export interface UnknownRequest {
  readonly method: string;
  readonly path: string;
  readonly description: string;
}

/** Keeps the most recent requests. */
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

/** Appends an entry and drops the oldest beyond `size`. */
export function append<Entry>(entries: Entry[], entry: Entry, size: number): void {
  entries.push(entry);
  if (entries.length > size) entries.splice(0, entries.length - size);
}
