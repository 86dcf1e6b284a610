import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, vi } from "vitest";
import type { FaultRule } from "../../src/emulator/faults/plan";
import type { RunningEmulator } from "../../src/emulator/index";
import { runPulumi } from "./cli";
import { findDescendants, findProvider } from "./processes";
import type { Stack } from "./stack";

/** What a kill ends: only the engine, like the kernel's out-of-memory killer, or the whole tree, like a power cut. */
export type Victims = "pulumi" | "all";

/**
 * Starts an `up`, kills it with SIGKILL once a fault holds the given number of requests, and releases its lock on the
 * stack. Returns the process id of its provider.
 */
export async function killUp(
  stack: Stack,
  { hold, requests = 1, victims = "all" }: { hold: FaultRule[]; requests?: number; victims?: Victims },
): Promise<number> {
  const { emulator } = stack.emulator;
  const met = () => Object.values(emulator.faultsMet).reduce((sum, count) => sum + count, 0);
  const before = met();
  emulator.setFaults({ rules: hold });
  let pulumi = 0;
  const run = stack.start(["up", "--yes", "--skip-preview"], (pid) => {
    pulumi = pid;
  });
  await vi.waitFor(() => expect(met() - before).toBe(requests), { timeout: 60_000, interval: 20 });
  const descendants = findDescendants(pulumi);
  const provider = findProvider(pulumi);
  if (provider === undefined) throw new Error("no provider process is running");
  process.kill(pulumi, "SIGKILL");
  if (victims === "all") for (const pid of descendants) kill(pid);
  await run;
  emulator.setFaults(undefined);
  const cancelled = await runPulumi(stack.folder, ["cancel", "--yes", stack.name], stack.environment);
  expect(cancelled.code, cancelled.output).toBe(0);
  return provider;
}

/** Holds the first request with this method and path until it is released. */
export function holdFirst(
  { emulator }: RunningEmulator,
  method: string,
  path: RegExp,
): { arrived: Promise<void>; release: () => void } {
  const handle = emulator.handle.bind(emulator);
  let arrive = () => {};
  let release = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  emulator.handle = async (request) => {
    if (request.method !== method || !path.test(request.url)) return handle(request);
    emulator.handle = handle;
    arrive();
    await released;
    return handle(request);
  };
  return { arrived, release };
}

/** The files in which this package records creates that a kill may interrupt, and their contents. */
export function journal(stack: Stack): { file: string; entry: Record<string, unknown> }[] {
  const folder = join(stack.folder, "home", "pulumi-smooch", "creates");
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => {
    const file = join(folder, name);
    return { file, entry: JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown> };
  });
}

/** Runs an `up` that must fail; returns its output. */
export async function failingUp(stack: Stack, ...args: string[]): Promise<string> {
  const { code, output } = await stack.tryUp("--continue-on-error", ...args);
  expect(code, output).not.toBe(0);
  return output;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended with its parent.
  }
}
