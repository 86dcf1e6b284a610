import { describe, expect, it } from "vitest";
import { defects } from "./defects";
import type { FindingKind, Result } from "./finding";
import { play } from "./play";
import { makeSchedule } from "./schedule";
import { simulation, simulationScale } from "./simulation";

const fixedSeed = 1;
const freshSeed = Math.floor(Date.now() / 1000) % 1_000_000_000;

function playSeed(seed: number, tampering = {}): Promise<Result> {
  return play(simulation(tampering), makeSchedule(seed, simulationScale));
}

describe("simulated schedules", () => {
  it("replay to the byte from their seed", async () => {
    for (const seed of [fixedSeed, freshSeed]) {
      const [one, other] = [await playSeed(seed), await playSeed(seed)];
      expect(other.trace).toEqual(one.trace);
      expect(other.hash).toBe(one.hash);
      expect(one.requests).toBeGreaterThan(0);
    }
    expect((await playSeed(fixedSeed)).hash).not.toBe((await playSeed(fixedSeed + 1)).hash);
  });

  it.each([
    ["a fixed seed", fixedSeed],
    ["a fresh seed", freshSeed],
  ])(
    "lose, double, leak and forget nothing: %s, %i on",
    async (_, start) => {
      const faults: Record<string, number> = {};
      const findings: string[] = [];
      for (let seed = start; seed < start + 150; seed++) {
        const result = await playSeed(seed);
        for (const [kind, count] of Object.entries(result.faults)) faults[kind] = (faults[kind] ?? 0) + count;
        findings.push(...result.findings.map(({ kind, detail }) => `seed ${seed}: ${kind}: ${detail}`));
      }
      expect(findings).toEqual([]);
      expect(Object.keys(faults)).toHaveLength(10);
    },
    120_000,
  );
});

const foundAs: Record<keyof typeof defects, FindingKind[]> = {
  "a blind retry of a create whose answer got lost": ["duplicate", "orphan"],
  "a 404 that is always believed on delete": ["wrong account accepted"],
  "a partial create without its id": ["orphan", "duplicate"],
  "a stale listing where a lost create is looked for": ["duplicate", "orphan"],
  "a key deleted before its successor works": ["no working key"],
};

describe("the matrix finds", () => {
  it.each(Object.keys(defects))(
    "%s",
    async (name) => {
      const wanted = foundAs[name] ?? [];
      const kinds: FindingKind[] = [];
      for (let seed = fixedSeed; seed < fixedSeed + 300; seed++) {
        const { findings } = await playSeed(seed, defects[name]);
        kinds.push(...findings.map(({ kind }) => kind));
        if (kinds.some((kind) => wanted.includes(kind))) return;
      }
      expect.fail(
        `300 schedules with this defect found only: ${[...new Set(kinds)].join(", ") || "nothing"}`,
      );
    },
    120_000,
  );
});
