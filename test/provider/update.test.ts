import { describe, expect, it } from "vitest";
import type { Properties } from "../../src/provider/kind";
import { apiVersions } from "../../src/smooch/api-version";
import { words } from "../support/words";
import { World } from "../support/world";
import { answer, apps, keys, staleReads, webhooks, withApp } from "./support";

describe.each(apiVersions)("update with API %s", (version) => {
  it("sends what changed, and clears what is no longer declared", async () => {
    const world = new World({}, version);
    const context = world.context();
    const { id, outputs } = await apps.create(context, {
      name: "Shop",
      metadata: { tier: "gold" },
      settings: { useAnimalNames: true },
    });
    world.writes.length = 0;
    const renamed = await apps.update(context, id, outputs, {
      name: "Store",
      metadata: { tier: "gold" },
      settings: { useAnimalNames: true },
    });
    const cleared = await apps.update(context, id, renamed, { name: "Store" });
    const { update, name } = words[version];
    expect(world.writes).toEqual([
      [`${update} /${version}/apps/${id}`, { [name]: "Store" }],
      [`${update} /${version}/apps/${id}`, { metadata: {} }],
    ]);
    const { settings: _, metadata: __, ...rest } = outputs;
    expect(cleared).toEqual({ ...rest, name: "Store" });
    expect(world.emulator.snapshot().apps[0]).not.toHaveProperty("metadata.tier");
  });

  it("restores a secret that the state lacks", async () => {
    const { context, appId } = await withApp(version);
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    const { secret: _, ...partial } = outputs;
    expect(await keys.update(context, id, partial, { appId, name: "backend" })).toEqual(outputs);
  });

  it("waits out another client's update of the same webhook", async () => {
    const { world, context, appId, hook, update } = await withApp(version);
    await context.smooch.keys.create(appId, { name: "backend" });
    const { id, outputs } = await webhooks.create(context, hook());
    let updates = 0;
    world.intercept = async ({ method }, forward) =>
      method === update && ++updates === 1 ? answer(409) : forward();
    const changed = await webhooks.update(context, id, outputs, hook({ target: "https://b.example" }));
    // In v2 the second uses the account's key, which is refused, and the third the app's.
    expect(updates).toBe(version === "v2" ? 3 : 2);
    expect(changed).toEqual({ ...outputs, target: "https://b.example" });
  });
});

describe("an update of a webhook", () => {
  it.each([
    ["v1.1", { includeFullUser: true, includeClient: true }],
    ["v2", { includeFullUser: true, includeClient: true, displayName: "Bot" }],
  ] as const)("sets and clears everything that %s supports", async (version, extras) => {
    const { context, appId, hook, world } = await withApp(version);
    await context.smooch.keys.create(appId, { name: "backend" });
    const made = await webhooks.create(context, hook());
    const full = await webhooks.update(context, made.id, made.outputs, hook(extras));
    expect(full).toEqual({ ...made.outputs, ...extras });
    const state = () => world.emulator.snapshot();
    expect(state().webhooks).toMatchObject([{ includeFullUser: true, includeFullSource: true }]);
    const news: Properties = hook();
    expect(webhooks.diff(made.id, full, news, { now: 0, version })).toEqual({});
    expect(await webhooks.update(context, made.id, full, news)).toEqual(made.outputs);
    expect(state().webhooks).toMatchObject([{ includeFullUser: false, includeFullSource: false }]);
    expect(state().integrations).toMatchObject([version === "v2" ? { displayName: null } : {}]);
  });

  it("in v2 uses the app's own key, and the account's key for the name", async () => {
    const { world, context, appId, hook } = await withApp("v2");
    await context.smooch.keys.create(appId, { name: "backend" });
    const { id, outputs } = await webhooks.create(context, hook());
    const path = `/v2/apps/${appId}/integrations/${id}`;
    const inner = `PATCH ${path}/webhooks/${outputs.webhookId}`;
    world.writes.length = 0;
    const renamed = await webhooks.update(context, id, outputs, hook({ displayName: "Bot" }));
    expect(world.writes).toEqual([[`PATCH ${path}`, { displayName: "Bot" }]]);
    world.writes.length = 0;
    const moved = hook({ displayName: "Help", target: "https://b.example" });
    await webhooks.update(context, id, renamed, moved);
    expect(world.writes).toEqual([
      [`PATCH ${path}`, { displayName: "Help" }],
      [inner, { target: "https://b.example" }],
      [inner, { target: "https://b.example" }],
    ]);
  });

  it.each<[string, object]>([
    ["target", { target: "https://b.example" }],
    ["triggers and flags", { triggers: ["user:merge"], includeFullUser: true, includeClient: true }],
    ["name", { displayName: "Bot" }],
    ["name and target", { displayName: "Bot", target: "https://b.example" }],
  ])("in v2 returns the changed %s, although reads are stale", async (_, change) => {
    const { world, context, appId, hook } = await withApp("v2");
    await context.smooch.keys.create(appId, { name: "backend" });
    const { id, outputs } = await webhooks.create(context, hook());
    world.intercept = staleReads(`/v2/apps/${appId}/integrations/${id}`);
    // Primes the stale read, like an earlier read in the same process.
    await webhooks.read(context, id, outputs);
    const updated = await webhooks.update(context, id, outputs, hook(change));
    expect(updated).toEqual({ ...outputs, ...change });
    expect(webhooks.diff(id, updated, hook(change), { now: 0, version: "v2" })).toEqual({ changes: false });
    world.intercept = (_, forward) => forward();
    expect((await webhooks.read(context, id, updated))?.outputs).toEqual(updated);
  });

  it("in v2 needs a key of the app if the account's is refused", async () => {
    const { context, appId, hook } = await withApp("v2");
    const { id, outputs } = await webhooks.create(context, hook());
    await expect(
      webhooks.update(context, id, outputs, hook({ target: "https://b.example" })),
    ).rejects.toThrow(
      `Smooch refused to update webhook ${id} of app ${appId}: This call needs credentials with the scope \`app\` (HTTP 403). This call needs a key of the app itself, and app ${appId} has none that Smooch shows: declare a SmoochKey in it.`,
    );
  });
});

describe("a webhook of another API version than the stack's", () => {
  const pinned = (appId: string) => ({
    appId,
    target: "https://a.example",
    triggers: ["message:appUser"],
    version: "v1",
  });

  it("is created, read, updated and deleted through its own", async () => {
    const { world, context, appId } = await withApp("v2");
    world.sent.length = 0;
    const { id, outputs } = await webhooks.create(context, pinned(appId));
    expect(outputs).toMatchObject({ version: "v1" });
    expect((await webhooks.read(context, id, outputs))?.inputs).toEqual(pinned(appId));
    const changed = { ...pinned(appId), triggers: ["postback"] };
    const updated = await webhooks.update(context, id, outputs, changed);
    await webhooks.delete(context, id, updated);
    const one = `/v1/apps/${appId}/webhooks`;
    expect(world.sent).toEqual([
      `POST ${one}`,
      `GET ${one}/${id}`,
      `PUT ${one}/${id}`,
      `DELETE ${one}/${id}`,
    ]);
    expect(world.emulator.snapshot().webhooks).toEqual([]);
  });
});
