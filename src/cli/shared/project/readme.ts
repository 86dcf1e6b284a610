import { relative } from "node:path";
import { quote } from "../shell";

/** A page with these paragraphs. */
export function page(...paragraphs: readonly string[]): string {
  return `${paragraphs.join("\n\n")}\n`;
}

export function block(lines: readonly string[]): string {
  return `\`\`\`\n${lines.join("\n")}\n\`\`\``;
}

/** The terminal's version: what was written, and the commands to run next. */
export function nextSteps(what: string, folder: string, commands: readonly string[]): string {
  const isHere = relative(folder, "") === "";
  const steps = isHere
    ? commands
    : [`cd ${quote(folder.startsWith("-") ? `./${folder}` : folder)}`, ...commands];
  return [
    `Wrote ${what} to ${folder}. Next, as its README.md says:`,
    "",
    ...steps.map((step) => `  ${step}`),
    "",
  ].join("\n");
}

/** The same for files that belong into no project of their own. */
export function nextStepsIn(
  where: string,
  what: string,
  folder: string,
  commands: readonly string[],
): string {
  return [
    `Wrote ${what} to ${folder}. Next, in ${where}, as its README.md says:`,
    "",
    ...commands.map((command) => `  ${command}`),
    "",
  ].join("\n");
}
