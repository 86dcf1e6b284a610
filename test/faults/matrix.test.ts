import { describe, expect, it } from "vitest";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";
import type { FindingKind, Result } from "./checks/findings";
import { defects } from "./defects";
import { simulation, simulationScale } from "./layers/simulation";
import { play } from "./play";
import { makeSchedule } from "./program/schedule";
import { addResult, emptySummary, exceeded } from "./run/summary";

const fixedSeed = 1;
const freshSeed = Math.floor(Date.now() / 1000) % 1_000_000_000;
/** Per API version and start seed. */
const schedules = 50;

function playSeed(version: ApiVersion, seed: number, tampering = {}): Promise<Result> {
  return play(simulation(tampering), makeSchedule(seed, simulationScale, version));
}

describe("simulated schedules", () => {
  it.each(apiVersions)("replay byte for byte from their seed: API %s", async (version) => {
    for (const seed of [fixedSeed, freshSeed]) {
      const [one, other] = [await playSeed(version, seed), await playSeed(version, seed)];
      expect(other.trace).toEqual(one.trace);
      expect(other.hash).toBe(one.hash);
      expect(one.requests).toBeGreaterThan(0);
    }
    const next = await playSeed(version, fixedSeed + 1);
    expect((await playSeed(version, fixedSeed)).hash).not.toBe(next.hash);
  });

  it.each(
    apiVersions.flatMap((version) => [
      [version, "a fixed seed", fixedSeed] as const,
      [version, "a fresh seed", freshSeed] as const,
    ]),
  )(
    "lose, duplicate and leak nothing: API %s, %s, starting at %i",
    async (version, _, start) => {
      const summary = emptySummary();
      for (let seed = start; seed < start + schedules; seed++)
        addResult(summary, await playSeed(version, seed));
      expect(summary.failures).toEqual([]);
      expect(exceeded(summary)).toEqual([]);
      expect(Object.keys(summary.faults)).toHaveLength(11);
    },
    300_000,
  );
});

const expectedFindings: Record<keyof typeof defects, FindingKind[]> = {
  "a blind retry of a create whose response was lost": ["duplicate", "orphan"],
  "any 404 to a delete accepted as proof": ["wrong account accepted"],
  "a partial create without its id": ["orphan", "duplicate"],
  "a stale list in the search for a lost create": ["duplicate", "orphan"],
  "a key deleted before its successor works": ["no working key"],
  "any 404 with a JSON body accepted as proof": ["lost", "reported revoked but works"],
  "a 404 without a body accepted as proof": ["lost", "reported revoked but works"],
  "a service key's 404 accepted as proof that an app is gone": ["lost", "reported revoked but works"],
  "an object taken over because an error names it": ["wrongly taken over"],
  "an object deleted because an error names it": ["wrongly deleted"],
  "another stack's note trusted": ["wrongly taken over"],
  "another backend's note trusted": ["wrongly taken over"],
  "an app with contents taken over after a lost response": ["wrongly taken over"],
  "a masked secret that replaces the real one": ["not converged"],
  "metadata updated as if the API always replaced it": ["not converged"],
  "a key whose deletion is not verified": ["reported revoked but works"],
};

/** Defects that only show with two stacks. */
const betweenStacks = [
  "an object taken over because an error names it",
  "an object deleted because an error names it",
  "another stack's note trusted",
  "another backend's note trusted",
  "an app with contents taken over after a lost response",
];

/** Whether the defect can show in this schedule. */
function canShow(name: string, version: ApiVersion, seed: number): boolean {
  const { steps } = makeSchedule(seed, simulationScale, version);
  return !betweenStacks.includes(name) || steps.some(({ neighbour }) => neighbour);
}

describe("the matrix finds", () => {
  // In v2 a webhook cannot be changed while secrets are hidden, so its schedules do not hide them.
  const isInV2 = (name: string) => name !== "a masked secret that replaces the real one";
  const inV2 = Object.keys(defects).filter(isInV2);
  it.each([
    ...Object.keys(defects).map((name) => [name, "v1"] as const),
    ...inV2.map((name) => [name, "v2"] as const),
  ])(
    "%s: API %s",
    async (name, version) => {
      const expected = expectedFindings[name] ?? [];
      const kinds: FindingKind[] = [];
      for (let seed = fixedSeed; seed < fixedSeed + 600; seed++) {
        if (!canShow(name, version, seed)) continue;
        const { findings } = await playSeed(version, seed, defects[name]);
        kinds.push(...findings.map(({ kind }) => kind));
        if (kinds.some((kind) => expected.includes(kind))) return;
      }
      expect.fail(
        `expected ${expected.join(" or ")} in 600 schedules with this defect, found ${[...new Set(kinds)].join(", ") || "nothing"}`,
      );
    },
    300_000,
  );
});
