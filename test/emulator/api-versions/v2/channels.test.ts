import { describe, expect, it } from "vitest";
import { Bench } from "../../support";

async function setUp() {
  const bench = new Bench();
  const appId = await bench.createApp();
  return { bench, appId, path: `/v2/apps/${appId}/integrations` };
}

type Row = [type: string, required: object, hidden: object, shown: object, outputs: object];

const anyText = expect.stringMatching(/./);
const sdk = { canUserSeeConversationList: true, canUserCreateMoreConversations: false };
const attachmentsEnabled = true;
const looks = {
  brandColor: "fff",
  conversationColor: "000000",
  actionColor: "ABCDEF",
  fixedIntroPane: true,
  displayStyle: "tab",
  buttonIconUrl: null,
  buttonWidth: "60",
  buttonHeight: "61",
  integrationOrder: null,
  businessName: "Shop",
  businessIconUrl: "https://shop.example/business.png",
  backgroundImageUrl: "https://shop.example/tile.png",
  originWhitelist: ["https://shop.example"],
  prechatCapture: {
    enabled: true,
    enableEmailLinking: false,
    fields: [{ type: "email", name: "email", label: "Email" }],
  },
};

// As documented for v2: required fields, write-only fields, other optional fields, fields that the platform adds
const types: Row[] = [
  [
    "android",
    {},
    { projectId: "a", clientEmail: "b", privateKey: "c", serverKey: "d" },
    { senderId: "e", ...sdk },
    { attachmentsEnabled },
  ],
  [
    "apple",
    { businessId: "a", mspId: "b" },
    { apiSecret: "c" },
    { authenticationMessageSecret: "x".repeat(88) },
    {},
  ],
  [
    "instagram",
    { appId: "a" },
    { pageAccessToken: "b", appSecret: "c" },
    { storyRepliesEnabled: false, storyMentionsEnabled: true },
    { businessName: anyText, businessUsername: anyText, businessId: anyText, pageId: anyText },
  ],
  [
    "ios",
    {},
    { certificate: "a", password: "b" },
    { autoUpdateBadge: true, ...sdk },
    { production: true, attachmentsEnabled },
  ],
  [
    "line",
    {},
    {},
    {
      channelId: "a",
      channelSecret: "b",
      channelAccessToken: "c",
      serviceCode: "d",
      switcherSecret: "e",
      qrCodeUrl: "https://qr.example/M/1O4fb8.png",
    },
    { lineId: "1O4fb8" },
  ],
  [
    "mailgun",
    { domain: "shop.example", incomingAddress: "us@shop.example" },
    { apiKey: "a" },
    { signingKey: "b", hideUnsubscribeLink: true, fromAddress: "no@shop.example" },
    {},
  ],
  [
    "messagebird",
    { originator: "a" },
    { accessKey: "b", signingKey: "c" },
    {},
    { webhookSecret: expect.stringMatching(/^[0-9a-f]{32}$/) },
  ],
  [
    "messenger",
    { appId: "a" },
    { pageAccessToken: "b", appSecret: "c" },
    {},
    { pageId: expect.any(String), pageName: anyText, pageAccessToken: null },
  ],
  ["telegram", {}, { token: "123:a" }, {}, { username: "shop_123_bot", botId: "123" }],
  ["twilio", { accountSid: "a" }, { authToken: "b" }, { phoneNumberSid: "c" }, {}],
  [
    "twitter",
    { tier: "enterprise" },
    { consumerKey: "a", consumerSecret: "b", accessTokenKey: "c", accessTokenSecret: "d" },
    {},
    {},
  ],
  ["unity", {}, {}, sdk, { attachmentsEnabled }],
  ["viber", {}, { token: "a" }, {}, { uri: anyText, accountId: anyText }],
  ["web", {}, {}, { ...looks, ...sdk }, { attachmentsEnabled }],
  [
    "whatsapp",
    {},
    {},
    { hsmFallbackLanguage: "fr", accountId: "a", accountManagementAccessToken: "b" },
    { phoneNumber: null },
  ],
];
const optionalSecrets = ["android", "ios"];

