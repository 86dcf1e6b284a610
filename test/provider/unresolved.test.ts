import { describe, expect, it } from "vitest";
import { Connection } from "../../src/provider/connection";
import { dynamicProvider } from "../../src/provider/dynamic";
import { PartialFailure } from "../../src/provider/failures";
import { app } from "../../src/provider/kinds/app";
import { key } from "../../src/provider/kinds/key";
import { webhook } from "../../src/provider/kinds/webhook";
import { lifecycle } from "../../src/provider/lifecycle";
import { TransportFault, type WireRequest } from "../../src/smooch/host";
import { World } from "../support/world";

const apps = lifecycle(app);
const keys = lifecycle(key);
const lost = new TransportFault("lost", "connection reset");
const isCreate = ({ method, url }: WireRequest) => method === "POST" && url.endsWith("/keys");

async function withApp() {
  const world = new World();
  const context = world.context();
  const { id: appId } = await context.smooch.apps.create({ name: "Shop" });
  return { world, context, appId, inputs: { appId, name: "backend" } };
}

async function partialFailure(promise: Promise<unknown>): Promise<PartialFailure> {
  const reason = await promise.catch((error: unknown) => error);
  if (reason instanceof PartialFailure) return reason;
  throw new Error(`expected a partial failure, got ${JSON.stringify(reason)}`);
}

/** A create whose answer is lost, in a network that stays down. */
async function cutOff(applied: boolean) {
  const made = await withApp();
  made.world.intercept = async (request, forward) => {
    if (isCreate(request) && applied) await forward();
    throw lost;
  };
  const failure = await partialFailure(keys.create(made.context, made.inputs));
  made.world.intercept = (_, forward) => forward();
  return { ...made, failure };
}

