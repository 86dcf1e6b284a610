import { describe, expect, it } from "vitest";
import { Bench } from "../../support";

async function setUp() {
  const bench = new Bench();
  const path = `/v1/apps/${await bench.createApp()}/integrations`;
  return { bench, path };
}

const id = expect.stringMatching(/^[0-9a-f]{24}$/);
const anyText = expect.stringMatching(/./);
const web = {
  brandColor: "65758e",
  conversationColor: "0099ff",
  actionColor: "0099ff",
  displayStyle: "button",
};

// As documented for v1: the secrets and other fields that are sent, and the fields that the response adds
const types: [type: string, secrets: object, others: object, outputs: object][] = [
  ["messenger", { pageAccessToken: "a", appSecret: "b" }, { appId: "c" }, { pageId: expect.any(String) }],
  [
    "twitter",
    { consumerSecret: "a", accessTokenSecret: "b" },
    { consumerKey: "c", accessTokenKey: "d", tier: "premium", envName: "e" },
    { userId: anyText, username: anyText },
  ],
  [
    "twilio",
    { authToken: "a" },
    { accountSid: "b", phoneNumberSid: "c" },
    { phoneNumber: expect.stringMatching(/^\+1514555\d{4}$/), name: anyText },
  ],
  [
    "messagebird",
    { accessKey: "a" },
    { originator: "b" },
    { webhookSecret: expect.stringMatching(/^[0-9a-f]{32}$/) },
  ],
  ["telegram", { token: "123:a" }, {}, { username: "shop_123_bot" }],
  ["line", { channelAccessToken: "a", channelSecret: "b" }, { channelId: "c" }, { botName: anyText }],
  ["viber", { token: "a" }, {}, { uri: anyText }],
  [
    "wechat",
    { appSecret: "a", encodingAesKey: "b", accessTokenUrl: "https://a.example" },
    { appId: "c" },
    { webhookSecret: expect.stringMatching(/^[0-9a-f]{32}$/) },
  ],
  ["mailgun", { apiKey: "a" }, { domain: "shop.example", incomingAddress: "us@shop.example" }, {}],
  ["frontendEmail", {}, { fromAddress: "us@shop.example" }, { shortId: anyText, smoochAddress: anyText }],
  ["apn", { certificate: "a", password: "b" }, { autoUpdateBadge: true }, { production: true }],
  ["fcm", { serverKey: "a" }, { senderId: "b" }, {}],
  [
    "whatsapp",
    { password: "a" },
    { baseUrl: "https://wa.example", username: "b", hsmFallbackLanguage: "fr" },
    { phoneNumber: expect.stringMatching(/^\+1514555\d{4}$/) },
  ],
  ["web", {}, { businessName: "Shop" }, web],
];
const once = ["webhookSecret"];

