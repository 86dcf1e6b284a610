import { describe, expect, it } from "vitest";
import { parseImportId } from "../../../src/plugin/import-id";
import type { Properties } from "../../../src/provider/kind";
import { definitions } from "../../../src/provider/kinds";
import { lifecycle } from "../../../src/provider/lifecycle";
import { unknownValue } from "../../../src/provider/values";
import { answer, lost, partialFailure, staleReads, withApp } from "../support";

const menus = lifecycle(definitions.menu);
const link = { type: "link", text: "Shop", uri: "https://shop.example" };
const talk = { type: "postback", text: "Talk", payload: "TALK" };
const submenu = (...items: object[]) => ({ type: "submenu", text: "More", items });

describe.each(["v1", "v1.1"] as const)("a menu with API %s", (version) => {
  const now = { now: 0, version };

  /** An app with an integration. */
  async function withChannel() {
    const made = await withApp(version);
    const { context, appId, world } = made;
    const { id: integrationId } = await context.smooch.integrations.create(appId, {
      type: "telegram",
      token: "7:t0ken",
    });
    context.session.owned.add(integrationId);
    world.writes.length = 0;
    const items = [link, submenu(talk, submenu(talk))];
    return {
      ...made,
      integrationId,
      ofApp: { appId, items },
      ofIntegration: { appId, integrationId, items },
    };
  }

  it("of an app and one of its integration are two objects", async () => {
    const { world, context, appId, integrationId, ofApp, ofIntegration } = await withChannel();
    const one = await menus.create(context, ofApp);
    const other = await menus.create(context, ofIntegration);
    expect([one.id, other.id]).toEqual([`menu-${appId}`, `menu-${integrationId}`]);
    expect(other.outputs).toEqual({ ...ofIntegration, __seenBy: context.credential });
    expect(world.writes).toEqual([
      [`PUT /${version}/apps/${appId}/menu`, { items: ofApp.items }],
      [`PUT /${version}/apps/${appId}/integrations/${integrationId}/menu`, { items: ofApp.items }],
    ]);
    expect(await menus.read(context, other.id, other.outputs)).toEqual({ ...other, inputs: ofIntegration });
    const news = { ...ofIntegration, items: [talk] };
    expect(menus.diff(other.id, other.outputs, news, now)).toEqual({});
    await menus.update(context, other.id, other.outputs, news);
    await menus.delete(context, one.id, one.outputs);
    expect(world.emulator.snapshot().menus).toMatchObject([{ integrationId, items: [talk] }]);
    await menus.delete(context, other.id, other.outputs);
    expect(world.emulator.snapshot().menus).toEqual([]);
    expect(await menus.read(world.context(), other.id, other.outputs)).toBeUndefined();
    expect(menus.diff(one.id, one.outputs, ofIntegration, now)).toEqual({
      replaces: ["integrationId"],
      deleteBeforeReplace: true,
    });
  });

  it("is not put back to what a stale read returns", async () => {
    const { world, context, appId, ofApp } = await withChannel();
    const { id, outputs } = await menus.create(context, ofApp);
    const items = [talk];
    world.intercept = staleReads(`/${version}/apps/${appId}/menu`);
    await context.smooch.menus.get({ appId });
    const changed = await menus.update(context, id, outputs, { ...ofApp, items });
    const last = await menus.update(context, id, changed, { ...ofApp, items, inputEnabled: false });
    expect(last).toMatchObject({ items, inputEnabled: false });
    expect(world.emulator.snapshot().menus).toMatchObject([{ items, settings: { inputEnabled: false } }]);
  });

  it("of an integration is adopted, read and imported by what holds it", async () => {
    const { world, context, appId, integrationId, ofIntegration } = await withChannel();
    const { id, outputs } = await menus.create(context, ofIntegration);
    const next = world.context();
    world.writes.length = 0;
    expect(await menus.create(next, { ...ofIntegration, __adopt: "only" })).toEqual({ id, outputs });
    const address = { appId, integrationId };
    expect(await menus.read(next, "only", address)).toMatchObject({ id, inputs: address });
    for (const own of [id, integrationId]) {
      const parsed = parseImportId("menu", `${appId}/${own}`);
      const found = await menus.import(next, parsed.id, parsed.address);
      expect(found).toMatchObject({ id, inputs: ofIntegration });
    }
    await context.smooch.menus.put({ appId, integrationId }, { items: [talk], inputEnabled: false });
    const { inputs } = await menus.import(next, integrationId, { appId });
    expect(inputs).toEqual({ ...address, items: [talk], inputEnabled: false });
    world.writes.length = 0;
    await expect(menus.import(next, appId, { appId })).rejects.toThrow(`Smooch has no menu ${appId}`);
    expect(world.writes).toEqual([]);
  });

  it("is gone with its integration", async () => {
    const { world, context, appId, integrationId, ofIntegration } = await withChannel();
    const { id, outputs } = await menus.create(context, ofIntegration);
    await context.smooch.integrations.delete(appId, integrationId);
    expect(await menus.read(world.context(), id, outputs)).toBeUndefined();
    await menus.delete(world.context(), id, outputs);
  });

  it("is never overwritten by a create", async () => {
    const { world, context, appId, ofApp } = await withChannel();
    const { id } = await context.smooch.menus.put({ appId }, { items: [talk] });
    world.writes.length = 0;
    const refusal = `Smooch already has menu ${id}, and does not create a second one. Nothing was changed. Delete that menu if nothing uses it, or adopt it, then run the same command again.`;
    await expect(menus.create(context, ofApp)).rejects.toThrow(refusal);
    world.intercept = async (request, forward) => {
      const response = await forward();
      return request.url.endsWith("/menu") ? answer(200, { menu: { items: [{ type: 7 }] } }) : response;
    };
    await expect(menus.create(context, ofApp)).rejects.toThrow(refusal);
    expect(world.writes).toEqual([]);
  });

  it("whose every request gets no response stays unresolved, and is then found", async () => {
    const { world, context, ofApp } = await withChannel();
    world.intercept = async (request, forward) => {
      if (request.method !== "PUT") return forward();
      throw lost;
    };
    const { id, outputs } = await partialFailure(menus.create(context, ofApp));
    expect(id).toMatch(/^unresolved:/);
    expect(outputs).toMatchObject(ofApp);
    world.intercept = (_, forward) => forward();
    await menus.delete(world.context(), id, outputs);
    expect((await menus.create(context, ofApp)).outputs).toMatchObject(ofApp);
  });

  it("keeps what is not declared, and shows what is", async () => {
    const { world, context, appId, ofApp } = await withChannel();
    const declared = { ...ofApp, inputEnabled: false };
    const { id, outputs } = await menus.create(context, declared);
    await context.smooch.menus.put({ appId }, { items: [link], inputEnabled: false });
    const found = await menus.read(context, id, outputs);
    expect(found?.outputs).toEqual({ ...outputs, items: [link] });
    expect(menus.diff(id, found?.outputs ?? {}, declared, now)).toEqual({});
    const checked = menus.check(context.session, version, declared, ofApp);
    expect(checked.warnings).toEqual([
      "inputEnabled is no longer declared, so it is no longer managed: Smooch keeps its value",
    ]);
    await menus.update(context, id, found?.outputs ?? {}, ofApp);
    expect(world.emulator.snapshot().menus[0]?.settings).toEqual({ inputEnabled: false });
  });

  it("that somebody emptied is gone, and an update before the refresh says so", async () => {
    const { world, context, appId, ofApp } = await withChannel();
    const { id, outputs } = await menus.create(context, ofApp);
    await context.smooch.menus.delete({ appId });
    await expect(menus.update(context, id, outputs, { ...ofApp, items: [link] })).rejects.toThrow(
      `Could not read the menu of app ${appId}: Smooch does not list it. If it was deleted elsewhere, \`pulumi refresh\` records that`,
    );
    expect(await menus.read(world.context(), id, outputs)).toBeUndefined();
  });

  it.each<[string, unknown, string[]]>([
    ["no items", [], ["items must have an item"]],
    ["too many items", Array(4).fill(link), ["items must not have more than 3 items"]],
    ["an empty submenu", [submenu()], ["items.0.items must have an item"]],
    [
      "a submenu of six",
      [submenu(...Array(6).fill(link))],
      ["items.0.items must not have more than 5 items"],
    ],
    [
      "four levels",
      [submenu(submenu(submenu(link)))],
      ["items.0.items.0.items.0.items is not a property of this resource"],
    ],
    ["an unknown type", [{ type: "image", text: "A" }], ["items.0.type must be link, postback or submenu"]],
    [
      "a link without a URL",
      [{ type: "link", text: "A" }],
      ["items.0.uri is required in an item of type link"],
    ],
    [
      "a postback without a payload, with fields of others",
      [{ type: "postback", text: "A", uri: "https://a.example", items: [link] }],
      [
        "items.0.payload is required in an item of type postback",
        "items.0.uri is not for an item of type postback",
        "items.0.items is not for an item of type postback",
      ],
    ],
    [
      "a submenu without items",
      [{ type: "submenu", text: "A" }],
      ["items.0.items is required in an item of type submenu"],
    ],
    ["an item without a text", [{ type: "link", uri: "https://a.example" }], ["items.0.text is required"]],
    ["an item that is none", ["A"], ["items.0 must be an object"]],
    ["no list", "A", ["items must be a list"]],
    ["nothing wrong", [link, talk, submenu(link, submenu(talk))], []],
    ["what is not known yet", [unknownValue, { type: "link", text: "A", uri: unknownValue }], []],
    ["an unknown type of item", [{ type: unknownValue, text: "A" }], []],
    ["an unknown list", unknownValue, []],
  ])("is checked in the preview: %s", async (_, items, failures) => {
    const { context } = await withApp(version);
    const inputs: Properties = { appId: "5a0b", items };
    const { failures: found } = menus.check(context.session, version, {}, inputs);
    expect(found.map(({ property, reason }) => `${property} ${reason}`)).toEqual(failures);
  });
});
