import { InvalidArgumentError } from "commander";
import type { Profile } from "../../emulator/index";

type Answers = Readonly<Record<string, string>>;

/** Adds the settings of one `--profile` option to those before it. */
export function parseAnswers(value: string, before: Answers = {}): Answers {
  const pairs = value.split(",").map((pair) => {
    const [, question, answer] = /^(\w+)=(\S+)$/.exec(pair.trim()) ?? [];
    if (question === undefined || answer === undefined)
      throw new InvalidArgumentError("It must be like metadata=merge,notFound=route.");
    return [question, answer] as const;
  });
  return { ...before, ...Object.fromEntries(pairs) };
}

/** Throws an error meant for the user if a setting or value does not exist. */
export async function readProfile(answers: Answers): Promise<Profile> {
  const { parseProfile } = await import("../../emulator/profile.js");
  return parseProfile(answers);
}
