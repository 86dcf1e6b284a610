import { describe, expect, it } from "vitest";
import type { Properties } from "../../../src/provider/kind";
import { key } from "../../../src/provider/kinds/key";
import { lifecycle } from "../../../src/provider/lifecycle";
import { apiVersions } from "../../../src/smooch/api-version";
import { TransportFault } from "../../../src/smooch/host";
import { words } from "../../support/words";
import { World } from "../../support/world";
import {
  answer,
  apps,
  integrations,
  isCreate,
  keys,
  lost,
  messageOf,
  named,
  partialFailure,
  staleReads,
  webhooks,
  withApp,
} from "../support";

/** The id of a key that was created when the worlds of these tests begin. */
const keyId = `app_${(Date.UTC(2026, 0, 1) / 1000).toString(16)}0123456789abcdef`;

describe.each(apiVersions)("create with API %s", (version) => {
  it("returns the inputs, what Smooch adds, and the credential that saw the object", async () => {
    const { context, appId } = await withApp(version);
    const { id, outputs } = await keys.create(context, { appId, name: "backend", keepers: { n: 1 } });
    expect(outputs).toEqual({
      appId,
      name: "backend",
      keepers: { n: 1 },
      secret: (await context.smooch.keys.get(appId, id)).secret,
      __seenBy: context.credential,
    });
  });

  it("creates a webhook in the form of the API version", async () => {
    const { world, context, appId, hook } = await withApp(version);
    const { id, outputs } = await webhooks.create(context, hook());
    const [made] = world.emulator.snapshot().webhooks;
    expect(id).toBe(version === "v2" ? made?.integrationId : made?.id);
    expect(outputs).toEqual({
      ...hook(),
      secret: made?.secret,
      ...(version === "v2" && { webhookId: made?.id }),
      __seenBy: context.credential,
    });
    expect(made).toMatchObject({ appId, version, target: "https://a.example" });
    expect(world.writes.at(-1)?.[0]).toBe(`POST /${version}/apps/${appId}/${words[version].webhooks}`);
  });

  it("finds the object when only the response was lost", async () => {
    const { world, context, appId } = await withApp(version);
    world.intercept = async (request, forward) => {
      const answered = await forward();
      if (isCreate(request)) throw lost;
      return answered;
    };
    const { id } = await keys.create(context, { appId, name: "backend" });
    expect(world.emulator.snapshot().keys).toMatchObject([{ id, name: "backend" }]);
  });

  it.each([
    ["the request was lost", () => Promise.reject(lost)],
    ["a gateway failed before Smooch", async () => answer(502, "<html>")],
  ])("repeats the request when %s and nothing was created", async (_, fail) => {
    const { world, context, appId } = await withApp(version);
    let creates = 0;
    world.intercept = (request, forward) => (isCreate(request) && ++creates === 1 ? fail() : forward());
    const { id } = await keys.create(context, { appId, name: "backend" });
    expect(creates).toBe(2);
    expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([id]);
  });

  it("looks for the object when the response cannot be read", async () => {
    const { world, context, hook } = await withApp(version);
    world.intercept = async (request, forward) => {
      const answered = await forward();
      return isCreate(request) ? { ...answered, body: answered.body.slice(0, 20) } : answered;
    };
    const { outputs } = await webhooks.create(context, hook());
    expect(world.emulator.snapshot().webhooks.map(({ secret }) => secret)).toEqual([outputs.secret]);
  });

  it("does not treat an older object of the same name as its own", async () => {
    const { world, context, appId } = await withApp(version);
    await world.client().keys.create(appId, { name: "backend" });
    world.time += 60_000;
    let creates = 0;
    world.intercept = (request, forward) =>
      isCreate(request) && ++creates === 1 ? Promise.reject(lost) : forward();
    const { id } = await keys.create(context, { appId, name: "backend" });
    const [older, own] = world.emulator.snapshot().keys;
    expect([older?.name, own?.id]).toEqual(["backend", id]);
  });

  it("does not treat one that this process deleted, and a stale list shows, as its own", async () => {
    const { world, context, appId } = await withApp(version);
    const deleted = await keys.create(context, { appId, name: "backend" });
    world.journal.recorded(deleted.id);
    const stale = staleReads(`/${version}/apps/${appId}/keys`);
    world.intercept = stale;
    await context.smooch.keys.list(appId);
    world.intercept = (_, forward) => forward();
    await keys.delete(context, deleted.id, deleted.outputs);
    let creates = 0;
    world.intercept = (request, forward) =>
      isCreate(request) && ++creates === 1 ? Promise.reject(lost) : stale(request, forward);
    const { id } = await keys.create(context, { appId, name: "backend" });
    expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([id]);
  });

  it("does not change at once what Smooch stores in another form", async () => {
    const { world, context } = await withApp(version);
    world.intercept = async (_, forward) => {
      const answered = await forward();
      return { ...answered, body: answered.body.replace("Store", "STORE") };
    };
    world.writes.length = 0;
    const { outputs } = await apps.create(context, { name: "Store" });
    expect(outputs).toMatchObject({ name: "STORE" });
    expect(world.writes.map(([line]) => line)).toEqual([`POST /${version}/apps`]);
  });

  it.each([-1, 1])("measures ages by Smooch's clock, although its own is %i min off", async (minutes) => {
    const { world, context, appId } = await withApp(version);
    world.clientAheadMs = minutes * 60_000;
    await world.client().keys.create(appId, { name: "backend" });
    world.time += 30_000;
    world.intercept = async (request, forward) => {
      const answered = await forward();
      if (isCreate(request)) throw lost;
      return answered;
    };
    const { id } = await keys.create(context, { appId, name: "backend" });
    expect(world.emulator.snapshot().keys[1]?.id).toBe(id);
  });

  it("stops and names all matches when several could be its own", async () => {
    const { world, context, appId } = await withApp(version);
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
      message: `No usable response from Smooch to the request to create a key in app ${appId}: connection reset at https://api.smooch.io. It is unknown whether this key exists. The request may have made key ${ids.join(", ")}, which cannot be told apart from one that somebody else made. Nothing was taken over or deleted. If it is yours, adopt it (option \`import\`) or delete it in Smooch; if not, forget the request with \`pulumi state delete <urn> --target-dependents\`. Then run the same command again.`,
    });
  });

  it("names a match in an app that the stack does not manage, and takes nothing over", async () => {
    const { world, appId } = await withApp(version);
    world.intercept = async (request, forward) => {
      const answered = await forward();
      if (isCreate(request)) throw lost;
      return answered;
    };
    const failure = await partialFailure(keys.create(world.context(), { appId, name: "backend" }));
    const [made] = world.emulator.snapshot().keys;
    expect(failure.id).toMatch(/^unresolved:/);
    expect(failure.message).toContain(`The request may have made key ${made?.id}, which cannot be told`);
  });

  it("treats a matching object as its own even if the id has no creation time", async () => {
    const { world, context, appId } = await withApp(version);
    const listed = (id: string) =>
      answer(200, { keys: [named(version, id, "backend", { secret: "s3cret-s3cret-s3cret" })] });
    world.intercept = async (request) => {
      if (isCreate(request)) throw lost;
      return listed("app_odd");
    };
    expect((await keys.create(context, { appId, name: "backend" })).id).toBe("app_odd");
    world.journal.recorded("app_odd");
    // No response has a date here, so both clocks count as equal.
    world.intercept = async (request) => {
      if (isCreate(request)) throw lost;
      return listed(keyId);
    };
    const next = world.context();
    next.session.owned.add(appId);
    expect((await keys.create(next, { appId, name: "backend" })).id).toBe(keyId);
  });

  it("does not mistake two of the same name for each other", async () => {
    const { world, context, appId } = await withApp(version);
    let creates = 0;
    world.intercept = async (request, forward) => {
      const answered = await forward();
      if (isCreate(request) && ++creates === 1) throw lost;
      return answered;
    };
    const made = await Promise.all([1, 2, 3].map(() => keys.create(context, { appId, name: "backend" })));
    expect(new Set(made.map(({ id }) => id)).size).toBe(3);
    expect(world.emulator.snapshot().keys).toHaveLength(3);
  });

  it("does not treat a webhook that already existed as a new one", async () => {
    const { world, context, appId, hook, postback } = await withApp(version, {
      profile: { duplicateTargets: "alias" },
    });
    const before = await world
      .client()
      .webhooks.create(appId, { target: "https://a.example", triggers: [postback] });
    world.time += 60_000;
    expect(await messageOf(webhooks.create(context, hook()))).toContain(
      `Smooch already has webhook ${before.id}, and does not create a second one.`,
    );
  });

  describe("an app whose create gets no response", () => {
    /** Creates an app whose response is lost, while another client does something. */
    async function createShop(
      meanwhile: (world: World) => Promise<unknown>,
      isMade = true,
      inputs: Properties = {},
    ) {
      const world = new World({}, version);
      const context = world.context();
      let creates = 0;
      world.intercept = async (request, forward) => {
        if (!isCreate(request) || ++creates > 1) return forward();
        const answered = isMade ? await forward() : undefined;
        await meanwhile(world);
        throw answered === undefined ? new TransportFault("lost", "no effect") : lost;
      };
      const made = apps.create(context, { name: "Shop", ...inputs });
      return { world, context, made };
    }
    const mayBe = (world: World) =>
      `The request may have made app ${world.emulator
        .snapshot()
        .apps.map(({ id }) => id)
        .join(", ")}, which cannot be told apart from one that somebody else made.`;

    it("is created only once", async () => {
      const { world, context, made } = await createShop(async () => {});
      const { id, outputs } = await made;
      expect(world.emulator.snapshot().apps.map((app) => app.id)).toEqual([id]);
      // In this time, another client would have put something into its own app.
      expect(world.waits).toContain(30_000);
      await apps.delete(context, id, outputs);
      expect(world.emulator.isEmpty()).toBe(true);
    });

    it("is not confused with another client's app that has other metadata", async () => {
      const { world, made } = await createShop(
        (other) => other.client().apps.create({ name: "Shop" }),
        false,
        { metadata: { team: "red" } },
      );
      expect((await partialFailure(made)).message).toContain(mayBe(world));
      expect(world.emulator.snapshot().apps.map(({ metadata }) => metadata)).toEqual([undefined]);
    });

    it.each(["key", "webhook", "integration"])(
      "is not confused with another client's app that has a %s",
      async (content) => {
        const { world, made } = await createShop(async ({ emulator, client }) => {
          const other = client.call(world);
          const { id } = await other.apps.create({ name: "Shop" });
          if (content === "key") await other.keys.create(id, { name: "backend" });
          const target = "https://a.example";
          if (content === "webhook")
            await other.webhooks.create(id, { target, triggers: [words[version].message] });
          if (content === "integration")
            await other.integrations.create(id, { type: "telegram", token: "7:t0ken" });
          expect(emulator.snapshot().apps).toHaveLength(1);
        }, false);
        const failure = await partialFailure(made);
        expect(failure.id).toMatch(/^unresolved:/);
        expect(failure.message).toContain(mayBe(world));
        expect(world.emulator.snapshot().apps).toHaveLength(1);
      },
    );

    it("is not confused with an app whose key a stale list omits", async () => {
      const { world, made } = await createShop(async (other) => {
        const client = other.client();
        const { id } = await client.apps.create({ name: "Shop" });
        await client.keys.create(id, { name: "backend" });
      }, false);
      const { intercept } = world;
      let keyLists = 0;
      world.intercept = (request, forward) => {
        const isStale = request.method === "GET" && request.url.endsWith("/keys") && ++keyLists === 1;
        return isStale ? Promise.resolve(answer(200, { keys: [] })) : intercept(request, forward);
      };
      expect((await partialFailure(made)).message).toContain(mayBe(world));
      expect(keyLists).toBe(2);
    });

    it("is not taken over if another of its name appears during the wait", async () => {
      const { world, made } = await createShop(async () => {});
      const sleep = world.host.sleep;
      world.host.sleep = async (ms) => {
        await sleep(ms);
        if (ms === 30_000 && world.emulator.snapshot().apps.length === 1)
          await world.client().apps.create({ name: "Shop" });
      };
      const failure = await partialFailure(made);
      expect(world.emulator.snapshot().apps).toHaveLength(2);
      expect(failure.id).toMatch(/^unresolved:/);
    });
  });
});

