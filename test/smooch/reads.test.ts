import { describe, expect, it } from "vitest";
import { apiVersions } from "../../src/smooch/api-version";
import type { WireResponse } from "../../src/smooch/host";
import { Reads } from "../../src/smooch/reads";
import { words } from "../support/words";
import { World } from "../support/world";

/** Returns a client that combines reads, in an account whose apps have two keys, a webhook and a channel each. */
async function withApps(version: (typeof apiVersions)[number], count: number, others = 0) {
  const world = new World({}, version);
  const plain = world.client();
  for (let n = 0; n < others; n++) await plain.apps.create({ name: `other ${n}` });
  const apps = [];
  for (let n = 0; n < count; n++) {
    const { id } = await plain.apps.create({ name: `app ${n}` });
    const keys = [await plain.keys.create(id, { name: "a" }), await plain.keys.create(id, { name: "b" })];
    const triggers = [words[version].message];
    const webhook = await plain.webhooks.create(id, { target: "https://bot.example", triggers });
    const web = await plain.integrations.create(id, { type: "web", fields: { brandColor: "ff0000" } });
    apps.push({ id, keys, webhook, web });
  }
  const client = world.client(undefined, {}, new Reads(world.host));
  world.sent.length = 0;
  return { world, plain, client, apps };
}

describe.each(apiVersions)("reads that arrive close together with API %s", (version) => {
  it("are served from one listing per path, with the same result as single reads", async () => {
    const { world, plain, client, apps } = await withApps(version, 5);
    const read = (smooch: typeof client) =>
      Promise.all(
        apps.flatMap(({ id, keys, webhook, web }) => [
          smooch.apps.get(id),
          ...keys.map((key) => smooch.keys.get(id, key.id)),
          smooch.webhooks.get(id, webhook.id),
          smooch.integrations.get(id, web.id),
        ]),
      );
    const together = await read(client);
    expect(world.sent).toHaveLength(1 + 5 * 3);
    expect(together).toEqual(await read(plain));
  });

  it("take one call each if there is only one per path, and wait for others only where that may save calls", async () => {
    const { world, client, apps } = await withApps(version, 1);
    const [{ id, keys } = { id: "", keys: [] }] = apps;
    await client.apps.get(id);
    expect(world.waits).toEqual([10]);
    await client.keys.get(id, String(keys[0]?.id));
    expect(world.sent).toHaveLength(2);
    expect(world.waits).toEqual([10]);
  });

  it("fetch apps one by one until a listing pays off, and page by page while it does", async () => {
    const few = await withApps(version, 3);
    await Promise.all(few.apps.map(({ id }) => few.client.apps.get(id)));
    expect(few.world.sent).toHaveLength(3);

    // The first page holds only other apps.
    const hidden = await withApps(version, 6, 100);
    const apps = await Promise.all(hidden.apps.map(({ id }) => hidden.client.apps.get(id)));
    expect(apps.map(({ name }) => name)).toEqual([0, 1, 2, 3, 4, 5].map((n) => `app ${n}`));
    expect(hidden.world.sent).toHaveLength(1 + 6);

    const shown = await withApps(version, 120);
    await Promise.all(shown.apps.map(({ id }) => shown.client.apps.get(id)));
    expect(shown.world.sent).toHaveLength(2);
  });

  it("are sent again after a second, and after any change", async () => {
    const { world, plain, client, apps } = await withApps(version, 1);
    const [{ id, keys } = { id: "", keys: [] }] = apps;
    const key = String(keys[0]?.id);
    await client.keys.get(id, key);
    await client.keys.get(id, key);
    expect(world.sent).toHaveLength(1);
    world.time += 1000;
    await client.keys.get(id, key);
    expect(world.sent).toHaveLength(2);
    // Setting the clock back must not make a listing fresh again.
    world.time -= 60_000;
    await client.keys.get(id, key);
    expect(world.sent).toHaveLength(3);
    const { id: made } = await client.keys.create(id, { name: "c" });
    expect((await client.keys.get(id, made)).name).toBe("c");
    expect(world.sent).toHaveLength(5);
    const target = "https://bot.example/new";
    const webhook = String(apps[0]?.webhook.id);
    await client.webhooks.get(id, webhook);
    await client.webhooks.update(id, webhook, { target });
    expect((await client.webhooks.get(id, webhook)).target).toBe(target);
    // A change made elsewhere shows up a second later; an object missing from the listing is read directly.
    const { id: elsewhere } = await plain.keys.create(id, { name: "d" });
    expect((await client.keys.get(id, elsewhere)).name).toBe("d");
  });

  it("are sent one by one if the listing fails, which is tried only once", async () => {
    const { world, client, apps } = await withApps(version, 1);
    const [{ id, keys } = { id: "", keys: [] }] = apps;
    let listings = 0;
    world.intercept = async ({ method, url }, forward) => {
      if (method !== "GET" || !new URL(url).pathname.endsWith("/keys")) return forward();
      listings++;
      return { status: 503, headers: {}, body: "{}" };
    };
    const found = await Promise.all(keys.map((key) => client.keys.get(id, key.id)));
    expect(found.map(({ secret }) => secret)).toEqual(keys.map(({ secret }) => secret));
    expect(listings).toBe(1);
  });

  it("abandon a listing whose pages repeat earlier items", async () => {
    const { world, client, apps } = await withApps(version, 5);
    let listings = 0;
    let first: Promise<WireResponse> | undefined;
    world.intercept = async (request, forward) => {
      if (!request.url.includes("?")) return forward();
      listings++;
      first ??= forward();
      const answer = await first;
      const { apps: page } = JSON.parse(answer.body);
      const body = { apps: page.slice(0, 4), hasMore: true, meta: { hasMore: true, afterCursor: "c" } };
      return { ...answer, body: JSON.stringify(body) };
    };
    const found = await Promise.all(apps.map(({ id }) => client.apps.get(id)));
    expect(found.map(({ id }) => id)).toEqual(apps.map(({ id }) => id));
    expect(listings).toBe(2);
  });

  it("fetch no page after the last one for an object that none has", async () => {
    const { world, client, apps } = await withApps(version, 1);
    const [{ id, keys } = { id: "", keys: [] }] = apps;
    const missing = client.keys.get(id, "app_5735dcf248011972d621dc01").catch(() => undefined);
    await Promise.all([...keys.map((key) => client.keys.get(id, key.id)), missing]);
    const path = `/${version}/apps/${id}/keys`;
    expect(world.sent).toEqual([`GET ${path}`, `GET ${path}/app_5735dcf248011972d621dc01`]);
  });

  it("report an object that does not exist by its own name", async () => {
    const { client, apps } = await withApps(version, 1);
    const [{ id } = { id: "" }] = apps;
    await expect(client.keys.get(id, "app_5735dcf248011972d621dc01")).rejects.toThrow(
      `Smooch refused to read key app_5735dcf248011972d621dc01 of app ${id}`,
    );
  });
});
