import { describe, expect, it } from "vitest";
import { refused, scripted } from "./wire";

const link = { type: "link", text: "Shop", uri: "https://shop.example" };
const items = [
  link,
  { type: "submenu", text: "More", items: [{ type: "postback", text: "Talk", payload: "TALK" }] },
];
/** As Smooch returns them: with ids, and null for what an item does not have. */
const itemsWire = [
  { _id: "5b01", payload: null, items: null, ...link },
  {
    _id: "5b02",
    type: "submenu",
    text: "More",
    uri: null,
    items: [{ _id: "5b03", type: "postback", text: "Talk", payload: "TALK", uri: null }],
  },
];
const address = { appId: "5a0b" };
const missing = refused(404, { error: { code: "integration_not_found", description: "No integration" } });
const json = (value: unknown) => JSON.parse(JSON.stringify(value));

describe.each(["v1", "v1.1"] as const)("a menu in API %s", (version) => {
  const ofApp = `/${version}/apps/5a0b/menu`;
  const ofIntegration = `/${version}/apps/5a0b/integrations/5c0d/menu`;
  const withIntegration = { ...address, integrationId: "5c0d" };

  it.each([
    ["an app", address, ofApp, "menu-5a0b"],
    ["an integration", withIntegration, ofIntegration, "menu-5c0d"],
  ])("of %s is read, put and deleted", async (_, at, path, id) => {
    const { smooch, sent } = scripted(version, [
      { menu: { items: itemsWire, settings: { inputEnabled: true } } },
      { menu: { items: itemsWire } },
      { menu: { items: [link], settings: { inputEnabled: false } } },
      {},
    ]);
    expect(json(await smooch.menus.get(at))).toEqual({ id, items, inputEnabled: true });
    expect(json(await smooch.menus.put(at, { items }))).toEqual({ id, items });
    expect(json(await smooch.menus.put(at, { items: [link], inputEnabled: false }))).toEqual({
      id,
      items: [link],
      inputEnabled: false,
    });
    expect(await smooch.menus.delete(at)).toBe(true);
    expect(sent).toEqual([
      [`GET ${path}`],
      [`PUT ${path}`, { items }],
      [`PUT ${path}`, { items: [link], settings: { inputEnabled: false } }],
      [`DELETE ${path}`],
    ]);
  });

  it.each([{ items: [] }, { items: null }, {}, { items: [], settings: { inputEnabled: true } }])(
    "does not exist if Smooch returns %j",
    async (menu) => {
      const { smooch } = scripted(version, [{ menu }]);
      await expect(smooch.menus.get(withIntegration)).rejects.toThrow(
        "Could not read the menu of integration 5c0d of app 5a0b: Smooch does not list it.",
      );
    },
  );

  it("is listed as one item or none, as long as there is the app", async () => {
    const app = { app: { _id: "5a0b", name: "Shop" } };
    const { smooch, sent } = scripted(version, [
      { menu: { items: itemsWire } },
      { menu: { items: [] } },
      missing,
      app,
      { menu: { items: [{ type: "link", text: 7 }] } },
    ]);
    expect(json(await smooch.menus.list(address))).toEqual({
      items: [{ id: "menu-5a0b", items }],
      unreadable: [],
    });
    const none = { items: [], unreadable: [] };
    expect(await smooch.menus.list(address)).toEqual(none);
    // Only a response without any menu leaves it open whether there is the app.
    expect(await smooch.menus.list(withIntegration)).toEqual(none);
    expect(await smooch.menus.list(address)).toEqual({
      items: [],
      unreadable: [{ id: "menu-5a0b", problem: "items.0.text has an unexpected value" }],
    });
    expect(sent).toEqual([
      [`GET ${ofApp}`],
      [`GET ${ofApp}`],
      [`GET ${ofIntegration}`],
      [`GET /${version}/apps/5a0b`],
      [`GET ${ofApp}`],
    ]);
  });

  it("is deleted without the documented confirmation if Smooch returns the empty menu", async () => {
    const { smooch } = scripted(version, [{ menu: { items: [] } }]);
    expect(await smooch.menus.delete(address)).toBe(false);
  });

  it("is not listed as missing if the response is not from the API", async () => {
    const { smooch } = scripted(version, Array(6).fill({ menu: "none" }));
    await expect(smooch.menus.list(address)).rejects.toThrow("the response did not come from the API");
  });

  it("of another form is an error that names its fields", async () => {
    const { smooch } = scripted(version, [{ menu: { items: [{ type: "link", text: 7 }] } }]);
    await expect(smooch.menus.get(address)).rejects.toThrow(
      "The response from Smooch for the menu of app 5a0b has an unexpected format: items.0.text has an unexpected value (HTTP 200).",
    );
  });
});

it("API v2 has no menus, and nothing is sent", () => {
  const { smooch, sent } = scripted("v2", []);
  expect(() => smooch.menus.get(address)).toThrow(
    "API v2 has no menus: set smooch:apiVersion to v1 or v1.1.",
  );
  expect(sent).toEqual([]);
});
