import { describe, expect, it } from "vitest";
import { type ApiVersion, apiVersions } from "../../src/smooch/generations/version";
import {
  apps,
  isCreate,
  isKeyCreate,
  keys,
  lost,
  partialFailure,
  webhooks,
  withApp,
  withKeys,
} from "./support";

/** A create whose answer is lost, in a network that stays down. */
async function cutOff(version: ApiVersion, applied: boolean) {
  const made = await withKeys(version);
  made.world.intercept = async (request, forward) => {
    if (isKeyCreate(request) && applied) await forward();
    throw lost;
  };
  const failure = await partialFailure(keys.create(made.context, made.inputs));
  made.world.intercept = (_, forward) => forward();
  return { ...made, failure };
}

describe.each(apiVersions)("with API %s a create of which nobody knows what it did", (version) => {
  it("stays in the state, and says so", async () => {
    const { failure, appId, context } = await cutOff(version, true);
    expect(failure.id).toMatch(/^unresolved:2026-01-01T00:00:00/);
    expect(failure.outputs).toEqual({
      appId,
      name: "backend",
      __seenBy: context.credential,
      __unresolved: { requests: 1, from: Date.UTC(2026, 0, 1), until: expect.any(Number), aheadMs: 0 },
    });
    expect(failure.message).toBe(
      `No usable answer from Smooch when asked to create key "backend" of app ${appId}: connection reset at https://api.smooch.io. Nobody knows whether that key exists now. The next \`pulumi up\` or \`pulumi destroy\` looks again, and deletes it if it is there before anything else is made.`,
    );
  });

  it("is replaced by the next up, which deletes first", async () => {
    const { failure, inputs, context, world } = await cutOff(version, true);
    expect(keys.diff(failure.id, failure.outputs, inputs, { now: world.time, version })).toEqual({
      changes: true,
      replaces: ["id"],
      deleteBeforeReplace: true,
    });
    expect(world.emulator.snapshot().keys).toHaveLength(1);
    await keys.delete(context, failure.id, failure.outputs);
    expect(world.emulator.snapshot().keys).toEqual([]);
  });

  it("is found by a later process as well", async () => {
    const { failure, world } = await cutOff(version, true);
    world.time += 3_600_000;
    await keys.delete(world.context(), failure.id, failure.outputs);
    expect(world.emulator.snapshot().keys).toEqual([]);
  });

  it("is found by the next create where Pulumi was killed before its state had it", async () => {
    const { world, inputs, appId } = await cutOff(version, true);
    const [made] = world.emulator.snapshot().keys;
    world.time += 5000;
    // Alike, but made later.
    await world.client().keys.create(appId, { name: "backend" });
    const { id } = await keys.create(world.context(), inputs);
    expect(id).toBe(made?.id);
    expect(world.emulator.snapshot().keys).toHaveLength(2);
  });

  it("is made where Pulumi was killed before its state had it, and nothing was", async () => {
    const { world, inputs } = await cutOff(version, false);
    const { id } = await keys.create(world.context(), inputs);
    expect(world.emulator.snapshot().keys.map((key) => key.id)).toEqual([id]);
  });

  it("is nothing to delete where nothing was made", async () => {
    const { failure, context, world, appId } = await cutOff(version, false);
    const other = await context.smooch.keys.create(appId, { name: "backend" });
    await keys.delete(world.context(), failure.id, failure.outputs);
    expect(world.emulator.snapshot().keys.map(({ id }) => id)).toEqual([other.id]);
  });

  it("never takes a key of the same name for it that was made later or before", async () => {
    const { world, context, inputs, appId } = await withKeys(version);
    const before = await context.smooch.keys.create(appId, { name: "backend" });
    world.time += 60_000;
    world.intercept = async (request, forward) => {
      if (isKeyCreate(request)) await forward();
      throw lost;
    };
    const failure = await partialFailure(keys.create(context, inputs));
    world.intercept = (_, forward) => forward();
    const after = await world.client().keys.create(appId, { name: "backend" });
    await keys.delete(world.context(), failure.id, failure.outputs);
    expect(world.emulator.snapshot().keys.map(({ id }) => id)).toEqual([before.id, after.id]);
  });

  it("is told from others of its name that the same run made, even by a later process", async () => {
    const { world, context, inputs, appId } = await withKeys(version);
    const first = await keys.create(context, inputs);
    world.intercept = async () => {
      throw lost;
    };
    const failure = await partialFailure(keys.create(context, inputs));
    expect(failure.outputs.__unresolved).toMatchObject({ others: [first.id] });
    world.intercept = (_, forward) => forward();
    await keys.delete(world.context(), failure.id, failure.outputs);
    expect(world.emulator.snapshot().keys.map(({ id }) => id)).toEqual([first.id]);
    expect(appId).toBe(first.outputs.appId);
  });

  it.each([-10, 10])("is dated once Smooch's clock is heard, be this one %i min off", async (minutes) => {
    const { world, inputs, appId } = await withKeys(version);
    world.clientAheadMs = minutes * 60_000;
    const stranger = await world.client().keys.create(appId, { name: "backend" });
    world.time += 20_000;
    const context = world.context();
    world.intercept = async (request, forward) => {
      if (isKeyCreate(request)) await forward();
      throw lost;
    };
    const failure = await partialFailure(keys.create(context, inputs));
    expect(failure.outputs.__unresolved).toMatchObject({ aheadMs: undefined });
    world.intercept = (_, forward) => forward();
    world.time += 60_000;
    await keys.delete(world.context(), failure.id, failure.outputs);
    expect(world.emulator.snapshot().keys.map(({ id }) => id)).toEqual([stranger.id]);
  });

  it("becomes an ordinary key in a refresh that finds it", async () => {
    const { failure, context, world, inputs } = await cutOff(version, true);
    const [made] = world.emulator.snapshot().keys;
    expect(await keys.read(context, failure.id, failure.outputs)).toEqual({
      id: made?.id,
      outputs: { ...inputs, secret: made?.secret, __seenBy: context.credential },
      inputs,
    });
  });

  it("stays as it is in a refresh that finds nothing, and cannot be updated", async () => {
    const { failure, context, inputs } = await cutOff(version, false);
    expect(await keys.read(context, failure.id, failure.outputs)).toEqual({
      id: failure.id,
      outputs: failure.outputs,
      inputs,
    });
    await expect(keys.update(context, failure.id, failure.outputs, inputs)).rejects.toThrow(
      `Nobody knows whether this key (${failure.id}) exists`,
    );
  });

  it("is not believed to be nothing by another account", async () => {
    const { failure, world } = await cutOff(version, true);
    const other = world.stranger();
    await expect(keys.delete(other, failure.id, failure.outputs)).rejects.toThrow();
    expect(world.emulator.snapshot().keys).toHaveLength(1);
  });

  it("of an app is not believed to be nothing by another account either", async () => {
    const { world, context } = await withKeys(version);
    world.intercept = async (request, forward) => {
      if (request.method === "POST") await forward();
      throw lost;
    };
    const failure = await partialFailure(apps.create(context, { name: "Store" }));
    world.intercept = (_, forward) => forward();
    const other = world.stranger();
    await expect(apps.delete(other, failure.id, failure.outputs)).rejects.toThrow("saw it last");
    expect(world.emulator.snapshot().apps).toHaveLength(2);
    await apps.delete(context, failure.id, failure.outputs);
    expect(world.emulator.snapshot().apps).toHaveLength(1);
  });

  it("of a webhook is found as well", async () => {
    const { world, context, hook } = await withApp(version);
    world.intercept = async (request, forward) => {
      if (isCreate(request)) await forward();
      throw lost;
    };
    const failure = await partialFailure(webhooks.create(context, hook()));
    world.intercept = (_, forward) => forward();
    const [made] = world.emulator.snapshot().webhooks;
    const found = await webhooks.read(world.context(), failure.id, failure.outputs);
    expect(found?.outputs).toMatchObject({ ...hook(), secret: made?.secret });
    await webhooks.delete(world.context(), failure.id, failure.outputs);
    expect(world.emulator.snapshot().webhooks).toEqual([]);
  });

  it("comes after four requests that were lost and made nothing", async () => {
    const { world, context, inputs } = await withKeys(version);
    world.sent.length = 0;
    world.intercept = async (request, forward) => (isKeyCreate(request) ? Promise.reject(lost) : forward());
    const failure = await partialFailure(keys.create(context, inputs));
    expect(failure.id).toMatch(/^unresolved:/);
    expect(world.sent.filter((line) => line.startsWith("POST"))).toHaveLength(4);
  });

  it("is not deleted where two could be it", async () => {
    const { world, context, inputs, appId } = await withKeys(version);
    world.intercept = async (request, forward) => {
      if (isKeyCreate(request)) {
        await forward();
        world.intercept = (_, next) => next();
        await world.client().keys.create(appId, { name: "backend" });
      }
      throw lost;
    };
    const failure = await partialFailure(keys.create(context, inputs));
    const ids = world.emulator.snapshot().keys.map(({ id }) => id);
    expect(failure.message).toContain(`Several that could be it exist: ${ids.join(", ")}.`);
    await expect(keys.delete(world.context(), failure.id, failure.outputs)).rejects.toThrow(
      `An earlier request to create this key may have made one of ${ids.join(", ")}. Nothing was deleted.`,
    );
    expect(world.emulator.snapshot().keys).toHaveLength(2);
  });

  it("of a damaged mark deletes nothing, and the mark alone means nothing", async () => {
    const { failure, world, context, inputs } = await cutOff(version, true);
    const damaged = { ...failure.outputs, __unresolved: true };
    for (const attempt of [
      keys.delete(context, failure.id, damaged),
      keys.read(context, failure.id, damaged),
    ]) {
      await expect(attempt).rejects.toThrow(
        `The state of key ${failure.id} is damaged: __unresolved is missing or unreadable.`,
      );
    }
    expect(world.emulator.snapshot().keys).toHaveLength(1);
    const healthy = await keys.create(context, { ...inputs, name: "other" });
    expect(
      keys.diff(
        healthy.id,
        { ...healthy.outputs, __unresolved: true },
        { ...inputs, name: "other" },
        { now: 0, version },
      ),
    ).toEqual({
      changes: false,
    });
  });
});

it("an unresolved webhook is v1's where its state is older than the input `version`", async () => {
  const { world, context, hook } = await withApp("v2");
  world.intercept = async (request, forward) => {
    if (isCreate(request)) await forward();
    throw lost;
  };
  const inputs = hook({ version: "v1", triggers: ["message"] });
  const failure = await partialFailure(webhooks.create(context, inputs));
  world.intercept = (_, forward) => forward();
  const { version: _, ...old } = failure.outputs;
  const [made] = world.emulator.snapshot().webhooks;
  expect(made?.version).toBe("v1");
  expect((await webhooks.read(world.context(), failure.id, old))?.id).toBe(made?.id);
  await webhooks.delete(world.context(), failure.id, old);
  expect(world.emulator.snapshot().webhooks).toEqual([]);
});