describe("integrations of v2", () => {
  it.each(types)(
    "%s: returns every field that is not write-only",
    async (type, required, hidden, shown, outputs) => {
      const { bench, appId, path } = await setUp();
      const { agents } = await bench.createSwitchboard(appId);
      const common = { displayName: "Mine", showAIDisclaimer: false };
      const { integration } = await bench.expect(201, "POST", path, {
        body: { type, ...required, ...hidden, ...shown, ...common, defaultResponderId: agents.id },
      });
      expect(integration).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        type,
        status: "active",
        ...common,
        defaultResponder: { ...agents, inherited: false },
        ...required,
        ...shown,
        ...outputs,
      });
      expect(await bench.expect(200, "GET", `${path}/${integration.id}`)).toEqual({ integration });
      expect(await bench.expect(200, "GET", path)).toEqual({
        integrations: [integration],
        meta: { hasMore: false },
        links: {},
      });
      expect(bench.emulator.snapshot().integrations).toMatchObject([
        { id: integration.id, type, displayName: "Mine", fields: { ...required, ...hidden, ...shown } },
      ]);
      expect(await bench.expect(200, "DELETE", `${path}/${integration.id}`)).toEqual({});
      expect(await bench.refusal("DELETE", `${path}/${integration.id}`)).toEqual([
        404,
        "integration_not_found",
      ]);
    },
  );

  it.each(types)(
    "%s: is refused without a required field, and with an unknown one",
    async (type, required, hidden, shown, outputs) => {
      const { bench, path } = await setUp();
      const least = { type, ...required, ...(!optionalSecrets.includes(type) && hidden) };
      const one = type === "twilio" ? { phoneNumberSid: "c" } : {};
      const needed = Object.keys(least).filter((name) => name !== "type");
      for (const name of needed) {
        const body = { ...least, ...one, [name]: undefined };
        expect([name, await bench.refusal("POST", path, { body })]).toEqual([name, [400, "bad_request"]]);
      }
      const sent = Object.keys({ ...required, ...hidden, ...shown });
      const others = Object.keys(outputs).filter((name) => !sent.includes(name) && name !== "production");
      for (const name of [
        ...others.filter((name) => name !== "webhookSecret"),
        "defaultResponder",
        "surprise",
      ]) {
        const body = { ...least, ...one, [name]: "x" };
        expect([name, await bench.refusal("POST", path, { body })]).toEqual([name, [400, "bad_request"]]);
      }
      const { integration } = await bench.expect(201, "POST", path, { body: { ...least, ...one } });
      expect(integration).toMatchObject({ type, status: "active", showAIDisclaimer: true });
      expect(integration).not.toHaveProperty("displayName");
    },
  );

  it("have the documented defaults", async () => {
    const { bench, path } = await setUp();
    const create = async (body: object) => (await bench.expect(201, "POST", path, { body })).integration;
    const common = { id: expect.any(String), status: "active", showAIDisclaimer: true };
    expect(await create({ type: "web", prechatCapture: {} })).toEqual({
      ...common,
      type: "web",
      brandColor: "65758e",
      conversationColor: "0099ff",
      actionColor: "0099ff",
      fixedIntroPane: false,
      displayStyle: "button",
      buttonWidth: "58",
      buttonHeight: "58",
      attachmentsEnabled,
      prechatCapture: { enabled: false, enableEmailLinking: false },
    });
    expect(await create({ type: "whatsapp" })).toEqual({
      ...common,
      type: "whatsapp",
      hsmFallbackLanguage: "en_US",
      phoneNumber: null,
      accountId: null,
      accountManagementAccessToken: null,
    });
    expect(await create({ type: "ios" })).toEqual({ ...common, type: "ios", attachmentsEnabled });
    expect(
      await create({ type: "instagram", appId: "a", appSecret: "b", pageAccessToken: "c" }),
    ).toMatchObject({
      storyRepliesEnabled: true,
      storyMentionsEnabled: true,
    });
  });

  it.each([
    [{}],
    [{ type: "wechat", appId: "a", appSecret: "b" }],
    [{ type: "fcm", serverKey: "a", senderId: "b" }],
    [{ type: "zd:agentWorkspace" }],
    [{ type: "twilio", accountSid: "a", authToken: "b" }],
    [{ type: "twilio", accountSid: "a", authToken: "b", phoneNumberSid: "c", messagingServiceSid: "d" }],
    [
      {
        type: "twitter",
        tier: "premium",
        consumerKey: "a",
        consumerSecret: "b",
        accessTokenKey: "c",
        accessTokenSecret: "d",
      },
    ],
    [{ type: "mailgun", apiKey: "a", domain: "shop.example", incomingAddress: "us@not-shop.example" }],
    [
      {
        type: "apple",
        businessId: "a",
        mspId: "b",
        apiSecret: "c",
        authenticationMessageSecret: "x".repeat(87),
      },
    ],
    [{ type: "telegram", token: null }],
    [{ type: "telegram", token: "" }],
    [{ type: "web", brandColor: "#65758e" }],
    [{ type: "web", buttonWidth: 58 }],
    [{ type: "web", prechatCapture: { fields: [{ type: "date", name: "a", label: "b" }] } }],
    [{ type: "web", displayName: "x".repeat(101) }],
    [{ type: "web", webhooks: [] }],
  ])("refuse %j with 400", async (body) => {
    const { bench, path } = await setUp();
    expect(await bench.refusal("POST", path, { body })).toEqual([400, "bad_request"]);
    expect(bench.emulator.snapshot().integrations).toEqual([]);
  });

  it("connect twilio through a messaging service as well", async () => {
    const { bench, path } = await setUp();
    const body = { type: "twilio", accountSid: "a", authToken: "b", messagingServiceSid: "c" };
    expect((await bench.expect(201, "POST", path, { body })).integration).toMatchObject({
      messagingServiceSid: "c",
    });
  });

  // The fields that v2 documents as changeable
  const changeable: Record<string, object> = {
    android: { projectId: null, clientEmail: "n", privateKey: "n", serverKey: null, senderId: null, ...sdk },
    apple: { authenticationMessageSecret: "y".repeat(88) },
    instagram: { pageAccessToken: "n", storyRepliesEnabled: true, storyMentionsEnabled: false },
    ios: { certificate: "n", password: "", production: false, autoUpdateBadge: false, ...sdk },
    mailgun: { hideUnsubscribeLink: false, fromAddress: null },
    messenger: { pageAccessToken: "n" },
    unity: { canUserSeeConversationList: false, canUserCreateMoreConversations: true },
    web: {
      ...looks,
      buttonIconUrl: "https://shop.example/i.png",
      integrationOrder: ["a"],
      originWhitelist: null,
      ...sdk,
    },
    whatsapp: { hsmFallbackLanguage: null, accountId: null, accountManagementAccessToken: "n" },
  };

  it.each(types)(
    "%s: a PATCH can change the changeable fields, and no others",
    async (type, required, hidden, shown) => {
      const { bench, path } = await setUp();
      const given = { ...required, ...hidden, ...shown };
      const { integration } = await bench.expect(201, "POST", path, { body: { type, ...given } });
      const one = `${path}/${integration.id}`;
      const change = changeable[type] ?? {};
      const fixed = Object.keys(given).filter((name) => !(name in change));
      for (const name of [...fixed, "type", "attachmentsEnabled", "surprise"]) {
        expect([name, await bench.refusal("PATCH", one, { body: { [name]: "x" } })]).toEqual([
          name,
          [400, "bad_request"],
        ]);
      }
      const common = { displayName: "New", showAIDisclaimer: false, defaultResponderId: null };
      const answer = await bench.expect(200, "PATCH", one, { body: { ...change, ...common } });
      const visible = Object.fromEntries(Object.entries(change).filter(([name]) => !(name in hidden)));
      expect(answer).toEqual({
        integration: { ...integration, ...visible, displayName: "New", showAIDisclaimer: false },
      });
      expect(bench.emulator.snapshot().integrations).toMatchObject([
        { displayName: "New", fields: { ...given, ...change, defaultResponderId: null } },
      ]);
      expect(await bench.expect(200, "PATCH", one, { body: { displayName: null } })).toMatchObject({
        integration: { displayName: null },
      });
    },
  );

  it("are listed page by page and by type", async () => {
    const { bench, path } = await setUp();
    const ids: string[] = [];
    for (const type of ["web", "unity", "web", "ios"]) {
      ids.push((await bench.expect(201, "POST", path, { body: { type } })).integration.id);
    }
    const list = async (query: string) => {
      const { integrations, ...rest } = await bench.expect(200, "GET", path + query);
      return [integrations.map(({ id }: { id: string }) => ids.indexOf(id)), rest];
    };
    expect(await list("?filter[types]=ios,web&page[size]=2")).toEqual([
      [0, 2],
      {
        meta: { hasMore: true, afterCursor: ids[2] },
        links: { next: `${path}?filter[types]=ios%2Cweb&page[size]=2&page[after]=${ids[2]}` },
      },
    ]);
    expect(await list(`?filter[types]=ios%2Cweb&page[size]=2&page[after]=${ids[2]}`)).toMatchObject([
      [3],
      { meta: { hasMore: false, beforeCursor: ids[3] } },
    ]);
    expect(await list("?filter[types]=custom")).toEqual([[], { meta: { hasMore: false }, links: {} }]);
  });
});
