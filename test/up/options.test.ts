import { describe, expect, it } from "vitest";
import { dynamicDoor, inlineDoor } from "../support/door";
import { byHand } from "../support/hand";
import { handwritten } from "../support/handwritten";
import { scenario } from "../support/stack";
import { names, trio, writes } from "../support/trio";

describe("ignoreChanges", () => {
  it("protects the properties that it names from the program and from drift, nested or whole", () =>
    scenario(async (api, start) => {
      const options = {
        app: '{ ignoreChanges: ["name", "metadata.note"] }',
        key: '{ ignoreChanges: ["keepers.m"] }',
        hook: '{ ignoreChanges: ["target", "triggers"] }',
      };
      const stack = start(trio(options));
      await stack.up();
      const { appId, hookId } = await stack.outputs();
      const changed = {
        name: '"Help"',
        metadata: '{ tier: "gold", note: "b" }',
        keepers: '{ n: 1, m: "b" }',
        target: '"https://bot.example/v2"',
        triggers: '["postback"]',
      };
      stack.program = trio(options, changed);
      await stack.expectNoChange();

      const drifted = {
        apps: [{ name: "By hand", metadata: { tier: "gold", note: "by hand" } }],
        webhooks: [{ target: "https://hand.example", triggers: ["*"] }],
      };
      await byHand(api, "PUT", `/v1/apps/${appId}`, drifted.apps[0]);
      await byHand(api, "PUT", `/v1/apps/${appId}/webhooks/${hookId}`, drifted.webhooks[0]);
      await stack.refresh();
      expect(await stack.up()).toContain("4 unchanged");
      expect(api.emulator.snapshot()).toMatchObject(drifted);

      stack.program = trio(options, { ...changed, metadata: '{ tier: "silver", note: "c" }' });
      await stack.up();
      expect(api.emulator.snapshot().apps).toMatchObject([
        { name: "By hand", metadata: { tier: "silver", note: "by hand" } },
      ]);
      await stack.expectNoChange();
      await stack.destroy();
    }));
});

describe("protect and retainOnDelete", () => {
  it("refuse to destroy and to replace, and keep objects in Smooch that leave the state", () =>
    scenario(async (api, start) => {
      const protect = "{ protect: true }";
      const stack = start(trio({ app: protect, key: protect, hook: protect }));
      await stack.up();
      const { appId, keyId, hookId } = await stack.outputs();
      const before = api.emulator.snapshot();

      const destroy = await stack.try("destroy", "--yes", "--skip-preview");
      expect(destroy.code).not.toBe(0);
      expect(destroy.output).toContain("cannot be deleted");
      const options = { app: protect, key: protect, hook: "{ retainOnDelete: true }" };
      stack.program = trio(options, { keepers: "{ n: 2 }" });
      const replace = await stack.tryUp();
      expect(replace.code).not.toBe(0);
      expect(replace.output).toMatch(/unable to replace resource "\S+::backend"/);
      expect(api.emulator.snapshot()).toEqual(before);
      expect(names(stack)).toEqual(["backend", "events", "support"]);

      stack.program = trio({ hook: "{ retainOnDelete: true }" });
      await stack.up();
      stack.program = `new smooch.SmoochApp("support", { name: "Support", metadata: { tier: "gold", note: "a" } });`;
      api.emulator.requests.length = 0;
      expect(await stack.up()).toContain("- 2 deleted");
      expect(writes(api)).toEqual(["deleteKey"]);
      expect(names(stack)).toEqual(["support"]);
      expect(before.keys).toMatchObject([{ id: keyId }]);
      expect(api.emulator.snapshot()).toMatchObject({ keys: [], webhooks: [{ id: hookId }] });
      await byHand(api, "DELETE", `/v1/apps/${appId}/webhooks/${hookId}`);
      await stack.destroy();
    }));
});

