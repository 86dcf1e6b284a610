import { execFile } from "node:child_process";
import { z } from "zod";
import { programFile } from "./folders";

/** Runs one of the programs in a new process and returns its output; throws if it fails. */
export function runProgram(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [programFile(name), ...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${name} failed: ${stderr.trim() || error.message}`));
    });
  });
}

const reading = z.object({ milliseconds: z.number() });

/** The time that a program measured itself, in milliseconds. */
export async function measureProgram(...run: Parameters<typeof runProgram>): Promise<number> {
  const printed = await runProgram(...run);
  return reading.parse(JSON.parse(printed)).milliseconds;
}
