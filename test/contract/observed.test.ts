import { describe, expect, it } from "vitest";
import { Bench, basic } from "../emulator/support";
import { scripted } from "../smooch/endpoints/wire";

/** Observed behaviour of the real API that its documentation contradicts or omits. Ids and numbers are made up. */
describe("the client reads", () => {
  it("a v2 app from a Zendesk host", async () => {
    const settings = { multiConvoEnabled: true, attachmentsTokenExpirationSeconds: 7200 };
    const app = {
      id: "65a000040123456789abcdef",
      displayName: "Shop",
      subdomain: "acme",
      settings: { ...settings, attachmentsAccess: "public" },
      metadata: { tier: "gold" },
    };
    const { smooch } = scripted("v2", [{ app }]);
    expect(await smooch.apps.get(app.id)).toEqual({
      id: app.id,
      name: "Shop",
      settings,
      metadata: app.metadata,
    });
  });

  it("a v2 list of integrations with types and fields that it does not know", async () => {
    const integrations = [
      { id: "65a000070123456789abcdef", type: "slackconnect", status: "active", displayName: null },
      { id: "65a000080123456789abcdef", type: "custom", status: "active", webhooks: [] },
      {
        id: "65a000090123456789abcdef",
        type: "messenger",
        status: "active",
        pageId: "100200300",
        pageAccessToken: null,
        brandId: "3600",
        defaultResponder: { id: "65a0000a0123456789abcdef", name: "zd-agentWorkspace", inherited: true },
      },
    ];
    const { smooch } = scripted("v2", [{ integrations, meta: { hasMore: false }, links: {} }]);
    const { items, unreadable } = await smooch.integrations.list("5a0b");
    expect(unreadable).toEqual([]);
    expect(items.map(({ type, details }) => [type, details.pageId])).toEqual([
      ["slackconnect", undefined],
      ["custom", undefined],
      ["messenger", "100200300"],
    ]);
  });

  it("a v2 WhatsApp integration", async () => {
    const integration = {
      id: "65a000050123456789abcdef",
      type: "whatsapp",
      status: "active",
      displayName: "Shop",
      hsmFallbackLanguage: "en_US",
      phoneNumber: "+15145550100",
      deploymentId: "65a000060123456789abcdef",
      accountId: null,
      accountManagementAccessToken: null,
      appId: null,
      businessManagerId: null,
      phoneNumberId: "106",
    };
    const { smooch } = scripted("v2", [{ integration }]);
    const read = await smooch.integrations.get("5a0b", integration.id);
    expect(read.details).toEqual({
      phoneNumber: "+15145550100",
      phoneNumberId: "106",
      businessManagerId: undefined,
    });
    expect([read.hsmFallbackLanguage, read.accountId]).toEqual(["en_US", undefined]);
  });
});

