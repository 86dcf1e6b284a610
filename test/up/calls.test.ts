import { describe, expect, it } from "vitest";
import { dynamicDoor, inlineDoor } from "../support/door";
import { scenario } from "../support/stack";

const apps = 4;
const program = `
  for (let a = 0; a < ${apps}; a++) {
    const app = new smooch.SmoochApp("app" + a);
    for (let n = 0; n < 2; n++) {
      new smooch.SmoochKey("key" + a + n, { appId: app.id });
      new smooch.SmoochWebhook("hook" + a + n, { appId: app.id, target: "https://bot.example/" + n });
    }
  }`;

// v1.1 lists the same as v1.
describe.each([
  ["v1", dynamicDoor],
  ["v2", inlineDoor],
] as const)("the API calls of a stack on %s", (version, door) => {
  it("are none in a preview without changes, and few in a refresh", () =>
    scenario(
      async ({ emulator }, start) => {
        const stack = start(program, door);
        await stack.up();
        expect(emulator.requests).toHaveLength(apps * 5);
        emulator.requests.length = 0;
        await stack.expectNoChange();
        expect(emulator.requests).toEqual([]);
        expect(await stack.refresh()).toContain(`${apps * 5 + 1} unchanged`);
        // Each app needs one listing of keys and one of webhooks; apps are read as a page or one by one.
        expect(emulator.requests.length).toBeLessThanOrEqual(apps * 3);
        await stack.destroy();
      },
      {},
      version,
    ));
});

it("the API's rate limit is found, and few calls are refused", () =>
  scenario(
    async ({ emulator }, start) => {
      const calls = 72;
      const rate = 8;
      const stack = start(`
        for (let a = 0; a < ${calls / 9}; a++) {
          const app = new smooch.SmoochApp("app" + a);
          for (let n = 0; n < 8; n++)
            new smooch.SmoochWebhook("hook" + a + n, { appId: app.id, target: "https://bot.example/" + n });
        }`);
      await stack.up("--parallel", "16");
      const created = emulator.requests.filter(({ status }) => status === 201);
      const refused = emulator.requests.filter(({ status }) => status === 429);
      expect(created).toHaveLength(calls);
      expect(refused.length).toBeGreaterThan(0);
      expect(refused.length).toBeLessThanOrEqual(calls * 0.1);
      const times = emulator.requests.map(({ at }) => at);
      const seconds = (Math.max(...times) - Math.min(...times)) / 1000;
      expect(seconds).toBeLessThan((1.2 * calls) / rate);
      await stack.destroy("--parallel", "16");
    },
    { rateLimit: 8 },
  ));
