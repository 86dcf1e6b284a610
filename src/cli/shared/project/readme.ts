import { relative } from "node:path";
import { quote } from "../shell";

/** A page with these paragraphs. */
export function page(...paragraphs: readonly string[]): string {
  return `${paragraphs.join("\n\n")}\n`;
}

export function block(lines: readonly string[]): string {
  return `\`\`\`\n${lines.join("\n")}\n\`\`\``;
}

/**
 * The terminal's version: what was written, and the commands to run next. `where` is a folder in which they run instead
 * of the written one, which is then no project of its own.
 */
export function nextSteps(what: string, folder: string, commands: readonly string[], where?: string): string {
  const change = `cd ${quote(folder.startsWith("-") ? `./${folder}` : folder)}`;
  const isHere = where !== undefined || relative(folder, "") === "";
  const next = where === undefined ? "Next" : `Next, in ${where}`;
  return [
    `Wrote ${what} to ${folder}. ${next}, as its README.md says:`,
    "",
    ...(isHere ? commands : [change, ...commands]).map((command) => `  ${command}`),
    "",
  ].join("\n");
}
