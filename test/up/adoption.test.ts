import { describe, expect, it } from "vitest";
import type { RunningEmulator } from "../../src/emulator/index";
import { dynamicDoor } from "../support/door";
import { byHand } from "../support/hand";
import { scenario } from "../support/stack";

/** Creates objects before Pulumi is used; `remove` deletes them if no stack owns them in the end. */
async function make(api: RunningEmulator) {
  const app = await byHand(api, "POST", "/v1/apps", { name: "Support", metadata: { tier: "gold" } });
  const under = `/v1/apps/${app._id}`;
  const key = await byHand(api, "POST", `${under}/keys`, { name: "backend" });
  const wanted = { target: "https://bot.example", triggers: ["postback", "message"] };
  const hook = await byHand(api, "POST", `${under}/webhooks`, wanted);
  const remove = () => byHand(api, "DELETE", under);
  return { appId: app._id, keyId: key._id, hookId: hook._id, remove };
}

describe("adoption", () => {
  it("takes over existing objects, changes nothing, and can be removed from the program again", () =>
    scenario(async (api, start) => {
      const { emulator } = api;
      const { appId, keyId, hookId } = await make(api);
      const before = emulator.snapshot();
      const adopting = (app: string, key: string, hook: string) => `
        const app = ${app}({ name: "Support", metadata: { tier: "gold" } });
        const key = ${key}({ appId: app.id, name: "backend", keepers: { n: 1 } });
        const hook = ${hook}({ appId: app.id, target: "https://bot.example", triggers: ["message", "postback"] });
        exports.jwt = key.jwt;`;
      const stack = start(
        adopting(
          `((args) => smooch.SmoochApp.adopt("app", "${appId}", args))`,
          `((args) => smooch.SmoochKey.adopt("key", "${keyId}", args))`,
          `((args) => new smooch.SmoochWebhook("hook", args, { import: "${hookId}" }))`,
        ),
        dynamicDoor,
      );
      emulator.requests.length = 0;
      await stack.up();
      expect(new Set(emulator.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
      expect(emulator.snapshot()).toEqual(before);
      expect(
        stack
          .resources()
          .map(({ id }) => id)
          .sort(),
      ).toEqual([appId, keyId, hookId].sort());
      expect((await stack.outputs()).jwt).toMatch(/^ey/);
      await stack.expectNoChange();
      expect(await stack.refresh()).toContain("4 unchanged");

      stack.program = adopting(
        `((args) => new smooch.SmoochApp("app", args))`,
        `((args) => new smooch.SmoochKey("key", args))`,
        `((args) => new smooch.SmoochWebhook("hook", args))`,
      );
      expect(await stack.up()).toContain("4 unchanged");
      expect(emulator.snapshot()).toEqual(before);
      await stack.destroy();
    }));

  it("never deletes what a forced replacement adopts again, and replaces an adopted key with a new one", () =>
    scenario(async (api, start) => {
      const { emulator } = api;
      const { appId, keyId, remove } = await make(api);
      const program = (n: number) =>
        `const key = smooch.SmoochKey.adopt("key", "${keyId}", { appId: "${appId}", name: "backend", keepers: { n: ${n} } }); exports.keyId = key.id;`;
      const keys = () => emulator.snapshot().keys.map(({ id }) => id);
      const stack = start(program(1), dynamicDoor);
      await stack.up();
      expect(await stack.up("--replace", "**key")).toContain(
        `key ${keyId} was adopted again and stays as it is; remove the adoption from the program`,
      );
      expect(stack.resource("key").id).toBe(keyId);
      expect(keys()).toEqual([keyId]);

      stack.program = program(2);
      await stack.up();
      const rotated = (await stack.outputs()).keyId;
      expect(rotated).not.toBe(keyId);
      expect(keys()).toEqual([rotated]);
      await stack.expectNoChange();
      // A forced replacement fails if the program still adopts the key that was replaced; nothing is lost.
      expect((await stack.tryUp("--replace", "**key")).output).toContain(
        "If it was adopted before and has been replaced since, remove the adoption from the program.",
      );
      expect(keys()).toEqual([rotated]);
      await stack.destroy();
      await remove();
    }));

  it("is refused with a list of differences, and if the object does not exist", () =>
    scenario(async (api, start) => {
      const { emulator } = api;
      const { appId, hookId, remove } = await make(api);
      const stack = start(
        `
        smooch.SmoochApp.adopt("app", "${appId}", { metadata: { tier: "silver" } });
        smooch.SmoochWebhook.adopt("hook", "${hookId}", { appId: "${appId}", target: "https://other.example" });
        smooch.SmoochKey.adopt("key", "app_5735dcf248011972d621dc01", { appId: "${appId}" });`,
        dynamicDoor,
      );
      const before = emulator.snapshot();
      const { code, output } = await stack.tryUp("--continue-on-error");
      expect(code).not.toBe(0);
      expect(output).toContain(
        `app ${appId} cannot be adopted, because it is not as the program declares it: name differs; metadata.tier differs. Nothing was changed.`,
      );
      expect(output).toContain(
        `webhook ${hookId} cannot be adopted, because it is not as the program declares it: target differs; triggers differs. Nothing was changed.`,
      );
      expect(output).toMatch(
        /Smooch refused to read key app_5735dcf248011972d621dc01 of app \w+: .+ \(HTTP 404\)/,
      );
      expect(output).not.toContain("other.example");
      expect(emulator.snapshot()).toEqual(before);
      expect(stack.resources()).toEqual([]);
      await remove();
    }));
});

describe("static get", () => {
  it("reads without managing, and fails if the object does not exist", () =>
    scenario(async (api, start) => {
      const { emulator } = api;
      const { appId, keyId, hookId, remove } = await make(api);
      const stack = start(
        `
        const app = smooch.SmoochApp.get("app", "${appId}");
        const key = smooch.SmoochKey.get("key", "${keyId}", { appId: app.id });
        const hook = smooch.SmoochWebhook.get("hook", "${hookId}", { appId: app.id });
        Object.assign(exports, { name: app.name, metadata: app.metadata, keyName: key.name, jwt: key.jwt, target: hook.target, triggers: hook.triggers, secret: hook.secret });`,
        dynamicDoor,
      );
      await stack.up();
      const [key] = emulator.snapshot().keys;
      const [hook] = emulator.snapshot().webhooks;
      expect(await stack.outputs()).toMatchObject({
        name: "Support",
        metadata: { tier: "gold" },
        keyName: "backend",
        target: "https://bot.example",
        triggers: ["postback", "message"],
        secret: hook?.secret,
      });
      for (const secret of [key?.secret, hook?.secret]) expect(stack.stateFile()).not.toContain(secret);
      const before = emulator.snapshot();
      await stack.destroy();
      expect(emulator.snapshot()).toEqual(before);

      stack.program = `smooch.SmoochKey.get("key", "app_5735dcf248011972d621dc01", { appId: "${appId}" });`;
      const { code, output } = await stack.tryUp();
      expect(code).not.toBe(0);
      expect(output).toContain(
        "Smooch has no key app_5735dcf248011972d621dc01, or these credentials cannot see it (HTTP 404).",
      );
      await remove();
    }));
});
