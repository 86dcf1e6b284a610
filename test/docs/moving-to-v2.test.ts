import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultTriggers, validateTriggers } from "../../src/provider/kinds/triggers";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";
import { type Channel, channels } from "../../src/smooch/channels";

const text = readFileSync(join(__dirname, "../../docs/moving-to-v2.md"), "utf8");
const section = (heading: string) => text.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
const namesIn = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => String(name));

/** The rows of the page's table: the names of one event in each API version. */
const rows = section("Triggers")
  .split("\n")
  .filter((line) => /^\|.*`/.test(line))
  .map((line) => {
    const [v1, v1_1, v2] = line.split("|").slice(1, -1).map(namesIn);
    return { v1: v1 ?? [], "v1.1": v1_1 ?? [], v2: v2 ?? [] };
  });

/** Returns the names that the provider proposes instead of a name, or that name if the provider accepts it. */
function proposed(name: string, version: ApiVersion): string[] {
  const { failures = [], warnings = [] } = validateTriggers("triggers", [name], version);
  expect(warnings, name).toEqual([]);
  const [failure] = failures;
  if (failure === undefined) return [name];
  const [, names] = / use (.*)$/.exec(failure.reason) ?? [];
  return names?.split(" and ") ?? [];
}

describe("the table of triggers", () => {
  it.each(rows)("matches what the provider proposes: $v1 $v1.1 $v2", (row) => {
    const oldest = apiVersions.find((version) => row[version].length > 0) ?? "v1";
    for (const version of apiVersions) {
      const names = [...new Set(row[oldest].flatMap((name) => proposed(name, version)))];
      // An event has names only in its oldest API version and newer ones.
      if (apiVersions.indexOf(version) >= apiVersions.indexOf(oldest)) expect(names).toEqual(row[version]);
    }
  });

  it("has every trigger of v1", () => {
    const { failures: [failure] = [] } = validateTriggers("triggers", ["nonsense"], "v1");
    const [, known = ""] = /\((.*)\)/.exec(failure?.reason ?? "") ?? [];
    expect(rows.flatMap(({ v1 }) => v1).sort()).toEqual(known.split(", ").sort());
  });

  it("names the defaults", () => {
    const marked = [...section("Triggers").matchAll(/`([^`]+)` \(the default\)/g)].map(([, name]) => name);
    expect(marked).toEqual(apiVersions.flatMap((version) => defaultTriggers[version]));
  });
});

it("names all channels and fields that v2 does not have", () => {
  const table: [string, Channel][] = Object.entries(channels);
  const missing = table.flatMap(([type, channel]) => {
    if (!channel.in.includes("v2")) return [type];
    const fields = Object.entries(channel.fields);
    return fields.filter(([, field]) => field.in && !field.in.includes("v2")).map(([name]) => name);
  });
  const [list = ""] = section("What v2 does not have").split("\n\nWhat has to stay");
  expect(namesIn(list).sort()).toEqual([...missing, "tier"].sort());
});
