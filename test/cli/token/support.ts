import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import jwt from "jsonwebtoken";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { addTokenCommand } from "../../../src/cli/commands/token";

/** The only folder on PATH. */
export let folder: string;
export const secret = "canary-secret-of-the-key-4711";
/** What the command printed: lines on standard output, and the text on standard error. */
export const said = { printed: [] as string[], complained: "" };

/** Registers setup and cleanup; every test file that uses this module calls it once. */
export function prepareToken(): void {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-smooch-token-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeEach(() => {
    Object.assign(said, { printed: [], complained: "" });
    vi.spyOn(console, "log").mockImplementation((line) => void said.printed.push(line));
    vi.stubEnv("SMOOCH_KEY_ID", "");
    vi.stubEnv("SMOOCH_KEY_SECRET", "");
    vi.stubEnv("PATH", folder);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });
}

/** Runs the command as the command line does; throws on failure, and with commander's code on wrong usage. */
export async function token(...args: string[]): Promise<void> {
  const program = new Command().exitOverride().configureOutput({
    writeErr: (text) => {
      said.complained += text;
    },
    writeOut: (text) => said.printed.push(text),
  });
  addTokenCommand(program);
  await program.parseAsync(["token", ...args], { from: "user" });
}

/** Verifies the printed token, and returns its key id and claims. */
export function verified() {
  expect(said.printed).toHaveLength(1);
  const { header, payload } = jwt.verify(String(said.printed[0]), secret, { complete: true });
  return { kid: header.kid, ...Object(payload) };
}
