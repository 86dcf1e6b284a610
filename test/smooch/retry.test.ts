import { describe, expect, it } from "vitest";
import type { Failure } from "../../src/smooch/errors";
import { backoff, decideRetry, parseRetryAfter } from "../../src/smooch/retry";

const decide = (method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", failure: Failure, more = {}) =>
  decideRetry({ method, isOptional: false, failure, attempts: 1, elapsedMs: 0, random: () => 1, ...more });
const refused = (status: number, retryAfterMs?: number): Failure => ({
  kind: "refused",
  status,
  retryAfterMs,
  clockSkewMs: 0,
});
const fault = (kind: "unsent" | "stopped" | "lost" | "oversized", nodeCode?: string): Failure => ({
  kind,
  reason: "it failed",
  ...(nodeCode !== undefined && { nodeCode }),
});
const unreadable: Failure = { kind: "unreadable", status: 200 };

describe("decideRetry", () => {
  it("does not retry a request that has a fallback, except after a rate limit", () => {
    const isOptional = true;
    expect(decide("GET", fault("lost"), { isOptional }).retry).toBe(false);
    expect(decide("GET", refused(503), { isOptional }).retry).toBe(false);
    expect(decide("GET", refused(429), { isOptional }).retry).toBe(true);
  });

  it.each<[string, "GET" | "POST" | "PUT" | "PATCH" | "DELETE", Failure, boolean]>([
    ["a request that was never sent", "POST", fault("unsent"), true],
    ["a request that must not be sent any more", "DELETE", fault("stopped"), false],
    ["an emulator that is not running", "GET", fault("unsent", "notRunning"), false],
    ["a certificate that is not accepted", "GET", fault("unsent", "CERT_HAS_EXPIRED"), false],
    ["a rate limit", "POST", refused(429), true],
    ["a lost create", "POST", fault("lost"), false],
    ["a create whose response cannot be read", "POST", unreadable, false],
    ["a create that failed on the server", "POST", refused(503), false],
    ["a lost read", "GET", fault("lost"), true],
    ["a lost delete", "DELETE", fault("lost"), true],
    ["a read whose response cannot be read", "GET", unreadable, true],
    ["a read whose response is too large", "GET", fault("oversized"), false],
    ["a delete whose response is too large", "DELETE", fault("oversized"), false],
    ["a server error", "DELETE", refused(500), true],
    ["a request timeout", "GET", refused(408), true],
    ["a concurrent update", "PUT", refused(409), true],
    ["a concurrent partial update", "PATCH", refused(409), true],
    ["a lost partial update", "PATCH", fault("lost"), true],
    ["a conflict with a create", "POST", refused(409), false],
    ["a conflict with a delete", "DELETE", refused(409), false],
    ["a malformed request", "PUT", refused(400), false],
    ["wrong credentials", "GET", refused(401), false],
    ["an object that does not exist", "DELETE", refused(404), false],
    ["a 404 that is not the API's", "GET", { kind: "foreign", status: 404, reason: "a page" }, false],
    ["an object that a list does not show", "GET", { kind: "absent" }, false],
    ["an update whose response shows no object", "PUT", { kind: "absent" }, false],
    ["a response of another form", "GET", { kind: "misfit", status: 200, problem: "name is missing" }, false],
  ])("%s: %s", (_, method, failure, retry) => {
    expect(decide(method, failure).retry).toBe(retry);
  });

  it("gives up after six attempts, but not on a rate limit", () => {
    expect(decide("GET", refused(500), { attempts: 5 }).retry).toBe(true);
    expect(decide("GET", refused(500), { attempts: 6 }).retry).toBe(false);
    expect(decide("GET", refused(429), { attempts: 60 }).retry).toBe(true);
  });

  it("gives up when the deadline of five minutes would pass", () => {
    expect(decide("GET", refused(429, 10_000), { elapsedMs: 290_000 })).toEqual({
      retry: true,
      delayMs: 10_000,
    });
    expect(decide("GET", refused(429, 10_000), { elapsedMs: 290_001 })).toEqual({ retry: false });
  });

  it("obeys Retry-After for 429 and 503 only, up to a minute", () => {
    expect(decide("GET", refused(429, 7_000))).toEqual({ retry: true, delayMs: 7_000 });
    expect(decide("GET", refused(503, 7_000))).toEqual({ retry: true, delayMs: 7_000 });
    expect(decide("GET", refused(429, 3_600_000))).toEqual({ retry: true, delayMs: 60_000 });
    expect(decide("GET", refused(500, 7_000))).toEqual({ retry: true, delayMs: 500 });
  });
});

it("backs off twice as long each time, with full jitter, up to 20 s", () => {
  expect([1, 2, 3, 6, 7, 20].map((attempts) => backoff(attempts, () => 1))).toEqual([
    500, 1000, 2000, 16_000, 20_000, 20_000,
  ]);
  expect(backoff(3, () => 0)).toBe(0);
});

it("reads Retry-After in seconds and as a date", () => {
  const now = Date.UTC(2026, 0, 1);
  expect(parseRetryAfter("3", now)).toBe(3000);
  expect(parseRetryAfter("Thu, 01 Jan 2026 00:00:05 GMT", now)).toBe(5000);
  expect(parseRetryAfter("Wed, 31 Dec 2025 00:00:00 GMT", now)).toBe(0);
  expect(parseRetryAfter("soon", now)).toBeUndefined();
  expect(parseRetryAfter(undefined, now)).toBeUndefined();
});
