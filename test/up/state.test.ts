import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { processDoor } from "../support/door";
import { scenario } from "../support/stack";
import { trio } from "../support/trio";

describe("the state", () => {
  it("takes at most 2 kB for a key, and contains no secret in plain text", () =>
    scenario(async ({ emulator }, start) => {
      const stack = start(
        `
        const app = new smooch.SmoochApp("support");
        const key = new smooch.SmoochKey("backend", { appId: app.id });
        const hook = new smooch.SmoochWebhook("events", { appId: app.id, target: "https://bot.example" });
        Object.assign(exports, { jwt: key.jwt, secret: key.secret, hookSecret: hook.secret });`,
        processDoor,
      );
      const output = await stack.up();
      expect(output).not.toContain("smooch: ");
      const secrets = Object.values(await stack.outputs()).map(String);
      expect(secrets).toHaveLength(3);
      expect(secrets).toEqual(
        expect.arrayContaining(
          [...emulator.snapshot().keys, ...emulator.snapshot().webhooks].map(({ secret }) => secret),
        ),
      );
      const state = stack.stateFile();
      for (const secret of [...secrets, emulator.accountKeySecret]) {
        expect(state.includes(secret), "a secret in the state").toBe(false);
        expect(output.includes(secret), "a secret on the screen").toBe(false);
      }
      const key = stack.resource("backend");
      expect(JSON.stringify(key).length).toBeLessThanOrEqual(2048);
      expect(Object.keys(key.outputs).sort()).toEqual([
        "__provider",
        "__resource",
        "__seenBy",
        "appId",
        "name",
        "secret",
      ]);

      // The position is in the program, and not in Node, Pulumi or this package.
      const place = expect.stringMatching(/^project:\/\/\/index\.js#\d+,\d+$/);
      expect(key).toMatchObject({ sourcePosition: place, stackTrace: [{ sourcePosition: place }] });

      // Secrets that a refresh reads stay secret.
      await stack.refresh();
      for (const secret of secrets)
        expect(stack.stateFile().includes(secret), "a secret in the state").toBe(false);
      await stack.expectNoChange();

      // A run leaves no journal entry behind, so that its objects can be replaced immediately.
      expect(readdirSync(join(stack.folder, "home", "pulumi-smooch", "creates"))).toEqual([]);
      await stack.up("--replace", "**::backend");
      expect(stack.resource("backend").id).not.toBe(key.id);
      await stack.destroy();
    }));

  it("of two stacks of one program, updated at the same time, shares nothing", () =>
    scenario(async ({ emulator }, start) => {
      const one = start(trio());
      const two = one.sibling("two");
      await Promise.all([one.up(), two.up()]);
      const [ours, theirs] = [await one.outputs(), await two.outputs()];
      for (const [name, id] of Object.entries(ours)) expect(theirs[name]).not.toBe(id);
      await one.destroy();
      expect(emulator.snapshot()).toMatchObject({
        apps: [{ id: theirs.appId }],
        keys: [{ id: theirs.keyId }],
        webhooks: [{ id: theirs.hookId }],
      });
      await two.expectNoChange();
      await two.destroy();
    }));
});