describe.each(apiVersions)("errors of create with API %s", (version) => {
  it("count the existing objects if a limit may be the reason", async () => {
    const { context, appId } = await withApp(version);
    for (let n = 0; n < 10; n++) await keys.create(context, { appId, name: `key ${n}` });
    await expect(keys.create(context, { appId, name: "one more" })).rejects.toThrow(
      `Smooch refused to create a key in app ${appId}: the app already has 10 keys, the most Smooch allows (HTTP 400). Delete one, or declare it in another app. If keys of this app are being replaced, their old ones are deleted only at the end of the update: set the resource option \`deleteBeforeReplace: true\` on each that fails, and run it again. The old one is then deleted first, and nothing works in its place until the new one exists.`,
    );
  });

  it("count webhooks as well", async () => {
    const { context, hook } = await withApp(version);
    for (let n = 0; n < 10; n++) await webhooks.create(context, hook({ target: `https://a.example/${n}` }));
    // The old webhook of a target is always deleted first, so there is no option to set.
    await expect(webhooks.create(context, hook())).rejects.toThrow(
      /^Smooch refused to create a webhook in app \w+: the app already has 10 webhooks, the most Smooch allows \(HTTP 400\)\. Delete one, or declare it in another app\.$/,
    );
  });

  it("name the object that may cause a conflict", async () => {
    const { world, context, hook } = await withApp(version);
    const { id } = await webhooks.create(context, hook());
    // As on another machine, whose journal has no entry for it.
    world.journal.recorded(id);
    await expect(webhooks.create(world.context(), hook())).rejects.toThrow(
      `(HTTP 409). It looks like webhook ${id}, which already exists: adopt that one if no other resource has it, or delete it if nothing uses it.`,
    );
    world.intercept = async ({ method }, forward) => (method === "GET" ? answer(403) : forward());
    await expect(webhooks.create(world.context(), hook())).rejects.toThrow(
      "A webhook of this app may have that target already: change or delete that one.",
    );
  });

  it("list the existing objects only if they may be the reason", async () => {
    const { world, context, appId, hook, error } = await withApp(version);
    await webhooks.create(context, hook());
    await context.smooch.keys.create(appId, { name: "other" });
    for (const [status, body] of [
      [402, {}],
      [400, error("Target is not reachable.")],
    ] as const) {
      world.intercept = async ({ method }, forward) => (method === "POST" ? answer(status, body) : forward());
      world.sent.length = 0;
      const refused = integrations.create(context, { appId, type: "telegram", token: "7:t0ken-t0ken" });
      await expect(refused).rejects.toThrow(`(HTTP ${status})`);
      expect(world.sent.filter((line) => line.startsWith("GET"))).toEqual([]);
      await expect(webhooks.create(context, hook())).rejects.toThrow(
        status === 400 ? "Smooch sends the target a HEAD request" : "Delete an app that is no longer needed",
      );
      const listing = `GET /${version}/apps/${appId}/${words[version].webhooks}`;
      expect(world.sent.filter((line) => line.startsWith("GET"))).toEqual(status === 400 ? [listing] : []);
    }
    // An object that does not match is not named.
    world.intercept = async ({ method }, forward) => (method === "POST" ? answer(409) : forward());
    await expect(keys.create(context, { appId, name: "backend" })).rejects.toThrow(
      "Check whether it already exists or is being changed elsewhere",
    );
  });

  it("give the kind's own advice if a limit is not the reason", async () => {
    const { world, context, appId, hook, error } = await withApp(version);
    const refused = answer(400, error("Target is not reachable."));
    world.intercept = async ({ method }, forward) => (method === "POST" ? refused : forward());
    await expect(webhooks.create(context, hook())).rejects.toThrow(
      /Target is not reachable \(HTTP 400\)\. Smooch sends the target a HEAD request before it accepts it/,
    );
    // The same if the existing objects cannot be counted.
    world.intercept = async ({ method }) => (method === "POST" ? refused : answer(403));
    await expect(webhooks.create(context, hook())).rejects.toThrow(
      "Smooch sends the target a HEAD request before it accepts it",
    );
    await expect(keys.create(context, { appId, name: "x" })).rejects.toThrow(
      "Correct the program and run the same command again.",
    );
    const single = lifecycle({ ...key, limit: 1 });
    await expect(single.create(context, { appId, name: "x" })).rejects.toThrow(
      "Correct the program and run the same command again.",
    );
  });

  it("report that Smooch could not be reached", async () => {
    const { world, context, hook } = await withApp(version);
    world.intercept = () => Promise.reject(new TransportFault("unsent", "connection refused"));
    await expect(webhooks.create(context, hook())).rejects.toThrow(
      "Could not reach Smooch to create a webhook in app",
    );
  });

  it("mention an old account key if Pulumi may have used one", async () => {
    const { world, context, appId } = await withApp(version);
    const { id, outputs } = await keys.create(context, { appId, name: "backend" });
    world.emulator.revokeAccountKey(world.emulator.accountKeyId);
    for (const attempt of [keys.read(context, id, outputs), keys.delete(context, id, outputs)]) {
      await expect(attempt).rejects.toThrow(
        "Check smooch:accountKeyId and smooch:accountKeySecret, and smooch:region: keys belong to one region. If the account key was changed: `pulumi refresh` and `pulumi destroy` still use the one of the last `pulumi up` or `pulumi import`. Run them with --run-program.",
      );
    }
    await expect(keys.create(context, { appId, name: "x" })).rejects.toThrow(
      "(HTTP 401). Check smooch:accountKeyId",
    );
  });
});

// In v1 itself such a webhook is like any other.
it.each(["v1.1", "v2"] as const)("%s reports that adopting a v1 webhook does not help", async (version) => {
  const { world, context, hook } = await withApp(version);
  const { id } = await webhooks.create(context, { ...hook(), version: "v1", triggers: ["message"] });
  world.journal.recorded(id);
  await expect(webhooks.create(world.context(), hook())).rejects.toThrow(
    /\(HTTP 409\)\. Webhook \w{24}, made through API v1, has that target; the option retainOnDelete keeps one when `version` changes\. Delete it in Smooch, or set `version` back to "v1" and adopt it\.$/,
  );
});