describe("integrations of v1", () => {
  it.each(types)("%s: returns every field except secrets", async (type, secrets, others, outputs) => {
    const { bench, path } = await setUp();
    const { integration } = await bench.expect(201, "POST", path, { body: { type, ...secrets, ...others } });
    expect(integration).toEqual({ _id: id, type, status: "active", ...others, ...outputs });
    const later = Object.fromEntries(Object.entries(integration).filter(([name]) => !once.includes(name)));
    const cleared = { backgroundImageUrl: null, originWhitelist: null, integrationOrder: null };
    const read = { integration: { ...later, ...(type === "web" && cleared) } };
    expect(await bench.expect(200, "GET", `${path}/${integration._id}`)).toEqual(read);
    expect(await bench.expect(200, "GET", path)).toEqual({ integrations: [read.integration] });
    expect(bench.emulator.snapshot().integrations).toMatchObject([{ fields: { ...secrets, ...others } }]);
    expect(await bench.expect(200, "DELETE", `${path}/${integration._id}`)).toEqual({});
    expect(await bench.refusal("GET", `${path}/${integration._id}`)).toEqual([404, "integration_not_found"]);
  });

  const inputs = types.map(([type, secrets, others]) => [type, { ...secrets, ...others }] as const);
  it.each(inputs)("%s: is refused without a required field, and with an unknown one", async (type, given) => {
    const { bench, path } = await setUp();
    const optional = [
      "tier",
      "encodingAesKey",
      "accessTokenUrl",
      "fromAddress",
      "password",
      "autoUpdateBadge",
    ];
    const needed = Object.keys(given).filter(
      (name) => !optional.includes(name) && name !== "hsmFallbackLanguage" && type !== "web",
    );
    for (const name of type === "whatsapp" ? ["baseUrl", "username", "password"] : needed) {
      const body = { type, ...given, [name]: undefined };
      expect([name, await bench.refusal("POST", path, { body })]).toEqual([name, [400, "bad_request"]]);
    }
    for (const more of [
      { displayName: "Mine" },
      { webhookSecret: "a" },
      { status: "active" },
      { surprise: 1 },
    ]) {
      expect(await bench.refusal("POST", path, { body: { type, ...given, ...more } })).toEqual([
        400,
        "bad_request",
      ]);
    }
    expect(bench.emulator.snapshot().integrations).toEqual([]);
  });

  it.each([["instagram"], ["apple"], ["unity"], ["custom"], ["android"], ["ios"], ["nonsense"], [undefined]])(
    "cannot be of the type %s",
    async (type) => {
      const { bench, path } = await setUp();
      expect(await bench.refusal("POST", path, { body: { type, appId: "a" } })).toEqual([400, "bad_request"]);
    },
  );

  // The fields that v1 documents as changeable, and some that it does not
  it.each([
    ["line", { channelId: "x" }, 200],
    ["line", { channelSecret: "x" }, 200],
    ["line", { channelAccessToken: "x" }, 400],
    ["whatsapp", { hsmFallbackLanguage: "de" }, 200],
    ["whatsapp", { password: "x" }, 400],
    ["apn", { production: false }, 400],
    ["mailgun", { fromAddress: "x" }, 400],
    ["telegram", { token: "x" }, 400],
    ["telegram", { type: "viber" }, 400],
    ["telegram", {}, 200],
    ["web", { displayName: "x" }, 400],
    ["web", { prechatCapture: {} }, 400],
    ["web", { displayStyle: "window" }, 400],
    ["web", { brandColor: "#65758e" }, 400],
  ])("%s: a PUT of %j returns %i", async (type, change, status) => {
    const { bench, path } = await setUp();
    const given = inputs.find(([name]) => name === type)?.[1] ?? {};
    const body = { type, ...given };
    const { integration } = await bench.expect(201, "POST", path, { body });
    const answer = await bench.call("PUT", `${path}/${integration._id}`, { body: change });
    expect(answer.status).toBe(status);
    const fields = bench.emulator.snapshot().integrations[0]?.fields;
    expect(fields).toMatchObject(status === 200 ? { ...given, ...change } : given);
  });

  it("web: all thirteen fields can be changed, and three can be cleared", async () => {
    const { bench, path } = await setUp();
    const { integration } = await bench.expect(201, "POST", path, { body: { type: "web" } });
    expect(integration).toEqual({ _id: id, type: "web", status: "active", ...web });
    const looks = {
      brandColor: "fff",
      conversationColor: "000000",
      actionColor: "ABCDEF",
      displayStyle: "tab",
      buttonIconUrl: "https://shop.example/icon.png",
      buttonWidth: "60",
      buttonHeight: "61",
      fixedIntroPane: true,
      businessName: "Shop",
      businessIconUrl: "https://shop.example/business.png",
      backgroundImageUrl: "https://shop.example/tile.png",
      originWhitelist: ["https://shop.example"],
      integrationOrder: ["5a0b1c2d3e4f5a6b7c8d9e0f"],
    };
    const one = `${path}/${integration._id}`;
    const common = { _id: integration._id, type: "web", status: "active" };
    expect(await bench.expect(200, "PUT", one, { body: looks })).toEqual({
      integration: { ...common, ...looks },
    });
    const cleared = { backgroundImageUrl: null, originWhitelist: null, integrationOrder: null };
    expect(await bench.expect(200, "PUT", one, { body: cleared })).toEqual({
      integration: { ...common, ...looks, ...cleared },
    });
    expect(await bench.refusal("POST", path, { body: { type: "web" } })).toEqual([400, "bad_request"]);
  });

  it("are listed by type, without pagination", async () => {
    const { bench, path } = await setUp();
    for (let count = 0; count < 26; count++)
      await bench.expect(201, "POST", path, { body: { type: "viber", token: "a" } });
    await bench.expect(201, "POST", path, { body: { type: "fcm", serverKey: "a", senderId: "b" } });
    await bench.expect(201, "POST", path, { body: { type: "telegram", token: "a" } });
    const list = async (query: string) =>
      (await bench.expect(200, "GET", path + query)).integrations.map(({ type }: { type: string }) => type);
    expect(await list("")).toHaveLength(28);
    expect(await list("?types=fcm,telegram")).toEqual(["fcm", "telegram"]);
    expect(await list("?types=nothing")).toEqual([]);
  });
});
