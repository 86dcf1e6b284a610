import { describe, expect, it } from "vitest";
import { apiVersions } from "../../src/smooch/generations/version";
import { answer, apps, keys, lost, webhooks, withApp } from "./support";

describe.each(apiVersions)("delete with API %s", (version) => {
  it("counts as done when the object is gone, to who saw it last", async () => {
    const { world, context, appId } = await withApp(version);
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    await keys.delete(context, id, outputs);
    await keys.delete(context, id, outputs);
    expect(world.emulator.snapshot().keys).toEqual([]);
  });

  it("leaves nothing of a webhook", async () => {
    const { world, context, hook } = await withApp(version);
    const { id, outputs } = await webhooks.create(context, hook());
    await webhooks.delete(context, id, outputs);
    expect(world.emulator.snapshot()).toMatchObject({ webhooks: [], integrations: [] });
  });

  it("finishes when the answer of a delete was lost", async () => {
    const { world, context, appId } = await withApp(version);
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    let deletes = 0;
    world.intercept = async ({ method }, forward) => {
      const answered = await forward();
      if (method === "DELETE" && ++deletes === 1) throw lost;
      return answered;
    };
    await keys.delete(context, id, outputs);
    expect(deletes).toBe(2);
    expect(world.emulator.snapshot().keys).toEqual([]);
  });

  it("believes another credential of the same account, where the app is visible", async () => {
    const { world, context, appId, hook } = await withApp(version);
    const key = await keys.create(context, { appId, name: "backend" });
    const webhook = await webhooks.create(context, hook());
    await context.smooch.keys.delete(appId, key.id);
    await context.smooch.webhooks.delete(appId, webhook.id);
    const rotated = world.rotated();
    await keys.delete(rotated, key.id, key.outputs);
    expect(await keys.read(rotated, key.id, key.outputs)).toBeUndefined();
    await webhooks.delete(rotated, webhook.id, webhook.outputs);
    expect(await webhooks.read(rotated, webhook.id, webhook.outputs)).toBeUndefined();
  });

  it("is done by another credential that sees the object", async () => {
    const { world, context, appId } = await withApp(version);
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    await keys.delete(world.rotated(), id, outputs);
    expect(world.emulator.snapshot().keys).toEqual([]);
  });

  it("never believes another account", async () => {
    const { world, context, appId, appState, hook } = await withApp(version);
    const key = await keys.create(context, { appId, name: "backend" });
    const webhook = await webhooks.create(context, hook());
    const other = world.stranger();
    const message =
      /\(HTTP 404\), but other credentials, or another API address, saw it last: it may be alive in an account that these do not see\. Nothing was changed\./;
    await expect(keys.delete(other, key.id, key.outputs)).rejects.toThrow(message);
    await expect(keys.read(other, key.id, key.outputs)).rejects.toThrow(message);
    await expect(webhooks.delete(other, webhook.id, webhook.outputs)).rejects.toThrow(message);
    await expect(webhooks.read(other, webhook.id, webhook.outputs)).rejects.toThrow(message);
    await expect(apps.delete(other, appId, appState)).rejects.toThrow(message);
    expect(world.emulator.snapshot()).toMatchObject({ apps: [{}], keys: [{}], webhooks: [{}] });
  });

  it("fails when it cannot find out", async () => {
    const { world, context, appId } = await withApp(version);
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    const rotated = world.rotated();
    await context.smooch.keys.delete(appId, id);
    world.intercept = async (request, forward) =>
      request.url.endsWith(`/apps/${appId}`) ? answer(403) : forward();
    await expect(keys.delete(rotated, id, outputs)).rejects.toThrow(`Smooch refused to read app ${appId}`);
    world.intercept = async () => answer(403);
    await expect(keys.delete(context, id, outputs)).rejects.toThrow(
      `Smooch refused to delete key ${id} of app ${appId}`,
    );
    await expect(keys.read(context, id, outputs)).rejects.toThrow(
      `Smooch refused to read key ${id} of app ${appId}`,
    );
  });
});
