import type { Profile } from "../profile";

/**
 * What goes wrong, and when. The same plan makes the same faults out of the same requests, so a run that failed can be
 * replayed: every choice is drawn from `seed`, in the order in which requests arrive.
 *
 * ```ts
 * // Every second create is carried out without the caller learning of it; one listing in ten comes out of date.
 * emulator.setFaults({
 *   seed: 7,
 *   rules: [
 *     { operation: ["createApp", "createKey"], fault: "reset-after", probability: 0.5 },
 *     { operation: "listKeys", fault: "stale-read", probability: 0.1 },
 *   ],
 * });
 * ```
 */
export interface FaultPlan {
  /** From 0 to 4294967295. Default: 1. */
  readonly seed?: number | undefined;
  /** The first one that fires decides about a request. Default: none, so nothing goes wrong. */
  readonly rules?: readonly FaultRule[] | undefined;
}

/** A fault, and the requests it may meet. */
export type FaultRule = FaultCondition & Fault;

export interface FaultCondition {
  /** Operations by their names in the log of requests, for example `createKey`. Default: every operation. */
  readonly operation?: string | readonly string[] | undefined;
  /** From 0 to 1. Default: 1. */
  readonly probability?: number | undefined;
  /** How often it happens at most. Default: no limit. */
  readonly times?: number | undefined;
  /** How many matching requests are spared first, whatever else happened to them. Default: 0. */
  readonly after?: number | undefined;
}

export type Fault =
  | StatusFault
  | RateLimitedFault
  | NotJsonFault
  | LatencyFault
  | StaleReadFault
  | HangFault
  | ConnectionFault
  | Foreign404Fault;

export type FaultKind = Fault["fault"];

/** Answers with a status of its own. */
export interface StatusFault {
  readonly fault: "status";
  /** From 200 to 599. */
  readonly status: number;
  /** A string is sent as HTML, the way gateways do; anything else as JSON. Default: the API's own error body. */
  readonly body?: unknown;
  /** Seconds or an HTTP date for `Retry-After`. Default: no such header. */
  readonly retryAfter?: number | string | undefined;
  /** Whether the request is carried out all the same. Default: false. */
  readonly applied?: boolean | undefined;
}

/** Answers 429 without carrying the request out. */
export interface RateLimitedFault {
  readonly fault: "rate-limited";
  /** Seconds or an HTTP date for `Retry-After`. Default: no such header. */
  readonly retryAfter?: number | string | undefined;
}

/** Answers 200 with a page of HTML. */
export interface NotJsonFault {
  readonly fault: "not-json";
  /** Whether the request is carried out. Default: true. */
  readonly applied?: boolean | undefined;
}

/** Keeps the request waiting before it is carried out. */
export interface LatencyFault {
  readonly fault: "latency";
  readonly ms: number;
  /** Up to this many milliseconds more. Default: 0. */
  readonly jitterMs?: number | undefined;
}

/**
 * Answers a GET from the state before the last write: what that write created is missing, what it deleted is still
 * there. For an app and what it holds that is the last write in this app; for the list of apps, the last time that an
 * app of the account was created, changed or deleted. Other methods never meet this fault.
 */
export interface StaleReadFault {
  readonly fault: "stale-read";
}

/** Never answers: the caller waits until it gives up or the emulator closes. */
export interface HangFault {
  readonly fault: "hang";
  /** Whether the request is carried out. Default: false. */
  readonly applied?: boolean | undefined;
}

/**
 * Breaks the connection.
 *
 * - `refused`: before anything was read, so the request was surely not carried out. A port that listens cannot refuse
 *   one operation only: over a socket this looks like `reset-before`, and only whoever calls `Emulator.handle` itself
 *   can tell the two apart. `RunningEmulator.pause` makes the port refuse for real.
 * - `reset-before`: the request was not carried out.
 * - `reset-after`: the request was carried out.
 * - `cut`: the request was carried out, and the answer ends in the middle of its body.
 */
export interface ConnectionFault {
  readonly fault: "refused" | "reset-before" | "reset-after" | "cut";
}

/** Answers 404 as something else than the API does, without carrying the request out. */
export interface Foreign404Fault {
  readonly fault: "foreign-404";
  /** As {@link Profile.notFound} calls it. Default: `"gateway"`. */
  readonly answer?: Exclude<Profile["notFound"], "api"> | undefined;
}

/** How often each kind of fault has happened; kinds that have not are left out. */
export type FaultCounts = { readonly [Kind in FaultKind]?: number };
