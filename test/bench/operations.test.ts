import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { type Operation, operations } from "../../bench/contenders/trial";
import { measureOperations, type Results } from "../../bench/sections/operations";

const workspace = join(process.cwd(), "bench", ".work");
mkdirSync(workspace, { recursive: true });
const work = mkdtempSync(join(workspace, "test-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** The plain calls are the one contender that needs no Pulumi. */
function measure(rounds: number, rate?: number): Promise<Results> {
  const conditions = { latencyMs: 20, rate };
  const course = { sizes: [3], rounds, contenders: ["axios"], operations, conditions } as const;
  return measureOperations(course, work, { say: () => {}, signal: new AbortController().signal });
}

it("measures every operation in every round and counts the calls of each", async () => {
  const { samples, breakdowns } = await measure(2);
  expect(breakdowns).toEqual([]);
  const calls = (operation: Operation) =>
    samples.filter((sample) => sample.operation === operation).map((sample) => sample.calls);
  // One app and three webhooks; without Pulumi nothing can be previewed.
  expect(operations.map(calls)).toEqual([[4, 4], [], [4, 4], [1, 1], [4, 4]]);
  expect(samples.every(({ refused }) => refused === 0)).toBe(true);
  // Apps before webhooks: at least two calls one after the other.
  expect(samples.filter(({ operation }) => operation === "up").every((up) => up.milliseconds > 40)).toBe(
    true,
  );
  expect(readdirSync(work)).toEqual([]);
  // A dozen processes, on a machine that may be busy.
}, 60_000);

it("goes on without a contender that breaks down", async () => {
  const { samples, breakdowns } = await measure(1, 0.5);
  expect(samples).toEqual([]);
  expect(breakdowns).toMatchObject([{ webhooks: 3, contender: "axios", operation: "up" }]);
  expect(breakdowns[0]?.refused).toBeGreaterThan(0);
  expect(breakdowns[0]?.message).toContain("429");
});
