import { describe, expect, it } from "vitest";
import { app } from "../../src/provider/kinds/app";
import { key } from "../../src/provider/kinds/key";
import { webhook } from "../../src/provider/kinds/webhook";
import { lifecycle } from "../../src/provider/lifecycle";
import { TransportFault, type WireRequest } from "../../src/smooch/host";
import { World } from "../support/world";

const apps = lifecycle(app);
const keys = lifecycle(key);
const webhooks = lifecycle(webhook);

const lost = new TransportFault("lost", "connection reset");
const isCreate = ({ method }: WireRequest) => method === "POST";

/** Made when the worlds of these tests begin. */
const keyId = `app_${(Date.UTC(2026, 0, 1) / 1000).toString(16)}0123456789abcdef`;

/** A world with one app in it. */
async function withApp(options = {}) {
  const world = new World(options);
  const context = world.context();
  const { id: appId, outputs } = await apps.create(context, { name: "Shop" });
  return { world, context, appId, appState: outputs };
}

describe("create", () => {
  it("gives the inputs and what Smooch adds, and who saw it", async () => {
    const { context, appId } = await withApp();
    const { id, outputs } = await keys.create(context, { appId, name: "backend", keepers: { n: 1 } });
    expect(outputs).toEqual({
      appId,
      name: "backend",
      keepers: { n: 1 },
      secret: (await context.smooch.keys.get(appId, id)).secret,
      __seenBy: context.credential,
    });
  });

  it("finds the object when only the answer was lost", async () => {
    const { world, context, appId } = await withApp();
    world.intercept = async (request, forward) => {
      const answer = await forward();
      if (isCreate(request)) throw lost;
      return answer;
    };
    const { id } = await keys.create(context, { appId, name: "backend" });
    expect(world.emulator.snapshot().keys).toMatchObject([{ id, name: "backend" }]);
  });

  it.each([
    ["the request was lost", () => Promise.reject(lost)],
    ["a gateway failed before Smooch", async () => ({ status: 502, headers: {}, body: "<html>" })],
  ])("repeats it when %s and nothing was made", async (_, answer) => {
    const { world, context, appId } = await withApp();
    let creates = 0;
    world.intercept = (request, forward) => (isCreate(request) && ++creates === 1 ? answer() : forward());
    const { id } = await keys.create(context, { appId, name: "backend" });
    expect(creates).toBe(2);
    expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([id]);
  });

  it("looks when the answer cannot be read", async () => {
    const { world, context, appId } = await withApp();
    world.intercept = async (request, forward) => {
      const answer = await forward();
      return isCreate(request) ? { ...answer, body: answer.body.slice(0, 20) } : answer;
    };
    const { id } = await webhooks.create(context, {
      appId,
      target: "https://a.example",
      triggers: ["message"],
    });
    expect(world.emulator.snapshot().webhooks.map((made) => made.id)).toEqual([id]);
  });

  it("takes no older object of the same name for its own", async () => {
    const { world, context, appId } = await withApp();
    await world.client().keys.create(appId, { name: "backend" });
    world.time += 60_000;
    let creates = 0;
    world.intercept = (request, forward) =>
      isCreate(request) && ++creates === 1 ? Promise.reject(lost) : forward();
    const { id } = await keys.create(context, { appId, name: "backend" });
    const [older, own] = world.emulator.snapshot().keys;
    expect([older?.name, own?.id]).toEqual(["backend", id]);
  });

  it.each([-1, 1])("tells ages by Smooch's clock, although its own is %i min off", async (minutes) => {
    const { world, context, appId } = await withApp();
    world.clientAheadMs = minutes * 60_000;
    await world.client().keys.create(appId, { name: "backend" });
    world.time += 30_000;
    world.intercept = async (request, forward) => {
      const answer = await forward();
      if (isCreate(request)) throw lost;
      return answer;
    };
    const { id } = await keys.create(context, { appId, name: "backend" });
    expect(world.emulator.snapshot().keys[1]?.id).toBe(id);
  });

  it("stops and names them when several could be its own", async () => {
    const { world, context, appId } = await withApp();
    const other = world.client();
    world.intercept = async (request, forward) => {
      if (!isCreate(request)) return forward();
      world.intercept = (_, next) => next();
      await other.keys.create(appId, { name: "backend" });
      await forward();
      throw lost;
    };
    const error = await keys.create(context, { appId, name: "backend" }).catch((reason: Error) => reason);
    const ids = world.emulator.snapshot().keys.map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(error).toMatchObject({
      message: `No usable answer from Smooch when asked to create key "backend" of app ${appId}: connection reset at https://api.smooch.io. Nobody knows whether that key exists now. Several that could be it exist: ${ids.join(", ")}. The next \`pulumi up\` or \`pulumi destroy\` looks again, and deletes it if it is there before anything else is made.`,
    });
  });

  it("takes an object whose id tells no time for its own, if it is alike", async () => {
    const { world, context, appId } = await withApp();
    const odd = JSON.stringify({ keys: [{ _id: "app_odd", name: "backend", secret: "s3cret-s3cret" }] });
    world.intercept = async (request) => {
      if (isCreate(request)) throw lost;
      return { status: 200, headers: {}, body: odd };
    };
    expect((await keys.create(context, { appId, name: "backend" })).id).toBe("app_odd");
    // Nor does anybody tell the time here: both clocks count as one.
    const silent = JSON.stringify({ keys: [{ _id: keyId, name: "backend", secret: "s3cret-s3cret" }] });
    world.intercept = async (request) => {
      if (isCreate(request)) throw lost;
      return { status: 200, headers: {}, body: silent };
    };
    expect((await keys.create(world.context(), { appId, name: "backend" })).id).toBe(keyId);
  });

  it("does not mistake two of the same name for each other", async () => {
    const { world, context, appId } = await withApp();
    let creates = 0;
    world.intercept = async (request, forward) => {
      const answer = await forward();
      if (isCreate(request) && ++creates === 1) throw lost;
      return answer;
    };
    const made = await Promise.all([1, 2, 3].map(() => keys.create(context, { appId, name: "backend" })));
    expect(new Set(made.map(({ id }) => id)).size).toBe(3);
    expect(world.emulator.snapshot().keys).toHaveLength(3);
  });

  it("does not take a webhook that was there before for a new one", async () => {
    const { world, context, appId } = await withApp({ duplicateTargets: "alias" });
    const before = await world
      .client()
      .webhooks.create(appId, { target: "https://a.example", triggers: ["postback"] });
    world.time += 60_000;
    await expect(
      webhooks.create(context, { appId, target: "https://a.example", triggers: ["message"] }),
    ).rejects.toThrow(
      `Smooch answered with webhook ${before.id}, which was there before, instead of creating one.`,
    );
  });
});

