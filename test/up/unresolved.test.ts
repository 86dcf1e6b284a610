import { describe, expect, it } from "vitest";
import type { RunningEmulator } from "../../src/emulator/index";
import { type Stack, scenario } from "../support/stack";

const program = `
  const app = new smooch.SmoochApp("support");
  exports.keyId = new smooch.SmoochKey("backend", { appId: app.id }).id;`;

/** An `up` in which the key's create is applied, its answer is lost, and nobody can look what it did. */
async function loseKey({ emulator }: RunningEmulator, stack: Stack): Promise<string> {
  stack.environment.SMOOCH_REQUEST_TIMEOUT = "1";
  emulator.setFaults({
    rules: [
      { operation: "createKey", fault: "reset-after", times: 1 },
      { operation: "listKeys", fault: "status", status: 503 },
    ],
  });
  const { code, output } = await stack.tryUp();
  expect(code).not.toBe(0);
  emulator.setFaults(undefined);
  expect(output).toContain("Nobody knows whether that key exists now.");
  expect(emulator.snapshot().keys).toHaveLength(1);
  expect(stack.resource("backend").id).toMatch(/^unresolved:/);
  return String(emulator.snapshot().keys[0]?.id);
}

describe("a key of which nobody knows whether it was made", () => {
  it("is cleaned up and made anew by the next up", () =>
    scenario(async (api, start) => {
      const stack = start(program);
      const lostId = await loseKey(api, stack);
      expect(await stack.preview()).toContain("+-1 to replace");
      await stack.up();
      const { keyId } = await stack.outputs();
      expect(keyId).not.toBe(lostId);
      expect(api.emulator.snapshot().keys.map(({ id }) => id)).toEqual([keyId]);
      await stack.expectNoChange();
      await stack.destroy();
    }));

  it("is recovered by a refresh, and deleted by a destroy", () =>
    scenario(async (api, start) => {
      const stack = start(program);
      const lostId = await loseKey(api, stack);
      await stack.refresh();
      expect(stack.resource("backend").id).toBe(lostId);
      expect(await stack.up()).toContain("3 unchanged");
      expect(api.emulator.snapshot().keys.map(({ id }) => id)).toEqual([lostId]);
      await stack.destroy();

      await loseKey(api, stack);
      await stack.destroy();
    }));
});
