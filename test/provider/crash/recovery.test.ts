import { describe, expect, it } from "vitest";
import { apiVersions } from "../../../src/smooch/api-version";
import type { World } from "../../support/world";
import {
  answer,
  apps,
  integrations,
  isCreate,
  isKeyCreate,
  keys,
  lost,
  messageOf,
  partialFailure,
  staleReads,
  withApp,
  withKeys,
  withLateFirstCreate,
} from "../support";
import { killedAfterAnswer, mayBe, never, resource, said } from "./interrupted";

describe.each(apiVersions)("with API %s a create whose run was killed after the response", (version) => {
  it("is recovered by the same resource", async () => {
    const { world, key, again, inputs, nextProcess } = await killedAfterAnswer(version);
    expect((await keys.create(nextProcess(), { ...inputs, __resource: "prod/backend" })).id).not.toBe(key);
    expect((await again()).id).toBe(key);
    // That run may be killed too, before Pulumi has recorded the result.
    expect(world.journal.all().map(([, { id }]) => id)).toContain(key);
    expect((await again()).id).toBe(key);
    expect(said(world).slice(0, 1)).toEqual([
      `pulumi-smooch: key ${key} was made by an interrupted run, and belongs to this one now`,
    ]);
    world.journal.recorded(key);
    expect((await again()).id).not.toBe(key);
    expect(world.emulator.snapshot().keys).toHaveLength(3);
  });

  it("is reported when the stack is refreshed", async () => {
    const { world, key, appId, outputs, nextProcess } = await killedAfterAnswer(version);
    const next = world.context();
    await expect(
      apps.read(next, appId, { name: "Shop", ...resource, __seenBy: next.credential }),
    ).resolves.toBeDefined();
    expect(said(world)).toEqual([
      expect.stringMatching(
        `^pulumi-smooch: an interrupted run made key ${key} in app ${appId} of resource dev/backend\\. Check`,
      ),
    ]);
    // It is not reported if a resource of this stack has the object.
    world.said.length = 0;
    const owning = nextProcess();
    owning.session.owned.add(key);
    await apps.read(owning, appId, { name: "Shop", ...resource, __seenBy: owning.credential });
    expect(said(world)).toEqual([]);
    // It is not reported if the state turns out to have the object.
    world.said.length = 0;
    await keys.read(world.context(), key, outputs);
    expect(said(world)).toEqual([]);
  });

  it("stops an adoption of another object while its own still exists", async () => {
    const { world, key, inputs, nextProcess } = await killedAfterAnswer(version);
    const other = await world.client().keys.create(inputs.appId, { name: "backend" });
    const adopt = (process = nextProcess()) =>
      keys.create(process, { ...inputs, ...resource, __adopt: other.id });
    expect(await messageOf(adopt())).toContain(
      `An interrupted run made key ${key} for this resource. It still exists, and the resource adopts another one. Nothing was taken over or deleted.`,
    );
    expect(world.emulator.snapshot().keys.map(({ id }) => id)).toEqual([key, other.id]);
    await world.client().keys.delete(inputs.appId, key);
    expect((await adopt()).id).toBe(other.id);
  });

  it.each([
    ["its own object", (key: string, _: string) => key],
    ["another one, if a resource already has its own object", (_: string, other: string) => other],
  ])("does not stop its resource from adopting %s", async (what, choose) => {
    const { world, key, inputs, nextProcess } = await killedAfterAnswer(version);
    const other = await world.client().keys.create(inputs.appId, { name: "backend" });
    const process = nextProcess();
    if (what.startsWith("another")) process.session.markManaged(key);
    const adopted = choose(key, other.id);
    expect((await keys.create(process, { ...inputs, ...resource, __adopt: adopted })).id).toBe(adopted);
  });

  it("does not stop any adoption by its resource if its journal entry is damaged", async () => {
    const { world, key, inputs, nextProcess } = await killedAfterAnswer(version);
    for (const [name, entry] of world.journal.all()) world.journal.note(name, { ...entry, address: {} });
    const other = await world.client().keys.create(inputs.appId, { name: "backend" });
    const { id } = await keys.create(nextProcess(), { ...inputs, ...resource, __adopt: other.id });
    expect([id, world.emulator.snapshot().keys.length]).toEqual([other.id, 2]);
    expect(key).not.toBe(id);
  });

  it("is repeated if its object is gone", async () => {
    const { world, appId, key, again } = await killedAfterAnswer(version);
    await world.client().keys.delete(appId, key);
    const { id } = await again();
    expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([id]);
  });

  it("stops the next create if one response shows the object and another does not", async () => {
    const { world, appId, key, again } = await killedAfterAnswer(version);
    const list = `/${version}/apps/${appId}/keys`;
    const staleRead = staleReads(`${list}/${key}`);
    const staleList = staleReads(list);
    world.intercept = (request, forward) => staleList(request, () => staleRead(request, forward));
    await world.client().keys.get(appId, key);
    await world.client().keys.list(appId);
    await world.client().keys.delete(appId, key);
    // The second read of the object is the first that is not stale.
    let reads = 0;
    world.intercept = (request, forward) => {
      const isRead = request.method === "GET" && request.url.endsWith(`/${key}`);
      if (isRead && ++reads > 1) return forward();
      return staleList(request, () => staleRead(request, forward));
    };
    await expect(again()).rejects.toThrow("Smooch returns it in one response and not in another");
    world.intercept = staleRead;
    // A listing that is not stale does not show it.
    const other = await world.client().keys.create(appId, { name: "another" });
    expect(await messageOf(again())).toBe(
      `An interrupted run made key ${key} for this resource. Smooch returns it in one response and not in another, so one of them is out of date. Nothing was taken over or deleted. Run the same command again.`,
    );
    world.intercept = (_, forward) => forward();
    const { id } = await again();
    expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([other.id, id]);
  });

  it("stops the next create if a read shows the object and its app is gone", async () => {
    const { world, appId, key, again } = await killedAfterAnswer(version);
    world.intercept = staleReads(`/${version}/apps/${appId}/keys/${key}`);
    await world.client().keys.get(appId, key);
    await world.client().apps.delete(appId);
    await expect(again()).rejects.toThrow("Smooch returns it in one response and not in another");
  });

  it("stops the next create if the object differs from what is declared now", async () => {
    const { world, inputs, key, nextProcess } = await killedAfterAnswer(version);
    const changed = { ...inputs, name: "worker", ...resource };
    expect(await messageOf(keys.create(nextProcess(), changed))).toContain(
      `An interrupted run made key ${key} for this resource. It differs from what is declared now: name. Nothing was taken over or deleted.`,
    );
    const other = await apps.create(nextProcess(), { name: "Store" });
    expect(await messageOf(keys.create(nextProcess(), { ...changed, appId: other.id }))).toContain(
      "It differs from what is declared now: appId, name.",
    );
    expect(world.emulator.snapshot().keys).toHaveLength(1);
  });

  it("stops the next create if only matching found the object", async () => {
    const { world, context, inputs, nextProcess } = await withKeys(version);
    world.intercept = async (request, forward) => {
      const answered = await forward();
      if (isKeyCreate(request)) throw lost;
      return answered;
    };
    const { id } = await keys.create(context, { ...inputs, ...resource });
    world.intercept = (_, forward) => forward();
    world.time += 5000;
    expect(await messageOf(keys.create(nextProcess(), { ...inputs, ...resource }))).toMatch(mayBe(id));
    expect(world.emulator.snapshot().keys.map((key) => key.id)).toEqual([id]);
  });

  it("stops the next create if only matching found the object, and a duplicate was not deleted", async () => {
    const { world, context, inputs, nextProcess } = await withKeys(version);
    const { intercept } = withLateFirstCreate();
    world.intercept = (request, forward) =>
      request.method === "DELETE" ? Promise.resolve(answer(403)) : intercept(request, forward);
    const { id } = await partialFailure(keys.create(context, { ...inputs, ...resource }));
    world.intercept = (_, forward) => forward();
    const made = world.emulator.snapshot().keys.map((key) => key.id);
    expect(made).toEqual([id, expect.any(String)]);
    world.time += 5000;
    expect(await messageOf(keys.create(nextProcess(), { ...inputs, ...resource }))).toMatch(
      mayBe(made.join(", ")),
    );
  });

  it("is recovered if the response was incomplete", async () => {
    const { world, context, inputs, nextProcess } = await withKeys(version);
    world.intercept = async (request, forward) => {
      if (!isKeyCreate(request)) return answer(403);
      const [made] = Object.values<Record<string, unknown>>(JSON.parse((await forward()).body));
      return answer(201, { key: { ...made, secret: undefined } });
    };
    const { id } = await partialFailure(keys.create(context, { ...inputs, ...resource }));
    world.intercept = (_, forward) => forward();
    world.time += 5000;
    expect((await keys.create(nextProcess(), { ...inputs, ...resource })).id).toBe(id);
    expect(world.emulator.snapshot().keys.map((key) => key.id)).toEqual([id]);
  });

  it("stops the next create if Smooch does not return the secret", async () => {
    const { world, key, again } = await killedAfterAnswer(version);
    world.emulator.setProfile({ secrets: "masked" });
    expect(await messageOf(again())).toMatch(
      new RegExp(
        `^An interrupted run made key ${key} for this resource\\. Smooch does not return its secret\\. Nothing was taken over or deleted\\. `,
      ),
    );
    expect(world.emulator.snapshot().keys.map(({ id }) => id)).toEqual([key]);
  });

  it("stops the next create if the object cannot be proven gone", async () => {
    const { world, appId, key, again, nextProcess } = await killedAfterAnswer(version);
    await world.client().apps.delete(appId);
    const service = nextProcess();
    service.credential = service.credential.replace(/^act_/, "svc_");
    const [[name, entry] = []] = world.journal.all();
    const account = service.credential.slice(0, service.credential.lastIndexOf("/"));
    world.journal.note(String(name), { ...(entry ?? expect.fail("no entry")), account });
    await expect(again(service)).rejects.toThrow(
      `An interrupted run made key ${key} for this resource. Smooch cannot find key ${key} (HTTP 404), but these credentials would get the same response for an app that they have lost access to. Nothing was changed. Nothing was taken over or deleted.`,
    );
    world.intercept = async () => answer(403);
    await expect(again(service)).rejects.toThrow(`Smooch refused to read key ${key}`);
  });

  it("keeps its object if Pulumi was told to replace it and creates it again first", async () => {
    const { world, key, outputs, again, nextProcess } = await killedAfterAnswer(version);
    const forced = nextProcess();
    expect((await again(forced)).id).toBe(key);
    await keys.delete(forced, key, outputs);
    expect(world.emulator.snapshot().keys.map(({ id }) => id)).toEqual([key]);
    expect(world.said).toContain(
      `pulumi-smooch: key ${key} was treated as the object of an interrupted run, so it was not replaced; run the same command again`,
    );
  });

  it("is forgotten when its resource imports the object, but not when it updates another one", async () => {
    const { world, key, inputs, nextProcess } = await killedAfterAnswer(version);
    const other = await world.client().keys.create(inputs.appId, { name: "other" });
    const state = { ...inputs, ...other, ...resource };
    await keys.update(nextProcess(), other.id, state, { ...inputs, ...resource });
    expect(world.journal.all()).toMatchObject([[expect.any(String), { id: key }]]);
    const importing = nextProcess();
    const { outputs } = await keys.import(importing, key, { appId: inputs.appId, ...resource });
    await keys.update(importing, key, outputs, { ...inputs, ...resource });
    expect(world.journal.all()).toEqual([]);
  });

  it("is not recovered if the state has the object", async () => {
    const { world, key, again, nextProcess } = await killedAfterAnswer(version);
    const replacing = nextProcess();
    replacing.session.owned.add(key);
    const replaced = await again(replacing);
    expect(replaced.id).not.toBe(key);
    expect(world.journal.all().map(([, { id }]) => id)).toEqual([replaced.id]);
  });
});

