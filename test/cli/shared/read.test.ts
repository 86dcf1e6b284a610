import { describe, expect, it } from "vitest";
import { type Reading, readAccount } from "../../../src/cli/shared/account/read";
import type { ApiVersion } from "../../../src/smooch/api-version";
import type { WireRequest } from "../../../src/smooch/host";
import { answer, lost } from "../../provider/support";
import { World } from "../../support/world";

const link = { type: "link", text: "Offers", uri: "https://shop.example" };
const message = { role: "appMaker", type: "text", text: "Hello" };

/** An account with one object of each kind, as an API version makes them. */
async function withAll(version: ApiVersion) {
  const world = new World({}, version);
  const smooch = world.client();
  const { id: appId } = await smooch.apps.create({ name: "Shop" });
  const key = await smooch.keys.create(appId, { name: "backend" });
  const webhooks = [{ target: "https://bot.example", triggers: ["conversation:message"] }];
  const { id: botId } = await smooch.integrations.create(
    appId,
    version === "v2" ? { type: "custom", webhooks } : { type: "telegram", token: "7:t0ken" },
  );
  const read = (more: Partial<Reading> = {}, client = smooch) =>
    readAccount(client, { appFilter: [], progress: () => {}, ...more });
  return { world, smooch, appId, botId, key, read };
}

async function withLegacy(version: "v1" | "v1.1" = "v1") {
  const made = await withAll(version);
  const { smooch, appId, botId: integrationId } = made;
  await smooch.menus.put({ appId }, { items: [link] });
  await smooch.menus.put({ appId, integrationId }, { items: [link] });
  const { id: templateId } = await smooch.templates.create(appId, { name: "hello", message });
  const { id: serviceAccountId } = await smooch.serviceAccounts.create({}, { name: "CI" });
  const { id: keyId } = await smooch.serviceAccountKeys.create({ serviceAccountId }, { name: "deploy" });
  return { ...made, templateId, serviceAccountId, keyId };
}

async function withV2() {
  const made = await withAll("v2");
  const { smooch, appId, botId: integrationId } = made;
  const { id: keyId } = await smooch.integrationKeys.create({ appId, integrationId }, { name: "bot" });
  const { id: switchboardId } = await smooch.switchboards.create(appId);
  const { id: entryId } = await smooch.switchboardIntegrations.create(
    { appId, switchboardId },
    { name: "bot", integrationId },
  );
  return { ...made, keyId, switchboardId, entryId };
}

const at = (path: RegExp) => (request: WireRequest) => path.test(new URL(request.url).pathname);

