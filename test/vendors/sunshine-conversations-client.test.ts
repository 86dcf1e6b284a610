import * as sunshine from "sunshine-conversations-client";
import { describe, expect, it } from "vitest";
import { routes } from "../../src/emulator/routes";
import { Client, useEmulator } from "./client";

const emulator = useEmulator();
const called = new Set<string>();

interface Credential {
  readonly username?: string;
  readonly password?: string;
  readonly accessToken?: string;
}

/** The groups of the client's calls without their ending: `Apps.createApp`. */
function open({ accessToken, ...basic }: Credential): Client {
  const client = new sunshine.ApiClient();
  client.basePath = emulator.running.url;
  Object.assign(client.authentications.basicAuth, basic);
  Object.assign(client.authentications.bearerAuth, { accessToken });
  const groups = Object.entries(sunshine).flatMap(([name, Api]) =>
    name.endsWith("Api") ? [[name.slice(0, -"Api".length), new Api(client)]] : [],
  );
  return new Client(Object.fromEntries(groups), called, emulator.running);
}

/** A client with the first account's key. */
function account(): Client {
  const { accountKeyId: username, accountKeySecret: password } = emulator.running;
  return open({ username, password });
}

async function withApp() {
  const client = account();
  const { app } = await client.call("Apps.createApp", { displayName: "Shop" });
  const id: string = app.id;
  const ofApp = async () => {
    const { key } = await client.call("AppKeys.createAppKey", id, { displayName: "backend" });
    return open({ username: key.id, password: key.secret });
  };
  const custom = async (): Promise<string> => {
    const webhook = { target, triggers: ["conversation:message"], includeFullUser: true };
    const body = { type: "custom", displayName: "Bot", webhooks: [webhook] };
    const { integration } = await client.call("Integrations.createIntegration", id, body);
    return integration.id;
  };
  const remove = async () => expect(await client.call("Apps.deleteApp", id)).toBe(deleted);
  return { client, id, ofApp, custom, remove };
}

/** The client returns an empty object as its text. */
const deleted = "{}";
const anId = expect.stringMatching(/^[0-9a-f]{24}$/);
const aSecret = expect.stringMatching(/^[\w-]{86}$/);
const lastPage = { meta: { hasMore: false }, links: {} };
const target = "https://shop.example/hook";
const settings = {
  maskCreditCardNumbers: true,
  useAnimalNames: false,
  echoPostback: false,
  multiConvoEnabled: false,
  appLocalizationEnabled: true,
};

/** Every channel that v2 can create, with the fields that the client's models require. */
const channels = [
  { type: "web", brandColor: "00ff00" },
  { type: "messenger", pageAccessToken: "t", appId: "1", appSecret: "s" },
  { type: "instagram", pageAccessToken: "t", appId: "1", appSecret: "s" },
  { type: "twilio", accountSid: "AC1", authToken: "t", phoneNumberSid: "PN1" },
  { type: "messagebird", accessKey: "k", signingKey: "s", originator: "12262121021" },
  { type: "telegram", token: "1:a" },
  { type: "line" },
  { type: "viber", token: "t" },
  {
    type: "twitter",
    tier: "enterprise",
    consumerKey: "k",
    consumerSecret: "s",
    accessTokenKey: "a",
    accessTokenSecret: "s",
  },
  { type: "mailgun", apiKey: "k", domain: "shop.example", incomingAddress: "help@shop.example" },
  { type: "android", senderId: "1", serverKey: "k" },
  { type: "ios", certificate: "YQ==", production: true },
  { type: "unity" },
  { type: "whatsapp" },
  { type: "apple", businessId: "b", apiSecret: "s", mspId: "m" },
];

