import { describe, expect, it } from "vitest";
import { apiVersions } from "../../src/smooch/api-version";
import { cliLayer, cliScale } from "../faults/layers/cli";
import { play } from "../faults/play";
import { makeSchedule } from "../faults/program/schedule";
import { inlineDoor, processDoor } from "../support/door";

/** In milliseconds. */
const budget = 20_000;
const fixedSeed = 1;
const freshSeed = Math.floor(Date.now() / 1000) % 1_000_000_000;
/** A different version for each seed, because all of them would take too long. */
const freshVersion = apiVersions[freshSeed % apiVersions.length] ?? "v1";

describe("schedules of faults and kills through the real CLI", () => {
  it.each([
    ["dynamic resources, a fixed seed", fixedSeed, "v1", processDoor],
    ["the plugin, a fixed seed", fixedSeed, "v1", inlineDoor],
    ["the plugin, a fresh seed", freshSeed, freshVersion, inlineDoor],
  ] as const)("lose, duplicate and leak nothing: %s, from %i on, API %s", async (_, start, version, door) => {
    const layer = cliLayer(door);
    const began = performance.now();
    let longest = 0;
    const findings: string[] = [];
    let requests = 0;
    // As many seeds as fit into the budget, but at least one.
    for (let seed = start; performance.now() - began + longest < budget; seed++) {
      const from = performance.now();
      const result = await play(layer, makeSchedule(seed, cliScale, version));
      longest = Math.max(longest, performance.now() - from);
      requests += result.requests;
      findings.push(...result.findings.map(({ kind, detail }) => `seed ${seed}: ${kind}: ${detail}`));
    }
    expect(findings).toEqual([]);
    expect(requests).toBeGreaterThan(0);
  });
});
