import { describe, expect, it } from "vitest";
import { type ApiVersion, apiVersions } from "../../../src/smooch/api-version";
import { apps, isKeyCreate, keys, lost, messageOf, notFound, partialFailure, withKeys } from "../support";

/** A create whose response is lost, in a network that stays down. */
async function cutOff(version: ApiVersion, applied: boolean) {
  const made = await withKeys(version);
  made.world.intercept = async (request, forward) => {
    if (isKeyCreate(request) && applied) await forward();
    throw lost;
  };
  const failure = await partialFailure(keys.create(made.context, made.inputs));
  made.world.intercept = (_, forward) => forward();
  const [key] = made.world.emulator.snapshot().keys;
  return { ...made, failure, key };
}

const mayBe = (noun: string, ids: string) =>
  `The response to an earlier request to create this ${noun} was lost. The request may have made ${noun} ${ids}, which cannot be told apart from one that somebody else made. Nothing was taken over or deleted. If it is yours, adopt it (option \`import\`) or delete it in Smooch; if not, forget the request with \`pulumi state delete <urn> --target-dependents\`. Then run the same command again.`;

describe.each(apiVersions)("with API %s a create whose effect is unknown", (version) => {
  it("stays in the state, and is reported", async () => {
    const { failure, appId, context } = await cutOff(version, true);
    expect(failure.id).toBe("unresolved:2026-01-01T00:00:00.000Z-500000000");
    expect(failure.outputs).toEqual({
      appId,
      name: "backend",
      __seenBy: context.credential,
      __unresolved: { from: Date.UTC(2026, 0, 1), until: expect.any(Number), aheadMs: 0 },
    });
    expect(failure.message).toBe(
      `No usable response from Smooch to the request to create a key in app ${appId}: connection reset at https://api.smooch.io. It is unknown whether this key exists. The next \`pulumi up\` or \`pulumi destroy\` looks for it, and stops if it finds one.`,
    );
  });

  it("is replaced by the next up, and touches nothing that may be its object", async () => {
    const { failure, inputs, context, world, key } = await cutOff(version, true);
    expect(keys.diff(failure.id, failure.outputs, inputs, { now: world.time, version })).toEqual({
      changes: true,
      replaces: ["id"],
      deleteBeforeReplace: true,
    });
    for (const process of [context, world.context(), world.rotated()]) {
      await expect(keys.delete(process, failure.id, failure.outputs)).rejects.toThrow(
        mayBe("key", String(key?.id)),
      );
    }
    expect(world.emulator.snapshot().keys).toHaveLength(1);
  });

  it("is forgotten after a person has deleted its object", async () => {
    const { failure, world, appId, key } = await cutOff(version, true);
    await world.client().keys.delete(appId, String(key?.id));
    await keys.delete(world.context(), failure.id, failure.outputs);
  });

  it("is forgotten if the program adopts its object", async () => {
    const { failure, world, inputs, key } = await cutOff(version, true);
    const next = world.context();
    const news = { ...inputs, __adopt: key?.id, __resource: "dev/backend" };
    // The entry is in the state; its replacement is checked without old inputs.
    keys.check(next.session, version, inputs, news);
    next.session.adoptedInState.delete("dev/backend");
    const checked = keys.check(next.session, version, {}, news);
    expect(checked.inputs).toMatchObject({ __adopt: key?.id });
    await keys.delete(next, failure.id, failure.outputs);
    expect((await keys.create(next, checked.inputs)).id).toBe(key?.id);
    expect(world.emulator.snapshot().keys).toHaveLength(1);
  });

  it("is forgotten if the adoption fails after the entry was deleted, and the object is adopted by the next run", async () => {
    const { failure, world, inputs, key } = await cutOff(version, true);
    const news = { ...inputs, __adopt: key?.id, __resource: "dev/backend" };
    const first = world.context();
    keys.check(first.session, version, {}, news);
    await keys.delete(first, failure.id, failure.outputs);
    // Pulumi keeps the inputs of what it deleted and did not replace; it checks with them and then creates.
    const next = world.context();
    const checked = keys.check(next.session, version, inputs, news);
    expect((await keys.create(next, checked.inputs)).id).toBe(key?.id);
    expect(world.emulator.snapshot().keys).toHaveLength(1);
  });

  it("is forgotten if nothing was created, even if another object has the name", async () => {
    const { failure, world, appId, inputs } = await cutOff(version, false);
    const other = await world.client().keys.create(appId, { name: "backend" });
    await keys.delete(world.context(), failure.id, failure.outputs);
    expect(world.emulator.snapshot().keys.map(({ id }) => id)).toEqual([other.id]);
    expect(inputs.name).toBe("backend");
  });

  it("does not match a key of another name that was created in the same seconds", async () => {
    const { world, context, inputs, appId } = await withKeys(version);
    await world.client().keys.create(appId, { name: "worker" });
    world.intercept = async () => {
      throw lost;
    };
    const failure = await partialFailure(keys.create(context, inputs));
    world.intercept = (_, forward) => forward();
    await keys.delete(world.context(), failure.id, failure.outputs);
    expect(world.emulator.snapshot().keys).toHaveLength(1);
  });

  it.each([
    [30_000, 30_000],
    [1_000, 3_000],
  ])("ends its window when no request can take effect any more (%i ms)", async (patienceMs, settledMs) => {
    const { world, context, inputs } = await withKeys(version);
    world.intercept = async () => {
      throw lost;
    };
    await partialFailure(keys.create({ ...context, patienceMs }, inputs));
    expect(world.waits.at(-1)).toBe(settledMs);
  });

  it("does not match a key of the same name that was created later or before", async () => {
    const { world, context, inputs, appId } = await withKeys(version);
    await context.smooch.keys.create(appId, { name: "backend" });
    world.time += 60_000;
    world.intercept = async () => {
      throw lost;
    };
    const failure = await partialFailure(keys.create(context, inputs));
    world.intercept = (_, forward) => forward();
    await world.client().keys.create(appId, { name: "backend" });
    await keys.delete(world.context(), failure.id, failure.outputs);
    expect(world.emulator.snapshot().keys).toHaveLength(2);
  });

  it("does not match others of its name that the same run created, even in a later process", async () => {
    const { world, context, inputs } = await withKeys(version);
    const first = await keys.create(context, inputs);
    world.intercept = async () => {
      throw lost;
    };
    const failure = await partialFailure(keys.create(context, inputs));
    expect(failure.outputs.__unresolved).toMatchObject({ others: [first.id] });
    world.intercept = (_, forward) => forward();
    await keys.delete(world.context(), failure.id, failure.outputs);
    expect(world.emulator.snapshot().keys.map(({ id }) => id)).toEqual([first.id]);
  });

  it.each([-10, 10])("is dated once Smooch's clock is known, with ours %i min off", async (minutes) => {
    const { world, inputs, appId } = await withKeys(version);
    world.clientAheadMs = minutes * 60_000;
    await world.client().keys.create(appId, { name: "backend" });
    world.time += 20_000;
    world.intercept = async (request, forward) => {
      if (isKeyCreate(request)) await forward();
      throw lost;
    };
    const failure = await partialFailure(keys.create(world.context(), inputs));
    expect(failure.outputs.__unresolved).toMatchObject({ aheadMs: undefined });
    world.intercept = (_, forward) => forward();
    world.time += 60_000;
    const [, own] = world.emulator.snapshot().keys;
    await expect(keys.delete(world.context(), failure.id, failure.outputs)).rejects.toThrow(
      mayBe("key", String(own?.id)),
    );
  });

  it("waits while a request may still take effect, and hardly at all after that", async () => {
    const { failure, world } = await cutOff(version, false);
    world.waits.length = 0;
    await keys.delete(world.context(), failure.id, failure.outputs);
    const waited = world.waits.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThanOrEqual(30_000);
    world.time += 60_000;
    world.waits.length = 0;
    await keys.delete(world.context(), failure.id, failure.outputs);
    // Three listings: a single one may be stale.
    expect(world.waits).toEqual([500, 750]);
  });

  it("stays unchanged in a refresh, and cannot be updated", async () => {
    for (const applied of [true, false]) {
      const { failure, context, inputs } = await cutOff(version, applied);
      expect(await keys.read(context, failure.id, failure.outputs)).toEqual({
        id: failure.id,
        outputs: failure.outputs,
        inputs,
      });
      expect(await messageOf(keys.update(context, failure.id, failure.outputs, inputs))).toContain(
        `It is unknown whether this key (${failure.id}) exists`,
      );
    }
  });

  it("is not forgotten because of another account's response", async () => {
    const { failure, world, context, appId } = await cutOff(version, true);
    const other = world.stranger();
    await expect(keys.delete(other, failure.id, failure.outputs)).rejects.toThrow(
      "it was last seen with other credentials",
    );
    await context.smooch.apps.delete(appId);
    await expect(keys.delete(other, failure.id, failure.outputs)).rejects.toThrow(
      "it was last seen with other credentials",
    );
    await keys.delete(context, failure.id, failure.outputs);
  });

  it("is not forgotten because its keys return 404 while the app exists", async () => {
    const { failure, world, appId } = await cutOff(version, true);
    world.intercept = async ({ url }, forward) => (url.includes("/keys") ? notFound(version) : forward());
    await expect(keys.delete(world.context(), failure.id, failure.outputs)).rejects.toThrow(
      `Smooch cannot find key ${failure.id} (HTTP 404), but app ${appId} is there. Nothing was changed.`,
    );
  });

  it("of an app is not forgotten because of another account's response either", async () => {
    const { world, context } = await withKeys(version);
    world.intercept = async (request, forward) => {
      if (request.method === "POST") await forward();
      throw lost;
    };
    const failure = await partialFailure(apps.create(context, { name: "Store" }));
    world.intercept = (_, forward) => forward();
    await expect(apps.delete(world.stranger(), failure.id, failure.outputs)).rejects.toThrow(
      "it was last seen with other credentials",
    );
    const made = world.emulator.snapshot().apps.find(({ name }) => name === "Store");
    await expect(apps.delete(context, failure.id, failure.outputs)).rejects.toThrow(
      mayBe("app", String(made?.id)),
    );
    await world.client().apps.delete(String(made?.id));
    await apps.delete(context, failure.id, failure.outputs);
    expect(world.emulator.snapshot().apps).toHaveLength(1);
  });

  it("is recorded after four requests that were lost and created nothing", async () => {
    const { world, context, inputs } = await withKeys(version);
    world.sent.length = 0;
    world.intercept = async (request, forward) => (isKeyCreate(request) ? Promise.reject(lost) : forward());
    const failure = await partialFailure(keys.create(context, inputs));
    expect(failure.id).toMatch(/^unresolved:/);
    expect(world.sent.filter((line) => line.startsWith("POST"))).toHaveLength(4);
  });

  it("names all objects that could be its own", async () => {
    const { world, context, inputs, appId } = await withKeys(version);
    world.intercept = async (request, forward) => {
      if (!isKeyCreate(request)) return forward();
      await forward();
      world.intercept = (_, next) => next();
      await world.client().keys.create(appId, { name: "backend" });
      throw lost;
    };
    const failure = await partialFailure(keys.create(context, inputs));
    const ids = world.emulator.snapshot().keys.map(({ id }) => id);
    expect(failure.message).toContain(
      `It is unknown whether this key exists. The request may have made key ${ids.join(", ")}, which cannot be told`,
    );
    await expect(keys.delete(world.context(), failure.id, failure.outputs)).rejects.toThrow(
      mayBe("key", ids.join(", ")),
    );
    expect(world.emulator.snapshot().keys).toHaveLength(2);
  });

  it("with a damaged mark is kept, and the mark alone means nothing", async () => {
    const { failure, world, context, inputs } = await cutOff(version, true);
    const damaged = { ...failure.outputs, __unresolved: true };
    await expect(keys.delete(context, failure.id, damaged)).rejects.toThrow(
      `The state of key ${failure.id} is damaged: __unresolved is missing or unreadable.`,
    );
    expect(world.emulator.snapshot().keys).toHaveLength(1);
    const healthy = await keys.create(context, { ...inputs, name: "other" });
    const olds = { ...healthy.outputs, __unresolved: true };
    expect(keys.diff(healthy.id, olds, { ...inputs, name: "other" }, { now: 0, version })).toEqual({
      changes: false,
    });
  });
});