describe("a life of each kind in v2", () => {
  it("apps", async () => {
    const client = account();
    const fields = { displayName: "Shop", metadata: { a: "1" } };
    const body = { ...fields, settings: { multiConvoEnabled: true } };
    const { app } = await client.call("Apps.createApp", body);
    expect(app).toEqual({ id: anId, ...fields, settings: { ...settings, multiConvoEnabled: true } });
    expect(await client.call("Apps.getApp", app.id)).toEqual({ app });
    const change = { displayName: "Store", metadata: { b: "2" } };
    expect(await client.call("Apps.updateApp", app.id, change)).toEqual({ app: { ...app, ...change } });

    const { app: other } = await client.call("Apps.createApp", { displayName: "Other" });
    expect(await client.call("Apps.listApps")).toEqual({ apps: [{ ...app, ...change }, other], ...lastPage });
    const first = await client.call("Apps.listApps", { page: { size: 1 } });
    expect(first).toEqual({
      apps: [{ ...app, ...change }],
      meta: { hasMore: true, afterCursor: expect.any(String) },
      links: { next: expect.stringContaining(emulator.running.url) },
    });
    const after = { page: { after: first.meta.afterCursor } };
    expect((await client.call("Apps.listApps", after)).apps).toEqual([other]);
    const filter = { filter: { serviceAccountId: "5deaaa4cf5ae0d0011e5e2b9" } };
    expect(await client.call("Apps.listApps", filter)).toEqual({ apps: [], ...lastPage });

    expect(await client.fail("Apps.createApp", { displayName: "" })).toEqual([400, "bad_request"]);
    for (const { id } of [app, other]) expect(await client.call("Apps.deleteApp", id)).toBe(deleted);
    for (const method of ["Apps.getApp", "Apps.deleteApp"]) {
      expect(await client.fail(method, app.id)).toEqual([404, "app_not_found"]);
    }
    const stranger = open({ username: emulator.running.accountKeyId, password: "wrong" });
    expect(await stranger.fail("Apps.listApps")).toEqual([401, "unauthorized"]);
    expect(await open({ accessToken: "no.jwt.x" }).fail("Apps.listApps")).toEqual([401, "unauthorized"]);
  });

  it("keys", async () => {
    const { client, id, remove } = await withApp();
    const { key } = await client.call("AppKeys.createAppKey", id, { displayName: "backend" });
    const keyId = expect.stringMatching(/^app_[0-9a-f]{24}$/);
    expect(key).toEqual({ id: keyId, displayName: "backend", secret: aSecret });
    expect(await client.call("AppKeys.getAppKey", id, key.id)).toEqual({ key });
    expect(await client.call("AppKeys.listAppKeys", id)).toEqual({ keys: [key] });
    const app = open({ username: key.id, password: key.secret });
    expect((await app.call("Apps.getApp", id)).app.id).toBe(id);
    expect(await client.call("AppKeys.deleteAppKey", id, key.id)).toBe(deleted);
    expect(await client.fail("AppKeys.getAppKey", id, key.id)).toEqual([404, "not_found"]);
    expect(await app.fail("Apps.getApp", id)).toEqual([401, "unauthorized"]);
    expect(await client.fail("AppKeys.createAppKey", id, {})).toEqual([400, "bad_request"]);
    await remove();
  });

  it("integrations of every channel", async () => {
    const { client, id, custom, remove } = await withApp();
    const bot = await custom();
    const made = [{ type: "custom", id: bot, status: "active", displayName: "Bot" }];
    for (const body of channels) {
      const named = { ...body, displayName: "Shop" };
      const { integration } = await client.call("Integrations.createIntegration", id, named);
      // Its model is the one of all channels, without the fields of any.
      expect(integration).toEqual({ type: body.type, id: anId, status: "active", displayName: "Shop" });
      made.push(integration);
    }
    expect(await client.call("Integrations.listIntegrations", id)).toEqual({
      integrations: made,
      ...lastPage,
    });
    const [, web, , , , , , , viber] = made;
    const filter = { filter: { types: "web,viber" } };
    expect(await client.call("Integrations.listIntegrations", id, filter)).toEqual({
      integrations: [web, viber],
      ...lastPage,
    });
    const change = { displayName: "Store" };
    const changed = { integration: { ...web, ...change } };
    expect(await client.call("Integrations.updateIntegration", id, web?.id, change)).toEqual(changed);
    expect(await client.call("Integrations.getIntegration", id, web?.id)).toEqual(changed);
    const bad = { brandColor: "red" };
    expect(await client.fail("Integrations.updateIntegration", id, web?.id, bad)).toEqual([
      400,
      "bad_request",
    ]);
    for (const one of made) {
      expect(await client.call("Integrations.deleteIntegration", id, one.id)).toBe(deleted);
    }
    const gone = await client.fail("Integrations.getIntegration", id, bot);
    expect(gone).toEqual([404, "integration_not_found"]);
    await remove();
  });

  // The client, of 14.1.0, requires it. The description of 17.12.1, which the emulator follows, has dropped it.
  it("a WhatsApp integration has no deploymentId any more", async () => {
    const { client, id, remove } = await withApp();
    const body = { type: "whatsapp", deploymentId: "d1" };
    expect(await client.fail("Integrations.createIntegration", id, body)).toEqual([400, "bad_request"]);
    await remove();
  });

  it("webhooks and keys of custom integrations", async () => {
    const { client, id, ofApp, custom, remove } = await withApp();
    const bot = await custom();
    const app = await ofApp();
    const { webhooks } = await app.call("Webhooks.listWebhooks", id, bot);
    const [hook] = webhooks;
    const fields = { id: anId, version: "v2", target, triggers: ["conversation:message"], secret: aSecret };
    expect(webhooks).toEqual([{ ...fields, includeFullUser: true, includeFullSource: false }]);
    expect(await client.fail("Webhooks.listWebhooks", id, bot)).toEqual([403, "forbidden"]);
    const changed = { webhook: { ...hook, triggers: ["user:merge"] } };
    const change = { triggers: ["user:merge"] };
    expect(await app.call("Webhooks.updateWebhook", id, bot, hook.id, change)).toEqual(changed);
    expect(await app.call("Webhooks.getWebhook", id, bot, hook.id)).toEqual(changed);
    const another = { target: `${target}/2`, triggers: ["user:merge"] };
    expect(await app.fail("Webhooks.createWebhook", id, bot, another)).toEqual([400, "bad_request"]);

    const { key } = await client.call("CustomIntegrationApiKeys.createCustomIntegrationKey", id, bot, {
      displayName: "robot",
    });
    const keyId = expect.stringMatching(/^int_[0-9a-f]{24}$/);
    expect(key).toEqual({ id: keyId, displayName: "robot", secret: aSecret });
    const path = [id, bot, key.id];
    expect(await client.call("CustomIntegrationApiKeys.getCustomIntegrationKey", ...path)).toEqual({ key });
    const { keys } = await client.call("CustomIntegrationApiKeys.listCustomIntegrationKeys", id, bot);
    expect(keys).toEqual([key]);
    const robot = open({ username: key.id, password: key.secret });
    expect((await robot.call("Webhooks.listWebhooks", id, "me")).webhooks).toEqual([changed.webhook]);
    expect(await robot.fail("Integrations.getIntegration", id, bot)).toEqual([403, "forbidden"]);
    expect(await client.call("CustomIntegrationApiKeys.deleteCustomIntegrationKey", ...path)).toBe(deleted);
    const gone = await client.fail("CustomIntegrationApiKeys.getCustomIntegrationKey", ...path);
    expect(gone).toEqual([404, "not_found"]);

    expect(await app.call("Webhooks.deleteWebhook", id, bot, hook.id)).toBe(deleted);
    expect(await app.fail("Webhooks.getWebhook", id, bot, hook.id)).toEqual([404, "not_found"]);
    expect((await app.call("Webhooks.createWebhook", id, bot, another)).webhook).toEqual({
      ...fields,
      ...another,
      includeFullUser: false,
      includeFullSource: false,
    });
    await remove();
  });

  it("a switchboard and its integrations", async () => {
    const { client, id, custom, remove } = await withApp();
    const bot = await custom();
    const { switchboard } = await client.call("Switchboards.createSwitchboard", id);
    expect(switchboard).toEqual({ id: anId, enabled: false });
    expect(await client.fail("Switchboards.createSwitchboard", id)).toEqual([400, "bad_request"]);
    const path = [id, switchboard.id];
    const add = async (body: object) =>
      (await client.call("SwitchboardIntegrations.createSwitchboardIntegration", ...path, body))
        .switchboardIntegration;
    const first = await add({ name: "bot", integrationId: bot });
    const ofBot = { name: "bot", integrationId: bot, integrationType: "custom", deliverStandbyEvents: true };
    expect(first).toEqual({ id: anId, ...ofBot });
    const agents = {
      name: "agents",
      integrationType: "zd:agentWorkspace",
      deliverStandbyEvents: false,
      nextSwitchboardIntegrationId: first.id,
      messageHistoryCount: 5,
    };
    const second = await add(agents);
    expect(second).toEqual({ id: anId, integrationId: anId, ...agents });

    const change = { nextSwitchboardIntegrationId: second.id };
    const update = "SwitchboardIntegrations.updateSwitchboardIntegration";
    expect(await client.call(update, ...path, first.id, change)).toEqual({
      switchboardIntegration: { ...first, ...change },
    });
    expect(await client.call("SwitchboardIntegrations.listSwitchboardIntegrations", ...path)).toEqual({
      switchboardIntegrations: [{ ...first, ...change }, second],
    });
    const enable = { enabled: true, defaultSwitchboardIntegrationId: first.id };
    const enabled = { switchboard: { id: switchboard.id, ...enable } };
    expect(await client.call("Switchboards.updateSwitchboard", ...path, enable)).toEqual(enabled);
    expect(await client.call("Switchboards.listSwitchboards", id)).toEqual({
      switchboards: [enabled.switchboard],
    });

    const removeOne = "SwitchboardIntegrations.deleteSwitchboardIntegration";
    expect(await client.fail(removeOne, ...path, first.id)).toEqual([400, "bad_request"]);
    const nowhere = { nextSwitchboardIntegrationId: null };
    expect(await client.call(update, ...path, first.id, nowhere)).toEqual({ switchboardIntegration: first });
    expect(await client.call(removeOne, ...path, second.id)).toBe(deleted);
    const gone = [404, "switchboard_integration_not_found"];
    expect(await client.fail(removeOne, ...path, second.id)).toEqual(gone);
    expect(await client.call("Switchboards.deleteSwitchboard", ...path)).toBe(deleted);
    expect(await client.call("Switchboards.listSwitchboards", id)).toEqual({ switchboards: [] });
    expect(await client.fail("Switchboards.deleteSwitchboard", ...path)).toEqual([
      404,
      "switchboard_not_found",
    ]);
    await remove();
  });

  it("users, conversations and messages", async () => {
    const { id, ofApp, remove } = await withApp();
    const app = await ofApp();
    const ann = { externalId: "ann", profile: { givenName: "Ann" } };
    const { user } = await app.call("Users.createUser", id, ann);
    expect(user).toEqual({ id: anId, ...ann, signedUpAt: expect.any(String), metadata: {}, identities: [] });
    expect(await app.fail("Users.createUser", id, ann)).toEqual([409, "conflict"]);
    const personal = { type: "personal", participants: [{ userExternalId: "ann" }] };
    const { conversation } = await app.call("Conversations.createConversation", id, personal);
    expect(conversation).toMatchObject({ id: anId, type: "personal", isDefault: true });
    const content = { type: "text", text: "Hello" };
    const body = { author: { type: "business" }, content };
    const { messages } = await app.call("Messages.postMessage", id, conversation.id, body);
    expect(messages).toEqual([
      {
        id: anId,
        received: expect.any(String),
        author: { type: "business" },
        content,
        source: { type: "api:conversations" },
      },
    ]);
    const path = [id, conversation.id];
    const listed = await app.call("Messages.listMessages", ...path);
    expect(listed).toMatchObject({ messages: [{ id: messages[0].id }], meta: { hasMore: false } });
    await app.call("Activities.postActivity", ...path, {
      author: { type: "business" },
      type: "typing:start",
    });
    const { participants } = await app.call("Participants.listParticipants", ...path);
    expect(participants).toMatchObject([{ userId: user.id, userExternalId: "ann", unreadCount: 1 }]);
    await app.call("Messages.deleteMessage", ...path, messages[0].id);
    await app.call("Messages.deleteAllMessages", ...path);
    await app.call("Conversations.updateConversation", ...path, { displayName: "Help" });
    const named = await app.call("Conversations.getConversation", ...path);
    expect(named.conversation).toMatchObject({ id: conversation.id, displayName: "Help" });
    const mine = await app.call("Conversations.listConversations", id, { userExternalId: "ann" });
    expect(mine.conversations).toEqual([named.conversation]);

    const group = await app.call("Conversations.createConversation", id, { type: "sdkGroup" });
    const room = [id, group.conversation.id];
    const joined = await app.call("Participants.joinConversation", ...room, { userExternalId: "ann" });
    expect(joined.participant).toMatchObject({ userId: user.id });
    await app.call("Participants.leaveConversation", ...room, { userExternalId: "ann" });
    await app.call("Conversations.deleteConversation", ...room);

    await app.call("Users.updateUser", id, "ann", { profile: { surname: "Lee" } });
    const again = await app.call("Users.getUser", id, "ann");
    expect(again.user.profile).toEqual({ givenName: "Ann", surname: "Lee" });
    await app.call("Users.deleteUser", id, "ann");
    expect(await app.fail("Users.getUser", id, "ann")).toEqual([404, "user_not_found"]);
    await remove();
  });
});

