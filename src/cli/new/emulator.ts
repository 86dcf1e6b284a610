import { randomBytes, randomInt } from "node:crypto";

/**
 * What a project's files say of its emulator. Port and key are random, so that no stack uses another project's emulator
 * by mistake.
 */
export function newEmulator(keyPrefix: "act" | "app") {
  return {
    // Below the ephemeral ports, and above most registered ones.
    port: String(randomInt(20_000, 32_768)),
    keyId: `${keyPrefix}_${randomBytes(12).toString("hex")}`,
    keySecret: `emulator-only-${randomBytes(12).toString("hex")}`,
    // For the app's events. Nothing listens there, and this emulator does not check.
    target: "https://bot.example.com/smooch",
  };
}
