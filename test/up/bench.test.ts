import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { type Operation, operations } from "../../bench/contenders/pulumi";
import { measureOperations, type Results } from "../../bench/sections/operations";

const workspace = join(process.cwd(), "bench", ".work");
mkdirSync(workspace, { recursive: true });
const work = mkdtempSync(join(workspace, "test-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

function measure(contender: "tutorial" | "pulumi-smooch", rate?: number): Promise<Results> {
  const conditions = { latencyMs: 20, rate };
  const course = { sizes: [3], rounds: 1, contenders: [contender], operations, conditions };
  return measureOperations(course, work, { log: () => {}, signal: new AbortController().signal });
}

it("the benchmark measures every operation and counts the calls of each", async () => {
  const { samples, breakdowns } = await measure("pulumi-smooch");
  expect(breakdowns).toEqual([]);
  const calls = (operation: Operation) =>
    samples.filter((sample) => sample.operation === operation).map((sample) => sample.calls);
  // One app and three webhooks; the app's webhooks are read in one listing.
  expect(operations.map(calls)).toEqual([[4], [0], [2], [1], [4]]);
  expect(samples.every(({ refused, stateBytes }) => refused === 0 && stateBytes > 0)).toBe(true);
});

it("the benchmark continues without a contender that breaks down", async () => {
  const { samples, breakdowns } = await measure("tutorial", 0.5);
  expect(samples).toEqual([]);
  expect(breakdowns).toMatchObject([{ webhooks: 3, contender: "tutorial", operation: "up" }]);
  expect(breakdowns[0]?.refused).toBeGreaterThan(0);
  expect(breakdowns[0]?.message).toContain("429");
  const left = readdirSync(work).filter((name) => !name.startsWith("fresh"));
  expect(left).toEqual([]);
});
