import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readPage, repository } from "./support/blocks";

/** The sources, and the tests, which contain whole messages that the sources assemble from parts. */
const texts = ["src", "test"].flatMap((root) => sourcesIn(join(repository, root)));
const isSomewhere = (part: string) => texts.some((text) => text.includes(part));

/** The messages in the first column, without those of Pulumi. */
const [own = ""] = readPage("docs/troubleshooting.md").split("## Messages of Pulumi");
const cells = [...own.matchAll(/^\| ((?:`[^`]+`|[^|`])+?) +\|/gm)].map(([, cell = ""]) => cell);
const messages = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, message = ""]) => message));

it.each(messages)("the message %s exists", (message) => {
  for (const part of message.split("…")) expect(isSomewhere(part.trim()), part).toBe(true);
});

it("finds the messages", () => {
  expect(messages).toContain("does not look like the id of a key");
  expect(messages.length).toBeGreaterThan(40);
});

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    // Other tests create and delete folders in `.work` meanwhile.
    if (entry.isDirectory()) return entry.name === ".work" ? [] : sourcesIn(path);
    return /(?<!troubleshooting\.test)\.ts$/.test(entry.name) ? [readFileSync(path, "utf8")] : [];
  });
}
