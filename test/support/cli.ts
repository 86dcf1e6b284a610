import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";

export interface Result {
  code: number;
  /** What a person would see: standard output and standard error together. */
  output: string;
}

/** The code of a command that a signal ended. */
export const killed = -1;

/**
 * Runs the real Pulumi CLI on the project in a folder, with the folder's own backend and home and nothing of the
 * user's. The only place that does so.
 */
export function runPulumi(
  folder: string,
  args: string[],
  environment: Record<string, string> = {},
  onStart: (pid: number) => void = () => {},
): Promise<Result> {
  const all = [...args, "--non-interactive", "--color", "never"];
  return runProgram(folder, join(cliFolder(), "pulumi"), all, environment, onStart);
}

/** Runs any program in such a folder, with the same backend and home. */
export function runProgram(
  folder: string,
  program: string,
  args: string[],
  environment: Record<string, string> = {},
  onStart: (pid: number) => void = () => {},
): Promise<Result> {
  return new Promise((resolve) => {
    const child = execFile(
      program,
      args,
      { cwd: folder, env: { ...cliEnvironment(folder), ...environment }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : killed;
        resolve({ code, output: stdout + stderr });
      },
    );
    if (child.pid !== undefined) onStart(child.pid);
  });
}

/**
 * The address of a folder's backend. Without `metadata=skip`, Pulumi also writes a file of attributes in place, and a
 * kill at that moment leaves a state that it cannot read.
 */
export function fileBackend(folder: string): string {
  return `file://${join(folder, "backend")}?metadata=skip`;
}

export function cliEnvironment(folder: string): NodeJS.ProcessEnv {
  for (const name of ["backend", "home"]) mkdirSync(join(folder, name), { recursive: true });
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PULUMI|SMOOCH)_/.test(name));
  return {
    ...Object.fromEntries(inherited),
    PATH: `${cliFolder()}${delimiter}${process.env.PATH}`,
    PULUMI_BACKEND_URL: fileBackend(folder),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // The CLI is written in Go. A tenth of the processor time of its short commands is garbage collection.
    GOGC: "400",
  };
}

/** The folder where `npm test` put the CLI. */
export function cliFolder(): string {
  const folder = process.env.PULUMI_SMOOCH_CLI;
  if (folder === undefined) throw new Error("PULUMI_SMOOCH_CLI is not set: run these tests with `npm test`");
  return folder;
}
