import { describe, expect, it } from "vitest";
import { hasMark } from "../../src/provider/hidden";
import { unknownValue } from "../../src/provider/values";
import { apiVersions } from "../../src/smooch/api-version";
import { apps, integrations, keys, notFound, webhooks, withApp } from "./support";

const twilio = { type: "twilio", accountSid: "AC1", authToken: "secret", phoneNumberSid: "PN1" };
const now = (version: (typeof apiVersions)[number]) => ({ now: 0, version });

describe.each(apiVersions)("import with API %s", (version) => {
  it("returns what declares the object, and marks the state until an update that sends nothing", async () => {
    const { world, context, appId } = await withApp(version);
    const { id } = await context.smooch.keys.create(appId, { name: "backend" });
    const found = await keys.import(context, id, { appId, __resource: "dev/signer" });
    expect(found.inputs).toEqual({ appId, name: "backend", __resource: "dev/signer" });
    expect(hasMark(found.outputs, "imported")).toBe(true);
    expect(context.session.owned.has(id)).toBe(true);

    const declared = { ...found.inputs, keepers: { n: 1 }, rotateAfterDays: 9 };
    const refreshed = await keys.read(context, id, found.outputs);
    for (const state of [found.outputs, refreshed?.outputs ?? {}]) {
      expect(keys.diff(id, state, declared, now(version))).toEqual({
        changes: true,
        reason: `key ${id} is imported: its first update records what the program declares, and changes nothing in Smooch`,
      });
    }
    world.writes.length = 0;
    const outputs = await keys.update(context, id, found.outputs, declared);
    expect(world.writes).toEqual([]);
    expect([hasMark(outputs, "imported"), hasMark(outputs, "adopted")]).toEqual([false, false]);
    expect(keys.diff(id, outputs, declared, now(version))).toEqual({ changes: false });
    expect(keys.diff(id, outputs, { ...declared, keepers: { n: 2 } }, now(version)).replaces).toEqual([
      "keepers",
    ]);
  });

  it("leaves alone what the program does not declare, and sends what differs", async () => {
    const { world, context } = await withApp(version);
    const { id } = await context.smooch.apps.create({
      name: "Shop",
      settings: { useAnimalNames: true },
      metadata: { tier: "gold" },
    });
    const { outputs, inputs } = await apps.import(context, id, {});
    expect(inputs).toEqual({ name: "Shop", settings: { useAnimalNames: true }, metadata: { tier: "gold" } });
    world.writes.length = 0;
    const same = await apps.update(context, id, outputs, {
      name: "Shop",
      settings: { maskCreditCardNumbers: true },
    });
    expect(world.writes).toEqual([]);
    expect(same).toEqual({
      name: "Shop",
      settings: { maskCreditCardNumbers: true },
      ...(version !== "v2" && { appToken: outputs.appToken }),
      __seenBy: context.credential,
    });
    expect(apps.diff(id, outputs, { name: "Store" }, now(version))).toEqual({});
    await apps.update(context, id, outputs, { name: "Store" });
    expect(world.emulator.snapshot().apps.at(-1)).toMatchObject({
      name: "Store",
      metadata: { tier: "gold" },
    });
  });

  it("finds the type of an integration, and replaces nothing when its credentials are declared", async () => {
    const { world, context, appId } = await withApp(version);
    const { id } = await context.smooch.integrations.create(appId, twilio);
    const found = await integrations.import(context, id, { appId });
    expect(found.inputs).toEqual({ appId, type: "twilio", accountSid: "AC1", phoneNumberSid: "PN1" });
    const declared = { appId, ...twilio };
    expect(integrations.diff(id, found.outputs, declared, now(version))).toMatchObject({ changes: true });
    world.writes.length = 0;
    const outputs = await integrations.update(context, id, found.outputs, declared);
    expect(world.writes).toEqual([]);
    expect(hasMark(outputs, "adopted")).toBe(true);
    const moved = { ...declared, appId: "another" };
    expect(integrations.diff(id, found.outputs, moved, now(version))).toMatchObject({ replaces: ["appId"] });
  });

  it("is refused in the run that imports it if the program declares something else, and is never deleted there", async () => {
    const { world, context, appId, hook } = await withApp(version);
    const { id } = await context.smooch.keys.create(appId, { name: "backend" });
    const { outputs } = await keys.import(context, id, { appId });
    const importing = { ...now(version), isBeingImported: true };
    const differing = { appId: "another", name: "other", keepers: { n: 1 } };
    expect(() => keys.diff(id, outputs, differing, importing)).toThrow(
      `key ${id} cannot be adopted, because it is not as the program declares it: appId differs; name differs. Nothing was changed.`,
    );
    const unknown = { appId: unknownValue, name: "backend", keepers: { n: unknownValue } };
    expect(keys.diff(id, outputs, unknown, importing)).not.toMatchObject({ changes: false });
    expect(keys.diff(id, outputs, { appId, name: "backend" }, importing)).toMatchObject({ changes: true });

    world.writes.length = 0;
    await keys.delete(context, id, outputs);
    expect(world.writes).toEqual([]);
    expect(world.said.at(-1)).toContain(`key ${id} was adopted again and stays as it is`);
    const made = await webhooks.create(context, hook());
    const imported = await webhooks.import(context, made.id, { appId });
    await webhooks.delete(world.context(), made.id, imported.outputs);
    expect(world.emulator.snapshot().webhooks).toEqual([]);
  });

  it("stops at an object that does not exist, or whose app does not", async () => {
    const { world, context, appId } = await withApp(version);
    const id = "5a0b1c2d3e4f5a6b7c8d9e0f";
    for (const kind of [keys, webhooks, integrations])
      await expect(kind.import(context, id, { appId })).rejects.toThrow(
        `${id}, or these credentials cannot see it`,
      );
    world.intercept = async () => notFound(version);
    await expect(apps.import(context, appId, {})).rejects.toThrow(`Smooch has no app ${appId}`);
  });
});

it("reads a webhook through the API version that the import id names", async () => {
  const { context, appId } = await withApp("v1");
  const { id } = await context.smooch
    .in("v2")
    .webhooks.create(appId, { target: "https://bot.example", triggers: ["conversation:message"] });
  const { inputs } = await webhooks.import(context, id, { appId, version: "v2" });
  expect(inputs).toMatchObject({ appId, version: "v2", target: "https://bot.example" });
});
