import { expect, it } from "vitest";
import { scenario } from "../support/stack";
import { trio } from "../support/trio";

const program = `${trio({}, { settings: "{ useAnimalNames: true }", triggers: undefined })}
  const bot = new smooch.SmoochIntegration("bot", { appId: app.id, type: "telegram", token: "123:canary" });
  Object.assign(exports, { jwt: key.jwt, botId: bot.id });`;

it("a live stack moves from one API version to another, and only its webhook is replaced", () =>
  scenario(async ({ emulator }, start) => {
    const stack = start(program);
    await stack.up();
    const { hookId, ...kept } = await stack.outputs();
    const hooks = [hookId];
    for (const [from, to, trigger] of [
      ["v1", "v1.1", "message"],
      ["v1.1", "v2", "conversation:message"],
    ] as const) {
      stack.environment.SMOOCH_API_VERSION = to;
      const output = await stack.up("--diff");
      expect(output).toMatch(new RegExp(`version *: "${from}" => "${to}"`));
      expect(output).toMatch(/\+-1 replaced\s+4 unchanged/);
      await stack.expectNoChange();
      const { hookId: now, ...keptThen } = await stack.outputs();
      expect(keptThen).toEqual(kept);
      hooks.push(now);
      expect(emulator.snapshot().webhooks).toMatchObject([{ version: to, triggers: [trigger] }]);
    }
    expect(new Set(hooks).size).toBe(3);
    expect(await stack.refresh("--diff")).toContain("5 unchanged");
    await stack.destroy();
  }));
