import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/emulator/faults/random";
import type { FaultPlan } from "../../../src/emulator/index";
import { Bench } from "../support";

/** Sends the calls one after another, and returns the fault that each one met. */
async function play(bench: Bench, calls: readonly (readonly [method: string, url: string])[]) {
  const before = bench.emulator.requests.length;
  // Faults apply before credentials are checked, and signing a token takes most of a call's time.
  for (const [method, url] of calls) await bench.send(method, url, { token: null });
  return bench.emulator.requests.slice(before).map(({ fault }) => fault ?? "");
}

const list = ["GET", "/v1/apps"] as const;
const get = ["GET", "/v1/apps/x"] as const;
const remove = ["DELETE", "/v1/apps/x"] as const;
const lists = (count: number) => Array.from({ length: count }, () => list);

describe("the seed", () => {
  const plan = (seed?: number): FaultPlan => ({
    seed,
    rules: [
      { fault: "reset-after", probability: 0.3 },
      { fault: "latency", ms: 1, jitterMs: 50, probability: 0.3 },
      { fault: "cut", probability: 0.3 },
    ],
  });
  const run = async (given: FaultPlan) => {
    const bench = new Bench({ faults: given });
    return [await play(bench, lists(200)), bench.host.sleeps, bench.emulator.faultsMet];
  };

  it("reproduces the same faults, and another seed produces others", async () => {
    expect(await run(plan(7))).toEqual(await run(plan(7)));
    expect(await run(plan(7))).not.toEqual(await run(plan(8)));
    expect(await run(plan())).toEqual(await run(plan(1)));
  });

  it("starts again with every plan", async () => {
    const bench = new Bench({ faults: plan(7) });
    const first = await play(bench, lists(50));
    bench.emulator.setFaults(plan(7));
    expect(await play(bench, lists(50))).toEqual(first);
  });

  it("does not use up the host's random numbers", async () => {
    const faulty = new Bench({
      faults: { rules: [{ fault: "latency", ms: 0, jitterMs: 9, probability: 0.5 }] },
    });
    const plain = new Bench();
    await play(faulty, lists(20));
    await play(plain, lists(20));
    expect(faulty.host.random()).toBe(plain.host.random());
  });

  it("generates numbers with mulberry32", () => {
    const random = seededRandom(1);
    expect([random(), random(), random()]).toEqual([
      0.6270739405881613, 0.002735721180215478, 0.5274470399599522,
    ]);
  });

  it("applies a fault as often as its probability requires", async () => {
    const bench = new Bench({ faults: { rules: [{ fault: "cut", probability: 0.25 }] } });
    await play(bench, lists(2000));
    const { cut = 0 } = bench.emulator.faultsMet;
    expect(Math.abs(cut - 500)).toBeLessThan(60);
  });

  it("never applies a fault with probability 0, and always one with probability 1", async () => {
    const rules = [
      { fault: "cut", probability: 0 },
      { fault: "hang", probability: 1 },
    ] as const;
    expect(await play(new Bench({ faults: { rules } }), lists(3))).toEqual(["hang", "hang", "hang"]);
  });
});

describe("a rule", () => {
  it("applies to the operations it names", async () => {
    const one = new Bench({ faults: { rules: [{ fault: "cut", operation: "getApp" }] } });
    expect(await play(one, [list, get, remove])).toEqual(["", "cut", ""]);
    const two = new Bench({ faults: { rules: [{ fault: "cut", operation: ["deleteApp", "listApps"] }] } });
    expect(await play(two, [list, get, remove])).toEqual(["cut", "", "cut"]);
  });

  it("skips the first `after` requests and ends after `times` faults", async () => {
    const bench = new Bench({
      faults: { rules: [{ fault: "cut", operation: "listApps", after: 1, times: 2 }] },
    });
    expect(await play(bench, [list, get, list, get, list, list])).toEqual(["", "", "cut", "", "cut", ""]);
    const never = new Bench({ faults: { rules: [{ fault: "cut", times: 0 }] } });
    expect(await play(never, [list])).toEqual([""]);
  });

  it("yields to the rule before it, and counts the requests that rule applied to", async () => {
    const rules = [
      { fault: "reset-after", times: 1 },
      { fault: "cut", after: 1, times: 1 },
      { fault: "hang", times: 1 },
    ] as const;
    const bench = new Bench({ faults: { rules } });
    expect(await play(bench, lists(4))).toEqual(["reset-after", "cut", "hang", ""]);
    expect(bench.emulator.faultsMet).toEqual({ "reset-after": 1, cut: 1, hang: 1 });
  });
});

