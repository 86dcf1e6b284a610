import { Option } from "commander";

/** Selects the apps to read. */
export function appOption(): Option {
  return repeatable(
    "--app <id or name>",
    "only this app: its id, or its name, in which * matches anything; repeatable",
  ).default([], "all");
}

/** An option that can be given more than once. */
export function repeatable(flags: string, description: string): Option {
  return new Option(flags, description)
    .argParser((value: string, others: readonly string[]) => [...others, value])
    .default([], "none");
}
