import { execFile } from "node:child_process";
import { join } from "node:path";
import manifest from "../../package.json";
import { cliEnvironment } from "./cli";
import type { Stack } from "./stack";

/** The published command. */
export const commandFile = join(__dirname, "..", "..", manifest.bin["pulumi-smooch"]);

/** Runs it in a stack's folder as a script would: with the Pulumi CLI on PATH, and without a terminal. */
export function runCommand(
  stack: Stack,
  ...args: string[]
): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const env = { ...cliEnvironment(stack.folder), ...stack.environment };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [commandFile, ...args],
      { cwd: stack.folder, env },
      (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
    child.stdin?.end();
  });
}