describe("a create of which nobody knows what it did", () => {
  it("stays in the state, and says so", async () => {
    const { failure, appId, context } = await cutOff(true);
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
    const { failure, inputs, context, world } = await cutOff(true);
    expect(keys.diff(failure.id, failure.outputs, inputs, world.time)).toEqual({
      changes: true,
      replaces: ["id"],
      deleteBeforeReplace: true,
    });
    expect(world.emulator.snapshot().keys).toHaveLength(1);
    await keys.delete(context, failure.id, failure.outputs);
    expect(world.emulator.snapshot().keys).toEqual([]);
  });

  it("is found by a later process as well", async () => {
    const { failure, world } = await cutOff(true);
    world.time += 3_600_000;
    await keys.delete(world.context(), failure.id, failure.outputs);
    expect(world.emulator.snapshot().keys).toEqual([]);
  });

  it("is nothing to delete where nothing was made", async () => {
    const { failure, context, world, appId } = await cutOff(false);
    const other = await context.smooch.keys.create(appId, { name: "backend" });
    await keys.delete(world.context(), failure.id, failure.outputs);
    expect(world.emulator.snapshot().keys.map(({ id }) => id)).toEqual([other.id]);
  });

  it("never takes a key of the same name for it that was made later or before", async () => {
    const { world, context, inputs, appId } = await withApp();
    const before = await context.smooch.keys.create(appId, { name: "backend" });
    world.time += 60_000;
    world.intercept = async (request, forward) => {
      if (isCreate(request)) await forward();
      throw lost;
    };
    const failure = await partialFailure(keys.create(context, inputs));
    world.intercept = (_, forward) => forward();
    const after = await world.client().keys.create(appId, { name: "backend" });
    await keys.delete(world.context(), failure.id, failure.outputs);
    expect(world.emulator.snapshot().keys.map(({ id }) => id)).toEqual([before.id, after.id]);
  });

  it("is told from others of its name that the same run made, even by a later process", async () => {
    const { world, context, inputs, appId } = await withApp();
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
    const { world, inputs, appId } = await withApp();
    world.clientAheadMs = minutes * 60_000;
    const stranger = await world.client().keys.create(appId, { name: "backend" });
    world.time += 20_000;
    const context = world.context();
    world.intercept = async (request, forward) => {
      if (isCreate(request)) await forward();
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
    const { failure, context, world, inputs } = await cutOff(true);
    const [made] = world.emulator.snapshot().keys;
    expect(await keys.read(context, failure.id, failure.outputs)).toEqual({
      id: made?.id,
      outputs: { ...inputs, secret: made?.secret, __seenBy: context.credential },
      inputs,
    });
  });

  it("stays as it is in a refresh that finds nothing, and cannot be updated", async () => {
    const { failure, context, inputs } = await cutOff(false);
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
    const { failure, world } = await cutOff(true);
    const { accountKeyId, accountKeySecret } = world.emulator.addAccount();
    const other = world.context({ keyId: accountKeyId, secret: accountKeySecret });
    await expect(keys.delete(other, failure.id, failure.outputs)).rejects.toThrow();
    expect(world.emulator.snapshot().keys).toHaveLength(1);
  });

  it("of an app is not believed to be nothing by another account either", async () => {
    const { world, context } = await withApp();
    world.intercept = async (request, forward) => {
      if (request.method === "POST") await forward();
      throw lost;
    };
    const failure = await partialFailure(apps.create(context, { name: "Store" }));
    world.intercept = (_, forward) => forward();
    const { accountKeyId, accountKeySecret } = world.emulator.addAccount();
    const other = world.context({ keyId: accountKeyId, secret: accountKeySecret });
    await expect(apps.delete(other, failure.id, failure.outputs)).rejects.toThrow("saw it last");
    expect(world.emulator.snapshot().apps).toHaveLength(2);
    await apps.delete(context, failure.id, failure.outputs);
    expect(world.emulator.snapshot().apps).toHaveLength(1);
  });

  it("comes after four requests that were lost and made nothing", async () => {
    const { world, context, inputs } = await withApp();
    world.sent.length = 0;
    world.intercept = async (request, forward) => (isCreate(request) ? Promise.reject(lost) : forward());
    const failure = await partialFailure(keys.create(context, inputs));
    expect(failure.id).toMatch(/^unresolved:/);
    expect(world.sent.filter((line) => line.startsWith("POST"))).toHaveLength(4);
  });

  it("is not deleted where two could be it", async () => {
    const { world, context, inputs, appId } = await withApp();
    world.intercept = async (request, forward) => {
      if (isCreate(request)) {
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
    const { failure, world, context, inputs } = await cutOff(true);
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
      keys.diff(healthy.id, { ...healthy.outputs, __unresolved: true }, { ...inputs, name: "other" }, 0),
    ).toEqual({
      changes: false,
    });
  });
});

describe("a request that takes effect late", () => {
  it("is found before it is repeated", async () => {
    const { world, context, inputs } = await withApp();
    let late: (() => Promise<unknown>) | undefined;
    world.intercept = async (request, forward) => {
      if (isCreate(request) && late === undefined) {
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
      if (!isCreate(request)) return forward();
      if (late === undefined) {
        late = forward;
        throw lost;
      }
      const answer = await forward();
      world.intercept = (_, next) => next();
      await late();
      const appId = /apps\/(\w+)/.exec(request.url)?.[1] ?? "";
      for (let n = 0; n < strangers; n++) await world.client().keys.create(appId, { name: "backend" });
      return answer;
    };
  }

  it("is deleted when it was repeated", async () => {
    const { world, context, inputs } = await withApp();
    await applyLate(world, 0);
    const { id } = await keys.create(context, inputs);
    expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([id]);
  });

  it("is named, and not deleted, where there are more than requests that were lost", async () => {
    const { world, context, inputs } = await withApp();
    await applyLate(world, 1);
    const failure = await partialFailure(keys.create(context, inputs));
    const [own, ...twins] = world.emulator.snapshot().keys;
    expect(twins).toHaveLength(2);
    expect(failure.id).toBe(own?.id);
    expect(failure.outputs.secret).toBe(own?.secret);
    expect(failure.message).toBe(
      `The key is ${own?.id}. The answer to an earlier request for it was lost, and may have made ${twins.map(({ id }) => id).join(", ")}. Delete those that nothing uses, or adopt them.`,
    );
  });

  it("of two lost requests leaves one object", async () => {
    const { world, context, inputs } = await withApp();
    const pending: (() => Promise<unknown>)[] = [];
    world.intercept = async (request, forward) => {
      if (isCreate(request)) {
        pending.push(forward);
        throw lost;
      }
      if (pending.length === 2) for (const apply of pending.splice(0)) await apply();
      return forward();
    };
    const { id } = await keys.create(context, inputs);
    expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([id]);
  });

  it("keeps the object in the state where it cannot be looked", async () => {
    const { world, context, inputs } = await withApp();
    let creates = 0;
    world.intercept = async (request, forward) => {
      if (isCreate(request) && ++creates === 1) throw lost;
      if (!isCreate(request) && creates === 2) return { status: 403, headers: {}, body: "{}" };
      return forward();
    };
    const failure = await partialFailure(keys.create(context, inputs));
    expect(failure.id).toBe(world.emulator.snapshot().keys[0]?.id);
    expect(failure.message).toContain(
      "and what it did could not be looked into. Smooch refused to list keys of app",
    );
  });
});

it("a refusal after a lost answer is looked into: the first request may have caused it", async () => {
  const world = new World();
  const context = world.context();
  const { id: appId } = await context.smooch.apps.create({ name: "Shop" });
  let creates = 0;
  let listings = 0;
  world.intercept = async ({ method }, forward) => {
    // The listing is behind: it shows the webhook only after the repeat was refused.
    if (method === "GET" && creates === 1 && ++listings > 0)
      return { status: 200, headers: {}, body: '{"webhooks":[]}' };
    const answer = await forward();
    if (method === "POST" && ++creates === 1) throw lost;
    return answer;
  };
  const { id } = await lifecycle(webhook).create(context, {
    appId,
    target: "https://a.example",
    triggers: ["message"],
  });
  expect(creates).toBe(2);
  expect(world.emulator.snapshot().webhooks.map((made) => made.id)).toEqual([id]);
});

it("where the app is gone nothing was made", async () => {
  const { world, context, inputs, appId } = await withApp();
  world.intercept = async (request, forward) => {
    if (!isCreate(request)) return forward();
    world.intercept = (_, next) => next();
    await context.smooch.apps.delete(appId);
    throw lost;
  };
  await expect(keys.create(context, inputs)).rejects.toThrow(
    /Smooch refused to create key "backend" of app \w+: .+ \(HTTP 404\)/,
  );
});

it("Pulumi's process gets a partial failure with all it needs to go on", async () => {
  const { world, appId } = await withApp();
  const { keyId, secret } = world.credential();
  const connection = new Connection(
    { SMOOCH_ACCOUNT_KEY_ID: keyId, SMOOCH_ACCOUNT_KEY_SECRET: secret },
    world.host,
  );
  world.intercept = async () => {
    throw lost;
  };
  const text = 'exports.handler=()=>require("pulumi-smooch/provider").key';
  const failing = dynamicProvider(key, connection).create({ appId, name: "backend", __provider: text });
  const error: object = await failing.then(
    () => ({}),
    (reason: object) => reason,
  );
  expect(error).toMatchObject({
    id: expect.stringMatching(/^unresolved:/),
    properties: { appId, name: "backend", __provider: text },
    reasons: [expect.stringContaining("Nobody knows whether that key exists now.")],
  });
});
