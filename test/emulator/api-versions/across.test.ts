import { describe, expect, it } from "vitest";
import { Bench } from "../support";

const target = "https://shop.example/hook";

async function setUp(options = {}) {
  const bench = new Bench(options);
  const appId = await bench.createApp();
  const { token } = await bench.createKey(appId);
  const paths = { v1: `/v1/apps/${appId}`, v1_1: `/v1.1/apps/${appId}`, v2: `/v2/apps/${appId}` };
  return { bench, appId, token, ...paths };
}

const custom = { type: "custom", webhooks: [{ target, triggers: ["conversation:message"] }] };

describe("one app", () => {
  it("is the same in every API version, in that version's own fields", async () => {
    const { bench, appId, v1, v1_1, v2 } = await setUp();
    await bench.expect(200, "PATCH", v2, {
      body: { displayName: "Store", settings: { echoPostback: true } },
    });
    await bench.expect(200, "PUT", v1, { body: { settings: { useAnimalNames: true }, metadata: { a: 1 } } });
    const shared = { maskCreditCardNumbers: true, useAnimalNames: true };
    expect(await bench.expect(200, "GET", v1)).toEqual({
      app: { _id: appId, appToken: expect.any(String), name: "Store", settings: shared, metadata: { a: 1 } },
    });
    expect((await bench.expect(200, "GET", v1_1)).app.settings).toEqual({ ...shared, echoPostback: true });
    expect(await bench.expect(200, "GET", v2)).toEqual({
      app: {
        id: appId,
        displayName: "Store",
        settings: { ...shared, echoPostback: true, multiConvoEnabled: false, appLocalizationEnabled: true },
        metadata: { a: 1 },
      },
    });
  });

  it("has one set of keys", async () => {
    const { bench, v1, v1_1, v2 } = await setUp();
    const { key } = await bench.expect(201, "POST", `${v2}/keys`, { body: { displayName: "shared" } });
    const old = { key: { _id: key.id, name: "shared", secret: key.secret } };
    expect(await bench.expect(200, "GET", `${v1}/keys/${key.id}`)).toEqual(old);
    expect(await bench.expect(200, "GET", `${v1_1}/keys/${key.id}`)).toEqual(old);
    await bench.expect(200, "DELETE", `${v1_1}/keys/${key.id}`);
    expect(await bench.refusal("GET", `${v2}/keys/${key.id}`)).toEqual([404, "not_found"]);
  });
});

describe("a webhook that v1 or v1.1 created", () => {
  it.each(["v1", "v1.1"])(
    "%s: is a custom integration in v2, which can change and delete it",
    async (version) => {
      const { bench, appId, token, v2 } = await setUp();
      const webhooks = `/${version}/apps/${appId}/webhooks`;
      const { webhook } = await bench.expect(201, "POST", webhooks, { body: { target, triggers: ["*"] } });
      const { integrations } = await bench.expect(200, "GET", `${v2}/integrations`);
      const seen = {
        id: webhook._id,
        version,
        target,
        triggers: ["*"],
        secret: webhook.secret,
        includeFullUser: false,
        includeFullSource: false,
      };
      expect(integrations).toEqual([
        { id: expect.any(String), type: "custom", status: "active", webhooks: [seen] },
      ]);
      const one = `${v2}/integrations/${integrations[0].id}`;
      const change = (triggers: string[]) =>
        bench.call("PATCH", `${one}/webhooks/${webhook._id}`, { body: { triggers }, token });
      expect((await change(["conversation:message"])).status).toBe(400);
      expect((await change(["postback"])).status).toBe(200);
      expect(await bench.expect(200, "GET", `${webhooks}/${webhook._id}`)).toMatchObject({
        webhook: { triggers: ["postback"] },
      });
      await bench.expect(200, "DELETE", one);
      expect(await bench.expect(200, "GET", webhooks)).toEqual({ webhooks: [] });
    },
  );

  it("deletes its integration with it, and is not an integration in v1 and v1.1", async () => {
    const { bench, v1, v1_1, v2 } = await setUp();
    const { webhook } = await bench.expect(201, "POST", `${v1}/webhooks`, { body: { target } });
    const [home] = bench.emulator.snapshot().integrations;
    expect(bench.emulator.snapshot().webhooks).toMatchObject([{ version: "v1", integrationId: home?.id }]);
    for (const older of [v1, v1_1]) {
      expect((await bench.expect(200, "GET", `${older}/integrations`)).integrations).toEqual([]);
      expect(await bench.refusal("GET", `${older}/integrations/${home?.id}`)).toEqual([
        404,
        "integration_not_found",
      ]);
    }
    await bench.expect(200, "DELETE", `${v1_1}/webhooks/${webhook._id}`);
    expect((await bench.expect(200, "GET", `${v2}/integrations`)).integrations).toEqual([]);
  });

  it("is listed by both, with the triggers of its own version", async () => {
    const { bench, v1, v1_1 } = await setUp();
    const first = await bench.expect(201, "POST", `${v1}/webhooks`, {
      body: { target, triggers: ["delivery:success"] },
    });
    const late = { target: `${target}/2`, triggers: ["typing:appUser"], includeClient: true };
    const second = await bench.expect(201, "POST", `${v1_1}/webhooks`, { body: late });
    const { includeClient: _, includeFullAppUser: __, version: ___, ...bare } = second.webhook;
    expect(await bench.expect(200, "GET", `${v1}/webhooks`)).toEqual({ webhooks: [first.webhook, bare] });
    const flags = { includeClient: false, includeFullAppUser: false };
    expect(await bench.expect(200, "GET", `${v1_1}/webhooks`)).toEqual({
      webhooks: [{ ...first.webhook, version: "v1", ...flags }, second.webhook],
    });
    const path = `${v1_1}/webhooks/${first.webhook._id}`;
    await bench.expect(200, "PUT", path, { body: { triggers: ["delivery:failure"] } });
    expect(await bench.refusal("PUT", path, { body: { triggers: ["message:delivery:user"] } })).toEqual([
      400,
      "bad_request",
    ]);
  });
});

