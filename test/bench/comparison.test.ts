import { describe, expect, it } from "vitest";
import { upChart } from "../../bench/chart";
import { compare, comparisonText } from "../../bench/sections/comparison";
import type { Sample } from "../../bench/sections/operations";
import { medianOf, rotate, spread } from "../../bench/statistics";
import { bytes, table, time } from "../../bench/table";

describe("statistics", () => {
  it("takes the middle value, or the mean of the two middle values", () => {
    expect(spread([30, 10, 20])).toEqual({ median: 20, min: 10, max: 30 });
    expect(spread([40, 10, 20, 30]).median).toBe(25);
    expect(() => spread([])).toThrow("nothing was measured");
  });

  it("leaves out missing measurements", () => {
    expect(medianOf([undefined, 3, undefined, 5])).toBe(4);
    expect(medianOf([undefined])).toBeUndefined();
  });

  it("puts each item first once", () => {
    expect([0, 1, 2, 3].map((round) => rotate(["a", "b", "c"], round).join(""))).toEqual([
      "abc",
      "bca",
      "cab",
      "abc",
    ]);
    expect(rotate([], 1)).toEqual([]);
  });
});

describe("table", () => {
  it("aligns names to the left and numbers to the right", () => {
    const text = table(
      ["name", "n"],
      [
        ["a", "5"],
        ["longer", "10"],
      ],
    );
    expect(text).toBe(["name     n", "------  --", "a        5", "longer  10"].join("\n"));
  });

  it("writes times and sizes in readable units", () => {
    expect([0.42, 85, 850, 12_340].map(time)).toEqual(["0.4 ms", "85 ms", "0.85 s", "12.3 s"]);
    expect([undefined, 950, 12_340, 4_500_000].map(bytes)).toEqual(["–", "950 B", "12.3 kB", "4.5 MB"]);
  });
});

describe("comparison", () => {
  const sample = (contender: Sample["contender"], milliseconds: number): Sample => ({
    webhooks: 20,
    contender,
    operation: "up",
    milliseconds,
    calls: 22,
    refused: 0,
    stateBytes: 9000,
    writtenBytes: 90_000,
  });

  it("compares medians with the engine alone and with the tutorial", () => {
    const rows = compare([sample("tutorial", 400), sample("floor", 100), sample("tutorial", 600)]);
    expect(rows).toMatchObject([
      {
        contender: "tutorial",
        rounds: 2,
        toFloor: 5,
        toTutorial: 1,
        calls: 22,
        stateBytes: 9000,
        peakMemoryBytes: undefined,
      },
      { contender: "floor", rounds: 1, toFloor: 1, toTutorial: 0.2 },
    ]);
  });

  it("compares with nothing if no other contender took part", () => {
    expect(compare([sample("pulumi-smooch", 100)])).toMatchObject([
      { toFloor: undefined, toTutorial: undefined },
    ]);
  });

  it("reports a breakdown even if nothing else was measured", () => {
    const breakdown = { webhooks: 20, contender: "tutorial", operation: "up", calls: 9, refused: 4 } as const;
    const text = comparisonText([], { samples: [], breakdowns: [{ ...breakdown, message: "429\nagain" }] });
    expect(text).toContain("20 webhooks in 2 apps");
    expect(text).toContain("tutorial: up failed with 20 webhooks, after 9 calls, 4 of them refused:");
    expect(text).toContain("  429\n  again");
  });
});

it("draws a line for each contender that took part", () => {
  const row = (contender: "tutorial" | "floor", webhooks: number, seconds: number) => {
    const [sample] = compare([
      {
        webhooks,
        contender,
        operation: "up",
        milliseconds: seconds * 1000,
        calls: 0,
        refused: 0,
        stateBytes: 1,
        writtenBytes: 1,
      },
    ]);
    if (sample === undefined) throw new Error("compare returned no row");
    return sample;
  };
  const chart = upChart([row("tutorial", 100, 8), row("tutorial", 300, 38), row("floor", 300, 10)]);
  // The scale ends at 40 s, above the longest time, and the largest number of webhooks is at the right.
  expect(chart).toContain('<polyline points="230,252 570,35" class="tutorial" />');
  expect(chart).toContain('<polyline points="570,238" class="floor" />');
  expect(chart).not.toContain('class="pulumi-smooch" />');
  expect(chart).toContain(">40 s<");
});
