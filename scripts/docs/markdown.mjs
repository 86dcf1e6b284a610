import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../lib/run.mjs";

/** Formats a page, so that the output passes the lint. */
export function formatted(text) {
  const biome = join(root, "node_modules", "@biomejs", "biome", "bin", "biome");
  const args = [biome, "format", "--stdin-file-path=docs/page.md"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    input: text,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Omits columns that are empty in every row. */
export function table(columns, rows) {
  const used = columns.filter((column) => rows.some((row) => row[column]));
  const body = rows.map((row) => used.map((column) => row[column] ?? ""));
  return [used, used.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Code in a table cell. */
export function code(text) {
  return `\`${text.replaceAll("|", "\\|")}\``;
}

/** Splits text into sentences, ignoring its line breaks. */
export function sentences(text) {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .split(/(?<=(?<!e\.g)[.!?])\s+(?=[A-Z`"]|v\d)/);
}

/** Splits text into paragraphs and code blocks. */
export function blocks(text) {
  return text
    .split(/(^```[\s\S]*?^```$)/m)
    .flatMap((part) => (part.startsWith("```") ? [part] : part.split(/\n\s*\n/)))
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

export const isCode = (block) => block.startsWith("```");

/** Puts a paragraph on one line; leaves code unchanged. */
export const joined = (block) => (isCode(block) ? block : sentences(block).join(" "));
