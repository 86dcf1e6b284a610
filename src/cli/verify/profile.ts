import type { Profile } from "../../emulator/index";
import { parseProfile } from "../../emulator/profile";
import type { Answer, Part, Setting } from "./step";

/** The answers to the questions that a profile of the emulator can give, by setting. */
export function settingAnswers(
  parts: readonly Part[],
  answers: ReadonlyMap<string, Answer>,
): Map<Setting, string> {
  const found = new Map<Setting, string>();
  for (const { name, question } of parts.flatMap(({ steps }) => steps)) {
    const answer = answers.get(name);
    if (answer === undefined || question?.setting === undefined) continue;
    if (!found.has(question.setting)) found.set(question.setting, question.answer(answer));
  }
  return found;
}

/**
 * The profile in which the emulator behaves as the service did. A setting that was not seen, or whose answer the
 * emulator cannot give, keeps its default.
 */
export function inferProfile(answers: ReadonlyMap<Setting, string>): Profile {
  const wanted = [...answers, ["secrets", secretsIn(answers)] as const];
  return parseProfile(Object.fromEntries(wanted.filter(([name, value]) => isValue(name, value))));
}

function secretsIn(answers: ReadonlyMap<Setting, string>): string | undefined {
  const read = answers.get("secretsRead");
  return read === "shown" && answers.get("secretsListed") === "omitted" ? "omitted-in-lists" : read;
}

function isValue(name: string, value: string | undefined): boolean {
  try {
    parseProfile({ [name]: value });
    return true;
  } catch {
    return false;
  }
}

/** The settings that differ from the emulator's defaults, as for `pulumi-smooch emulator --profile`. */
export function describeProfile(profile: Profile): string {
  const usual = Object.entries(parseProfile({}));
  return Object.entries(profile)
    .filter(([name, value]) => !usual.some(([other, normal]) => other === name && normal === value))
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
}
