import { isDeepStrictEqual } from "node:util";
import { afterEach, beforeAll } from "vitest";
import { program } from "./damage";
import type { Door } from "./door";
import { environmentFor, type Stack, suiteStack } from "./stack";

/** Shortens the wait for lost responses. */
const quick = { SMOOCH_REQUEST_TIMEOUT: "1" };

/**
 * A deployed stack that the tests of a file share. Each gets it intact, whatever the previous did to its state; `leave`
 * destroys it.
 */
export function sharedStack({
  door,
  leave = (stack) => stack.destroy(),
}: {
  door?: Door;
  leave?: (stack: Stack) => Promise<unknown>;
} = {}): { readonly stack: Stack } {
  const shared = suiteStack(program(), { door, leave });
  /** The intact state, and the objects in Smooch at that time. */
  let sound: { state: string; objects: object } | undefined;

  async function admit(...args: string[]): Promise<void> {
    await shared.stack.up(...args);
    const objects = shared.stack.emulator.emulator.snapshot();
    sound = { state: shared.stack.stateFile(), objects };
  }

  /** Restores the state, and what a test changed in Smooch. */
  async function heal(): Promise<void> {
    if (sound === undefined) return;
    const { stack } = shared;
    const { emulator } = stack.emulator;
    emulator.setFaults(undefined);
    stack.environment = { ...environmentFor(stack.emulator), ...quick };
    stack.program = program();
    stack.restore(sound.state);
    if (!isDeepStrictEqual(emulator.snapshot(), sound.objects)) await admit("--refresh");
  }

  beforeAll(async () => {
    Object.assign(shared.stack.environment, quick);
    await admit();
  });
  afterEach(heal);
  return shared;
}
