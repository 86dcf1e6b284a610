import type { Command } from "commander";

/**
 * Keeps values out of the message about an unknown option such as `--secret=…`: they may be secrets in the wrong place.
 */
export function hideUnknownValues(program: Command): Command {
  return program.configureOutput({
    outputError: (text, write) =>
      write(text.replace(/(?<=unknown option ')(--[\w-]*|-\w?)[\s\S]*(?=')/, "$1")),
  });
}
