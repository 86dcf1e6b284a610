import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../lib/run.mjs";

/** A page as the formatter leaves it, so that what is written passes the lint as it is. */
export function formatted(text) {
  const biome = join(root, "node_modules", "@biomejs", "biome", "bin", "biome");
  const args = [biome, "format", "--stdin-file-path=docs/resources/page.md"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    input: text,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Columns in which no row says anything are left out. */
export function table(columns, rows) {
  const used = columns.filter((column) => rows.some((row) => row[column]));
  const body = rows.map((row) => used.map((column) => row[column] ?? ""));
  return [used, used.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** As code in a cell of a table. */
export function code(text) {
  return `\`${text.replaceAll("|", "\\|")}\``;
}

/** One sentence after the other; where a text breaks its lines does not matter. */
export function sentences(text) {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .split(/(?<=(?<!e\.g)[.!?])\s+(?=[A-Z`"]|v\d)/);
}

/** Paragraphs and blocks of code. */
export function blocks(text) {
  return text
    .split(/(^```[\s\S]*?^```$)/m)
    .flatMap((part) => (part.startsWith("```") ? [part] : part.split(/\n\s*\n/)))
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

export const isCode = (block) => block.startsWith("```");

/** A paragraph on one line; code as it is. */
export const joined = (block) => (isCode(block) ? block : sentences(block).join(" "));
