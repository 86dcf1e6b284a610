import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json";
import { pages, readPage, repository } from "./support/blocks";

// npm packs the last three regardless of `files`.
const packed = [...manifest.files, "README.md", "LICENSE", "package.json"];
const isPacked = (path: string) => packed.some((name) => path === name || path.startsWith(`${name}/`));

/** A heading's anchor, as GitHub and npm generate it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

const anchorsOf = (page: string) =>
  [...readPage(page).matchAll(/^#+ (.*)$/gm)].map(([, it = ""]) => anchorOf(it));

/** The targets of a page's links to other pages and to headings: path in the repository, and anchor. */
function linksOf(page: string): { path: string; anchor: string | undefined }[] {
  const targets = [...readPage(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets
    .filter((target) => !/^https?:/.test(target))
    .map((target) => {
      const [path = "", anchor] = target.split("#");
      return { path: path === "" ? page : normalize(join(dirname(page), path)), anchor };
    });
}

describe("a relative link", () => {
  it.each(pages)("in %s leads to a file in the package, and to one of its headings", (page) => {
    for (const { path, anchor } of linksOf(page)) {
      expect(existsSync(join(repository, path)), path).toBe(true);
      expect(isPacked(path), `${path} is in the package`).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(path), path).toContain(anchor);
    }
  });
});

it("docs/README.md links to every page", () => {
  const linked = new Set(linksOf("docs/README.md").map(({ path }) => path));
  expect(pages.filter((page) => !linked.has(page))).toEqual(["docs/README.md"]);
});