describe("reading an account", () => {
  it.each(["v1", "v1.1"] as const)("finds everything that %s has, without secrets", async (version) => {
    const { read, appId, botId, templateId, serviceAccountId, keyId } = await withLegacy(version);
    const { apps, outside, unread } = await read();
    const [app] = apps;
    expect(app?.menus).toMatchObject([
      { id: `menu-${appId}`, appId },
      { id: `menu-${botId}`, appId, integrationId: botId },
    ]);
    expect(app?.templates).toMatchObject([{ id: templateId, appId, name: "hello" }]);
    expect(outside).toEqual([
      { kind: "serviceAccount", object: { id: serviceAccountId, name: "CI" } },
      { kind: "serviceAccountKey", object: { id: keyId, name: "deploy", serviceAccountId } },
    ]);
    expect([app?.switchboards, app?.switchboardIntegrations, app?.integrationKeys]).toEqual([[], [], []]);
    expect(unread).toEqual([]);
  });

  it("finds everything that v2 has, without secrets", async () => {
    const { read, appId, botId, keyId, switchboardId, entryId, key } = await withV2();
    const { apps, outside, unread } = await read();
    const [app] = apps;
    expect(app?.keys).toEqual([{ id: key.id, name: "backend", appId }]);
    expect(app?.integrationKeys).toEqual([{ id: keyId, name: "bot", appId, integrationId: botId }]);
    expect(app?.switchboards).toMatchObject([{ id: switchboardId, appId, integrationIds: { bot: entryId } }]);
    expect(app?.switchboardIntegrations).toMatchObject([{ id: entryId, appId, switchboardId }]);
    expect([outside, app?.menus, app?.templates, unread]).toEqual([[], [], [], []]);
  });

  it("asks for keys in custom integrations only", async () => {
    const { read, smooch, world, appId, botId } = await withV2();
    await smooch.integrations.create(appId, { type: "telegram", token: "7:t0ken" });
    world.sent.length = 0;
    await read();
    expect(world.sent.filter((line) => /integrations\/\w+\/keys$/.test(line))).toEqual([
      `GET /v2/apps/${appId}/integrations/${botId}/keys`,
    ]);
  });

  it("leaves out what is in no app if only some apps are read, or with a key of an app", async () => {
    const { read, world, appId, key } = await withLegacy();
    world.sent.length = 0;
    expect(await read({ appFilter: ["Shop"] })).toMatchObject({
      outside: [],
      apps: [{ app: { id: appId } }],
    });
    const client = world.client({ keyId: key.id, secret: String(key.secret) });
    const one = await read({ appFilter: [appId], keyOfApp: key.id }, client);
    expect(one).toMatchObject({ outside: [], apps: [{ isPartial: true, keys: [] }] });
    expect(one.apps[0]?.menus).toHaveLength(2);
    expect(one.unread).toEqual([
      {
        app: { id: appId, name: "" },
        kinds: ["app", "key"],
        exist: false,
        message: `app ${appId} itself and its keys: ${key.id} is a key of the app, and those need an account key.`,
      },
    ]);
    expect(world.sent.filter((line) => line.includes("serviceaccounts"))).toEqual([]);
  });

  it.each([401, 403])("reports what is in no app if that is refused with %s", async (status) => {
    const { read, world, appId } = await withLegacy();
    const body = { error: { code: "forbidden", description: "No" } };
    world.intercept = async (request, forward) =>
      at(/serviceaccounts/)(request) ? answer(status, body) : forward();
    const { apps, outside, unread } = await read();
    expect(apps.map(({ app }) => app.id)).toEqual([appId]);
    expect(outside).toEqual([]);
    expect(unread).toEqual([
      {
        kinds: ["serviceAccount", "serviceAccountKey"],
        exist: false,
        message: "service accounts and service account keys: they need an account key (act_…).",
      },
    ]);
  });

  it("fails if Smooch fails, wherever that is", async () => {
    for (const path of [/serviceaccounts$/, /keys$/, /integrations\/\w+\/menu$/, /templates$/]) {
      const { read, world } = await withLegacy();
      world.intercept = async (request, forward) => (at(path)(request) ? answer(503) : forward());
      await expect(read()).rejects.toThrow("(HTTP 503)");
    }
    const { read, world } = await withLegacy();
    world.intercept = async (request, forward) => {
      if (at(/serviceaccounts$|templates$/)(request)) throw lost;
      return forward();
    };
    await expect(read()).rejects.toThrow("connection reset");
  });

  it("names what was deleted after it was listed, and reads the rest", async () => {
    const { read, world, serviceAccountId, appId } = await withLegacy();
    const other = world.client();
    world.intercept = async (request, forward) => {
      const response = await forward();
      if (at(/serviceaccounts$/)(request)) await other.serviceAccounts.delete({}, serviceAccountId);
      return response;
    };
    const { apps, outside, unread } = await read();
    expect(apps.map(({ app }) => app.id)).toEqual([appId]);
    expect(outside.map(({ object }) => object.id)).toEqual([serviceAccountId]);
    expect(unread).toEqual([
      {
        object: { kind: "serviceAccount", id: serviceAccountId },
        exist: true,
        message: `service account ${serviceAccountId} was deleted while it was read, or cannot be seen.`,
      },
    ]);
  });

  it("names an integration of an app that was deleted after it was listed", async () => {
    const { read, world, appId, botId } = await withV2();
    const other = world.client();
    let isDeleted = false;
    world.intercept = async (request, forward) => {
      const isList = at(/integrations\/\w+\/keys$/)(request);
      if (isList && !isDeleted) {
        isDeleted = true;
        await other.integrations.delete(appId, botId);
      }
      return forward();
    };
    const { apps, unread } = await read();
    expect(apps[0]).toMatchObject({ integrationKeys: [], switchboardIntegrations: [{}] });
    expect(unread).toEqual([
      {
        app: expect.objectContaining({ id: appId }),
        object: { kind: "integration", id: botId },
        exist: true,
        message: `integration ${botId} of app ${appId} was deleted while it was read, or cannot be seen.`,
      },
    ]);
  });

  it("takes a refused menu of an integration for none", async () => {
    const { read, world, appId } = await withLegacy();
    const body = { error: { code: "bad_request", description: "No menus here" } };
    world.intercept = async (request, forward) =>
      at(/integrations\/\w+\/menu$/)(request) ? answer(400, body) : forward();
    const { apps, unread } = await read();
    expect(apps[0]?.menus.map(({ id }) => id)).toEqual([`menu-${appId}`]);
    expect(unread).toEqual([]);
  });

  it("leaves out one object that cannot be read, and names it with its place", async () => {
    const { read, world, templateId, serviceAccountId, keyId, appId } = await withLegacy();
    for (const id of [templateId, serviceAccountId, keyId]) world.emulator.overlay(id, { name: 7 });
    const problem = "as Smooch returns it: name has an unexpected value.";
    const { apps, outside, unread } = await read();
    expect([apps[0]?.templates, outside]).toEqual([[], []]);
    expect(unread.map(({ app, object, message }) => [app?.id, object?.id, message])).toEqual([
      [undefined, serviceAccountId, `service account ${serviceAccountId}, ${problem}`],
      [appId, templateId, `template ${templateId} of app ${appId}, ${problem}`],
    ]);
    const other = await withV2();
    other.world.emulator.overlay(other.entryId, { name: 7 });
    const wrong = "name has an unexpected value";
    expect((await other.read()).unread.map(({ message }) => message)).toEqual([
      `switchboard ${other.switchboardId} of app ${other.appId}, as Smooch returns it: switchboard integration ${other.entryId}: ${wrong}.`,
    ]);
  });
});