describe("a webhook that v2 created", () => {
  it("is not a webhook in v1 and v1.1, but an integration of a type they do not know", async () => {
    const { bench, v1, v1_1, v2 } = await setUp();
    const { integration } = await bench.expect(201, "POST", `${v2}/integrations`, {
      body: { ...custom, displayName: "bot" },
    });
    const [webhook] = integration.webhooks;
    for (const older of [v1, v1_1]) {
      expect(await bench.expect(200, "GET", `${older}/webhooks`)).toEqual({ webhooks: [] });
      for (const method of ["GET", "PUT", "DELETE"]) {
        expect(await bench.refusal(method, `${older}/webhooks/${webhook.id}`)).toEqual([404, "not_found"]);
      }
    }
    const common = { _id: integration.id, type: "custom", status: "active" };
    expect(await bench.expect(200, "GET", `${v1}/integrations`)).toEqual({ integrations: [common] });
    expect(await bench.expect(200, "GET", `${v1_1}/integrations/${integration.id}`)).toEqual({
      integration: { ...common, displayName: "bot" },
    });
    await bench.expect(200, "DELETE", `${v1}/integrations/${integration.id}`);
    expect(bench.emulator.snapshot()).toMatchObject({ integrations: [], webhooks: [] });
  });

  it("causes a 409 when v1 reuses its target, because v1 cannot return it as an alias", async () => {
    const { bench, v1, v2 } = await setUp({ profile: { duplicateTargets: "alias" } });
    await bench.expect(201, "POST", `${v2}/integrations`, { body: custom });
    expect(await bench.refusal("POST", `${v1}/webhooks`, { body: { target } })).toEqual([409, "conflict"]);
    const other = { target: `${target}/2`, triggers: ["*"] };
    const { webhook } = await bench.expect(201, "POST", `${v1}/webhooks`, { body: other });
    const duplicate = { type: "custom", webhooks: [{ target: other.target, triggers: ["user:merge"] }] };
    const { integration } = await bench.expect(200, "POST", `${v2}/integrations`, { body: duplicate });
    expect(integration.webhooks).toMatchObject([{ id: webhook._id, version: "v1" }]);
  });
});