describe("deletedWith", () => {
  it("saves the calls for a key and a webhook if their app is deleted, and only then", () =>
    scenario(async (api, start) => {
      const stack = start(trio({ key: "{ deletedWith: app }", hook: "{ deletedWith: app }" }));
      await stack.up();
      const first = await stack.outputs();
      stack.program = trio({ key: "{ deletedWith: app }", hook: "{ deletedWith: app }" }, { keepers: "{}" });
      api.emulator.requests.length = 0;
      await stack.up();
      expect(writes(api)).toEqual(["createKey", "deleteKey"]);
      expect((await stack.outputs()).keyId).not.toBe(first.keyId);
      await stack.expectNoChange();
      api.emulator.requests.length = 0;
      await stack.destroy();
      expect(writes(api)).toEqual(["deleteApp"]);
      expect(api.emulator.snapshot()).toMatchObject({ apps: [], keys: [], webhooks: [] });
    }));
});

describe("a replacement that the user requests", () => {
  it.each([dynamicDoor, inlineDoor])("works with --replace, with taint, and with replaceOnChanges", (door) =>
    scenario(async (api, start) => {
      const stack = start(trio(), door);
      await stack.up();
      const first = await stack.outputs();
      api.emulator.requests.length = 0;
      await stack.up("--replace", "**::backend");
      expect(writes(api)).toEqual(["createKey", "deleteKey"]);

      await stack.run("state", "taint", stack.resource("backend").urn, "--yes");
      api.emulator.requests.length = 0;
      await stack.up();
      expect(writes(api)).toEqual(["createKey", "deleteKey"]);

      stack.program = trio({ key: "{ deleteBeforeReplace: true }" }, { keepers: "{ n: 2 }" });
      api.emulator.requests.length = 0;
      await stack.up();
      expect(writes(api)).toEqual(["deleteKey", "createKey"]);

      const options = {
        key: "{ deleteBeforeReplace: true }",
        hook: '{ replaceOnChanges: ["target", "triggers"] }',
      };
      const moved = { keepers: "{ n: 2 }", target: '"https://bot.example/v2"' };
      stack.program = trio(options, moved);
      api.emulator.requests.length = 0;
      await stack.up();
      // The class deletes first in any case, the plugin only if the target stays the same.
      const order = ["deleteWebhook", "createWebhook"];
      expect(writes(api)).toEqual(door === dynamicDoor ? order : order.toReversed());
      const second = await stack.outputs();
      expect(second.hookId).not.toBe(first.hookId);

      // Smooch refuses a second webhook with the same target, so the old one is deleted first without an option.
      const hook = '{ replaceOnChanges: ["triggers"] }';
      const same = { ...moved, triggers: '["*"]' };
      stack.program = trio({ hook }, same);
      api.emulator.requests.length = 0;
      await stack.up();
      // Pulumi does not ask the plugin about a replacement that the user requests, so the program says what the class does.
      stack.program = trio(door === dynamicDoor ? {} : { hook: "{ deleteBeforeReplace: true }" }, same);
      await stack.up("--replace", "**::events");
      expect(writes(api)).toEqual(["deleteWebhook", "createWebhook", "deleteWebhook", "createWebhook"]);
      expect((await stack.outputs()).hookId).not.toBe(second.hookId);
      await stack.expectNoChange();
      await stack.destroy();
    }),
  );
});

describe("--target", () => {
  it("leaves the other resources alone", () =>
    scenario(async (api, start) => {
      const stack = start(trio());
      await stack.up();
      const { keyId } = await stack.outputs();
      stack.program = trio({}, { name: '"Help"', triggers: '["postback"]', keepers: "{ n: 2 }" });
      await stack.up("--target", "**::events");
      expect(api.emulator.snapshot()).toMatchObject({
        apps: [{ name: "Support" }],
        keys: [{ id: keyId }],
        webhooks: [{ triggers: ["postback"] }],
      });
      api.emulator.requests.length = 0;
      await stack.destroy("--target", "**::backend");
      expect(writes(api)).toEqual(["deleteKey"]);
      expect(names(stack)).toEqual(["events", "support"]);
      await stack.up();
      expect(api.emulator.snapshot()).toMatchObject({
        apps: [{ name: "Help" }],
        keys: [{ name: "backend" }],
      });
      await stack.expectNoChange();
      await stack.destroy("--refresh");
    }));
});

