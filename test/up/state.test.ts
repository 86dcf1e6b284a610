import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scenario } from "../support/stack";

describe("the state", () => {
  it("holds a key in at most 2 kB, and no secret in clear", () =>
    scenario(async ({ emulator }, start) => {
      const stack = await start(`
        const app = new smooch.SmoochApp("support");
        const key = new smooch.SmoochKey("backend", { appId: app.id });
        const hook = new smooch.SmoochWebhook("events", { appId: app.id, target: "https://bot.example" });
        Object.assign(exports, { jwt: key.jwt, secret: key.secret, hookSecret: hook.secret });`);
      const output = await stack.up();
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
      const key = await stack.resource("backend");
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
      await stack.destroy();
    }));

  it("of two stacks side by side is two worlds", () =>
    scenario(async ({ emulator }, start) => {
      const one = await start(`
        const app = new smooch.SmoochApp("support", { name: "Support " + pulumi.getStack() });
        exports.keyId = new smooch.SmoochKey("backend", { appId: app.id }).id;`);
      const two = await one.sibling("two");
      await Promise.all([one.up(), two.up()]);
      expect(
        emulator
          .snapshot()
          .apps.map(({ name }) => name)
          .sort(),
      ).toEqual(["Support test", "Support two"]);
      await one.destroy();
      expect(emulator.snapshot().apps.map(({ name }) => name)).toEqual(["Support two"]);
      expect(emulator.snapshot().keys.map(({ id }) => id)).toEqual([(await two.outputs()).keyId]);
      await two.expectNoChange();
      await two.destroy();
    }));

  it("is all that a run leaves behind, so that what it made can be replaced at once", () =>
    scenario(async (_, start) => {
      const stack = await start(`
        const app = new smooch.SmoochApp("support");
        new smooch.SmoochKey("backend", { appId: app.id });`);
      await stack.up();
      expect(readdirSync(join(stack.folder, "home", "pulumi-smooch", "creates"))).toEqual([]);
      const { id } = await stack.resource("backend");
      await stack.up("--replace", "**::backend");
      expect((await stack.resource("backend")).id).not.toBe(id);
      await stack.destroy();
    }));

  it("of another account is never taken for gone", () =>
    scenario(async ({ emulator }, start) => {
      const stack = await start(`
        const app = new smooch.SmoochApp("support");
        new smooch.SmoochKey("backend", { appId: app.id });`);
      await stack.up();
      const own = { ...stack.environment };
      const other = emulator.addAccount();
      Object.assign(stack.environment, {
        SMOOCH_ACCOUNT_KEY_ID: other.accountKeyId,
        SMOOCH_ACCOUNT_KEY_SECRET: other.accountKeySecret,
      });
      for (const command of ["refresh", "destroy"]) {
        const { code, output } = await stack.try(command, "--yes", "--skip-preview");
        expect(code).not.toBe(0);
        expect(output).toMatch(
          /Smooch does not know \w+ \w+ \(HTTP 404\), but other credentials, or another API address, saw it last/,
        );
        expect(await stack.resources()).toHaveLength(2);
      }
      expect(emulator.snapshot()).toMatchObject({ apps: [{}], keys: [{}] });
      stack.environment = own;
      await stack.destroy();
    }));
});