describe("read", () => {
  it("shows what changed, of what is declared", async () => {
    const world = new World();
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
    expect(found?.outputs).toEqual({
      ...found?.inputs,
      appToken: outputs.appToken,
      __seenBy: context.credential,
    });
  });

  it("keeps what only the state knows, and the declared order of a set", async () => {
    const { context, appId } = await withApp();
    const key = await keys.create(context, { appId, name: "backend", keepers: { n: 1 } });
    expect(await keys.read(context, key.id, key.outputs)).toEqual({
      id: key.id,
      outputs: key.outputs,
      inputs: { appId, name: "backend", keepers: { n: 1 } },
    });
    const hook = await webhooks.create(context, {
      appId,
      target: "https://a.example",
      triggers: ["postback", "message"],
    });
    await context.smooch.webhooks.update(appId, hook.id, { triggers: ["message", "postback"] });
    expect((await webhooks.read(context, hook.id, hook.outputs))?.outputs).toEqual(hook.outputs);
  });

  it("fetches everything of an object that nobody declared", async () => {
    const { context, appId } = await withApp();
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    expect(await keys.read(context, id, { appId })).toEqual({
      id,
      outputs,
      inputs: { appId, name: "backend" },
    });
  });

  it("keeps what only the state knows even where the state lost the rest", async () => {
    const { context, appId } = await withApp();
    const { id, outputs } = await keys.create(context, { appId, name: "backend", keepers: { n: 1 } });
    expect((await keys.read(context, id, { appId, name: "backend", keepers: { n: 1 } }))?.outputs).toEqual(
      outputs,
    );
    expect((await keys.read(context, id, { ...outputs, name: { a: 1 } }))?.outputs).toEqual(outputs);
  });

  it("tells gone on refresh from missing on get", async () => {
    const { context, appId } = await withApp();
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    await context.smooch.keys.delete(appId, id);
    expect(await keys.read(context, id, outputs)).toBeUndefined();
    await expect(keys.read(context, id, { appId })).rejects.toThrow(
      `Smooch has no key ${id}, or these credentials do not see it (HTTP 404). Check the id and the account.`,
    );
  });

  it.each([
    ["one stale answer", ["key"]],
    ["a stale answer and a stale list", ["key", "list"]],
  ])("does not believe %s", async (_, stale) => {
    const { world, context, appId } = await withApp();
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    const left = [...stale];
    world.intercept = async ({ url }, forward) => {
      const what = url.endsWith("/keys") ? "list" : "key";
      if (left[0] !== what) return forward();
      left.shift();
      return what === "list"
        ? { status: 200, headers: {}, body: '{"keys":[]}' }
        : { status: 404, headers: {}, body: '{"error":{"code":"not_found"}}' };
    };
    expect((await keys.read(context, id, outputs))?.outputs).toEqual(outputs);
    expect(left).toEqual([]);
  });

  it("says so when the state is damaged", async () => {
    const { context, appId } = await withApp();
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    const damaged = { ...outputs, appId: 7 };
    for (const attempt of [keys.read(context, id, damaged), keys.delete(context, id, damaged)]) {
      await expect(attempt).rejects.toThrow(
        `The state of key ${id} is damaged: appId is missing or unreadable. Nothing was done.`,
      );
    }
  });
});

