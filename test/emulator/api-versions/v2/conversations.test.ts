import { describe, expect, it } from "vitest";
import { Bench } from "../../support";

const target = "https://shop.example/hook";
const id = expect.stringMatching(/^[0-9a-f]{24}$/);
const now = "2018-10-23T00:00:00.000Z";

async function setUp() {
  const bench = new Bench();
  const appId = await bench.createApp();
  const app = `/v2/apps/${appId}`;
  const { user } = await bench.expect(201, "POST", `${app}/users`, {
    body: { externalId: "ann", profile: { givenName: "Ann", surname: "Lee" }, metadata: { vip: true } },
  });
  const begin = (body: object = {}) =>
    bench.call("POST", `${app}/conversations`, {
      body: { type: "personal", participants: [{ userId: user.id }], ...body },
    });
  return { bench, appId, app, user, begin };
}

async function setUpConversation() {
  const given = await setUp();
  const { conversation } = Object((await given.begin()).body);
  const messages = `${given.app}/conversations/${conversation.id}/messages`;
  const say = (body: object) => given.bench.call("POST", messages, { body });
  return { ...given, conversation, messages, say };
}

const content = { type: "text", text: "Hi" };
const byUser = { author: { type: "user", userExternalId: "ann" }, content };

describe("users of v2", () => {
  it("are created once per external id, or without one", async () => {
    const { bench, app, user } = await setUp();
    expect(user).toEqual({
      id,
      authenticated: false,
      externalId: "ann",
      signedUpAt: now,
      profile: { givenName: "Ann", surname: "Lee" },
      metadata: { vip: true },
      identities: [],
    });
    expect(await bench.refusal("POST", `${app}/users`, { body: { externalId: "ann" } })).toEqual([
      409,
      "conflict",
    ]);
    const nobody = await bench.expect(201, "POST", `${app}/users`, { body: {} });
    expect(nobody.user).toEqual({
      id,
      authenticated: false,
      signedUpAt: now,
      profile: {},
      metadata: {},
      identities: [],
    });
    expect(bench.emulator.snapshot().appUsers).toMatchObject([{ userId: "ann" }, { id: nobody.user.id }]);
  });

  it.each([
    [{ externalId: "" }, 400],
    [{ profile: { name: "Ann" } }, 400],
    [{ metadata: { a: {} } }, 400],
    [{ signedUpAt: "now" }, 400],
    [{ brandId: "1" }, 501],
    [{ toBeRetained: true }, 501],
  ])("refuse %j with %i", async (body, status) => {
    const { bench, app } = await setUp();
    expect((await bench.call("POST", `${app}/users`, { body })).status).toBe(status);
  });
});

describe("conversations of v2", () => {
  it("are created with a user", async () => {
    const { begin } = await setUp();
    const { status, body } = await begin({ displayName: "Order 7", metadata: { order: 7 } });
    expect([status, body]).toEqual([
      201,
      {
        conversation: {
          id,
          type: "personal",
          isDefault: true,
          displayName: "Order 7",
          metadata: { order: 7 },
          lastUpdatedAt: now,
          createdAt: now,
        },
      },
    ]);
  });

  it("can be several if the app allows it, and the first one is the default", async () => {
    const { bench, app, begin } = await setUp();
    expect((await begin()).body).toMatchObject({ conversation: { isDefault: true } });
    expect((await begin()).status).toBe(501);
    await bench.expect(200, "PATCH", app, { body: { settings: { multiConvoEnabled: true } } });
    expect((await begin({ participants: [{ userExternalId: "ann" }] })).body).toMatchObject({
      conversation: { isDefault: false },
    });
  });

  it.each([
    [{ type: "group" }, 400, "bad_request"],
    [{ participants: [] }, 400, "bad_request"],
    [{ participants: undefined }, 400, "bad_request"],
    [{ participants: [{}] }, 400, "bad_request"],
    [{ participants: [{ userId: "nobody" }] }, 404, "user_not_found"],
    [
      { participants: [{ userExternalId: "ann", subscribeSDKClient: true }] },
      501,
      "emulator_unknown_request",
    ],
    [{ displayName: "" }, 400, "bad_request"],
  ])("refuse %j with %i", async (given, status, code) => {
    const { bench, app, user } = await setUp();
    const body = { type: "personal", participants: [{ userId: user.id }], ...given };
    expect(await bench.refusal("POST", `${app}/conversations`, { body })).toEqual([status, code]);
  });
});

