import { vi } from "vitest";

/** Replaces all settings that the environment has, until `vi.unstubAllEnvs`. */
export function setEnvironment(values: Record<string, string>): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("SMOOCH_")) vi.stubEnv(name, "");
  for (const [name, value] of Object.entries(values)) vi.stubEnv(name, value);
}
