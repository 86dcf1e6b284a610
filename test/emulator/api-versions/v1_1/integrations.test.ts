import { describe, expect, it } from "vitest";
import { Bench } from "../../support";

async function setUp() {
  const bench = new Bench();
  const path = `/v1.1/apps/${await bench.createApp()}/integrations`;
  const create = async (body: object) => (await bench.expect(201, "POST", path, { body })).integration;
  return { bench, path, create };
}

const id = expect.stringMatching(/^[0-9a-f]{24}$/);
const anyText = expect.stringMatching(/./);

describe("integrations of v1.1", () => {
  it.each([
    [
      "instagram",
      { pageAccessToken: "a", appSecret: "b" },
      { appId: "c" },
      { pageId: anyText, businessName: anyText, businessUsername: anyText, businessId: anyText },
    ],
    ["apple", { apiSecret: "a" }, { businessId: "b", mspId: "c" }, {}],
    [
      "messagebird",
      { accessKey: "a", signingKey: "b" },
      { originator: "c" },
      { webhookSecret: expect.stringMatching(/^[0-9a-f]{32}$/) },
    ],
    [
      "mailgun",
      { apiKey: "a" },
      {
        domain: "shop.example",
        incomingAddress: "us@shop.example",
        hideUnsubscribeLink: true,
        fromAddress: "no@shop.example",
      },
      {},
    ],
    ["apn", { certificate: "a" }, { production: false }, {}],
    [
      "line",
      { channelAccessToken: "a", channelSecret: "b", switcherSecret: "c" },
      { channelId: "d", serviceCode: "e", qrCodeUrl: "https://qr.example/M/1O4fb8.png" },
      { botName: anyText, lineId: "1O4fb8" },
    ],
    ["line", {}, {}, { botName: anyText }],
    ["whatsapp", { deploymentId: "a" }, {}, { phoneNumber: anyText }],
    [
      "whatsapp",
      { password: "a" },
      { baseUrl: "https://wa.example", username: "b" },
      { phoneNumber: anyText },
    ],
  ])("%s: accepts the fields that v1.1 added", async (type, secrets, others, outputs) => {
    const { bench, create } = await setUp();
    const given = { ...secrets, ...others };
    expect(await create({ type, displayName: "Mine", ...given })).toEqual({
      _id: id,
      type,
      status: "active",
      displayName: "Mine",
      ...others,
      ...outputs,
    });
    expect(bench.emulator.snapshot().integrations).toMatchObject([{ displayName: "Mine", fields: given }]);
  });

  it.each([
    [{ type: "whatsapp" }],
    [{ type: "whatsapp", baseUrl: "https://wa.example", username: "b" }],
    [{ type: "instagram", appId: "a" }],
    [{ type: "mailgun", apiKey: "a", domain: "shop.example", incomingAddress: "us@other.example" }],
    [
      {
        type: "twitter",
        consumerKey: "a",
        consumerSecret: "b",
        accessTokenKey: "c",
        accessTokenSecret: "d",
        tier: "premium",
      },
    ],
    [{ type: "telegram", token: "a", displayName: "" }],
    [{ type: "telegram", token: "a", displayName: "x".repeat(101) }],
    [{ type: "web", prechatCapture: {} }],
    [{ type: "frontendEmail" }],
    [{ type: "unity" }],
    [{ type: "custom", webhooks: [] }],
  ])("refuse %j with 400", async (body) => {
    const { bench, path } = await setUp();
    expect(await bench.refusal("POST", path, { body })).toEqual([400, "bad_request"]);
  });

  // The fields that v1.1 documents as changeable, and some that it does not
  it.each([
    [{ type: "telegram", token: "a" }, { displayName: "Bot" }, 200],
    [{ type: "telegram", token: "a" }, { token: "b" }, 400],
    [{ type: "fcm", serverKey: "a", senderId: "b" }, { displayName: "Push" }, 200],
    [{ type: "fcm", serverKey: "a", senderId: "b" }, { serverKey: "c" }, 400],
    [{ type: "apn", certificate: "a" }, { production: false }, 200],
    [{ type: "apn", certificate: "a" }, { displayName: "Push" }, 400],
    [{ type: "line" }, { channelId: "a", serviceCode: "c" }, 200],
    [{ type: "line" }, { channelAccessToken: "a" }, 400],
    [{ type: "whatsapp", deploymentId: "a" }, { hsmFallbackLanguage: "de" }, 200],
    [{ type: "whatsapp", deploymentId: "a" }, { deploymentId: "b" }, 400],
    [
      { type: "mailgun", apiKey: "a", domain: "shop.example", incomingAddress: "us@shop.example" },
      { hideUnsubscribeLink: false, fromAddress: "no@shop.example" },
      200,
    ],
    [{ type: "web" }, { prechatCapture: { enabled: true }, displayName: "Chat" }, 200],
  ])("%j: a PUT of %j returns %i", async (given, change, status) => {
    const { bench, path, create } = await setUp();
    const { _id } = await create(given);
    const answer = await bench.call("PUT", `${path}/${_id}`, { body: change });
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.body).toMatchObject({ integration: change });
  });

  it("can be renamed, and their name can be removed", async () => {
    const { bench, path, create } = await setUp();
    const integration = await create({ type: "telegram", token: "a" });
    expect(integration).not.toHaveProperty("displayName");
    const put = (displayName: string | null) =>
      bench.expect(200, "PUT", `${path}/${integration._id}`, { body: { displayName } });
    expect(await put("Bot")).toEqual({ integration: { ...integration, displayName: "Bot" } });
    expect(await put(null)).toEqual({ integration: { ...integration, displayName: null } });
  });

  it("return the LINE id of a changed QR code, but no changed secret", async () => {
    const { bench, path, create } = await setUp();
    const { _id } = await create({ type: "line" });
    const body = {
      qrCodeUrl: "https://qr.example/M/abc.png",
      channelSecret: "s3cr3t",
      switcherSecret: "s3cr3t",
    };
    const { integration } = await bench.expect(200, "PUT", `${path}/${_id}`, { body });
    expect(integration).toMatchObject({ qrCodeUrl: body.qrCodeUrl, lineId: "abc" });
    expect(JSON.stringify(integration)).not.toContain("s3cr3t");
  });

  it("are listed by type and page by page", async () => {
    const { bench, path, create } = await setUp();
    for (let count = 1; count <= 26; count++)
      await create({ type: "telegram", token: "a", displayName: `Bot ${count}` });
    await create({ type: "web" });
    const list = async (query: string) => {
      const { integrations, ...rest } = await bench.expect(200, "GET", path + query);
      return [integrations.map(({ displayName }: { displayName: string }) => displayName), rest];
    };
    const [names, rest] = await list("");
    expect([names.length, rest]).toEqual([25, { hasMore: true, offset: 0 }]);
    expect(await list("?offset=25")).toEqual([["Bot 26", undefined], { hasMore: false, offset: 25 }]);
    expect(await list("?types=telegram,viber&limit=1&offset=25")).toEqual([
      ["Bot 26"],
      { hasMore: false, offset: 25 },
    ]);
    expect(await bench.refusal("GET", `${path}?limit=101`)).toEqual([400, "bad_request"]);
  });
});
