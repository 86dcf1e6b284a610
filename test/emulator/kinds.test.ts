import { describe, expect, it } from "vitest";
import { z } from "zod";
import { withAccountApp } from "../../src/emulator/access";
import { addAccount, addAccountKey } from "../../src/emulator/accounts";
import { Api } from "../../src/emulator/api";
import { Collection } from "../../src/emulator/children";
import { notFound } from "../../src/emulator/errors";
import { parseBody } from "../../src/emulator/input";
import { snapshotKinds, summarizeKinds } from "../../src/emulator/inspection";
import { kinds } from "../../src/emulator/kinds/index";
import { type Kind, snapshotChildren } from "../../src/emulator/kinds/kind";
import type { EmulatorOptions } from "../../src/emulator/options";
import type { Answer, Route } from "../../src/emulator/route";
import { writeSaved } from "../../src/emulator/saved";
import { sign, VirtualHost } from "./support";

// Two kinds that no API has: the definitions in this file are all the emulator needs to manage them.

const wire = z.strictObject({ color: z.string(), secret: z.string() });
const savedBadge = wire.extend({ id: z.string() });
const badges = new Collection<z.infer<typeof savedBadge>>("badges", savedBadge);

/** An app's one badge, which has no id of its own. */
const badge = {
  plural: "badges",
  children: badges,
  visibility: { color: "plain", appId: "plain", secret: "secret" },
  routes: (apiVersion): Route[] => {
    const path = `/${apiVersion}/apps/{appId}/badge`;
    const get = withAccountApp(({ app }): Answer => {
      const badge = badges.of(app).get(app.id);
      if (badge === undefined) throw notFound("The app has no badge.");
      const { id: _, ...rest } = badge;
      return { status: 200, body: { badge: rest } };
    });
    const put = withAccountApp(({ app, request }): Answer => {
      const badge = parseBody(wire, request);
      badges.put(app, { ...badge, id: app.id });
      return { status: 200, body: { badge } };
    });
    const remove = withAccountApp(({ app }): Answer => {
      badges.of(app).delete(app.id);
      return { status: 200, body: {} };
    });
    return [
      { operation: "getBadge", method: "GET", path, query: [], answer: get },
      { operation: "putBadge", method: "PUT", path, query: [], answer: put },
      { operation: "deleteBadge", method: "DELETE", path, query: [], answer: remove },
    ];
  },
  snapshot: snapshotChildren(badges, ({ id: _, ...badge }, appId) => ({ ...badge, appId })),
  summarize: ({ color, appId }: { color: string; appId: string }) => ({ color, appId }),
} as const satisfies Kind;

const stickers = new Collection<{ readonly id: string }>("stickers", z.object({ id: z.string() }));

/** An app can have many stickers. */
const sticker = {
  plural: "stickers",
  children: stickers,
  visibility: { id: "plain", appId: "plain" },
  routes: (apiVersion): Route[] => {
    const path = `/${apiVersion}/apps/{appId}/stickers`;
    const post = withAccountApp(({ app, context }): Answer => {
      const sticker = { id: context.identifiers.objectId() };
      stickers.of(app).set(sticker.id, sticker);
      return { status: 201, body: { sticker } };
    });
    const list = withAccountApp(
      ({ app }): Answer => ({ status: 200, body: { stickers: stickers.listOf(app) } }),
    );
    return [
      { operation: "createSticker", method: "POST", path, query: [], answer: post },
      { operation: "listStickers", method: "GET", path, query: [], answer: list },
    ];
  },
  snapshot: snapshotChildren(stickers, ({ id }, appId) => ({ id, appId })),
  summarize: ({ id }: { id: string }) => ({ id }),
} as const satisfies Kind;

const table = { ...kinds, badge, sticker };
const red = { color: "red", secret: "r-1234" };
const blue = { color: "blue", secret: "b-1234" };

