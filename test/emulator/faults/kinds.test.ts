import { describe, expect, it } from "vitest";
import type { FaultRule } from "../../../src/emulator/index";
import { Bench } from "../support";

const mark = { date: "Tue, 23 Oct 2018 00:00:00 GMT", "x-smooch-emulator": "v1" };
const json = { "content-type": "application/json; charset=utf-8", ...mark };
const html = { "content-type": "text/html; charset=utf-8", ...mark };

/** Creates an app under one rule, and returns the outcome. */
async function create(rule: FaultRule) {
  const bench = new Bench({ faults: { rules: [rule] } });
  const response = await bench.send("POST", "/v1/apps", { body: { name: "Shop" } });
  const { emulator } = bench;
  return { bench, response, emulator, applied: !emulator.isEmpty() };
}

function expectMet({ emulator }: Bench, fault: string, status: number): void {
  expect(emulator.faultsMet).toEqual({ [fault]: 1 });
  expect(emulator.requests).toEqual([
    { method: "POST", path: "/v1/apps", operation: "createApp", status, at: 1_540_252_800_000, fault },
  ]);
}

describe("status", () => {
  it.each([
    [503, "service_unavailable", "Service Unavailable"],
    [401, "unauthorized", "Unauthorized"],
    [409, "conflict", "Conflict"],
    [501, "not_implemented", "Not Implemented"],
  ])("returns %i in the API's error format, and the request is not applied", async (status, code, name) => {
    const { bench, response, applied } = await create({ fault: "status", status });
    expect(response).toEqual({
      status,
      headers: json,
      body: JSON.stringify({ error: { code, description: `Injected fault: ${name}.` } }),
    });
    expect(applied).toBe(false);
    expect(bench.emulator.unknownRequests).toEqual([]);
    expectMet(bench, "status", status);
  });

  it("can be returned after the request was applied", async () => {
    const { response, applied } = await create({ fault: "status", status: 503, applied: true });
    expect([response.status, applied]).toEqual([503, true]);
  });

  it.each([
    [{ error: "down" }, '{"error":"down"}', json],
    [null, "null", json],
    ["<h1>502</h1>", "<h1>502</h1>", html],
  ])("accepts the body %j", async (body, text, headers) => {
    const { response } = await create({ fault: "status", status: 502, body });
    expect(response).toEqual({ status: 502, headers, body: text });
  });

  it.each([
    [120, "120"],
    [0, "0"],
    ["Tue, 23 Oct 2018 00:02:00 GMT", "Tue, 23 Oct 2018 00:02:00 GMT"],
  ])("accepts %j for Retry-After", async (retryAfter, header) => {
    const { response } = await create({ fault: "status", status: 503, retryAfter });
    expect(response.headers).toEqual({ ...json, "retry-after": header });
  });
});

describe("rate-limited", () => {
  it.each([
    [{}, json],
    [{ retryAfter: 3 }, { ...json, "retry-after": "3" }],
  ])("returns 429, and the request is not applied (%j)", async (given, headers) => {
    const { bench, response, applied } = await create({ fault: "rate-limited", ...given });
    expect([response.status, response.headers, applied]).toEqual([429, headers, false]);
    expect(JSON.parse(response.body).error.code).toBe("too_many_requests");
    expectMet(bench, "rate-limited", 429);
  });
});

describe("foreign-404", () => {
  it.each([
    [{}, { message: "no Route matched with those values" }],
    [{ answer: "endpoint" }, { error: "InvalidEndpoint", description: "Not found" }],
    [{ answer: "string" }, "not found"],
  ] as const)(
    "returns a 404 in a foreign format, and the request is not applied (%j)",
    async (given, body) => {
      const { bench, response, applied } = await create({ fault: "foreign-404", ...given });
      expect([response.status, response.headers, applied]).toEqual([404, json, false]);
      expect(JSON.parse(response.body)).toEqual(body);
      expectMet(bench, "foreign-404", 404);
    },
  );

  it("can have no body", async () => {
    const { response } = await create({ fault: "foreign-404", answer: "empty" });
    expect([response.status, response.body]).toEqual([404, ""]);
  });
});