/** What a client is asked for that the emulator does not have, after the app. */
const notEmulated: Readonly<Record<string, readonly unknown[]>> = {
  "Users.deleteUserPersonalInformation": ["ann"],
  "Clients.createClient": ["ann", { type: "twilio" }],
  "Clients.listClients": ["ann"],
  "Clients.removeClient": ["ann", "client"],
  "Devices.getDevice": ["ann", "device"],
  "Devices.listDevices": ["ann"],
  "Conversations.downloadMessageRef": ["conversation", {}],
  // Control over a conversation: nothing is declared with it.
  "SwitchboardActions.acceptControl": ["conversation", {}],
  "SwitchboardActions.offerControl": ["conversation", {}],
  "SwitchboardActions.passControl": ["conversation", {}],
  "SwitchboardActions.releaseControl": ["conversation"],
  // Files, and the authorization of partners.
  "Attachments.uploadAttachment": ["public", Buffer.from("picture")],
  "Attachments.deleteAttachment": [{ mediaUrl: "https://media.example/picture" }],
  "OAuthEndpoints.authorize": ["code"],
  "OAuthEndpoints.getToken": [],
  "OAuthEndpoints.revokeAccess": [],
};

describe("the rest of the client", () => {
  it("has every operation of the emulator", () => {
    const { requests, unknownRequests } = emulator.running.emulator;
    const played = new Set(requests.filter(({ status }) => status < 300).map(({ operation }) => operation));
    const operations = routes.v2.map(({ operation }) => operation);
    expect(operations.filter((operation) => !played.has(operation))).toEqual([]);
    expect(unknownRequests).toEqual([]);
  });

  it("gets a 501 where the emulator has no operation", async () => {
    const { client, id, remove } = await withApp();
    for (const [name, args] of Object.entries(notEmulated)) {
      const path = name === "OAuthEndpoints.revokeAccess" ? [] : [id];
      const failure = await client.fail(name, ...path, ...args);
      expect([name, ...failure]).toEqual([name, 501, "emulator_unknown_request"]);
    }
    expect(emulator.running.emulator.unknownRequests).toHaveLength(Object.keys(notEmulated).length);
    expect(client.names.filter((name) => !called.has(name))).toEqual([]);
    await remove();
    expect(emulator.running.emulator.isEmpty()).toBe(true);
  });
});