/** Creates an API with these kinds and one app, and a function that calls it as its only account. */
async function setUp(options: EmulatorOptions = {}) {
  const api = new Api(table, [], options, new VirtualHost());
  const { store, identifiers } = api.context;
  const account = [...store.accounts.values()][0] ?? addAccount(api.context);
  const { id, secret } = addAccountKey(store, identifiers, account.id);
  const authorization = `Bearer ${sign(id, secret, { scope: "account" })}`;
  const call = async (method: string, url: string, body?: object) => {
    const answer = await api.handle({
      method,
      url,
      headers: { authorization, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: JSON.parse(answer.body) };
  };
  const appId: string =
    store.apps.keys().next().value ?? (await call("POST", "/v1/apps", { name: "Shop" })).body.app._id;
  const badgeOf = `/v2/apps/${appId}/badge`;
  const readPast = async (url: string) => {
    api.faults.setPlan({ rules: [{ fault: "stale-read" }] });
    const answer = await call("GET", url);
    api.faults.setPlan(undefined);
    return answer;
  };
  return { api, store, call, appId, badgeOf, readPast };
}

describe("a kind with one object per app and no id", () => {
  it("is managed in every API version", async () => {
    const { call, appId, badgeOf } = await setUp();
    expect((await call("GET", badgeOf)).status).toBe(404);
    expect(await call("PUT", badgeOf, red)).toEqual({ status: 200, body: { badge: red } });
    expect(await call("GET", `/v1/apps/${appId}/badge`)).toEqual({ status: 200, body: { badge: red } });
    await call("DELETE", badgeOf);
    expect((await call("GET", badgeOf)).status).toBe(404);
  });

  it("is returned by a stale read as it was before the last write", async () => {
    const { call, badgeOf, readPast } = await setUp();
    await call("PUT", badgeOf, red);
    expect((await readPast(badgeOf)).status).toBe(404);
    await call("PUT", badgeOf, blue);
    expect((await readPast(badgeOf)).body).toEqual({ badge: red });
    await call("DELETE", badgeOf);
    expect((await readPast(badgeOf)).body).toEqual({ badge: blue });
  });

  it("has its secret masked if the profile masks secrets", async () => {
    const { call, badgeOf } = await setUp({ profile: { secrets: "masked" } });
    await call("PUT", badgeOf, red);
    expect((await call("GET", badgeOf)).body).toEqual({ badge: { color: "red", secret: "****1234" } });
  });
});

describe("a kind that a test adds to the table", () => {
  it("is in snapshots, and without its secret in the state that other processes read", async () => {
    const { store, call, appId, badgeOf } = await setUp();
    expect(snapshotKinds(table, store)).toMatchObject({ badges: [], stickers: [] });
    await call("PUT", badgeOf, red);
    const { sticker } = (await call("POST", `/v1/apps/${appId}/stickers`)).body;
    expect(snapshotKinds(table, store)).toMatchObject({
      apps: [{ id: appId }],
      keys: [],
      badges: [{ ...red, appId }],
      stickers: [{ id: sticker.id, appId }],
    });
    expect(summarizeKinds(table, store)).toEqual({
      apps: [{ id: appId, name: "Shop" }],
      keys: [],
      integrations: [],
      integrationKeys: [],
      switchboards: [],
      switchboardIntegrations: [],
      webhooks: [],
      menus: [],
      templates: [],
      serviceAccounts: [],
      serviceAccountKeys: [],
      badges: [{ color: "red", appId }],
      stickers: [{ id: sticker.id }],
    });
  });

  it("is in the saved state, which is refused if the object is not valid", async () => {
    const { store, call, appId, badgeOf } = await setUp();
    await call("PUT", badgeOf, red);
    const { sticker } = (await call("POST", `/v1/apps/${appId}/stickers`)).body;
    const saved = writeSaved(store);
    const next = await setUp({ saved });
    expect((await next.call("GET", badgeOf)).body).toEqual({ badge: red });
    expect((await next.call("GET", `/v1/apps/${appId}/stickers`)).body).toEqual({ stickers: [sticker] });
    expect(writeSaved(next.store)).toContain(red.secret);
    await expect(setUp({ saved: saved.replace('"red"', "7") })).rejects.toThrow(
      "The saved state was not written by this version of the emulator.",
    );
  });

  it("has no objects in a state that was saved before it was added", async () => {
    const { store, call, appId, badgeOf } = await setUp();
    await call("PUT", badgeOf, red);
    const [saved] = JSON.parse(writeSaved(store)).apps;
    expect(saved.badges).toEqual([{ ...red, id: appId }]);
    const { badges: _, ...older } = saved;
    const next = await setUp({ saved: JSON.stringify({ ...JSON.parse(writeSaved(store)), apps: [older] }) });
    expect((await next.call("GET", badgeOf)).status).toBe(404);
    expect((await next.call("PUT", badgeOf, blue)).status).toBe(200);
  });

  it("is deleted with its app, and by a reset", async () => {
    const { api, store, call, appId, badgeOf } = await setUp();
    await call("PUT", badgeOf, red);
    await call("DELETE", `/v1/apps/${appId}`);
    expect(snapshotKinds(table, store)).toMatchObject({ apps: [], badges: [] });

    const other = (await call("POST", "/v1/apps", { name: "Shop" })).body.app._id;
    await call("PUT", `/v1/apps/${other}/badge`, red);
    api.reset(() => {});
    expect(snapshotKinds(table, store)).toMatchObject({ apps: [], badges: [] });
  });

  it("cannot be used in an emulator whose table does not have it", async () => {
    const api = new Api(kinds, [], {}, new VirtualHost());
    expect(() => badges.of({ children: api.context.newChildren("app") })).toThrow(
      "An app of this emulator has no badges.",
    );
  });
});
