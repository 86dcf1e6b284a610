import type { WireRequest } from "./host";

/** An attempt without a usable response. */
export type Outcome =
  | { kind: "status"; status: number; retryAfterMs?: number | undefined }
  | { kind: "unreadable" }
  /** The API's own response, but without the expected content: a retry would get the same. */
  | { kind: "misfit" }
  /** The API's own response, which shows that the object does not exist. */
  | { kind: "absent" }
  | { kind: "unsent" | "stopped" | "lost" | "oversized" }
  /** Nothing listens at an address on this machine, and a retry will not change that. */
  | { kind: "notRunning" }
  /** The certificate is not trusted; a retry will not change that. */
  | { kind: "untrusted" };

export interface Attempt {
  method: WireRequest["method"];
  /** The caller has a fallback. */
  isOptional: boolean;
  outcome: Outcome;
  /** Number of attempts so far, including this one. */
  attempts: number;
  elapsedMs: number;
  random: () => number;
}

export type Decision = { retry: false } | { retry: true; delayMs: number };

const maxAttempts = 6;
const deadlineMs = 5 * 60_000;
const retryAfterCapMs = 60_000;
const backoffCapMs = 20_000;

/**
 * Decides whether to retry, and when. A POST creates something and Smooch has no idempotency keys, so it is repeated
 * only if it certainly was not applied; in all other cases, the caller has to check first.
 */
export function decideRetry({ method, isOptional, outcome, attempts, elapsedMs, random }: Attempt): Decision {
  const limited = outcome.kind === "status" && outcome.status === 429;
  if (!mayRepeat(method, outcome) || (isOptional && !limited)) return { retry: false };
  // Others may use up the same rate limit, so only the deadline ends these retries.
  if (!limited && attempts >= maxAttempts) return { retry: false };
  const delayMs = waitingTime(outcome, attempts, random);
  return elapsedMs + delayMs > deadlineMs ? { retry: false } : { retry: true, delayMs };
}

function mayRepeat(method: WireRequest["method"], outcome: Outcome): boolean {
  if (outcome.kind === "unsent") return true;
  if (["misfit", "absent", "oversized", "stopped", "notRunning", "untrusted"].includes(outcome.kind))
    return false;
  if (outcome.kind === "status" && outcome.status === 429) return true;
  if (method === "POST") return false;
  if (outcome.kind !== "status") return true;
  // Smooch documents 409 for concurrent updates of one resource (docs/api/legacy.md), which are over at the next
  // attempt.
  return outcome.status >= 500 || outcome.status === 408 || (method !== "DELETE" && outcome.status === 409);
}

function waitingTime(outcome: Outcome, attempts: number, random: () => number): number {
  if (
    outcome.kind === "status" &&
    outcome.retryAfterMs !== undefined &&
    [429, 503].includes(outcome.status)
  ) {
    return Math.min(outcome.retryAfterMs, retryAfterCapMs);
  }
  return backoff(attempts, random);
}

/** Exponential backoff with full jitter. */
export function backoff(attempts: number, random: () => number): number {
  return random() * Math.min(backoffCapMs, 500 * 2 ** (attempts - 1));
}

/** Parses `Retry-After`, in seconds or as a date, to milliseconds after `serverNow`. */
export function parseRetryAfter(value: string | undefined, serverNow: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - serverNow);
}
