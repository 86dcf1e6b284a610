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

  it("says in which API versions the kind exists", () => {
    const versions = Object.entries(pages).map(([page, text]) => [
      page,
      /^API versions: .*$/m.exec(text)?.[0],
    ]);
    const all = "API versions: v1, v1.1, v2.";
    const [legacy, v2] = ["API versions: v1, v1.1.", "API versions: v2."];
    expect(Object.fromEntries(versions)).toEqual({
      "app.md": all,
      "key.md": all,
      "webhook.md": all,
      "integration.md": all,
      "integration-key.md": v2,
      "switchboard.md": v2,
      "switchboard-integration.md": v2,
      "menu.md": legacy,
      "template.md": legacy,
      "service-account.md": legacy,
      "service-account-key.md": legacy,
      "provider.md": undefined,
    });
  });

  it("gives objects inside arguments their own tables, in lists, in maps and in each other", () => {
    const typeOf = (page: string, heading: string, name: string) => rowsBelow(page, heading)[name]?.Type;
    const items = "[`SmoochMenuItem[]`](#smoochmenuitem)";
    expect(typeOf("menu.md", "## Arguments", "`items`")).toBe(items);
    expect(typeOf("menu.md", "### SmoochMenuItem", "`items`")).toBe(items);
    expect(pages["menu.md"]?.match(/^### SmoochMenuItem$/gm)).toHaveLength(1);
    const entries = "[`{ [name: string]: SmoochSwitchboardEntry }`](#smoochswitchboardentry)";
    expect(typeOf("switchboard.md", "## Arguments", "`integrations`")).toBe(entries);
    expect(Object.keys(rowsBelow("switchboard.md", "### SmoochSwitchboardEntry"))).toEqual([
      "`integrationId`",
      "`integrationType`",
      "`deliverStandbyEvents`",
      "`next`",
      "`messageHistoryCount`",
    ]);
    const prechat = "#### PrechatCapture";
    expect(typeOf("integration.md", prechat, "`fields`")).toBe("[`PrechatField[]`](#prechatfield)");
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