describe("setFaults", () => {
  it("changes the plan, ends it, and keeps the counts until the reset", async () => {
    const bench = new Bench();
    const { emulator } = bench;
    expect(emulator.faults).toEqual({ seed: 1, rules: [] });
    emulator.setFaults({ rules: [{ fault: "cut" }] });
    expect(emulator.faults).toEqual({ seed: 1, rules: [{ fault: "cut" }] });
    expect(await play(bench, [list])).toEqual(["cut"]);
    emulator.setFaults(undefined);
    expect(emulator.faults).toEqual({ seed: 1, rules: [] });
    expect(await play(bench, [list])).toEqual([""]);
    expect(emulator.faultsMet).toEqual({ cut: 1 });
    emulator.setFaults({ seed: 9, rules: [{ fault: "hang" }] });
    emulator.reset();
    expect([emulator.faultsMet, emulator.faults.seed]).toEqual([{}, 9]);
  });
});

const kinds =
  "status, rate-limited, not-json, latency, stale-read, hang, refused, reset-before, reset-after, cut, foreign-404";

describe("a plan that is not valid", () => {
  it.each([
    [{ rules: [{ fault: "explosion" }] }, `rules.0.fault: must be one of ${kinds}`],
    [{ rules: [{}] }, `rules.0.fault: must be one of ${kinds}`],
    [{ rules: {} }, "rules: must be a list of rules"],
    [{ rules: [{ fault: "status" }] }, "rules.0.status: must be a status from 200 to 599"],
    [{ rules: [{ fault: "status", status: 199 }] }, "rules.0.status: must be a status from 200 to 599"],
    [{ rules: [{ fault: "latency", ms: -1 }] }, "rules.0.ms: must not be negative"],
    [{ rules: [{ fault: "latency", ms: 2 ** 31 }] }, "rules.0.ms: must be at most 2147483647"],
    [{ rules: [{ fault: "hang", applied: 1 }] }, "rules.0.applied: must be true or false"],
    [
      { rules: [{ fault: "rate-limited", retryAfter: "a\nb" }] },
      "rules.0.retryAfter: must be seconds or an HTTP date",
    ],
    [
      { rules: [{ fault: "foreign-404", answer: "api" }] },
      "rules.0.answer: must be one of route, zendesk, endpoint, gateway, string, text, empty",
    ],
    [{ rules: [{ fault: "cut", ms: 1 }] }, 'rules.0: Unrecognized key: "ms"'],
    [
      { rules: [{ fault: "cut", probability: 2, times: -1, after: 0.5 }] },
      "rules.0.probability: must be a number from 0 to 1; rules.0.times: must not be negative; " +
        "rules.0.after: must be a whole number",
    ],
    [{ rules: [{ fault: "cut", operation: [] }] }, "rules.0.operation: must name at least one operation"],
    [{ seed: -1 }, "seed: must not be negative"],
    [{ seed: 2 ** 32 }, "seed: must be at most 4294967295"],
    [{ rule: [] }, 'Unrecognized key: "rule"'],
  ])("is refused by the endpoint: %j", async (body, message) => {
    const bench = new Bench({ faults: { seed: 3 } });
    const answer = await bench.call("POST", "/_emulator/faults", { body, token: null });
    expect([answer.status, answer.body]).toEqual([
      400,
      { error: { code: "bad_request", description: `The fault plan is not valid: ${message}` } },
    ]);
    expect(bench.emulator.faults).toEqual({ seed: 3, rules: [] });
  });

  it.each([{ operation: "createkey" }, { operation: ["createKey", "create key"] }])(
    "is refused with a list of the valid operations: %j",
    ({ operation }) => {
      const message = /rules\.0\.operation: must be one of createApp, .*deleteKey.*, or a list of them$/;
      const faults: FaultPlan = { rules: [{ fault: "cut", operation }] };
      expect(() => new Bench({ faults })).toThrow(message);
      expect(() => new Bench().emulator.setFaults(faults)).toThrow(message);
    },
  );
});

describe("another process", () => {
  it("starts a plan, reads which faults were met, and ends the plan", async () => {
    const bench = new Bench();
    const faults = (method: string, body?: object) =>
      bench
        .call(method, "/_emulator/faults", { ...(body && { body }), token: null })
        .then((answer) => answer.body);
    const plan = {
      seed: 5,
      rules: [{ operation: "listApps", fault: "status", status: 503, body: { a: 1 } }],
    };
    expect(await faults("GET")).toEqual({ plan: { seed: 1, rules: [] }, met: {} });
    expect(await faults("POST", plan)).toEqual({ plan, met: {} });
    expect(await play(bench, [list, get, list])).toEqual(["status", "", "status"]);
    expect(await faults("GET")).toEqual({ plan, met: { status: 2 } });
    expect(await faults("POST", {})).toEqual({ plan: { seed: 1, rules: [] }, met: { status: 2 } });
    expect(await play(bench, [list])).toEqual([""]);
  });
});
