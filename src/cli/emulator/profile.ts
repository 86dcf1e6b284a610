import { InvalidArgumentError } from "commander";
import type { Profile } from "../../emulator/index";

type Answers = Readonly<Record<string, string>>;

/** Adds what one `--profile` says to what those before it said. */
export function parseAnswers(value: string, before: Answers = {}): Answers {
  const pairs = value.split(",").map((pair) => {
    const [, question, answer] = /^(\w+)=(\S+)$/.exec(pair.trim()) ?? [];
    if (question === undefined || answer === undefined)
      throw new InvalidArgumentError("It must be like metadata=merge,notFound=route.");
    return [question, answer] as const;
  });
  return { ...before, ...Object.fromEntries(pairs) };
}

/** Throws an error for people when there is no such question or answer. */
export async function readProfile(answers: Answers): Promise<Profile> {
  const { parseProfile } = await import("../../emulator/profile.js");
  return parseProfile(answers);
}
