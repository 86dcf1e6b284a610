import { InvalidArgumentError } from "commander";
import type { Profile } from "../../emulator/index";

type ProfileSettings = Readonly<Record<string, string>>;

/** Adds the settings of one `--profile` option to those before it. */
export function parseProfileSettings(value: string, before: ProfileSettings = {}): ProfileSettings {
  const pairs = value.split(",").map((pair) => {
    const [, name, setting] = /^(\w+)=(\S+)$/.exec(pair.trim()) ?? [];
    if (name === undefined || setting === undefined)
      throw new InvalidArgumentError("Use name=value, for example metadata=merge,notFound=route.");
    return [name, setting] as const;
  });
  return { ...before, ...Object.fromEntries(pairs) };
}

/** Throws an error meant for the user if a setting or value does not exist. */
export async function readProfile(settings: ProfileSettings): Promise<Profile> {
  const { parseProfile } = await import("../../emulator/profile.js");
  return parseProfile(settings);
}
