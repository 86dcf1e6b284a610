import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scenario } from "../support/stack";
import { trio } from "../support/trio";

describe("the state", () => {
  it("holds a key in at most 2 kB, and no secret in clear", () =>
    scenario(async ({ emulator }, start) => {
      const stack = start(`
        const app = new smooch.SmoochApp("support");
        const key = new smooch.SmoochKey("backend", { appId: app.id });
        const hook = new smooch.SmoochWebhook("events", { appId: app.id, target: "https://bot.example" });
        Object.assign(exports, { jwt: key.jwt, secret: key.secret, hookSecret: hook.secret });`);
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

      // Where the program makes it, and nothing of Node's, Pulumi's or this package's own.
      const place = expect.stringMatching(/^project:\/\/\/index\.js#\d+,\d+$/);
      expect(key).toMatchObject({ sourcePosition: place, stackTrace: [{ sourcePosition: place }] });

      // Read back by a refresh they stay secret.
      await stack.refresh();
      for (const secret of secrets)
        expect(stack.stateFile().includes(secret), "a secret in the state").toBe(false);
      await stack.expectNoChange();

      // It is all that a run leaves behind, so that what it made can be replaced at once.
      expect(readdirSync(join(stack.folder, "home", "pulumi-smooch", "creates"))).toEqual([]);
      await stack.up("--replace", "**::backend");
      expect(stack.resource("backend").id).not.toBe(key.id);
      await stack.destroy();
    }));

  it("of two stacks of one program, brought up at once, is two worlds", () =>
    scenario(async ({ emulator }, start) => {
      const one = start(trio());
      const two = await one.sibling("two");
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
