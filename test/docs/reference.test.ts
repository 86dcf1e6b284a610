import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { undocumented, writeReference } from "../../scripts/docs/reference.mjs";
import { kindNames } from "../../src/kinds";
import { definitions } from "../../src/provider/kinds/index";
import { environmentName } from "../../src/provider/settings";
import { apiVersions } from "../../src/smooch/api-version";
import { channels, commonFields } from "../../src/smooch/channels";

const folder = join(__dirname, "../../docs/resources");
const pages = writeReference({
  kindNames,
  kinds: definitions,
  channels,
  commonFields,
  apiVersions,
  environmentName,
});

/** The rows of the first table below a heading, by their first cell. */
function rowsBelow(page: string, heading: string): Record<string, Record<string, string>> {
  const lines = (pages[page] ?? "").split("\n");
  const start = lines.findIndex((line, index) => line.startsWith("|") && index > lines.indexOf(heading));
  const table = lines.slice(start, lines.indexOf("", start));
  const [heads = [], , ...rows] = table.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return Object.fromEntries(
    rows.map((cells) => [cells[0], Object.fromEntries(heads.map((head, index) => [head, cells[index]]))]),
  );
}

describe("docs/resources", () => {
  it("has a page for each resource and nothing else", () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(pages).sort());
  });

  it.each(Object.entries(pages))("%s is what `npm run docs` writes", (name, text) => {
    expect(readFileSync(join(folder, name), "utf8"), "run `npm run docs`").toBe(text);
  });

  it("describes every class, argument, output and function", () => {
    expect(undocumented(kindNames)).toEqual([]);
  });
});

describe("the provider's definition of a kind", () => {
  it("determines what replaces, what is secret and which API versions have it", () => {
    const ofKey = rowsBelow("key.md", "## Arguments");
    expect(Object.values(ofKey).map((row) => [row.Argument, row.Required, row["A change"]])).toEqual([
      ["`appId`", "yes", "replaces"],
      ["`name`", "", "replaces"],
      ["`keepers`", "", "replaces"],
      ["`rotateAfterDays`", "", "in place"],
    ]);
    const ofWebhook = rowsBelow("webhook.md", "## Arguments");
    expect(Object.values(ofWebhook).map((row) => [row.Argument, row.API, row["A change"]])).toEqual([
      ["`appId`", "", "replaces"],
      ["`target`", "", "in place"],
      ["`triggers`", "", "in place"],
      ["`version`", "", "replaces"],
      ["`includeFullUser`", "v1.1, v2", "in place"],
      ["`includeClient`", "v1.1, v2", "in place"],
      ["`displayName`", "v2", "in place"],
    ]);
    const ofSettings = rowsBelow("app.md", "### SmoochAppSettings");
    expect(ofSettings["`echoPostback`"]).toMatchObject({ API: "v1.1, v2", Default: "`false` (Smooch)" });
    const outputs = rowsBelow("webhook.md", "## Outputs");
    expect(outputs["`secret`"]?.Secret).toBe("yes");
    expect(outputs["`target`"]?.Secret).toBe("");
  });

  it("determines the same for each channel", () => {
    const android = rowsBelow("integration.md", "### android");
    expect(android["`serverKey`"]).toMatchObject({
      Required: "v1, v1.1",
      "A change": "in place in v2, otherwise replaces",
      Secret: "yes",
    });
    expect(android["`projectId`"]).toMatchObject({ Required: "", API: "v2", "A change": "in place" });
    expect(rowsBelow("integration.md", "### telegram")["`token`"]).toMatchObject({
      Required: "yes",
      "A change": "replaces",
      Secret: "yes",
    });
  });
});
