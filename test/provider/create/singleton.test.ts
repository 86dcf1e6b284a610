import { expect, it } from "vitest";
import { definitions } from "../../../src/provider/kinds";
import { key } from "../../../src/provider/kinds/key";
import { lifecycle } from "../../../src/provider/lifecycle";
import { apiVersions } from "../../../src/smooch/api-version";
import { toSmoochError } from "../../../src/smooch/errors";
import { lost, messageOf, partialFailure, withApp, withKeys } from "../support";

// Keys as if an app could have at most one: the rule is the same for any such kind.
const only = lifecycle({ ...key, isSingleton: true });

it("a singleton is looked for if an earlier attempt may have made it and the last was refused", async () => {
  const { world, context, inputs } = await withKeys("v1");
  const subject = { operation: "update", resource: "the key" };
  const repeated = lifecycle({
    ...key,
    isSingleton: true,
    async create(smooch) {
      await key.create(smooch, inputs);
      throw toSmoochError(
        subject,
        { kind: "refused", status: 404, clockSkewMs: 0 },
        "https://api.smooch.io",
        true,
      );
    },
  });
  const { id } = await repeated.create(context, inputs);
  expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([id]);
});

it.each(apiVersions)(
  "with API %s an app has at most one, and an existing one is not overwritten",
  async (version) => {
    const { world, context, nextProcess, inputs } = await withKeys(version);
    const { id } = await only.create(context, inputs);
    world.journal.recorded(id);
    const refusal = `Smooch already has key ${id}, and does not create a second one. Nothing was changed. Delete that key if nothing uses it, or adopt it, then run the same command again. If another resource of this stack manages it, declare it only once.`;
    world.writes.length = 0;
    await expect(only.create(nextProcess(), inputs)).rejects.toThrow(refusal);
    world.emulator.overlay(id, { name: 7, displayName: 7 });
    await expect(only.create(nextProcess(), inputs)).rejects.toThrow(refusal);
    expect(world.writes).toEqual([]);
  },
);

const menus = lifecycle(definitions.menu);

it("an existing singleton is not overwritten because of stale lists", async () => {
  const { world, context, appId } = await withApp("v1");
  await context.smooch.menus.put({ appId }, { items });
  world.writes.length = 0;
  let reads = 0;
  world.intercept = async ({ url }, forward) => {
    const response = await forward();
    const isStale = url.endsWith("/menu") && ++reads <= 2;
    return isStale ? { ...response, body: '{"menu":{"items":[]}}' } : response;
  };
  await expect(menus.create(context, { appId, items })).rejects.toThrow(
    `Smooch already has menu menu-${appId}, and does not create a second one.`,
  );
  expect(world.writes).toEqual([]);
});

const items = [{ type: "postback", text: "Talk", payload: "TALK" }];

it.each(["v1", "v1.1"] as const)(
  "with API %s one process replaces a menu, whose id is the same, but makes no second one",
  async (version) => {
    const { world, context, appId } = await withApp(version);
    const { id, outputs } = await menus.create(context, { appId, items });
    await expect(menus.create(context, { appId, items })).rejects.toThrow(
      `Smooch already has menu ${id}, and does not create a second one. Nothing was changed.`,
    );
    await menus.delete(context, id, outputs);
    expect(await menus.create(context, { appId, items })).toMatchObject({ id });
    expect(world.emulator.snapshot().menus).toHaveLength(1);
  },
);

it("one that a process deletes and creates again, without a response, is found by the next process", async () => {
  const { world, context, appId } = await withApp("v1");
  const { id, outputs } = await menus.create(context, { appId, items });
  await menus.delete(context, id, outputs);
  let isLost = false;
  world.intercept = async ({ method }, forward) => {
    if (method === "PUT") await forward();
    isLost ||= method === "PUT";
    if (isLost) throw lost;
    return forward();
  };
  const failure = await partialFailure(menus.create(context, { appId, items }));
  expect(failure.id).toMatch(/^unresolved:/);
  world.intercept = (_, forward) => forward();
  const next = world.context();
  next.session.owned.add(appId);
  expect(await messageOf(menus.delete(next, failure.id, failure.outputs))).toContain(
    `The request may have made menu ${id}, which cannot be told apart`,
  );
});

it("what is read without its id is told the id, also after a refresh", async () => {
  const { context, appId } = await withApp("v1");
  const { id } = await menus.create(context, { appId, items });
  const found = await menus.read(context, "only", { appId, items: [] });
  expect(found).toMatchObject({ id, outputs: { __id: id, items } });
  expect(await menus.read(context, id, found?.outputs ?? {})).toEqual(found);
});
