import { Command, InvalidArgumentError, Option } from "commander";
import { type ApiVersion, apiVersions } from "../src/smooch/api-version";
import { type ContenderName, contenderNames } from "./contenders/index";
import { type Operation, operations } from "./contenders/pulumi";

export const sections = ["operations", "pieces", "fleet"] as const;
export type Section = (typeof sections)[number];

export interface Options {
  sizes: number[];
  rounds: number;
  latency: number;
  rate?: number;
  contenders: ContenderName[];
  operations: Operation[];
  only?: Section[];
  fleet?: number;
  apiVersion: ApiVersion;
  environment: Readonly<Record<string, string>>;
  json?: string;
  svg?: string;
}

/** Exits with a message if the arguments are invalid. */
export function readOptions(args: readonly string[]): Options {
  return new Command("npm run bench --")
    .description(
      "Measures this package beside a dynamic provider as in most tutorials, and the engine alone. It judges nothing.",
    )
    .option("--sizes <list>", "numbers of webhooks", list(wholeNumber), [1, 100, 300])
    .option("--rounds <number>", "how often everything is measured", wholeNumber, 3)
    .option("--latency <ms>", "what the API takes for each call", wholeNumberOrNone, 50)
    .option(
      "--rate <calls>",
      "calls per second that the API takes before it refuses; no limit by default",
      wholeNumber,
    )
    .option("--contenders <list>", "who takes part", list(oneOf(contenderNames)), [...contenderNames])
    .option("--operations <list>", "what is shown; `up` is always carried out", list(oneOf(operations)), [
      ...operations,
    ])
    .option("--only <list>", `parts of the benchmark: ${sections.join(", ")}`, list(oneOf(sections)))
    .option(
      "--fleet <apps>",
      "measures `refresh` of so many apps with two keys and two webhooks each",
      wholeNumber,
    )
    .addOption(
      new Option("--api-version <version>", "the API version of the fleet")
        .choices(apiVersions)
        .default("v1"),
    )
    .addOption(
      new Option(
        "--environment <NAME=value>",
        "a variable for every `pulumi`, such as PULUMI_PARALLEL=64; repeatable",
      )
        .argParser(variable)
        .default({}, "none"),
    )
    .option("--json <file>", "writes the results as JSON too")
    .option("--svg <file>", "draws the time of `up` by number of webhooks")
    .parse(args, { from: "user" })
    .opts<Options>();
}

/** The fleet takes a while, so it only runs on request. */
export function chosenSections({ only, fleet }: Options): readonly Section[] {
  return only ?? sections.filter((section) => section !== "fleet" || fleet !== undefined);
}

function wholeNumberOrNone(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || text === "")
    throw new InvalidArgumentError("Use a whole number.");
  return value;
}

function wholeNumber(text: string): number {
  const value = wholeNumberOrNone(text);
  if (value === 0) throw new InvalidArgumentError("Use a number above 0.");
  return value;
}

function oneOf<T extends string>(names: readonly T[]): (text: string) => T {
  return (text) => {
    const found = names.find((name) => name === text);
    if (found === undefined) throw new InvalidArgumentError(`Use ${names.join(", ")}.`);
    return found;
  };
}

function variable(text: string, others: Readonly<Record<string, string>>): Record<string, string> {
  const [, name, value] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError("Use NAME=value.");
  return { ...others, [name]: value };
}

function list<T>(parse: (text: string) => T): (text: string) => T[] {
  return (text) => text.split(",").map(parse);
}
