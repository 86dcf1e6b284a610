import type { Command } from "commander";

/** Keeps a value out of the message that quotes an unknown option, `--secret=…`: it may be in the wrong place. */
export function hideUnknownValues(program: Command): Command {
  return program.configureOutput({
    outputError: (text, write) =>
      write(text.replace(/(?<=unknown option ')(--[\w-]*|-\w?)[\s\S]*(?=')/, "$1")),
  });
}
