import { join } from "node:path";
import { PassThrough } from "node:stream";
import { vi } from "vitest";
import type { RunningEmulator } from "../../../src/emulator/index";
import { environmentFor } from "../../support/stack";
import { setEnvironment } from "../environment";

/** What a command reads and writes, when it runs in the tests' own process. */
export interface FakeProcess {
  /** The lines on standard output (`said`) and on standard error (`shown`). */
  said: string[];
  shown: string[];
  stdin: PassThrough & { isTTY?: boolean };
}

const realInput = Object.getOwnPropertyDescriptor(process, "stdin");

/** Gives this process the environment of an emulator's account, and other streams, until `restoreProcess`. */
export function fakeProcess(smooch: RunningEmulator, folder: string): FakeProcess {
  const said: string[] = [];
  const shown: string[] = [];
  vi.spyOn(console, "log").mockImplementation((text) => void said.push(String(text)));
  vi.spyOn(console, "error").mockImplementation((text) => void shown.push(String(text)));
  setEnvironment(environmentFor(smooch));
  vi.stubEnv("PULUMI_HOME", join(folder, "home"));
  vi.stubEnv("NO_COLOR", "1");
  const stdin = new PassThrough();
  Object.defineProperty(process, "stdin", { value: stdin, configurable: true });
  return { said, shown, stdin };
}

export function restoreProcess(): void {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
  if (realInput !== undefined) Object.defineProperty(process, "stdin", realInput);
}