describe("an integration", () => {
  it("has each API version's own name for its type", async () => {
    const { bench, v1, v1_1, v2 } = await setUp();
    const push = { serverKey: "a", senderId: "b" };
    const { integration } = await bench.expect(201, "POST", `${v1}/integrations`, {
      body: { type: "fcm", ...push },
    });
    await bench.expect(201, "POST", `${v2}/integrations`, {
      body: { type: "ios", certificate: "a", displayName: "App" },
    });
    expect(await bench.expect(200, "GET", `${v2}/integrations/${integration._id}`)).toEqual({
      integration: {
        id: integration._id,
        type: "android",
        status: "active",
        showAIDisclaimer: true,
        senderId: "b",
        attachmentsEnabled: true,
      },
    });
    const list = async (path: string) => (await bench.expect(200, "GET", path)).integrations;
    expect(await list(`${v1_1}/integrations?types=fcm,apn`)).toEqual([
      { _id: integration._id, type: "fcm", status: "active", senderId: "b" },
      { _id: expect.any(String), type: "apn", status: "active", displayName: "App", production: true },
    ]);
    expect(bench.emulator.snapshot().integrations.map(({ type }) => type)).toEqual(["android", "ios"]);
  });

  it("of a type that was added later or removed is still listed, and can be deleted", async () => {
    const { bench, v1, v1_1, v2 } = await setUp();
    const { integration: unity } = await bench.expect(201, "POST", `${v2}/integrations`, {
      body: { type: "unity" },
    });
    const { integration: wechat } = await bench.expect(201, "POST", `${v1_1}/integrations`, {
      body: { type: "wechat", appId: "a", appSecret: "b" },
    });
    const unknown = { _id: unity.id, type: "unity", status: "active" };
    expect(await bench.expect(200, "GET", `${v1}/integrations/${unity.id}`)).toEqual({
      integration: unknown,
    });
    expect(
      await bench.refusal("PUT", `${v1}/integrations/${unity.id}`, { body: { brandColor: "fff" } }),
    ).toEqual([400, "bad_request"]);
    const named = { body: { displayName: "Game" } };
    expect(await bench.expect(200, "PUT", `${v1_1}/integrations/${unity.id}`, named)).toEqual({
      integration: { ...unknown, displayName: "Game" },
    });
    const one = `${v2}/integrations/${wechat._id}`;
    expect(await bench.expect(200, "GET", one)).toEqual({
      integration: { id: wechat._id, type: "wechat", status: "active" },
    });
    expect(await bench.refusal("PATCH", one, { body: { showAIDisclaimer: true } })).toEqual([
      400,
      "bad_request",
    ]);
    await bench.expect(200, "DELETE", one);
    await bench.expect(200, "DELETE", `${v1}/integrations/${unity.id}`);
    expect(bench.emulator.snapshot().integrations).toEqual([]);
  });

  it("of the type web is limited to one per app in v1 and v1.1 only", async () => {
    const { bench, v1_1, v2 } = await setUp();
    const web = { body: { type: "web" } };
    await bench.expect(201, "POST", `${v2}/integrations`, web);
    await bench.expect(201, "POST", `${v2}/integrations`, web);
    expect(await bench.refusal("POST", `${v1_1}/integrations`, web)).toEqual([400, "bad_request"]);
  });

  it("is deleted with its app", async () => {
    const { bench, v1, v2 } = await setUp();
    const { integration } = await bench.expect(201, "POST", `${v2}/integrations`, { body: { type: "web" } });
    await bench.expect(200, "DELETE", v1);
    expect(await bench.refusal("GET", `${v2}/integrations/${integration.id}`)).toEqual([
      404,
      "app_not_found",
    ]);
    expect(bench.emulator.snapshot().integrations).toEqual([]);
  });
});

describe("one message", () => {
  it("reaches the webhooks of all API versions, each in its own format", async () => {
    const { bench, v1, v1_1, v2 } = await setUp();
    await bench.expect(201, "POST", `${v1}/webhooks`, { body: { target: `${target}/1` } });
    await bench.expect(201, "POST", `${v1_1}/webhooks`, { body: { target: `${target}/1.1` } });
    await bench.expect(201, "POST", `${v2}/integrations`, { body: custom });
    bench.host.sent.length = 0;
    await bench.expect(201, "POST", `${v1_1}/appusers`, { body: { userId: "ann" } });
    const say = { body: { role: "appMaker", text: "Hi" } };
    const { message, conversation } = await bench.expect(201, "POST", `${v1_1}/appusers/ann/messages`, say);
    await bench.emulator.settleDeliveries();
    const [first, second, third] = bench.host.sent.map(({ url, body }) => [url, JSON.parse(body ?? "")]);
    expect(first).toMatchObject([
      `${target}/1`,
      { trigger: "message:appMaker", messages: [{ _id: message._id }] },
    ]);
    expect(second).toMatchObject([`${target}/1.1`, { version: "v1.1", messages: [{ _id: message._id }] }]);
    expect(third).toMatchObject([
      target,
      {
        webhook: { version: "v2" },
        events: [
          {
            payload: {
              conversation: { id: conversation._id },
              message: { id: message._id, author: { type: "business" } },
            },
          },
        ],
      },
    ]);
    const answer = {
      body: { author: { type: "user", userExternalId: "ann" }, content: { type: "text", text: "Yes" } },
    };
    await bench.expect(201, "POST", `${v2}/conversations/${conversation._id}/messages`, answer);
    expect((await bench.expect(200, "GET", `${v1}/appusers/ann/messages`)).messages).toMatchObject([
      { role: "appMaker", text: "Hi" },
      { role: "appUser", text: "Yes" },
    ]);
  });

  it("is not retried once the integration of its webhook is deleted", async () => {
    const { bench, v1, v2 } = await setUp();
    const { integration } = await bench.expect(201, "POST", `${v2}/integrations`, { body: custom });
    await bench.expect(201, "POST", `${v1}/appusers`, { body: { userId: "ann" } });
    bench.host.respond = () => 500;
    bench.host.onSleep = () => bench.call("DELETE", `${v2}/integrations/${integration.id}`);
    await bench.expect(201, "POST", `${v1}/appusers/ann/messages`, { body: { role: "appUser", text: "Hi" } });
    await bench.emulator.settleDeliveries();
    expect(bench.emulator.snapshot().deliveries).toMatchObject([{ attempts: 1, state: "abandoned" }]);
  });
});
