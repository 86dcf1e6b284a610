import { describe, expect, it } from "vitest";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";
import type { Result } from "./checks/findings";
import { simulation, simulationScale } from "./layers/simulation";
import { play } from "./play";
import { makeSchedule } from "./program/schedule";
import { addResult, emptySummary, exceeded } from "./run/summary";

const fixedSeed = 1;
const freshSeed = Math.floor(Date.now() / 1000) % 1_000_000_000;
/** Per API version and start seed. */
const schedules = 50;

function playSeed(version: ApiVersion, seed: number): Promise<Result> {
  return play(simulation(), makeSchedule(seed, simulationScale, version));
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