describe.each(apiVersions)(
  "with API %s an integration of a run that was killed after the response",
  (version) => {
    const telegram = { type: "telegram", token: "7:t0ken" };
    const web = { type: "web", brandColor: "ff0000" };
    const stored = (world: World) => world.emulator.snapshot().integrations;

    async function interrupted(given: object) {
      const made = await withApp(version);
      const { world, appId } = made;
      const inputs = { appId, ...given, __resource: "dev/channel" };
      await integrations.create(world.context(), inputs);
      world.time += 5000;
      world.writes.length = 0;
      const path = `/${version}/apps/${appId}/integrations`;
      return { ...made, inputs, path, first: stored(world)[0]?.id };
    }

    it("is deleted and created again with the current credentials", async () => {
      const { world, inputs, path, first } = await interrupted(telegram);
      const news = { ...inputs, token: "8:t0ken" };
      const { id, outputs } = await integrations.create(world.context(), news);
      expect(id).not.toBe(first);
      expect(stored(world)).toMatchObject([{ id, fields: { token: "8:t0ken" } }]);
      expect(outputs).toMatchObject(news);
      expect(world.writes).toEqual([
        [`DELETE ${path}/${first}`],
        [`POST ${path}`, { type: "telegram", token: "8:t0ken" }],
      ]);
      expect(said(world)).toEqual([]);
    });

    it("is taken over if Smooch returns all its fields", async () => {
      const { world, inputs, first } = await interrupted(web);
      const { id, outputs } = await integrations.create(world.context(), inputs);
      expect(id).toBe(first);
      expect(outputs).toMatchObject(inputs);
      expect(world.writes).toEqual([]);
      expect(said(world)).toEqual([
        `pulumi-smooch: integration ${id} was made by an interrupted run, and belongs to this one now`,
      ]);
    });

    it("is looked for again if it could not be deleted", async () => {
      const { world, inputs, path, first } = await interrupted(telegram);
      world.intercept = async ({ method }, forward) => (method === "DELETE" ? answer(403) : forward());
      await expect(integrations.create(world.context(), inputs)).rejects.toThrow(
        `Smooch refused to delete integration ${first}`,
      );
      expect(world.writes).toEqual([[`DELETE ${path}/${first}`]]);
      world.intercept = (_, forward) => forward();
      const { id } = await integrations.create(world.context(), inputs);
      expect(stored(world).map((one) => one.id)).toEqual([id]);
      expect(id).not.toBe(first);
    });
  },
);

it("an interrupted create of an app is reported without a parent app", async () => {
  const { world } = await withApp("v1");
  await new Promise<void>((kill) => {
    world.intercept = async (request, forward) => {
      if (!isCreate(request)) return forward();
      kill();
      return never;
    };
    void apps.create(world.context(), { name: "Store", __resource: "dev/store" });
  });
  world.intercept = (_, forward) => forward();
  world.backend = undefined;
  await apps.create(world.context(), { name: "Store", __resource: "dev/store" });
  expect(said(world)).toEqual([
    expect.stringMatching("^pulumi-smooch: an interrupted run may have made the app of resource dev/store"),
  ]);
});
