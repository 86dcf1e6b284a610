import { describe, expect, it } from "vitest";
import { backoff, decideRetry, type Outcome, parseRetryAfter } from "../../src/smooch/retry";

const decide = (method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", outcome: Outcome, more = {}) =>
  decideRetry({ method, isOptional: false, outcome, attempts: 1, elapsedMs: 0, random: () => 1, ...more });
const status = (code: number, retryAfterMs?: number): Outcome => ({
  kind: "status",
  status: code,
  retryAfterMs,
});

describe("decideRetry", () => {
  it("does not retry a request that has a fallback, except after a rate limit", () => {
    const isOptional = true;
    expect(decide("GET", { kind: "lost" }, { isOptional }).retry).toBe(false);
    expect(decide("GET", status(503), { isOptional }).retry).toBe(false);
    expect(decide("GET", status(429), { isOptional }).retry).toBe(true);
  });

  it.each<[string, "GET" | "POST" | "PUT" | "PATCH" | "DELETE", Outcome, boolean]>([
    ["a request that was never sent", "POST", { kind: "unsent" }, true],
    ["a request that must not be sent any more", "DELETE", { kind: "stopped" }, false],
    ["a certificate that is not accepted", "GET", { kind: "untrusted" }, false],
    ["a rate limit", "POST", status(429), true],
    ["a lost create", "POST", { kind: "lost" }, false],
    ["a create whose response cannot be read", "POST", { kind: "unreadable" }, false],
    ["a create that failed on the server", "POST", status(503), false],
    ["a lost read", "GET", { kind: "lost" }, true],
    ["a lost delete", "DELETE", { kind: "lost" }, true],
    ["a read whose response cannot be read", "GET", { kind: "unreadable" }, true],
    ["a read whose response is too large", "GET", { kind: "oversized" }, false],
    ["a delete whose response is too large", "DELETE", { kind: "oversized" }, false],
    ["a server error", "DELETE", status(500), true],
    ["a request timeout", "GET", status(408), true],
    ["a concurrent update", "PUT", status(409), true],
    ["a concurrent partial update", "PATCH", status(409), true],
    ["a lost partial update", "PATCH", { kind: "lost" }, true],
    ["a conflict with a create", "POST", status(409), false],
    ["a conflict with a delete", "DELETE", status(409), false],
    ["a malformed request", "PUT", status(400), false],
    ["wrong credentials", "GET", status(401), false],
    ["an object that does not exist", "DELETE", status(404), false],
    ["an object that a list does not show", "GET", { kind: "absent" }, false],
    ["an update whose response shows no object", "PUT", { kind: "absent" }, false],
    ["a response of another form", "GET", { kind: "misfit" }, false],
  ])("%s: %s", (_, method, outcome, retry) => {
    expect(decide(method, outcome).retry).toBe(retry);
  });

  it("gives up after six attempts, but not on a rate limit", () => {
    expect(decide("GET", status(500), { attempts: 5 }).retry).toBe(true);
    expect(decide("GET", status(500), { attempts: 6 }).retry).toBe(false);
    expect(decide("GET", status(429), { attempts: 60 }).retry).toBe(true);
  });

  it("gives up when the deadline of five minutes would pass", () => {
    expect(decide("GET", status(429, 10_000), { elapsedMs: 290_000 })).toEqual({
      retry: true,
      delayMs: 10_000,
    });
    expect(decide("GET", status(429, 10_000), { elapsedMs: 290_001 })).toEqual({ retry: false });
  });

  it("obeys Retry-After for 429 and 503 only, up to a minute", () => {
    expect(decide("GET", status(429, 7_000))).toEqual({ retry: true, delayMs: 7_000 });
    expect(decide("GET", status(503, 7_000))).toEqual({ retry: true, delayMs: 7_000 });
    expect(decide("GET", status(429, 3_600_000))).toEqual({ retry: true, delayMs: 60_000 });
    expect(decide("GET", status(500, 7_000))).toEqual({ retry: true, delayMs: 500 });
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
