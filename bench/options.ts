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
      "Measures this package, a dynamic provider as in most tutorials, and the engine alone. No result counts as a failure.",
    )
    .option("--sizes <list>", "numbers of webhooks", list(wholeNumber), [1, 100, 300])
    .option("--rounds <number>", "number of rounds", wholeNumber, 3)
    .option("--latency <ms>", "latency of each API call", wholeNumberOrNone, 50)
    .option("--rate <calls>", "calls per second that the API accepts; no limit by default", wholeNumber)
    .option("--contenders <list>", "contenders to measure", list(oneOf(contenderNames)), [...contenderNames])
    .option("--operations <list>", "operations to report; `up` always runs", list(oneOf(operations)), [
      ...operations,
    ])
    .option("--only <list>", `parts of the benchmark: ${sections.join(", ")}`, list(oneOf(sections)))
    .option(
      "--fleet <apps>",
      "measure `refresh` of this many apps, with two keys and two webhooks each",
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
        "environment variable for every `pulumi`, such as PULUMI_PARALLEL=64; repeatable",
      )
        .argParser(variable)
        .default({}, "none"),
    )
    .option("--json <file>", "also write the results as JSON")
    .option("--svg <file>", "draw a chart of the time of `up` by number of webhooks")
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
