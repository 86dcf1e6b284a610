import { describe, expect, it } from "vitest";
import type { Context } from "../../src/provider/context";
import { deleteUntilGone } from "../../src/provider/gone";
import { key as keyKind } from "../../src/provider/kinds/key";
import { webhook as webhookKind } from "../../src/provider/kinds/webhook";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";
import { words } from "../support/words";
import { answer, apps, integrations, keys, lost, messageOf, notFound, webhooks, withApp } from "./support";

const elsewhere =
  /it was last seen with other credentials or at another API address, so it may still exist in an account that these credentials cannot see\. Nothing was changed\./;
const wayOut = (noun: string, what: string) =>
  `If this ${noun} is certainly gone, or no longer yours to manage, remove it from the state: \`pulumi state delete <urn> --target-dependents\` (\`pulumi stack --show-urns\` lists URNs). Nothing then ${what}.`;

/** The context of a service account, which gets a 404 for an app it has lost access to. */
function asService(context: Context): Context {
  return { ...context, credential: context.credential.replace(/^act_/, "svc_") };
}

/** An app with one object of each kind that belongs to an app. */
async function withAll(version: ApiVersion) {
  const made = await withApp(version);
  const { context, appId, hook } = made;
  const key = await keys.create(context, { appId, name: "backend" });
  const webhook = await webhooks.create(context, hook());
  const integration = await integrations.create(context, { appId, type: "telegram", token: "7:t0ken" });
  const children = [
    ["key", keys, key],
    ["webhook", webhooks, webhook],
    ["integration", integrations, integration],
  ] as const;
  return { ...made, key, webhook, integration, children };
}

