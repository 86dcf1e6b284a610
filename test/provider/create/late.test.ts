import { describe, expect, it } from "vitest";
import { apiVersions } from "../../../src/smooch/api-version";
import { words } from "../../support/words";
import type { World } from "../../support/world";
import {
  answer,
  apps,
  isCreate,
  isKeyCreate,
  keys,
  lost,
  partialFailure,
  webhooks,
  withApp,
  withKeys,
  withLateFirstCreate,
} from "../support";

describe.each(apiVersions)("with API %s a request that takes effect late", (version) => {
  it("is found before it is repeated", async () => {
    const { world, context, inputs } = await withKeys(version);
    let late: (() => Promise<unknown>) | undefined;
    world.intercept = async (request, forward) => {
      if (isKeyCreate(request) && late === undefined) {
        late = forward;
        throw lost;
      }
      if (late && world.waits.length === 3) await late();
      return forward();
    };
    const { id } = await keys.create(context, inputs);
    expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([id]);
  });

  async function applyLate(world: World, strangers: number): Promise<void> {
    let late: (() => Promise<unknown>) | undefined;
    world.intercept = async (request, forward) => {
      if (!isKeyCreate(request)) return forward();
      if (late === undefined) {
        late = forward;
        throw lost;
      }
      const answered = await forward();
      world.intercept = (_, next) => next();
      await late();
      const appId = /apps\/(\w+)/.exec(request.url)?.[1] ?? "";
      for (let n = 0; n < strangers; n++) await world.client().keys.create(appId, { name: "backend" });
      return answered;
    };
  }

  it("has its object deleted if it was repeated", async () => {
    const { world, context, inputs } = await withKeys(version);
    await applyLate(world, 0);
    const { id } = await keys.create(context, inputs);
    expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([id]);
  });

  it.each([1, 2])(
    "has its object named, with all other matches, if only %i lists succeed",
    async (readable) => {
      const { world, context, inputs, appId } = await withKeys(version);
      await applyLate(world, 0);
      const { intercept } = world;
      let created = 0;
      let lists = 0;
      const failing: typeof intercept = async (request, forward) => {
        if (isKeyCreate(request)) created++;
        if (created < 2 || isKeyCreate(request)) {
          const answered = await intercept(request, forward);
          world.intercept = failing;
          return answered;
        }
        if (++lists > readable) return answer(404, "");
        if (lists === 2) {
          world.intercept = (_, next) => next();
          await world.client().keys.create(appId, { name: "backend" });
          world.intercept = failing;
        }
        return forward();
      };
      world.intercept = failing;
      const failure = await partialFailure(keys.create(context, inputs));
      const others = world.emulator.snapshot().keys.filter(({ id }) => id !== failure.id);
      expect(others).toHaveLength(readable);
      const ids = others.map(({ id }) => id).join(", ");
      expect(failure.message).toContain(`was lost, and that may have made key ${ids}. No usable response`);
    },
  );

  it("has its object named, not deleted, if it is not the only match", async () => {
    const { world, context, inputs } = await withKeys(version);
    await applyLate(world, 1);
    const failure = await partialFailure(keys.create(context, inputs));
    const [own, ...twins] = world.emulator.snapshot().keys;
    expect(twins).toHaveLength(2);
    expect(failure.id).toBe(own?.id);
    expect(failure.outputs.secret).toBe(own?.secret);
    expect(failure.message).toBe(
      `The key is ${own?.id}. The response to an earlier request for it was lost, and that may have made key ${twins.map(({ id }) => id).join(", ")}. Nothing was deleted: they cannot be told apart from what somebody else made. Delete those that are yours, or adopt them.`,
    );
  });

  it("has its object named even if it takes effect after a listing of another client's keys", async () => {
    const { world, context, appId, inputs } = await withKeys(version);
    let late: (() => Promise<unknown>) | undefined;
    world.intercept = async (request, forward) => {
      if (isKeyCreate(request) && late === undefined) {
        late = forward;
        throw lost;
      }
      if (!isKeyCreate(request)) return forward();
      const answered = await forward();
      world.intercept = (_, next) => next();
      await world.client().keys.create(appId, { name: "backend" });
      world.intercept = async (_, next) => {
        const listed = await next();
        world.intercept = (_, next) => next();
        await late?.();
        return listed;
      };
      return answered;
    };
    const failure = await partialFailure(keys.create(context, inputs));
    const [own, ...twins] = world.emulator.snapshot().keys;
    expect(failure.id).toBe(own?.id);
    expect(twins).toHaveLength(2);
    expect(failure.message).toContain(
      `may have made key ${twins.map(({ id }) => id).join(", ")}. Nothing was`,
    );
  });

  it.each([
    ["", true],
    [", even if the listing shows only that one", false],
  ])("has its object named, not deleted, if it created an app%s", async (_, isOwnListed) => {
    const { world, context } = await withKeys(version);
    let late: (() => Promise<unknown>) | undefined;
    world.intercept = async (request, forward) => {
      if (!isCreate(request)) return forward();
      if (late === undefined) {
        late = forward;
        throw lost;
      }
      const answered = await forward();
      const hidden = isOwnListed ? undefined : world.emulator.snapshot().apps.at(-1)?.id;
      world.intercept = async ({ url }, next) => {
        const shown = await next();
        if (new URL(url).pathname !== `/${version}/apps`) return shown;
        const list: { apps: Record<string, unknown>[] } = JSON.parse(shown.body);
        const listed = list.apps.filter((app) => app[words[version].id] !== hidden);
        return { ...shown, body: JSON.stringify({ ...list, apps: listed }) };
      };
      await late();
      return answered;
    };
    const failure = await partialFailure(apps.create(context, { name: "Twice" }));
    const [own, twin, ...more] = world.emulator.snapshot().apps.filter(({ name }) => name === "Twice");
    expect(more).toEqual([]);
    expect(failure.id).toBe(own?.id);
    expect(failure.message).toContain(`may have made app ${twin?.id}. Nothing was deleted`);
  });

  it("has its object named, not deleted, in an app that another stack manages", async () => {
    const { world, inputs } = await withKeys(version);
    await applyLate(world, 0);
    const failure = await partialFailure(keys.create(world.context(), inputs));
    const [own, twin] = world.emulator.snapshot().keys;
    expect(failure.id).toBe(own?.id);
    expect(failure.message).toContain(`may have made key ${twin?.id}. Nothing was deleted`);
  });

  it.each([
    ["and its object is named together with them", true],
    ["and nothing is named if nothing can be listed then: a partial list would mislead", false],
  ])("is waited for if another client's objects are found first, %s", async (_, canList) => {
    const { world, context, inputs } = await withKeys(version);
    let late: (() => Promise<unknown>) | undefined;
    let hasWaited = false;
    world.intercept = async (request, forward) => {
      if (isKeyCreate(request) && late === undefined) {
        late = forward;
        await world.client().keys.create(inputs.appId, { name: "backend" });
        await world.client().keys.create(inputs.appId, { name: "backend" });
        throw lost;
      }
      if (late && world.waits.some((ms) => ms >= context.patienceMs) && !hasWaited) {
        hasWaited = true;
        await late();
      }
      return hasWaited && !canList ? answer(403, {}) : forward();
    };
    const failure = await partialFailure(keys.create(context, inputs));
    const made = world.emulator.snapshot().keys.map(({ id }) => id);
    expect(made).toHaveLength(3);
    expect(failure.message).toContain(
      canList
        ? `may have made key ${made.join(", ")}, which cannot be told`
        : "The next `pulumi up` or `pulumi destroy` looks for it, and stops if it finds one.",
    );
    expect(made.some((id) => failure.message.includes(id))).toBe(canList);
  });

  it("is waited for after two lost requests as well, and both objects are named", async () => {
    const { world, context, inputs } = await withKeys(version);
    const pending: (() => Promise<unknown>)[] = [];
    world.intercept = async (request, forward) => {
      if (isKeyCreate(request)) {
        pending.push(forward);
        throw lost;
      }
      if (pending.length === 2) for (const apply of pending.splice(0)) await apply();
      return forward();
    };
    const failure = await partialFailure(keys.create(context, inputs));
    const ids = world.emulator.snapshot().keys.map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(failure.id).toMatch(/^unresolved:/);
    expect(failure.message).toContain(`may have made key ${ids.join(", ")}, which cannot be told`);
  });

  it("leaves one object if only the second of two lost requests takes effect", async () => {
    const { world, context, inputs } = await withKeys(version);
    let creates = 0;
    world.intercept = async (request, forward) => {
      if (!isKeyCreate(request)) return forward();
      if (++creates === 2) await forward();
      throw lost;
    };
    const { id } = await keys.create(context, inputs);
    expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([id]);
  });

  it("has its object deleted if the object of a second lost request was found before", async () => {
    const { world, context, inputs } = await withKeys(version);
    const { intercept, creates } = withLateFirstCreate();
    world.intercept = intercept;
    const { id } = await keys.create(context, inputs);
    expect(creates()).toBe(2);
    expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([id]);
  });

  it("is reported if its object cannot be looked for", async () => {
    const { world, context, inputs } = await withKeys(version);
    let creates = 0;
    world.intercept = async (request, forward) => {
      if (isKeyCreate(request) && ++creates === 1) {
        await forward();
        throw lost;
      }
      // The list is stale at first, and then it cannot be read at all.
      if (!isKeyCreate(request) && creates === 1) return answer(200, { keys: [] });
      if (!isKeyCreate(request) && creates === 2) return answer(403);
      return forward();
    };
    const failure = await partialFailure(keys.create(context, inputs));
    const [, own] = world.emulator.snapshot().keys;
    expect(failure.id).toBe(own?.id);
    expect(failure.message).toContain(
      `The response to an earlier request for it was lost, and that may have made another key. Smooch refused to list keys of app ${inputs.appId}`,
    );
  });

  it("leaves an object that the next create of the process does not take over", async () => {
    const { world, context, inputs } = await withKeys(version);
    let creates = 0;
    world.intercept = async (request, forward) => {
      if (isKeyCreate(request) && ++creates === 1) throw lost;
      return creates === 2 && !isKeyCreate(request) ? answer(403) : forward();
    };
    const { id } = await partialFailure(keys.create(context, inputs));
    world.intercept = async (request, forward) => {
      if (isKeyCreate(request) && ++creates === 3) throw lost;
      return forward();
    };
    const next = await keys.create(context, inputs);
    expect(next.id).not.toBe(id);
    expect(creates).toBe(4);
  });

  it("has its object named if it cannot be deleted", async () => {
    const { world, context, inputs } = await withKeys(version);
    let creates = 0;
    world.intercept = async (request, forward) => {
      if (request.method === "DELETE") return answer(403);
      if (!isKeyCreate(request)) return creates === 1 ? answer(200, { keys: [] }) : forward();
      const answered = await forward();
      if (++creates === 1) throw lost;
      return answered;
    };
    const failure = await partialFailure(keys.create(context, inputs));
    const twin = world.emulator.snapshot().keys.find(({ id }) => id !== failure.id);
    expect(failure.message).toContain(`that may have made key ${twin?.id}. Smooch refused to delete key`);
  });

  it("may have caused the refusal of its own repeat", async () => {
    const { world, context, hook, webhooks: noun } = await withApp(version);
    let creates = 0;
    let listings = 0;
    world.intercept = async ({ method }, forward) => {
      // The listing is stale: it shows the webhook only after the repeat was refused.
      if (method === "GET" && creates === 1 && ++listings > 0) return answer(200, { [noun]: [] });
      const answered = await forward();
      if (method === "POST" && ++creates === 1) throw lost;
      return answered;
    };
    const { outputs } = await webhooks.create(context, hook());
    expect(creates).toBe(2);
    expect(listings).toBeGreaterThan(2);
    expect(world.emulator.snapshot().webhooks.map(({ secret }) => secret)).toEqual([outputs.secret]);
  });

  it("created nothing if the app is gone", async () => {
    const { world, context, inputs, appId } = await withKeys(version);
    world.intercept = async (request, forward) => {
      if (!isKeyCreate(request)) return forward();
      world.intercept = (_, next) => next();
      await context.smooch.apps.delete(appId);
      throw lost;
    };
    await expect(keys.create(context, inputs)).rejects.toThrow(
      /Smooch refused to create a key in app \w+: .+ \(HTTP 404\)/,
    );
  });
});