describe("not-json", () => {
  it.each([
    [{}, true],
    [{ applied: true }, true],
    [{ applied: false }, false],
  ])("returns 200 with an HTML page (%j)", async (given, isApplied) => {
    const { bench, response, applied } = await create({ fault: "not-json", ...given });
    expect([response.status, response.headers]).toEqual([200, html]);
    expect(response.body).toMatch(/^<!DOCTYPE html>/);
    expect(applied).toBe(isApplied);
    expectMet(bench, "not-json", 200);
  });
});

describe("latency", () => {
  it("waits before the request is applied", async () => {
    const bench = new Bench({ faults: { rules: [{ fault: "latency", ms: 700 }] } });
    const seen: boolean[] = [];
    bench.host.onSleep = () => seen.push(bench.emulator.isEmpty());
    const response = await bench.send("POST", "/v1/apps", { body: { name: "Shop" } });
    expect([response.status, bench.host.sleeps, seen]).toEqual([201, [700], [true]]);
    expect(bench.emulator.isEmpty()).toBe(false);
    expectMet(bench, "latency", 201);
  });

  it("adds whole milliseconds up to the jitter", async () => {
    const bench = new Bench({ faults: { rules: [{ fault: "latency", ms: 10, jitterMs: 2 }] } });
    for (let call = 0; call < 100; call++) await bench.send("GET", "/v1/apps");
    expect([...new Set(bench.host.sleeps)].sort()).toEqual([10, 11, 12]);
  });
});

describe("a broken connection", () => {
  it.each([
    ["refused", "refused", false],
    ["reset-before", "reset", false],
    ["reset-after", "reset", true],
    ["hang", "hang", false],
  ] as const)("%s returns no response", async (fault, broken, isApplied) => {
    const { bench, response, applied } = await create({ fault });
    expect(response).toEqual({ status: 0, headers: {}, body: "", broken });
    expect(applied).toBe(isApplied);
    expectMet(bench, fault, 0);
  });

  it("hangs after the request was applied, if the rule sets `applied`", async () => {
    const { response, applied } = await create({ fault: "hang", applied: true });
    expect([response.broken, applied]).toEqual(["hang", true]);
  });

  it("cuts the response in the middle of its body", async () => {
    const { bench, response, applied } = await create({ fault: "cut" });
    const whole = JSON.stringify(
      (await new Bench().call("POST", "/v1/apps", { body: { name: "Shop" } })).body,
    );
    expect(response).toEqual({
      status: 201,
      headers: { ...json, "content-length": String(whole.length) },
      body: whole.slice(0, Math.floor(whole.length / 2)),
      broken: "cut",
    });
    expect(applied).toBe(true);
    expectMet(bench, "cut", 201);
  });

  it("sends the full length of the body in bytes as Content-Length", async () => {
    const bench = new Bench({ faults: { rules: [{ fault: "cut" }] } });
    const { headers, body } = await bench.send("POST", "/v1/apps", { body: { name: "é".repeat(500) } });
    expect(body.length).toBeLessThan(600);
    expect(Number(headers["content-length"])).toBeGreaterThan(1000);
  });
});

describe("a fault", () => {
  it("precedes credentials and the rate limit, and counts towards the limit only if applied", async () => {
    const bench = new Bench({
      rateLimit: 1,
      faults: {
        rules: [
          { fault: "status", status: 503, times: 2 },
          { fault: "reset-after", times: 1, after: 2 },
        ],
      },
    });
    const statuses = [];
    for (let call = 0; call < 5; call++)
      statuses.push((await bench.send("GET", "/v1/apps", { token: null })).status);
    expect(statuses).toEqual([503, 503, 0, 429, 429]);
  });

  it("affects neither the emulator's own endpoints nor unknown requests", async () => {
    const bench = new Bench({ faults: { rules: [{ fault: "reset-before" }] } });
    expect((await bench.send("GET", "/_emulator/state")).status).toBe(200);
    expect((await bench.send("GET", "/v3/apps")).status).toBe(501);
    expect(bench.emulator.faultsMet).toEqual({});
  });

  it("appears in the log", async () => {
    const lines: string[] = [];
    const faults = { rules: [{ fault: "reset-after", times: 1 } as const] };
    const bench = new Bench({ faults, log: (line) => lines.push(line) });
    await bench.send("GET", "/v1/apps");
    await bench.send("GET", "/v1/apps");
    expect(lines).toEqual(["GET /v1/apps 0 listApps fault:reset-after", "GET /v1/apps 200 listApps"]);
    expect(bench.emulator.requests.map((request) => "fault" in request)).toEqual([true, false]);
  });
});
