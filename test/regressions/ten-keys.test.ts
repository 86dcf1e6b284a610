import { expect, it } from "vitest";
import { processDoor } from "../support/door";
import { scenario } from "../support/stack";

// Six keys of one app that are rotated together need room for twelve. The update failed, and so did each one after
// it: the old keys that it had replaced are deleted only at the end of an update that succeeds.

const keys = (rotated: number, options = "") => `
  const app = new smooch.SmoochApp("support");
  for (let n = 0; n < 6; n++) new smooch.SmoochKey("key" + n, { appId: app.id, keepers: { rotated: ${rotated} } }, {${options}});`;

it("rotating more keys at once than an app has room for works by the way out that the message names", () =>
  scenario(async ({ emulator }, start) => {
    const stack = start(keys(1), processDoor);
    await stack.up();
    const old = emulator.snapshot().keys.map(({ id }) => id);
    stack.program = keys(2);
    for (let n = 0; n < 2; n++) {
      const { code, output } = await stack.tryUp("--continue-on-error");
      expect(code).not.toBe(0);
      expect(output).toContain(
        "the app already has 10 keys, the most Smooch allows (HTTP 400). Delete one, or declare it in another app. If keys of this app are being replaced, their old ones are deleted only at the end of the update: set the resource option `deleteBeforeReplace: true` on each that fails, and run it again.",
      );
      expect(emulator.snapshot().keys).toHaveLength(10);
    }
    stack.program = keys(2, "deleteBeforeReplace: true");
    await stack.up();
    const now = emulator.snapshot().keys.map(({ id }) => id);
    expect(now).toHaveLength(6);
    expect(now.filter((id) => old.includes(id))).toEqual([]);
    stack.program = keys(2);
    await stack.expectNoChange();
    await stack.destroy();
  }));
