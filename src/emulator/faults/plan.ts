import type { Profile } from "../profile";

/**
 * Which faults happen, and when. The same plan causes the same faults for the same requests, so a failed run can be
 * replayed: all random choices come from `seed`, in order of the requests' arrival.
 *
 * ```ts
 * // Every second create loses its response after it was carried out; one in ten lists of keys is stale.
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
  /** The first rule that fires decides what happens to a request. Default: none, so no faults. */
  readonly rules?: readonly FaultRule[] | undefined;
}

/** A fault and the requests it applies to. */
export type FaultRule = FaultCondition & Fault;

export interface FaultCondition {
  /** Operation names as in the request log, for example `createKey`. Default: every operation. */
  readonly operation?: string | readonly string[] | undefined;
  /** From 0 to 1. Default: 1. */
  readonly probability?: number | undefined;
  /** Maximum number of times it happens. Default: no limit. */
  readonly times?: number | undefined;
  /** Number of matching requests to let pass first, even if another rule's fault hits them. Default: 0. */
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

/** Responds with the given status. */
export interface StatusFault {
  readonly fault: "status";
  /** From 200 to 599. */
  readonly status: number;
  /** A string is sent as HTML, as gateways do; anything else as JSON. Default: the API's own error body. */
  readonly body?: unknown;
  /** `Retry-After` in seconds or as an HTTP date. Default: no such header. */
  readonly retryAfter?: number | string | undefined;
  /** Whether the request is still carried out. Default: false. */
  readonly applied?: boolean | undefined;
}

/** Responds with 429 without carrying out the request. */
export interface RateLimitedFault {
  readonly fault: "rate-limited";
  /** `Retry-After` in seconds or as an HTTP date. Default: no such header. */
  readonly retryAfter?: number | string | undefined;
}

/** Responds with 200 and an HTML page. */
export interface NotJsonFault {
  readonly fault: "not-json";
  /** Whether the request is carried out. Default: true. */
  readonly applied?: boolean | undefined;
}

/** Delays the request before it is carried out. */
export interface LatencyFault {
  readonly fault: "latency";
  readonly ms: number;
  /** Adds up to this many milliseconds. Default: 0. */
  readonly jitterMs?: number | undefined;
}

/**
 * Answers a GET from the state before the last write: what that write created is missing, what it deleted still exists.
 * For an app and everything in it, that is the last write in this app; for the list of apps, the last time an app of
 * the account was created, changed or deleted. Does not apply to other methods.
 */
export interface StaleReadFault {
  readonly fault: "stale-read";
}

/** Never responds: the caller waits until it gives up or the emulator closes. */
export interface HangFault {
  readonly fault: "hang";
  /** Whether the request is carried out. Default: false. */
  readonly applied?: boolean | undefined;
}

/**
 * Breaks the connection.
 *
 * - `refused`: before anything was read, so the request was certainly not carried out. A listening port cannot refuse a
 *   single operation, so over a socket this looks like `reset-before`; only callers of `Emulator.handle` can tell the
 *   two apart. `RunningEmulator.pause` makes the port refuse connections for real.
 * - `reset-before`: the request was not carried out.
 * - `reset-after`: the request was carried out.
 * - `cut`: the request was carried out, and the response ends in the middle of its body.
 */
export interface ConnectionFault {
  readonly fault: "refused" | "reset-before" | "reset-after" | "cut";
}

/** Responds with a 404 that did not come from the API, without carrying out the request. */
export interface Foreign404Fault {
  readonly fault: "foreign-404";
  /** A value of {@link Profile.notFound}. Default: `"gateway"`. */
  readonly answer?: Exclude<Profile["notFound"], "api"> | undefined;
}

/** How often each kind of fault has happened; kinds that have not happened are omitted. */
export type FaultCounts = { readonly [Kind in FaultKind]?: number };