describe("update", () => {
  it("sends what changed, and clears what is no longer declared", async () => {
    const world = new World();
    const context = world.context();
    const { id, outputs } = await apps.create(context, {
      name: "Shop",
      metadata: { tier: "gold" },
      settings: { useAnimalNames: true },
    });
    const bodies: unknown[] = [];
    world.intercept = (request, forward) => {
      bodies.push(JSON.parse(request.body ?? "null"));
      return forward();
    };
    const renamed = await apps.update(context, id, outputs, {
      name: "Store",
      metadata: { tier: "gold" },
      settings: { useAnimalNames: true },
    });
    const cleared = await apps.update(context, id, renamed, { name: "Store" });
    expect(bodies).toEqual([{ name: "Store" }, { metadata: {} }]);
    expect(cleared).toEqual({ name: "Store", appToken: outputs.appToken, __seenBy: context.credential });
    expect(world.emulator.snapshot().apps[0]).not.toHaveProperty("metadata.tier");
  });

  it("makes a state whole again that lacks the secret", async () => {
    const { context, appId } = await withApp();
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    const { secret: _, ...partial } = outputs;
    expect(await keys.update(context, id, partial, { appId, name: "backend" })).toEqual(outputs);
  });

  it("waits out somebody else's update of the same webhook", async () => {
    const { world, context, appId } = await withApp();
    const { id, outputs } = await webhooks.create(context, {
      appId,
      target: "https://a.example",
      triggers: ["message"],
    });
    let updates = 0;
    const conflict = { status: 409, headers: {}, body: '{"error":{"code":"conflict","description":"busy"}}' };
    world.intercept = async ({ method }, forward) =>
      method === "PUT" && ++updates === 1 ? conflict : forward();
    const changed = await webhooks.update(context, id, outputs, {
      appId,
      target: "https://b.example",
      triggers: ["message"],
    });
    expect(updates).toBe(2);
    expect(changed).toEqual({ ...outputs, target: "https://b.example" });
  });
});

