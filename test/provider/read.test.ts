import { describe, expect, it } from "vitest";
import { apiVersions } from "../../src/smooch/api-version";
import { World } from "../support/world";
import {
  answer,
  apps,
  integrationKeys,
  keys,
  messageOf,
  named,
  notFound,
  webhooks,
  withApp,
} from "./support";

/** The settings of an app that was created with nothing but a name. */
const defaults = {
  v1: { maskCreditCardNumbers: true, useAnimalNames: false },
  "v1.1": { maskCreditCardNumbers: true, useAnimalNames: false, echoPostback: false },
  v2: {
    maskCreditCardNumbers: true,
    useAnimalNames: false,
    echoPostback: false,
    multiConvoEnabled: false,
    appLocalizationEnabled: true,
  },
};

describe.each(apiVersions)("read with API %s", (version) => {
  it("shows changes, but only to declared properties", async () => {
    const world = new World({}, version);
    const context = world.context();
    const inputs = { name: "Shop", settings: { useAnimalNames: true }, metadata: { tier: "gold" } };
    const { id, outputs } = await apps.create(context, inputs);
    await context.smooch.apps.update(id, {
      name: "Store",
      settings: { useAnimalNames: false, maskCreditCardNumbers: false },
      metadata: { tier: "gold", by: "hand" },
    });
    const found = await apps.read(context, id, outputs);
    expect(found?.inputs).toEqual({
      name: "Store",
      settings: { useAnimalNames: false },
      metadata: { tier: "gold", by: "hand" },
    });
    const [app] = world.emulator.snapshot().apps;
    expect(found?.outputs).toEqual({
      ...found?.inputs,
      ...(version !== "v2" && { appToken: app?.appToken }),
      __seenBy: context.credential,
    });
  });

  it("keeps values that only the state has, and the declared order of a set", async () => {
    const { world, context, appId, hook, message, postback } = await withApp(version);
    const key = await keys.create(context, { appId, name: "backend", keepers: { n: 1 } });
    expect(await keys.read(context, key.id, key.outputs)).toEqual({
      id: key.id,
      outputs: key.outputs,
      inputs: { appId, name: "backend", keepers: { n: 1 } },
    });
    const made = await webhooks.create(context, hook({ triggers: [postback, message] }));
    await context.smooch.webhooks.update(appId, made.id, { triggers: [message, postback] });
    expect(world.emulator.snapshot().webhooks[0]?.triggers).toEqual([message, postback]);
    expect((await webhooks.read(context, made.id, made.outputs))?.outputs).toEqual(made.outputs);
  });

  it("names what `get` needs", async () => {
    const { context } = await withApp(version);
    expect(await messageOf(keys.read(context, "app_1", {}))).toBe(
      "key app_1 cannot be read without a valid appId: pass it to `get`.",
    );
    expect(await messageOf(integrationKeys.read(context, "int_1", {}))).toBe(
      "integration key int_1 cannot be read without a valid appId, integrationId: pass it to `get`.",
    );
  });

  it("knows no only one where there may be several", async () => {
    const { context, appId } = await withApp(version);
    await keys.create(context, { appId, name: "backend" });
    expect(await messageOf(keys.read(context, "only", { appId }))).toContain("Smooch has no key only, ");
  });

  it("returns all properties of an object that is not declared", async () => {
    const { context, appId } = await withApp(version);
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    const read = await keys.read(context, id, { appId });
    // An object that is only read has no inputs of its own, even after a refresh.
    expect(read).toEqual({ id, outputs: { ...outputs, __read: true }, inputs: { appId } });
    expect(await keys.read(context, id, { ...read?.outputs })).toEqual(read);
    // Declared later, it is a resource like any other.
    expect(await keys.update(context, id, { ...read?.outputs }, { appId, name: "backend" })).toEqual(outputs);
  });

  it("returns all properties of a webhook that is not declared, including flags that are off", async () => {
    const { context, appId, hook } = await withApp(version);
    const { id, outputs } = await webhooks.create(context, hook());
    const flags = version === "v1" ? {} : { includeFullUser: false, includeClient: false };
    expect(await webhooks.read(context, id, { appId, target: "", __resource: "dev/hook" })).toEqual({
      id,
      outputs: { ...outputs, ...flags, __read: true, __resource: "dev/hook" },
      inputs: { appId, version, __resource: "dev/hook" },
    });
  });

  it("keeps values that only the state has, even if the state lost the rest", async () => {
    const { context, appId } = await withApp(version);
    const { id, outputs } = await keys.create(context, { appId, name: "backend", keepers: { n: 1 } });
    expect((await keys.read(context, id, { appId, name: "backend", keepers: { n: 1 } }))?.outputs).toEqual({
      ...outputs,
      __read: true,
    });
    expect((await keys.read(context, id, { ...outputs, name: { a: 1 } }))?.outputs).toEqual(outputs);
  });

  it("distinguishes gone on refresh from missing on get", async () => {
    const { context, appId } = await withApp(version);
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    await context.smooch.keys.delete(appId, id);
    expect(await keys.read(context, id, outputs)).toBeUndefined();
    expect(await messageOf(keys.read(context, id, { appId }))).toBe(
      `Smooch has no key ${id}, or these credentials cannot see it (HTTP 404). Check the id and the account.`,
    );
  });

  it.each([
    ["one stale response", ["key"]],
    ["a stale response and a stale list", ["key", "list"]],
  ])("does not accept %s as proof", async (_, stale) => {
    const { world, context, appId } = await withApp(version);
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    const left = [...stale];
    world.intercept = async ({ url }, forward) => {
      const what = url.endsWith("/keys") ? "list" : "key";
      if (left[0] !== what) return forward();
      left.shift();
      return what === "list" ? answer(200, { keys: [] }) : notFound(version);
    };
    expect((await keys.read(context, id, outputs))?.outputs).toEqual(outputs);
    expect(left).toEqual([]);
  });

  it.each(["..", "a/b", ""])("sends no request for the id %j", async (odd) => {
    const { world, context, appId } = await withApp(version);
    const { outputs } = await keys.create(context, { appId, name: "backend" });
    world.sent.length = 0;
    for (const attempt of [
      keys.read(context, odd, outputs),
      keys.read(context, odd, { appId }),
      keys.update(context, odd, outputs, outputs),
      keys.delete(context, odd, outputs),
    ]) {
      expect(await messageOf(attempt)).toContain(
        "The id given for this key is not valid: ids contain letters, digits, - and _ only. Nothing was done.",
      );
    }
    expect(await messageOf(keys.delete(context, "app_1", { ...outputs, appId: odd }))).toContain(
      "The state of key app_1 is damaged: appId is missing or unreadable. Nothing was done.",
    );
    expect(world.sent).toEqual([]);
  });

  it("reports that the state is damaged", async () => {
    const { context, appId } = await withApp(version);
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    const damaged = { ...outputs, appId: 7 };
    for (const attempt of [keys.read(context, id, damaged), keys.delete(context, id, damaged)]) {
      expect(await messageOf(attempt)).toContain(
        `The state of key ${id} is damaged: appId is missing or unreadable. Nothing was done.`,
      );
    }
  });

  it("shows an app's settings only if they are declared, unless nothing is", async () => {
    const { context, appId, appState } = await withApp(version);
    expect((await apps.read(context, appId, appState))?.inputs).toEqual({ name: "Shop" });
    expect((await apps.read(context, appId, {}))?.outputs).toMatchObject({
      name: "Shop",
      settings: defaults[version],
    });
  });

  it("shows an empty object if Smooch does not return the declared one", async () => {
    const { world, context, appId } = await withApp(version);
    world.intercept = async () => answer(200, { app: named(version, appId, "Shop") });
    const state = { name: "Shop", settings: { useAnimalNames: true }, metadata: { a: 1 }, appToken: "t" };
    expect((await apps.read(context, appId, state))?.outputs).toEqual({
      name: "Shop",
      settings: {},
      metadata: {},
      appToken: "t",
      __seenBy: context.credential,
    });
  });

  it("finds a webhook with another key of the account, and detects when it is gone", async () => {
    const { world, context, hook } = await withApp(version);
    const { id, outputs } = await webhooks.create(context, hook());
    const rotated = world.rotated();
    expect(await webhooks.read(rotated, id, outputs)).toEqual({
      id,
      outputs: { ...outputs, __seenBy: rotated.credential },
      inputs: hook(),
    });
    await webhooks.delete(context, id, outputs);
    expect(await webhooks.read(rotated, id, outputs)).toBeUndefined();
    expect(world.emulator.snapshot()).toMatchObject({ webhooks: [], integrations: [] });
  });
});

it("a webhook of another API version than the stack's is read through the given version", async () => {
  const { world, context, appId, hook } = await withApp("v2");
  const { id, outputs } = await webhooks.create(context, hook({ version: "v1", triggers: ["message"] }));
  world.sent.length = 0;
  const found = await webhooks.read(context, id, { appId, target: "", version: "v1" });
  expect(found?.outputs).toEqual({ ...outputs, __read: true });
  expect(world.sent).toEqual([`GET /v1/apps/${appId}/webhooks/${id}`]);
  await expect(webhooks.read(context, id, { appId, target: "" })).rejects.toThrow(`has no webhook ${id}`);
});
