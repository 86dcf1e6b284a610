import { randomBytes, randomInt } from "node:crypto";

/** The default target for the app's events. Nothing listens there, and this emulator does not check. */
export const target = "https://bot.example.com/smooch";

/** Random for each project, so that no stack uses another project's emulator by mistake. */
export interface EmulatorIdentity {
  port: number;
  /** The key's id without its prefix, in the format of Smooch's ids. */
  id: string;
  secret: string;
}

export function newIdentity(): EmulatorIdentity {
  return {
    // Below the ephemeral ports, and above most registered ones.
    port: randomInt(20_000, 32_768),
    id: randomBytes(12).toString("hex"),
    secret: `emulator-only-${randomBytes(12).toString("hex")}`,
  };
}
