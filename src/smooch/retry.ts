import type { WireRequest } from "./host";

/** How one attempt ended without a usable answer. */
export type Outcome =
  | { kind: "status"; status: number; retryAfterMs?: number | undefined }
  | { kind: "unreadable" }
  /** The API's own answer, without what it should hold: it will be the same next time. */
  | { kind: "misfit" }
  | { kind: "unsent" | "stopped" | "lost" | "oversized" }
  /** Nothing listens at an address of this machine, where nothing will until somebody starts it. */
  | { kind: "notRunning" }
  /** A certificate that is not accepted: it will be the same next time. */
  | { kind: "untrusted" };

export interface Attempt {
  method: WireRequest["method"];
  /** The caller has a fallback. */
  isOptional: boolean;
  outcome: Outcome;
  /** Attempts made so far, this one included. */
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
 * Decides whether to try again, and when. A POST creates something and Smooch has no idempotency keys, so it is repeated
 * only if it certainly was not applied; a caller that wants more has to look first.
 */
export function decideRetry({ method, isOptional, outcome, attempts, elapsedMs, random }: Attempt): Decision {
  const limited = outcome.kind === "status" && outcome.status === 429;
  if (!mayRepeat(method, outcome) || (isOptional && !limited)) return { retry: false };
  // Others may use up the same rate limit: only the deadline ends these retries.
  if (!limited && attempts >= maxAttempts) return { retry: false };
  const delayMs = waitingTime(outcome, attempts, random);
  return elapsedMs + delayMs > deadlineMs ? { retry: false } : { retry: true, delayMs };
}

function mayRepeat(method: WireRequest["method"], outcome: Outcome): boolean {
  if (outcome.kind === "unsent") return true;
  if (["misfit", "oversized", "stopped", "notRunning", "untrusted"].includes(outcome.kind)) return false;
  if (outcome.kind === "status" && outcome.status === 429) return true;
  if (method === "POST") return false;
  if (outcome.kind !== "status") return true;
  // Smooch documents 409 for concurrent updates of one resource (docs/api/legacy.md): the next attempt finds it free.
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

/** Reads `Retry-After`, which is in seconds or a date, as milliseconds after `serverNow`. */
export function parseRetryAfter(value: string | undefined, serverNow: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - serverNow);
}