describe("delete", () => {
  it("counts as done when the object is gone, to who saw it last", async () => {
    const { world, context, appId } = await withApp();
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    await keys.delete(context, id, outputs);
    await keys.delete(context, id, outputs);
    expect(world.emulator.snapshot().keys).toEqual([]);
  });

  it("finishes when the answer of a delete was lost", async () => {
    const { world, context, appId } = await withApp();
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    let deletes = 0;
    world.intercept = async ({ method }, forward) => {
      const answer = await forward();
      if (method === "DELETE" && ++deletes === 1) throw lost;
      return answer;
    };
    await keys.delete(context, id, outputs);
    expect(deletes).toBe(2);
    expect(world.emulator.snapshot().keys).toEqual([]);
  });

  it("believes another credential of the same account, where the app is visible", async () => {
    const { world, context, appId } = await withApp();
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    await context.smooch.keys.delete(appId, id);
    const { accountKeyId, accountKeySecret } = world.emulator.addAccountKey();
    const rotated = world.context({ keyId: accountKeyId, secret: accountKeySecret });
    await keys.delete(rotated, id, outputs);
    expect(await keys.read(rotated, id, outputs)).toBeUndefined();
  });

  it("is done by another credential that sees the object", async () => {
    const { world, context, appId } = await withApp();
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    const { accountKeyId, accountKeySecret } = world.emulator.addAccountKey();
    await keys.delete(world.context({ keyId: accountKeyId, secret: accountKeySecret }), id, outputs);
    expect(world.emulator.snapshot().keys).toEqual([]);
  });

  it("never believes another account", async () => {
    const { world, context, appId, appState } = await withApp();
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    const { accountKeyId, accountKeySecret } = world.emulator.addAccount();
    const other = world.context({ keyId: accountKeyId, secret: accountKeySecret });
    const message =
      /\(HTTP 404\), but other credentials, or another API address, saw it last: it may be alive in an account that these do not see\. Nothing was changed\./;
    await expect(keys.delete(other, id, outputs)).rejects.toThrow(message);
    await expect(keys.read(other, id, outputs)).rejects.toThrow(message);
    await expect(apps.delete(other, appId, appState)).rejects.toThrow(message);
    expect(world.emulator.snapshot()).toMatchObject({ apps: [{}], keys: [{}] });
  });

  it("fails when it cannot find out", async () => {
    const { world, context, appId } = await withApp();
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    const { accountKeyId, accountKeySecret } = world.emulator.addAccountKey();
    const rotated = world.context({ keyId: accountKeyId, secret: accountKeySecret });
    await context.smooch.keys.delete(appId, id);
    world.intercept = async (request, forward) =>
      request.url.endsWith(`/apps/${appId}`) ? { status: 403, headers: {}, body: "{}" } : forward();
    await expect(keys.delete(rotated, id, outputs)).rejects.toThrow(`Smooch refused to read app ${appId}`);
    world.intercept = async () => ({ status: 403, headers: {}, body: "{}" });
    await expect(keys.delete(context, id, outputs)).rejects.toThrow(
      `Smooch refused to delete key ${id} of app ${appId}`,
    );
    await expect(keys.read(context, id, outputs)).rejects.toThrow(
      `Smooch refused to read key ${id} of app ${appId}`,
    );
  });
});