describe("the emulator", () => {
  const target = "https://a.example";

  it("accepts the fields that it sets itself, and ignores them", async () => {
    const bench = new Bench({ checkTargets: false });
    const appId = await bench.createApp();
    const app = `/v2/apps/${appId}`;
    const sent = {
      type: "custom",
      status: "inactive",
      id: "x",
      webhooks: [{ id: "x", secret: "x", target, triggers: ["user:merge"] }],
    };
    const { integration } = await bench.expect(201, "POST", `${app}/integrations`, { body: sent });
    expect(integration).toMatchObject({ status: "active", type: "custom" });
    expect([integration.id, integration.webhooks[0].id, integration.webhooks[0].secret]).not.toContain("x");
    const one = `${app}/integrations/${integration.id}`;
    const back = { id: integration.id, status: "inactive", displayName: "Bot" };
    expect(await bench.expect(200, "PATCH", one, { body: back })).toMatchObject({
      integration: { id: integration.id, status: "active" },
    });
    expect(await bench.refusal("PATCH", one, { body: { ...back, colour: "red" } })).toEqual([
      400,
      "bad_request",
    ]);
  });

  it("accepts a single trigger as a string, and `trigger` in addition to `triggers`", async () => {
    const bench = new Bench({ checkTargets: false });
    const webhooks = `/v1/apps/${await bench.createApp()}/webhooks`;
    const body = { target, triggers: "*", trigger: "message" };
    expect(await bench.expect(201, "POST", webhooks, { body })).toMatchObject({
      webhook: { triggers: ["*"] },
    });
  });

  it.each([
    ["v1", [403, "forbidden"]],
    ["v1.1", 200],
    ["v2", 200],
  ])("responds to an app's key that reads the app in %s: %j", async (version, wanted) => {
    const bench = new Bench();
    const appId = await bench.createApp();
    const { token } = await bench.createKey(appId);
    const path = `/${version}/apps/${appId}`;
    const got =
      wanted === 200
        ? (await bench.call("GET", path, { token })).status
        : await bench.refusal("GET", path, { token });
    expect(got).toEqual(wanted);
  });

  it("accepts basic authentication with an app's key on a Zendesk host", async () => {
    const bench = new Bench();
    const appId = await bench.createApp();
    const key = await bench.createKey(appId);
    expect((await bench.call("GET", `/sc/v1.1/apps/${appId}/webhooks`, basic(key))).status).toBe(200);
  });

  it.each(["v1", "v1.1", "v2"])(
    "accepts empty appearance fields of a web integration in %s",
    async (version) => {
      const bench = new Bench();
      const path = `/${version}/apps/${await bench.createApp()}/integrations`;
      const looks = { businessName: "", businessIconUrl: "", buttonIconUrl: "", backgroundImageUrl: "" };
      const { integration } = await bench.expect(201, "POST", path, { body: { type: "web", ...looks } });
      expect(integration).toMatchObject(looks);
    },
  );

  it("returns page ids as strings, and WhatsApp's unset v2 fields as null", async () => {
    const bench = new Bench();
    const path = `/v2/apps/${await bench.createApp()}/integrations`;
    const page = { type: "messenger", appId: "1", appSecret: "s", pageAccessToken: "t" };
    const messenger = await bench.expect(201, "POST", path, { body: page });
    expect(messenger.integration.pageId).toMatch(/^\d{15}$/);
    const whatsapp = await bench.expect(201, "POST", path, { body: { type: "whatsapp" } });
    expect(whatsapp.integration).toMatchObject({ accountId: null, accountManagementAccessToken: null });
  });

  it("returns the integration's own default responder until null restores the inherited one", async () => {
    const bench = new Bench();
    const appId = await bench.createApp();
    const { path: switchboard, agents } = await bench.createSwitchboard(appId);
    const { switchboardIntegration: bot } = await bench.expect(
      201,
      "POST",
      `${switchboard}/switchboardIntegrations`,
      { body: { name: "bot", integrationType: "zd:answerBot" } },
    );
    const enabled = { enabled: true, defaultSwitchboardIntegrationId: agents.id };
    await bench.expect(200, "PATCH", switchboard, { body: enabled });
    const path = `/v2/apps/${appId}/integrations`;
    const body = { type: "web", defaultResponderId: bot.id };
    const { integration } = await bench.expect(201, "POST", path, { body });
    expect(integration.defaultResponder).toMatchObject({ id: bot.id, name: "bot", inherited: false });
    const cleared = { body: { defaultResponderId: null } };
    const { integration: after } = await bench.expect(200, "PATCH", `${path}/${integration.id}`, cleared);
    expect(after.defaultResponder).toMatchObject({ id: agents.id, name: "agents", inherited: true });
  });

  it("accepts a page size when listing webhooks, and a service account filter when listing apps", async () => {
    const bench = new Bench({ checkTargets: false });
    const appId = await bench.createApp();
    const { token } = await bench.createKey(appId);
    const webhooks = [{ target, triggers: ["user:merge"] }];
    const path = `/v2/apps/${appId}/integrations`;
    const { integration } = await bench.expect(201, "POST", path, { body: { type: "custom", webhooks } });
    const list = `${path}/${integration.id}/webhooks?page[size]=10`;
    expect((await bench.expect(200, "GET", list, { token })).webhooks).toHaveLength(1);
    const apps = await bench.expect(200, "GET", "/v2/apps?filter[serviceAccountId]=5a0b");
    expect(apps.apps).toEqual([]);
  });

  it("names the user by both ids in a short delivery of v1.1", async () => {
    const bench = new Bench({ checkTargets: false });
    const { appId, say } = await bench.createConversation();
    await bench.expect(201, "POST", `/v1.1/apps/${appId}/webhooks`, { body: { target } });
    await say("Hi");
    const { appUser } = JSON.parse(bench.host.sent.at(-1)?.body ?? "");
    expect(appUser).toEqual({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      userId: "ann",
      conversationStarted: true,
    });
  });
});
