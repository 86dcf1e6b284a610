import { describe, expect, it } from "vitest";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";
import { words } from "../support/words";
import { type Intercept, World } from "../support/world";
import { answer, isKeyCreate, keys, lost, named, notFound, partialFailure, withKeys } from "./support";

const oldKey = "app_000000010123456789abcdef";

/** Adds a key without a name to every list of keys. */
function withOddKey(version: ApiVersion, id: string): Intercept {
  return async (request, forward) => {
    const given = await forward();
    if (request.method !== "GET" || !request.url.endsWith("/keys")) return given;
    const { keys, ...rest } = JSON.parse(given.body);
    return { ...given, body: JSON.stringify({ keys: [{ [words[version].id]: id }, ...keys], ...rest }) };
  };
}

/** The response to a create has nothing but an id. */
function bareCreate(version: ApiVersion, meanwhile: Intercept = (_, forward) => forward()): Intercept {
  return async (request, forward) => {
    if (!isKeyCreate(request)) return meanwhile(request, forward);
    const { key } = JSON.parse((await forward()).body);
    return answer(201, { key: { [words[version].id]: key[words[version].id] } });
  };
}

const refuseReads: Intercept = async ({ method }, forward) => (method === "GET" ? answer(403) : forward());

describe.each(apiVersions)("a malformed object with API %s", (version) => {
  const missing = `${words[version].name} is missing`;

  it("does not prevent another object's lost create from being found", async () => {
    const { world, context, inputs } = await withKeys(version);
    const odd = withOddKey(version, oldKey);
    world.intercept = async (request, forward) => {
      if (!isKeyCreate(request)) return odd(request, forward);
      await forward();
      throw lost;
    };
    const { id } = await keys.create(context, inputs);
    expect(world.emulator.snapshot().keys.map((key) => key.id)).toEqual([id]);
    // It is older than the request, so it is not even read.
    expect(world.sent.filter((line) => line.endsWith(`/keys/${oldKey}`))).toEqual([]);
  });

  it("is read individually if a lost create may have made it, and unresolved if that fails", async () => {
    const { world, context, appId, inputs } = await withKeys(version);
    let id = "";
    const path = () => `/${version}/apps/${appId}/keys/${id}`;
    world.intercept = async (request, forward) => {
      if (isKeyCreate(request)) {
        id = JSON.parse((await forward()).body).key[words[version].id];
        throw lost;
      }
      return new URL(request.url).pathname === path()
        ? forward()
        : answer(200, { keys: [{ [words[version].id]: id }] });
    };
    expect((await keys.create(context, inputs)).id).toBe(id);
    world.journal.recorded(id);

    const whole = world.intercept;
    world.intercept = async (request, forward) =>
      new URL(request.url).pathname === path()
        ? answer(200, { key: { [words[version].id]: id } })
        : whole(request, forward);
    const { id: unresolved } = await partialFailure(keys.create(world.context(), inputs));
    expect(unresolved).toMatch(/^unresolved:/);
  });

  it("that is gone when it is read is not taken over", async () => {
    const { world, context, inputs } = await withKeys(version);
    const gone = `app_${Math.floor(world.time / 1000).toString(16)}0123456789abcdef`;
    const odd = withOddKey(version, gone);
    world.intercept = async (request, forward) => {
      if (!isKeyCreate(request)) return odd(request, forward);
      world.intercept = odd;
      throw lost;
    };
    const { id } = await keys.create(context, inputs);
    expect(id).not.toBe(gone);
    expect(world.emulator.snapshot().keys.map((key) => key.id)).toEqual([id]);
  });

  it("is not treated as gone because its own read returns 404", async () => {
    const { world, context, inputs } = await withKeys(version);
    const { id, outputs } = await keys.create(context, inputs);
    const odd = withOddKey(version, id);
    world.intercept = async (request, forward) =>
      request.url.endsWith(`/keys/${id}`) ? notFound(version) : odd(request, forward);
    await expect(keys.read(context, id, outputs)).rejects.toThrow(`Smooch refused to read key ${id}`);
  });

  it("counts towards the limit of an app", async () => {
    const { world, context, appId, inputs } = await withKeys(version);
    for (let n = 0; n < 9; n++) await context.smooch.keys.create(appId, { name: `key ${n}` });
    const odd = withOddKey(version, oldKey);
    world.intercept = async (request, forward) =>
      isKeyCreate(request) ? answer(400, words[version].error("No.")) : odd(request, forward);
    await expect(keys.create(context, inputs)).rejects.toThrow(
      "the app already has 10 keys, the most Smooch allows (HTTP 400)",
    );
  });

  describe("in the response to a create", () => {
    it("is read individually", async () => {
      const { world, context, inputs } = await withKeys(version);
      world.intercept = bareCreate(version);
      const { id, outputs } = await keys.create(context, inputs);
      expect(outputs).toEqual({
        ...inputs,
        secret: world.emulator.snapshot().keys.find((key) => key.id === id)?.secret,
        __seenBy: context.credential,
      });
    });

    it("is kept by its id if that fails, and completed by the next update", async () => {
      const { world, context, appId, inputs } = await withKeys(version);
      world.intercept = bareCreate(version, refuseReads);
      const failure = await partialFailure(keys.create(context, inputs));
      expect(failure.outputs).toEqual({ ...inputs, __seenBy: context.credential });
      expect(failure.message).toBe(
        `Smooch created a key in app ${appId} with the id ${failure.id}, but did not return all of it. Smooch refused to read key ${failure.id} of app ${appId}: the credentials do not give access to it (HTTP 403). Use an account key, or for what is in an app, except its keys, a key of that app: managing apps, their keys and service accounts needs the scope "account".`,
      );
      world.intercept = (_, forward) => forward();
      const { secret } = await context.smooch.keys.get(appId, failure.id);
      const { outputs, id } = failure;
      expect(keys.diff(id, outputs, inputs, { now: world.time, version })).toEqual({ changes: true });
      expect(await keys.update(context, id, outputs, inputs)).toEqual({ ...outputs, secret });
    });

    it("is not treated as the result of a lost create of the same name", async () => {
      const { world, context, inputs } = await withKeys(version);
      world.intercept = bareCreate(version, refuseReads);
      const failure = await partialFailure(keys.create(context, inputs));
      let creates = 0;
      world.intercept = async (request, forward) => {
        if (isKeyCreate(request) && ++creates === 1) throw lost;
        return forward();
      };
      const { id } = await keys.create(context, inputs);
      expect(id).not.toBe(failure.id);
      expect(world.emulator.snapshot().keys.map((key) => key.id)).toEqual([failure.id, id]);
      // A create without any response records it as not its own, for the next command.
      world.intercept = async (request, forward) => {
        if (isKeyCreate(request)) throw lost;
        return request.method === "GET" ? answer(403) : forward();
      };
      const { outputs } = await partialFailure(keys.create(context, inputs));
      expect(outputs).toMatchObject({ __unresolved: { others: [failure.id, id] } });
    });

    it("is reported together with another one that an earlier request may have created", async () => {
      const { world, context, inputs } = await withKeys(version);
      let creates = 0;
      const bare = bareCreate(version, refuseReads);
      world.intercept = async (request, forward) => {
        if (isKeyCreate(request) && ++creates === 1) throw lost;
        return creates === 1 ? forward() : bare(request, forward);
      };
      const failure = await partialFailure(keys.create(context, inputs));
      const [own] = world.emulator.snapshot().keys;
      expect(failure.id).toBe(own?.id);
      expect(failure.message).toContain(
        "The response to an earlier request for it was lost, and that may have made another key.",
      );
    });

    it("is not taken over if it already existed", async () => {
      const { world, context, appId, inputs } = await withKeys(version);
      const { id } = await context.smooch.keys.create(appId, { name: "other" });
      world.time += 60_000;
      world.intercept = async (request, forward) =>
        isKeyCreate(request)
          ? answer(201, { key: { [words[version].id]: id } })
          : refuseReads(request, forward);
      await expect(keys.create(context, inputs)).rejects.toThrow(
        `Smooch already has key ${id}, and does not create a second one`,
      );
    });
  });

  it("fails its own refresh with an error that names what it lacks", async () => {
    const { world, context, appId, inputs } = await withKeys(version);
    const { id, outputs } = await keys.create(context, inputs);
    world.intercept = async () => answer(200, { key: { [words[version].id]: id } });
    await expect(keys.read(context, id, outputs)).rejects.toThrow(
      `The response from Smooch for key ${id} of app ${appId} has an unexpected format: ${missing} (HTTP 200).`,
    );
  });
});

it("a refused create is reported unchanged if the list of the app's keys is unreadable", async () => {
  const world = new World();
  const context = world.context();
  const { id: appId } = await context.smooch.apps.create({ name: "Shop" });
  world.intercept = async (request) =>
    isKeyCreate(request) ? answer(400, words.v1.error("No.")) : answer(200, { keys: [named("v1", "", "x")] });
  await expect(keys.create(context, { appId, name: "backend" })).rejects.toThrow(
    `Smooch refused to create a key in app ${appId}: No (HTTP 400).`,
  );
});