describe("errors of create", () => {
  it("count what is there where a limit may be the reason", async () => {
    const { context, appId } = await withApp();
    for (let n = 0; n < 10; n++) await keys.create(context, { appId, name: `key ${n}` });
    await expect(keys.create(context, { appId, name: "one more" })).rejects.toThrow(
      `Smooch refused to create key "one more" of app ${appId}: the app already has 10 keys, the most Smooch allows (HTTP 400). Delete one, or declare it in another app.`,
    );
  });

  it("give the kind's own advice where it is not", async () => {
    const { world, context, appId } = await withApp();
    const refused = {
      status: 400,
      headers: {},
      body: '{"error":{"description":"Target is not reachable."}}',
    };
    world.intercept = async ({ method }, forward) => (method === "POST" ? refused : forward());
    const inputs = { appId, target: "https://a.example", triggers: ["message"] };
    await expect(webhooks.create(context, inputs)).rejects.toThrow(
      "Smooch calls the target with HEAD before it accepts it",
    );
    // Where the count cannot be had either.
    world.intercept = async ({ method }) =>
      method === "POST" ? refused : { status: 403, headers: {}, body: "{}" };
    await expect(webhooks.create(context, inputs)).rejects.toThrow(
      "Smooch calls the target with HEAD before it accepts it",
    );
    await expect(keys.create(context, { appId, name: "x" })).rejects.toThrow(
      "Correct the program and run the same command again.",
    );
  });

  it("say that nobody was there", async () => {
    const { world, context, appId } = await withApp();
    world.intercept = () => Promise.reject(new TransportFault("unsent", "connection refused"));
    const inputs = { appId, target: "https://a.example", triggers: ["message"] };
    await expect(webhooks.create(context, inputs)).rejects.toThrow(
      "Could not reach Smooch to create webhook to https://a.example",
    );
  });

  it("name an old key of the account where Pulumi may have used one", async () => {
    const { world, context, appId } = await withApp();
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    world.emulator.revokeAccountKey(world.emulator.accountKeyId);
    for (const attempt of [keys.read(context, id, outputs), keys.delete(context, id, outputs)]) {
      await expect(attempt).rejects.toThrow("Run them with --run-program.");
    }
    await expect(keys.create(context, { appId, name: "x" })).rejects.toThrow(
      "(HTTP 401). Check smooch:accountKeyId",
    );
  });
});

describe("an app", () => {
  it("is created only once when an answer is lost, and deleted", async () => {
    const world = new World();
    const context = world.context();
    let creates = 0;
    world.intercept = async (request, forward) => {
      const answer = await forward();
      if (isCreate(request) && ++creates === 1) throw lost;
      return answer;
    };
    const { id, outputs } = await apps.create(context, { name: "Shop" });
    expect(world.emulator.snapshot().apps.map((made) => made.id)).toEqual([id]);
    await apps.delete(context, id, outputs);
    expect(world.emulator.isEmpty()).toBe(true);
  });

  it("that has more settings than are declared keeps them", async () => {
    const { context, appId, appState } = await withApp();
    expect((await apps.read(context, appId, appState))?.inputs).toEqual({ name: "Shop" });
    expect((await apps.read(context, appId, {}))?.inputs).toEqual({
      name: "Shop",
      settings: { maskCreditCardNumbers: true, useAnimalNames: false },
    });
  });

  it("whose declared object Smooch does not give back has an empty one", async () => {
    const { world, context, appId } = await withApp();
    const bare = JSON.stringify({ app: { _id: appId, name: "Shop" } });
    world.intercept = async () => ({ status: 200, headers: {}, body: bare });
    const state = { name: "Shop", settings: { useAnimalNames: true }, metadata: { a: 1 }, appToken: "t" };
    expect((await apps.read(context, appId, state))?.outputs).toEqual({
      name: "Shop",
      settings: {},
      metadata: {},
      appToken: "t",
      __seenBy: context.credential,
    });
  });
});

it("a webhook is deleted, and one that moved is read where it is", async () => {
  const { world, context, appId } = await withApp();
  const { id, outputs } = await webhooks.create(context, {
    appId,
    target: "https://a.example",
    triggers: ["message"],
  });
  const { accountKeyId, accountKeySecret } = world.emulator.addAccountKey();
  const rotated = world.context({ keyId: accountKeyId, secret: accountKeySecret });
  expect((await webhooks.read(rotated, id, outputs))?.outputs.__seenBy).toBe(rotated.credential);
  await webhooks.delete(context, id, outputs);
  expect(await webhooks.read(rotated, id, outputs)).toBeUndefined();
  expect(world.emulator.snapshot().webhooks).toEqual([]);
});
