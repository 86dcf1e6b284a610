import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { addDoctorCommand } from "../../../src/cli/commands/doctor";
import type { Check } from "../../../src/cli/shared/check";
import { type RunningEmulator, startEmulator } from "../../../src/emulator/index";
import { environmentFor } from "../../support/stack";
import { setEnvironment } from "../environment";

/** The only folder on PATH. */
export let folder: string;
// Inside the repository, so that the package resolves as it does from a user's project.
export const program = join(__dirname, "../..");
export let smooch: RunningEmulator;
/** The lines that the command has printed. */
export let printed: string[] = [];

/** Registers setup and cleanup; every test file that uses this module calls it once. */
export function prepareDoctor(): void {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-smooch-doctor-"));
    smooch = await startEmulator();
  });
  afterAll(async () => {
    await smooch.close();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(() => {
    printed = [];
    vi.spyOn(console, "log").mockImplementation((line) => void printed.push(line));
    vi.stubEnv("PATH", folder);
    vi.stubEnv("NO_COLOR", "1");
    setEnvironment(environmentFor(smooch));
    installPulumi({});
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    process.exitCode = undefined;
    smooch.emulator.shiftClock(0);
    smooch.emulator.setFaults({});
  });
}

/** A fake `pulumi` with a version and the configuration of a stack "dev". */
export function installPulumi(configuration: object | string): void {
  const text = typeof configuration === "string" ? configuration : JSON.stringify(configuration);
  const script = `#!${process.execPath}
    const args = process.argv.slice(2);
    if (args[0] === "version") console.log("v3.258.0");
    else if (args[0] === "stack") { console.error("error: no stack selected"); process.exitCode = 255; }
    else if (args.includes("--stack=dev") && args.includes("--show-secrets")) console.log(${JSON.stringify(text)});
    else { console.error("error: no stack named 'prod' found"); process.exitCode = 255; }`;
  writeFileSync(join(folder, "pulumi"), script);
  chmodSync(join(folder, "pulumi"), 0o755);
}

export async function doctor(...args: string[]): Promise<number> {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  addDoctorCommand(command);
  await command.parseAsync(["doctor", "--cwd", program, ...args], { from: "user" });
  return Number(process.exitCode ?? 0);
}

/** Runs the command, and returns its status, the names of all checks, and the checks that are not ok. */
export async function findings(
  ...args: string[]
): Promise<{ status: number; names: string[]; wrong: Check[] }> {
  const status = await doctor("--json", ...args);
  expect(printed).toHaveLength(1);
  const { checks } = JSON.parse(String(printed[0])) as { checks: Check[] };
  return {
    status,
    names: checks.map(({ name }) => name),
    wrong: checks.filter((check) => check.status !== "ok"),
  };
}

export const local = ["node", "pulumi", "package", "settings"];
