import { describe, expect, it } from "vitest";
import { Bench } from "../../support";

const link = { type: "link", text: "Shop", uri: "https://shop.example" };
const postback = { type: "postback", text: "Help", payload: "HELP" };
const submenu = (items: object[]) => ({ type: "submenu", text: "More", items });
const times = (count: number) => Array.from({ length: count }, () => link);
const anId = expect.stringMatching(/^[0-9a-f]{24}$/);
const withId = (item: object) => ({ ...item, _id: anId });

describe.each(["v1", "v1.1"])("menus in %s", (version) => {
  async function setUp() {
    const bench = new Bench();
    const app = `/${version}/apps/${await bench.createApp()}`;
    const body = { type: "telegram", token: "123:a" };
    const { integration } = await bench.expect(201, "POST", `${app}/integrations`, { body });
    const one = `${app}/integrations/${integration._id}`;
    const appId = app.split("/").at(-1) ?? "";
    return { bench, app, appId, one, id: String(integration._id), menu: `${app}/menu`, own: `${one}/menu` };
  }

  it("belong to an app: written, read, replaced and deleted", async () => {
    const { bench, menu } = await setUp();
    expect(await bench.expect(200, "GET", menu)).toEqual({ menu: { items: [] } });
    const written = await bench.expect(200, "PUT", menu, { body: { items: [link, postback] } });
    expect(written).toEqual({
      menu: { items: [withId(link), withId(postback)], settings: { inputEnabled: true } },
    });
    expect(await bench.expect(200, "GET", menu)).toEqual(written);

    const body = { items: [link], settings: { inputEnabled: false } };
    const replaced = await bench.expect(200, "PUT", menu, { body });
    expect(replaced).toEqual({ menu: { items: [withId(link)], settings: { inputEnabled: false } } });
    expect(replaced.menu.items[0]._id).not.toBe(written.menu.items[0]._id);
    expect((await bench.expect(200, "PUT", menu, { body: { items: [link] } })).menu.settings).toEqual({
      inputEnabled: true,
    });

    for (let count = 0; count < 2; count++) {
      expect(await bench.expect(200, "DELETE", menu)).toEqual({ menu: { items: [] } });
      expect(await bench.expect(200, "GET", menu)).toEqual({ menu: { items: [] } });
    }
  });

  it("belong to an integration, independently of the app's", async () => {
    const { bench, menu, own } = await setUp();
    await bench.expect(200, "PUT", menu, { body: { items: [link] } });
    expect(await bench.refusal("GET", own)).toEqual([404, "not_found"]);
    expect(await bench.refusal("DELETE", own)).toEqual([404, "not_found"]);

    const written = await bench.expect(200, "PUT", own, { body: { items: [postback] } });
    expect(written).toEqual({ menu: { items: [withId(postback)], settings: { inputEnabled: true } } });
    expect(await bench.expect(200, "GET", own)).toEqual(written);
    const replaced = await bench.expect(201, "POST", own, { body: { items: [link, postback] } });
    expect(replaced.menu.items).toEqual([withId(link), withId(postback)]);
    expect(await bench.expect(200, "GET", own)).toEqual(replaced);
    expect((await bench.expect(200, "GET", menu)).menu.items).toEqual([withId(link)]);

    expect(await bench.expect(200, "DELETE", own)).toEqual({});
    expect(await bench.refusal("GET", own)).toEqual([404, "not_found"]);
    expect((await bench.expect(200, "GET", menu)).menu.items).toEqual([withId(link)]);
  });

  it("have three levels, with a new id for each item", async () => {
    const { bench, menu } = await setUp();
    const items = [submenu([submenu([link, postback]), link]), postback];
    const { items: written } = (await bench.expect(200, "PUT", menu, { body: { items } })).menu;
    expect(written).toEqual([
      withId(submenu([withId(submenu([withId(link), withId(postback)])), withId(link)])),
      withId(postback),
    ]);
    const ids = JSON.stringify(written).match(/[0-9a-f]{24}/g);
    expect([ids?.length, new Set(ids).size]).toEqual([6, 6]);
  });

  it.each([
    ["three items on the first level", times(3)],
    ["five items in a submenu", [submenu(times(5))]],
    ["five items on the third level", [submenu([submenu(times(5))])]],
  ])("may have %s", async (_, items) => {
    const { bench, menu, own } = await setUp();
    for (const path of [menu, own]) await bench.expect(200, "PUT", path, { body: { items } });
  });

  it.each([
    ["four items on the first level", times(4)],
    ["no item on the first level", []],
    ["six items in a submenu", [submenu(times(6))]],
    ["an empty submenu", [submenu([])]],
    ["six items on the third level", [submenu([submenu(times(6))])]],
    ["a fourth level", [submenu([submenu([submenu([link])])])]],
    ["a link without a uri", [{ type: "link", text: "Shop" }]],
    ["a postback without a payload", [{ type: "postback", text: "Help" }]],
    ["a submenu without items", [{ type: "submenu", text: "More" }]],
    ["an item without a text", [{ type: "link", uri: "https://shop.example" }]],
    ["an item with an empty text", [{ ...link, text: "" }]],
    ["an item of an unknown type", [{ ...link, type: "reply" }]],
    ["a field of another type", [{ ...link, payload: "HELP" }]],
  ])("refuse %s with 400", async (_, items) => {
    const { bench, menu, own } = await setUp();
    for (const path of [menu, own]) {
      expect(await bench.refusal("PUT", path, { body: { items } })).toEqual([400, "bad_request"]);
    }
    expect(bench.emulator.snapshot().menus).toEqual([]);
  });

  it.each([
    {},
    { items: "x" },
    { items: [link], settings: {} },
    { items: [link], settings: { inputEnabled: "yes" } },
    { items: [link], settings: { inputEnabled: true, color: "red" } },
    { items: [link], name: "menu" },
  ])("refuse %j with 400", async (body) => {
    const { bench, menu } = await setUp();
    expect(await bench.refusal("PUT", menu, { body })).toEqual([400, "bad_request"]);
  });

  it("ignore unknown fields of items if the profile is lenient", async () => {
    const { bench, menu } = await setUp();
    bench.emulator.setProfile({ unknownFields: "lenient" });
    const items = [submenu([{ ...link, _id: "x", payload: "HELP" }])];
    const written = await bench.expect(200, "PUT", menu, { body: { items } });
    expect(written.menu.items).toEqual([withId(submenu([withId(link)]))]);
  });

  it("can be managed with the app's own key, and not with that of another app", async () => {
    const { bench, appId, menu, own } = await setUp();
    const { token } = await bench.createKey(appId);
    const other = await bench.createKey(await bench.createApp("Other"));
    for (const path of [menu, own]) {
      await bench.expect(200, "PUT", path, { body: { items: [link] }, token });
      await bench.expect(200, "GET", path, { token });
      expect(await bench.refusal("PUT", path, { body: { items: [link] }, token: other.token })).toEqual([
        403,
        "forbidden",
      ]);
      await bench.expect(200, "DELETE", path, { token });
    }
  });

  it("are found in no app or integration that does not exist, nor in the integration of a webhook", async () => {
    const { bench, app, appId } = await setUp();
    expect(await bench.refusal("GET", `/${version}/apps/x/menu`)).toEqual([404, "app_not_found"]);
    await bench.createWebhook(appId, { target: "https://shop.example/hook" });
    const custom = bench.emulator.snapshot().integrations[1]?.id;
    for (const id of ["x", custom]) {
      const path = `${app}/integrations/${id}/menu`;
      expect(await bench.refusal("GET", path)).toEqual([404, "integration_not_found"]);
      expect(await bench.refusal("PUT", path, { body: { items: [link] } })).toEqual([
        404,
        "integration_not_found",
      ]);
      expect(await bench.refusal("DELETE", path)).toEqual([404, "integration_not_found"]);
    }
  });

  it("are deleted with the integration or the app", async () => {
    const { bench, app, appId, one, menu, own } = await setUp();
    await bench.expect(200, "PUT", menu, { body: { items: [link] } });
    await bench.expect(200, "PUT", own, { body: { items: [postback] } });
    await bench.expect(200, "DELETE", one);
    expect(bench.emulator.snapshot().menus.map(({ id }) => id)).toEqual([appId]);
    await bench.expect(200, "DELETE", app);
    expect(bench.emulator.snapshot().menus).toEqual([]);
  });

  it("are in snapshots, and without their items in the state that other processes read", async () => {
    const { bench, appId, id, menu, own } = await setUp();
    await bench.expect(200, "PUT", menu, { body: { items: [link] } });
    await bench.expect(200, "PUT", own, { body: { items: [submenu([postback])] } });
    const settings = { inputEnabled: true };
    expect(bench.emulator.snapshot().menus).toEqual([
      { id: appId, appId, items: [{ ...link, id: anId }], settings },
      {
        id,
        appId,
        integrationId: id,
        items: [{ ...submenu([{ ...postback, id: anId }]), id: anId }],
        settings,
      },
    ]);
    expect(bench.emulator.describeState().menus).toEqual([
      { id: appId, appId },
      { id, appId, integrationId: id },
    ]);
  });

  it("survive a restart", async () => {
    const { bench, menu, own } = await setUp();
    const items = [submenu([submenu([link]), postback])];
    const written = await bench.expect(200, "PUT", own, {
      body: { items, settings: { inputEnabled: false } },
    });
    const next = new Bench({ saved: bench.emulator.save() });
    expect(await next.expect(200, "GET", own)).toEqual(written);
    expect(await next.expect(200, "GET", menu)).toEqual({ menu: { items: [] } });
  });

  it("are returned by a stale read as they were before the last write", async () => {
    const { bench, menu, own } = await setUp();
    const readPast = async (path: string) => {
      bench.emulator.setFaults({ rules: [{ fault: "stale-read" }] });
      const { body } = await bench.call("GET", path);
      bench.emulator.setFaults(undefined);
      return Object(body);
    };
    const written = await bench.expect(200, "PUT", menu, { body: { items: [link] } });
    expect(await readPast(menu)).toEqual({ menu: { items: [] } });
    await bench.expect(200, "PUT", own, { body: { items: [link] } });
    expect((await readPast(own)).error.code).toBe("not_found");
    await bench.expect(200, "DELETE", menu);
    expect(await readPast(menu)).toEqual(written);
  });
});

describe("menus in v2", () => {
  it("do not exist", async () => {
    const bench = new Bench();
    const path = `/v2/apps/${await bench.createApp()}/menu`;
    expect(await bench.refusal("GET", path)).toEqual([501, "emulator_unknown_request"]);
  });
});