describe("messages of v2", () => {
  it("come from the user or the business", async () => {
    const { bench, user, say } = await setUpConversation();
    bench.host.time += 704;
    const first = await say(byUser);
    expect([first.status, first.body]).toEqual([
      201,
      {
        messages: [
          {
            id,
            received: "2018-10-23T00:00:00.704Z",
            author: { type: "user", userId: user.id, displayName: "Ann Lee" },
            content,
            source: { type: "api:conversations" },
          },
        ],
      },
    ]);
    const avatarUrl = "https://shop.example/bot.png";
    const second = await say({
      author: { type: "business", displayName: "Bot", avatarUrl },
      content,
      metadata: { step: 1 },
    });
    expect(Object(second.body).messages).toEqual([
      {
        id,
        received: "2018-10-23T00:00:00.704Z",
        author: { type: "business", displayName: "Bot", avatarUrl },
        content,
        source: { type: "api:conversations" },
        metadata: { step: 1 },
      },
    ]);
    expect(bench.emulator.snapshot().appUsers[0]?.messageIds).toHaveLength(2);
  });

  it.each([
    [{ content }, 400],
    [{ author: { type: "business" } }, 400],
    [{ author: { type: "user" }, content }, 400],
    [{ author: { type: "user", userId: "nobody" }, content }, 404],
    [{ author: { type: "user", userExternalId: "eve" }, content }, 400],
    [{ author: { type: "business", userExternalId: "ann" }, content }, 400],
    [{ author: { type: "business" }, content: { type: "text" } }, 400],
    [{ author: { type: "business" }, content: { ...content, attachmentId: "1" } }, 501],
    [{ author: { type: "business", subtypes: ["AI"] }, content }, 501],
    [{ author: { type: "business" }, content, destination: { integrationType: "line" } }, 501],
  ])("refuse %j with %i", async (body, status) => {
    const { bench, app, say } = await setUpConversation();
    await bench.expect(201, "POST", `${app}/users`, { body: { externalId: "eve" } });
    expect((await say(body)).status).toBe(status);
    expect(bench.host.sent).toEqual([]);
  });

  it("need a conversation", async () => {
    const { bench, app } = await setUp();
    expect(await bench.refusal("POST", `${app}/conversations/x/messages`, { body: byUser })).toEqual([
      404,
      "conversation_not_found",
    ]);
  });

  it.each([false, true])("reach a webhook of v2, with includeFullUser %s", async (includeFullUser) => {
    const { bench, appId, app, user, conversation, say } = await setUpConversation();
    const { integration } = await bench.expect(201, "POST", `${app}/integrations`, {
      body: { type: "custom", webhooks: [{ target, triggers: ["conversation:message"], includeFullUser }] },
    });
    const [webhook] = integration.webhooks;
    bench.host.sent.length = 0;
    const [message] = Object((await say(byUser)).body).messages;
    const [answer] = Object((await say({ author: { type: "business" }, content })).body).messages;
    await bench.emulator.settleDeliveries();
    const { authenticated, externalId } = user;
    const author = includeFullUser ? user : { id: user.id, authenticated, externalId };
    const envelope = (payload: object) => ({
      app: { id: appId },
      webhook: { id: webhook.id, version: "v2" },
      events: [
        {
          id,
          createdAt: now,
          type: "conversation:message",
          payload: { conversation: { id: conversation.id, type: "personal" }, message: payload },
        },
      ],
    });
    expect(bench.host.sent.map(({ body }) => JSON.parse(body ?? ""))).toEqual([
      envelope({ ...message, author: { ...message.author, user: author } }),
      envelope(answer),
    ]);
    expect(bench.host.sent[0]?.headers["x-api-key"]).toBe(webhook.secret);
    expect(bench.emulator.snapshot().deliveries).toMatchObject([
      { webhookId: webhook.id, trigger: "conversation:message", state: "delivered" },
      { trigger: "conversation:message", state: "delivered" },
    ]);
  });

  it("do not reach a webhook with other triggers", async () => {
    const { bench, app, say } = await setUpConversation();
    await bench.expect(201, "POST", `${app}/integrations`, {
      body: { type: "custom", webhooks: [{ target, triggers: ["conversation:read", "user:merge"] }] },
    });
    await say(byUser);
    expect(bench.emulator.snapshot().deliveries).toEqual([]);
  });
});
