import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

export const repository = join(__dirname, "..", "..", "..");

/** README.md and every page in docs, as repository paths. */
export const pages: readonly string[] = [
  "README.md",
  ...readdirSync(join(repository, "docs"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .sort()
    .map((path) => `docs/${path}`),
];

export const readPage = (page: string): string => readFileSync(join(repository, page), "utf8");

/** Every fenced block by `<page>: <heading>`, with ` (2)` for the second block below a heading. */
function readBlocks(): Map<string, string> {
  const blocks = new Map<string, string>();
  for (const page of pages) {
    let heading = "";
    for (const [, title, indent = "", text = ""] of readPage(page).matchAll(
      /^#+ (.*)$|^( *)```.*\n([\s\S]*?)^ *```$/gm,
    )) {
      if (title !== undefined) heading = title;
      else {
        let name = `${page}: ${heading}`;
        for (let n = 2; blocks.has(name); n++) name = `${page}: ${heading} (${n})`;
        blocks.set(name, text.replaceAll(new RegExp(`^${indent}`, "gm"), ""));
      }
    }
  }
  return blocks;
}

/** The blocks of all pages. Records which blocks a test takes, so that none is forgotten. */
export class Blocks {
  readonly #blocks = readBlocks();
  readonly #taken = new Set<string>();

  /** Returns the text of a block, with its placeholders filled in. */
  take(name: string, fillIn: Readonly<Record<string, string>> = {}): string {
    let text = this.#blocks.get(name);
    if (text === undefined) throw new Error(`no page has the block "${name}"`);
    this.#taken.add(name);
    for (const [placeholder, value] of Object.entries(fillIn)) {
      expect(text, name).toContain(placeholder);
      text = text.replaceAll(placeholder, value);
    }
    return text;
  }

  /** Expects that each block was taken or is in this list, and that the list names nothing else. */
  expectAllTaken(notRun: Readonly<Record<string, string>>): void {
    const remaining = [...this.#blocks.keys()].filter((name) => !this.#taken.has(name));
    expect(remaining.sort()).toEqual(Object.keys(notRun).sort());
  }
}