describe("options of every resource", () => {
  it("work: components, protect, dependsOn, timeouts, additional secrets, transforms and --refresh", () =>
    scenario(async (api, start) => {
      const program = (protect: boolean) => `
        class Channel extends pulumi.ComponentResource {
          constructor(name, options) {
            super("channel:index:Channel", name, {}, options);
            const child = { parent: this, customTimeouts: { create: "1m", update: "1m", delete: "1m" } };
            this.app = new smooch.SmoochApp(name, {}, { ...child, additionalSecretOutputs: ["appToken"] });
            this.key = new smooch.SmoochKey(name, { appId: this.app.id }, { ...child, additionalSecretOutputs: ["name"] });
            this.hook = new smooch.SmoochWebhook(name, { appId: this.app.id, target: "https://bot.example" }, { ...child, dependsOn: this.key });
          }
        }
        const channel = new Channel("support", {
          protect: ${protect},
          transforms: [({ type, props, opts }) =>
            type.endsWith("smooch:App") ? { props: { ...props, metadata: { owner: "team" } }, opts } : undefined],
        });
        Object.assign(exports, { appToken: channel.app.appToken, keyName: channel.key.name, secret: channel.key.secret });`;
      const stack = start(program(true), dynamicDoor);
      expect(await stack.up()).toMatch(
        /appToken *: \[secret\]\s+keyName *: \[secret\]\s+secret *: \[secret\]/,
      );
      expect(writes(api)).toEqual(["createApp", "createKey", "createWebhook"]);
      const [app] = api.emulator.snapshot().apps;
      expect(app).toMatchObject({ name: "support", metadata: { owner: "team" } });
      const { appToken, secret } = await stack.outputs();
      expect(appToken).toBe(app?.appToken);
      for (const hidden of [appToken, secret]) expect(stack.stateFile()).not.toContain(hidden);
      await stack.expectNoChange();
      expect((await stack.try("destroy", "--yes", "--skip-preview")).output).toContain("cannot be deleted");

      await byHand(api, "PUT", `/v1/apps/${app?.id}`, { name: "By hand" });
      expect(await stack.run("preview", "--refresh")).toContain("~ 1 to update");
      stack.program = program(false);
      await stack.up("--refresh");
      expect(api.emulator.snapshot().apps).toMatchObject([{ name: "support" }]);
      await stack.destroy("--refresh");
    }));
});

describe("aliases", () => {
  it("rename all three without changing them, and take over the resources of a handwritten provider", () =>
    scenario(async (api, start) => {
      const program = (key: string, prefix = "") => {
        const alias = prefix === "" ? () => "{}" : (old: string) => `{ aliases: [{ name: "${old}" }] }`;
        return `${handwritten}
          const app = new smooch.SmoochApp("${prefix}support", { name: "Support" }, ${alias("support")});
          const key = ${key};
          const hook = new smooch.SmoochWebhook("${prefix}events", { appId: app.id, target: "https://bot.example" }, ${alias("events")});
          Object.assign(exports, { appId: app.id, keyId: key.id, secret: key.secret, hookId: hook.id });`;
      };
      const stack = start(program('new Key("backend", { appId: app.id, name: "backend" })'), dynamicDoor);
      await stack.up();
      const before = await stack.outputs();
      const taken = '{ appId: app.id }, { aliases: [{ type: "pulumi-nodejs:dynamic:Resource" }] }';
      stack.program = program(`new smooch.SmoochKey("backend", ${taken})`);
      api.emulator.requests.length = 0;
      await stack.up();
      expect(writes(api)).toEqual([]);
      expect(await stack.outputs()).toEqual(before);

      const renamed = '{ appId: app.id, name: "backend" }, { aliases: [{ name: "backend" }] }';
      stack.program = program(`new smooch.SmoochKey("new-backend", ${renamed})`, "new-");
      api.emulator.requests.length = 0;
      await stack.up();
      expect(api.emulator.requests).toEqual([]);
      expect(names(stack)).toEqual(["new-backend", "new-events", "new-support"]);
      expect(await stack.outputs()).toEqual(before);
      await stack.expectNoChange();
      await stack.destroy();
    }));
});
