import type { Failure } from "./errors";
import type { WireRequest } from "./host";

export interface Attempt {
  method: WireRequest["method"];
  /** The caller has a fallback. */
  isOptional: boolean;
  failure: Failure;
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
export function decideRetry({ method, isOptional, failure, attempts, elapsedMs, random }: Attempt): Decision {
  const limited = isRateLimit(failure);
  if (!mayRepeat(method, failure) || (isOptional && !limited)) return { retry: false };
  // Others may use up the same rate limit, so only the deadline ends these retries.
  if (!limited && attempts >= maxAttempts) return { retry: false };
  const delayMs = waitingTime(failure, attempts, random);
  return elapsedMs + delayMs > deadlineMs ? { retry: false } : { retry: true, delayMs };
}

export function isRateLimit(failure: Failure): boolean {
  return failure.kind === "refused" && failure.status === 429;
}

function mayRepeat(method: WireRequest["method"], failure: Failure): boolean {
  if (failure.kind === "unsent") return lastingCause(failure.nodeCode) === undefined;
  if (isRateLimit(failure)) return true;
  if (method === "POST") return false;
  if (failure.kind === "lost" || failure.kind === "unreadable") return true;
  // A retry would get the same response, or must not be sent.
  if (failure.kind !== "refused") return false;
  const { status } = failure;
  // Smooch documents 409 for concurrent updates of one resource (docs/api/legacy.md), which are over at the next
  // attempt.
  return status >= 500 || status === 408 || (method !== "DELETE" && status === 409);
}

/**
 * Why a retry cannot reach the API either: nothing listens at an address on this machine, or the certificate is not
 * trusted.
 */
function lastingCause(nodeCode = ""): "notRunning" | "untrusted" | undefined {
  if (nodeCode === "notRunning") return nodeCode;
  // Node's error codes for an untrusted certificate.
  const isCertificateFault = /^(CERT_|ERR_TLS_CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/.test(nodeCode);
  return isCertificateFault ? "untrusted" : undefined;
}

/** The failure in a word, for the debug log. */
export function wordFor(failure: Failure): string {
  if (failure.kind === "refused" || failure.kind === "foreign") return `HTTP ${failure.status}`;
  const cause = failure.kind === "unsent" ? lastingCause(failure.nodeCode) : undefined;
  return cause ?? failure.kind;
}

function waitingTime(failure: Failure, attempts: number, random: () => number): number {
  const isTold = failure.kind === "refused" && [429, 503].includes(failure.status);
  const retryAfterMs = isTold ? failure.retryAfterMs : undefined;
  return retryAfterMs === undefined ? backoff(attempts, random) : Math.min(retryAfterMs, retryAfterCapMs);
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
