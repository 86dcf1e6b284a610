import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { InvalidArgumentError, Option } from "commander";

/** The folder in which to run `pulumi`. */
export function folderOption(): Option {
  return new Option("--cwd <folder>", "the program's folder")
    .argParser(parseFolder)
    .default(process.cwd(), "the current one");
}

function parseFolder(value: string): string {
  if (!statSync(value, { throwIfNoEntry: false })?.isDirectory())
    throw new InvalidArgumentError("It must be a folder that exists.");
  return resolve(value);
}

/**
 * Runs the user's `pulumi` and returns its standard output, which may contain secrets, so errors never quote it. They
 * only include what Pulumi writes to standard error.
 */
export function runPulumi(folder: string, args: readonly string[]): Promise<string> {
  return new Promise((succeed, fail) => {
    const child = execFile(
      "pulumi",
      [...args, "--non-interactive", "--color", "never"],
      {
        cwd: folder,
        env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
        // Large enough for the state of a large stack.
        maxBuffer: 512 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        if (error === null) succeed(stdout);
        else if (error.code === "ENOENT") fail(new MissingPulumiError());
        else
          fail(
            new Error(`pulumi ${args.slice(0, 2).join(" ")} failed: ${reasonIn(stderr || error.message)}`),
          );
      },
    );
    child.stdin?.end();
  });
}

export class MissingPulumiError extends Error {
  constructor() {
    super(
      "the Pulumi CLI is not on PATH: install it (https://www.pulumi.com/docs/install/), then open a new shell",
    );
  }
}

const setPassphrase =
  "set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the one with which the stack was created";

function reasonIn(stderr: string): string {
  const lines = stderr.split("\n");
  const errors = lines.filter((line) => line.startsWith("error:")).map((line) => line.slice(6));
  const text = (errors.length > 0 ? errors : lines).join(" ").replace(/\s+/g, " ").trim().slice(0, 500);
  return text.includes("incorrect passphrase") ? `${text}: ${setPassphrase}` : text;
}