describe.each(apiVersions)("with API %s", (version) => {
  it("deletes an object, and proves that a key is gone", async () => {
    const { world, context, children, appId, appState } = await withAll(version);
    for (const [noun, lifecycle, { id, outputs }] of children) {
      world.sent.length = 0;
      world.waits.length = 0;
      await lifecycle.delete(context, id, outputs);
      // A deleted key is read, listed, and read once more.
      expect(world.sent).toHaveLength(noun === "key" ? 4 : 1);
      expect(world.waits).toEqual([]);
    }
    // An app is read neither before nor after its delete.
    world.sent.length = 0;
    await apps.delete(context, appId, appState);
    expect(world.sent).toEqual([`DELETE /${version}/apps/${appId}`]);
    expect(world.emulator.isEmpty()).toBe(true);
  });

  it("reads nothing before it deletes, even in a process that has read nothing yet", async () => {
    const { world, webhook, appId, appState, webhooks: path } = await withAll(version);
    // Neither an app with the credentials that saw it last, nor a child of an app with other credentials.
    const rotated = world.rotated();
    world.sent.length = 0;
    await webhooks.delete(rotated, webhook.id, webhook.outputs);
    await apps.delete(world.context(), appId, appState);
    const app = `/${version}/apps/${appId}`;
    expect(world.sent).toEqual([`DELETE ${app}/${path}/${webhook.id}`, `DELETE ${app}`]);
  });

  it("distinguishes a deleted object from one that was already gone", async () => {
    const { context, key, webhook, appId } = await withAll(version);
    const state = { __seenBy: context.credential };
    const remove = (id: string) => deleteUntilGone(keyKind, context, { id, address: { appId }, state });
    expect(await remove(key.id)).toBe("deleted");
    expect(await remove(key.id)).toBe("gone");
    const hook = { id: webhook.id, address: { appId, version }, state };
    expect(await deleteUntilGone(webhookKind, context, hook)).toBe("deleted");
    expect(await deleteUntilGone(webhookKind, context, hook)).toBe("gone");
  });

  it("sends only the requests needed to prove that a child is gone, and needs no mark", async () => {
    const { world, context, key, webhook, appId } = await withAll(version);
    await context.smooch.keys.delete(appId, key.id);
    const { __seenBy: _, ...unmarked } = key.outputs;
    const path = `GET /${version}/apps/${appId}/keys`;
    for (const state of [key.outputs, unmarked]) {
      world.sent.length = 0;
      world.waits.length = 0;
      expect(await keys.read(context, key.id, state)).toBeUndefined();
      expect(world.sent).toEqual([`${path}/${key.id}`, path, `${path}/${key.id}`]);
      // After this wait, a read shows earlier writes.
      expect(world.waits).toEqual([2000]);
    }
    await context.smooch.webhooks.delete(appId, webhook.id);
    const { __seenBy: __, ...hook } = webhook.outputs;
    expect(await webhooks.read(context, webhook.id, hook)).toBeUndefined();
  });

  it("treats a listed object as existing even if reading it returns 404 twice", async () => {
    const { world, context, key } = await withAll(version);
    world.intercept = async ({ url }, forward) =>
      url.endsWith(`/keys/${key.id}`) ? notFound(version) : forward();
    expect((await keys.read(context, key.id, key.outputs))?.outputs).toEqual(key.outputs);
  });

  it("treats an object as gone if it is not listed, even if the list has an unreadable object", async () => {
    const { world, context, key, appId } = await withAll(version);
    const other = await context.smooch.keys.create(appId, { name: "odd" });
    world.emulator.overlay(other.id, { [words[version].name]: 7 });
    await context.smooch.keys.delete(appId, key.id);
    expect(await keys.read(context, key.id, key.outputs)).toBeUndefined();
  });

  it("treats an object as gone if its app does not list it, whichever credentials saw it last", async () => {
    const { world, context, children, appId } = await withAll(version);
    const rotated = world.rotated();
    for (const [, lifecycle, { id, outputs }] of children) {
      await lifecycle.delete(context, id, outputs);
      await lifecycle.delete(context, id, outputs);
      await lifecycle.delete(rotated, id, outputs);
      expect(await lifecycle.read(rotated, id, outputs)).toBeUndefined();
      expect(await lifecycle.read(asService(rotated), id, outputs)).toBeUndefined();
    }
    expect(world.emulator.snapshot().apps).toMatchObject([{ id: appId }]);
  });

  it("deletes objects with another credential of the same account", async () => {
    const { world, appId, appState, key } = await withAll(version);
    await keys.delete(world.rotated(), key.id, key.outputs);
    await apps.delete(world.rotated(), appId, appState);
    expect(world.emulator.isEmpty()).toBe(true);
  });

  it("treats an app, and all in it, as gone if the credentials that saw it last get a 404", async () => {
    const { world, context, children, appId, appState } = await withAll(version);
    await world.client().apps.delete(appId);
    const next = world.context();
    world.sent.length = 0;
    for (const [, lifecycle, { id, outputs }] of children)
      expect(await lifecycle.read(next, id, outputs)).toBeUndefined();
    // A process checks only once per API version that apps can be listed; a webhook may have another version.
    const listings = world.sent.filter((line) => line === `GET /${version}/apps`);
    expect(listings).toHaveLength(1);
    expect(await apps.read(next, appId, appState)).toBeUndefined();
    for (const [, lifecycle, { id, outputs }] of children) await lifecycle.delete(next, id, outputs);
    await apps.delete(next, appId, appState);
    await apps.delete(context, appId, appState);
  });

  it("checks once for each API version whether apps can be listed", async () => {
    const { world, context, key, hook } = await withAll(version);
    const other = version === "v1" ? "v1.1" : "v1";
    const foreign = await webhooks.create(
      context,
      hook({ version: other, target: "https://b.example", triggers: ["message"] }),
    );
    await world.client().apps.delete(String(key.outputs.appId));
    const next = world.context();
    world.sent.length = 0;
    expect(await webhooks.read(next, foreign.id, foreign.outputs)).toBeUndefined();
    expect(await keys.read(next, key.id, key.outputs)).toBeUndefined();
    expect(world.sent).toContain(`GET /${other}/apps`);
    expect(world.sent).toContain(`GET /${version}/apps`);
  });

  it("does not accept a 404 from another account as proof", async () => {
    const { world, children, appId, appState } = await withAll(version);
    const other = world.stranger();
    for (const [, lifecycle, { id, outputs }] of children) {
      await expect(lifecycle.delete(other, id, outputs)).rejects.toThrow(elsewhere);
      await expect(lifecycle.read(other, id, outputs)).rejects.toThrow(elsewhere);
    }
    await expect(apps.delete(other, appId, appState)).rejects.toThrow(elsewhere);
    await expect(apps.read(other, appId, appState)).rejects.toThrow(elsewhere);
    expect(world.writes.filter(([line]) => line === `DELETE /${version}/apps/${appId}`)).toEqual([]);
    expect(world.emulator.snapshot()).toMatchObject({ apps: [{}], keys: [{}], webhooks: [{}] });
  });

  it("does not accept a 404 as proof from another API address, or if the mark is unreadable", async () => {
    const { world, context, appId, appState } = await withAll(version);
    await world.client().apps.delete(appId);
    const zendesk = {
      ...context,
      credential: context.credential.replace("api.smooch.io", "a.zendesk.com/sc"),
    };
    await expect(apps.read(zendesk, appId, appState)).rejects.toThrow(elsewhere);
    for (const __seenBy of [undefined, 7, "act_1", "act_1@api.smooch.io/v3"]) {
      const state = { ...appState, __seenBy, appToken: "t" };
      await expect(apps.read(world.context(), appId, state)).rejects.toThrow(elsewhere);
      await expect(apps.delete(world.context(), appId, state)).rejects.toThrow(elsewhere);
    }
  });

  it("accepts a service account's 404 for an app only on a retried DELETE after a read", async () => {
    const { world, context, webhook, appId, appState } = await withAll(version);
    const service = asService(context);
    const marked = { ...appState, __seenBy: service.credential };
    const fresh = () => asService(world.context());
    const why =
      "but these credentials would get the same response for an app that they have lost access to. Nothing was changed.";
    let isLost = true;
    world.intercept = async (request, forward) =>
      isLost && request.url.includes(appId) ? notFound(version) : forward();
    await expect(apps.delete(fresh(), appId, marked)).rejects.toThrow(why);
    await expect(apps.read(fresh(), appId, marked)).rejects.toThrow(why);
    const hook = { ...webhook.outputs, __seenBy: service.credential };
    await expect(webhooks.delete(fresh(), webhook.id, hook)).rejects.toThrow(why);
    await expect(webhooks.read(fresh(), webhook.id, hook)).rejects.toThrow(why);
    // Because the app was seen in this run, a 404 to a retry of its own DELETE counts, but no other 404 does.
    const seeing = fresh();
    seeing.session.seen.add(appId);
    world.sent.length = 0;
    await expect(apps.delete(seeing, appId, marked)).rejects.toThrow(why);
    expect(world.sent[0]).toBe(`DELETE /${version}/apps/${appId}`);
    isLost = false;
    expect(world.emulator.snapshot()).toMatchObject({ apps: [{}], webhooks: [{}] });
    // The response to its own DELETE was lost, and the retry gets a 404.
    let deletes = 0;
    world.intercept = async (request, forward) => {
      const answered = await forward();
      if (request.method === "DELETE" && ++deletes === 1) throw lost;
      return answered;
    };
    await apps.delete(fresh(), appId, marked);
    expect(deletes).toBe(2);
    expect(world.emulator.isEmpty()).toBe(true);
  });

  it("treats a key as revoked if the API refuses it and its app cannot be read", async () => {
    const { world, context, key, appId } = await withAll(version);
    const state = { ...key.outputs, __seenBy: asService(context).credential };
    world.intercept = async (request, forward) =>
      request.url.includes(appId) && !String(request.headers.authorization).includes(keyPart(key.id))
        ? notFound(version)
        : forward();
    // The key still works.
    await expect(keys.read(asService(world.context()), key.id, state)).rejects.toThrow("lost access to");
    const { intercept } = world;
    world.intercept = (_, forward) => forward();
    await world.client().keys.delete(appId, key.id);
    world.intercept = intercept;
    expect(await keys.read(asService(world.context()), key.id, state)).toBeUndefined();
    const unknown = { ...state, secret: undefined };
    await expect(keys.read(asService(world.context()), key.id, unknown)).rejects.toThrow("lost access to");
    // Another account key of the same API may prove it as well.
    const old = { ...state, __seenBy: state.__seenBy.replace("svc_", "act_0") };
    expect(await keys.read(world.rotated(), key.id, old)).toBeUndefined();
    const moved = { ...state, __seenBy: state.__seenBy.replace("api.smooch.io", "a.zendesk.com/sc") };
    await expect(keys.read(asService(world.context()), key.id, moved)).rejects.toThrow(elsewhere);
  });

  it("does not accept a 404 that does not come from the API", async () => {
    const { world, context, children, appId, appState } = await withAll(version);
    world.intercept = async () => answer(404, { message: "no Route matched with those values" });
    for (const [, lifecycle, { id, outputs }] of [
      ...children,
      ["app", apps, { id: appId, outputs: appState }],
    ] as const) {
      await expect(lifecycle.delete(context, id, outputs)).rejects.toThrow('returned "no Route matched');
      await expect(lifecycle.read(context, id, outputs)).rejects.toThrow('returned "no Route matched');
    }
  });

  it("does not accept a 404 from a host that cannot even list apps", async () => {
    const { world, context, children, appId, appState } = await withAll(version);
    world.intercept = async ({ url }, forward) => {
      if (new URL(url).pathname === `/${version}/apps`) return answer(404, {});
      return url.includes(appId) ? notFound(version) : forward();
    };
    for (const [, lifecycle, { id, outputs }] of [
      ...children,
      ["app", apps, { id: appId, outputs: appState }],
    ] as const)
      await expect(lifecycle.read(context, id, outputs)).rejects.toThrow(
        "No usable response from Smooch to the request to list apps",
      );
  });

  it("reads again through the API version that saw the object last", async () => {
    const { world, key, appId, appState } = await withAll(version);
    const last = version === "v2" ? "v1.1" : "v2";
    const seen = (state: object) => ({
      ...state,
      __seenBy: world.context().credential.replace(/[^/]*$/, last),
    });
    // Nothing exists through this API version any more, and everything through the last one.
    world.intercept = async ({ url }, forward) => {
      const { pathname } = new URL(url);
      if (!pathname.startsWith(`/${version}/apps`)) return forward();
      if (pathname === `/${version}/apps`) return answer(200, { apps: [] });
      return pathname === `/${version}/apps/${appId}/keys` ? answer(200, { keys: [] }) : notFound(version);
    };
    expect((await keys.read(world.context(), key.id, seen(key.outputs)))?.id).toBe(key.id);
    expect((await apps.read(world.context(), appId, seen(appState)))?.id).toBe(appId);
    expect(await messageOf(keys.delete(world.context(), key.id, seen(key.outputs)))).toContain(
      `Smooch was asked several times to delete key ${key.id}, but it still exists.`,
    );
    world.intercept = (_, forward) => forward();
    await world.client().apps.delete(appId);
    expect(await apps.read(world.context(), appId, seen(appState))).toBeUndefined();
  });

  it("does not accept one stale response, or a stale response and a stale list, as proof", async () => {
    const { world, context, appId, appState } = await withAll(version);
    for (const stale of [1, 2]) {
      let left = stale;
      world.intercept = async ({ url }, forward) => {
        if (left === 0) return forward();
        left--;
        return url.includes(appId) ? notFound(version) : answer(200, { apps: [] });
      };
      expect((await apps.read(context, appId, appState))?.id).toBe(appId);
      expect(left).toBe(0);
    }
  });

  it("finishes when the response to a delete was lost", async () => {
    const { world, context, key, webhook } = await withAll(version);
    for (const [lifecycle, { id, outputs }] of [
      [keys, key],
      [webhooks, webhook],
    ] as const) {
      let deletes = 0;
      world.intercept = async ({ method }, forward) => {
        const answered = await forward();
        if (method === "DELETE" && ++deletes === 1) throw lost;
        return answered;
      };
      await lifecycle.delete(context, id, outputs);
      expect(deletes).toBe(2);
    }
    expect(world.emulator.snapshot()).toMatchObject({ keys: [], webhooks: [] });
  });

  it.each([
    ["204 without a body", answer(204, "")],
    ["202 {}", answer(202)],
    ["200 with more in it", answer(200, { deleted: true })],
  ])("reads an object again if its delete returned %s", async (_, answered) => {
    const { world, context, integration } = await withAll(version);
    let isDeleted = false;
    world.intercept = async ({ method }, forward) => {
      if (method !== "DELETE") return forward();
      if (isDeleted) await forward();
      isDeleted = true;
      return answered;
    };
    await integrations.delete(context, integration.id, integration.outputs);
    expect(world.writes.filter(([line]) => line.startsWith("DELETE"))).toHaveLength(2);
    expect(world.emulator.snapshot().integrations.filter(({ type }) => type === "telegram")).toEqual([]);
  });

  it("does not report a key as revoked while it still exists, whatever the response was", async () => {
    const { world, context, key } = await withAll(version);
    world.intercept = async ({ method }, forward) => (method === "DELETE" ? answer(200) : forward());
    const message = await messageOf(keys.delete(context, key.id, key.outputs));
    expect(world.writes.filter(([line]) => line.startsWith("DELETE"))).toHaveLength(3);
    expect(message).toBe(
      `Smooch was asked several times to delete key ${key.id}, but it still exists. ${wayOut("key", "revokes it if it still works")}`,
    );
  });

  it("names the way out of every refusal", async () => {
    const { world, context, children, appId, appState } = await withAll(version);
    const all = [...children, ["app", apps, { id: appId, outputs: appState }]] as const;
    for (const status of [401, 403, 503]) {
      world.intercept = async () => answer(status);
      for (const [noun, lifecycle, { id, outputs }] of all) {
        const what =
          noun === "key" ? "revokes it if it still works" : "manages or deletes it if it still exists";
        for (const attempt of [
          lifecycle.read(context, id, outputs),
          lifecycle.delete(context, id, outputs),
        ]) {
          const message = await messageOf(attempt);
          expect(message).toContain(`(HTTP ${status})`);
          expect(message.endsWith(wayOut(noun, what))).toBe(true);
          expect(message.includes("--run-program")).toBe(status === 401);
        }
      }
    }
    world.intercept = () => {
      throw "out of order";
    };
    await expect(keys.delete(context, children[0][2].id, children[0][2].outputs)).rejects.toBe(
      "out of order",
    );
  });
});

it.each([
  [60_000, true],
  [60_001, false],
  [-60_001, false],
])("mentions an old account key only if the clock is not to blame: %i ms off", async (skewMs, isNamed) => {
  const { world, context, key } = await withAll("v1");
  world.time = Math.ceil(world.time / 1000) * 1000;
  const date = new Date(world.time).toUTCString();
  world.clientAheadMs = -skewMs;
  world.intercept = async () => ({ ...answer(401), headers: { date } });
  const message = await messageOf(keys.read(context, key.id, key.outputs));
  expect(message.includes("--run-program")).toBe(isNamed);
});

/** The part of a token's header that identifies the key: `authorization` is a JWT. */
function keyPart(keyId: string): string {
  return Buffer.from(JSON.stringify({ alg: "HS256", typ: "JWT", kid: keyId }))
    .toString("base64url")
    .slice(0, 60);
}
