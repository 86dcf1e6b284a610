import { describe, expect, it } from "vitest";
import { apiVersions } from "../../src/emulator/api-version";
import { routes as byVersion } from "../../src/emulator/routes";
import { Bench } from "./support";

// Tests call every route that the emulator supports: add a new route here, and test its responses in the
// folder of its API version.

const target = "https://shop.example/hook";
const custom = { type: "custom", webhooks: [{ target, triggers: ["conversation:message"] }] };
const telegram = { type: "telegram", token: "123456:secret" };
const menu = { items: [{ type: "link", text: "Shop", uri: "https://shop.example" }] };
const template = { name: "hello", message: { role: "appMaker", type: "text", text: "Hello" } };
const says = { role: "appUser", text: "Hi" };
const typing = { role: "appMaker", type: "typing:start" };
const saysV2 = { author: { type: "business" }, content: { type: "text", text: "Hi" } };

/** A body that each route accepts, and the status of the response. */
const calls: Record<string, readonly [status: number, body?: object]> = {
  "v1 POST /v1/apps": [201, { name: "Shop" }],
  "v1 GET /v1/apps": [200],
  "v1 GET /v1/apps/{appId}": [200],
  "v1 PUT /v1/apps/{appId}": [200, { name: "Store" }],
  "v1 DELETE /v1/apps/{appId}": [200],
  "v1 POST /v1/apps/{appId}/keys": [201, { name: "backend" }],
  "v1 GET /v1/apps/{appId}/keys": [200],
  "v1 GET /v1/apps/{appId}/keys/{keyId}": [200],
  "v1 DELETE /v1/apps/{appId}/keys/{keyId}": [200],
  "v1 GET /v1/apps/{appId}/keys/{keyId}/jwt": [200],
  "v1 POST /v1/apps/{appId}/webhooks": [201, { target: `${target}/new` }],
  "v1 GET /v1/apps/{appId}/webhooks": [200],
  "v1 GET /v1/apps/{appId}/webhooks/{webhookId}": [200],
  "v1 PUT /v1/apps/{appId}/webhooks/{webhookId}": [200, { triggers: ["*"] }],
  "v1 DELETE /v1/apps/{appId}/webhooks/{webhookId}": [200],
  "v1 POST /v1/webhooks": [201, { target: `${target}/new` }],
  "v1 GET /v1/webhooks": [200],
  "v1 GET /v1/webhooks/{webhookId}": [200],
  "v1 PUT /v1/webhooks/{webhookId}": [200, { triggers: ["*"] }],
  "v1 DELETE /v1/webhooks/{webhookId}": [200],
  "v1 POST /v1/apps/{appId}/integrations": [201, telegram],
  "v1 GET /v1/apps/{appId}/integrations": [200],
  "v1 GET /v1/apps/{appId}/integrations/{integrationId}": [200],
  "v1 PUT /v1/apps/{appId}/integrations/{integrationId}": [200, {}],
  "v1 DELETE /v1/apps/{appId}/integrations/{integrationId}": [200],
  "v1 GET /v1/apps/{appId}/menu": [200],
  "v1 PUT /v1/apps/{appId}/menu": [200, menu],
  "v1 DELETE /v1/apps/{appId}/menu": [200],
  "v1 GET /v1/menu": [200],
  "v1 PUT /v1/menu": [200, menu],
  "v1 DELETE /v1/menu": [200],
  "v1 GET /v1/apps/{appId}/integrations/{integrationId}/menu": [200],
  "v1 POST /v1/apps/{appId}/integrations/{integrationId}/menu": [201, menu],
  "v1 PUT /v1/apps/{appId}/integrations/{integrationId}/menu": [200, menu],
  "v1 DELETE /v1/apps/{appId}/integrations/{integrationId}/menu": [200],
  "v1 POST /v1/apps/{appId}/templates": [201, { ...template, name: "bye" }],
  "v1 GET /v1/apps/{appId}/templates": [200],
  "v1 GET /v1/apps/{appId}/templates/{templateId}": [200],
  "v1 PUT /v1/apps/{appId}/templates/{templateId}": [200, { name: "bye" }],
  "v1 DELETE /v1/apps/{appId}/templates/{templateId}": [200],
  "v1 POST /v1/templates": [201, { ...template, name: "bye" }],
  "v1 GET /v1/templates": [200],
  "v1 GET /v1/templates/{templateId}": [200],
  "v1 PUT /v1/templates/{templateId}": [200, { name: "bye" }],
  "v1 DELETE /v1/templates/{templateId}": [200],
  "v1 POST /v1/serviceaccounts": [201, { name: "reseller" }],
  "v1 GET /v1/serviceaccounts": [200],
  "v1 GET /v1/serviceaccounts/{serviceAccountId}": [200],
  "v1 PUT /v1/serviceaccounts/{serviceAccountId}": [200, { name: "reseller" }],
  "v1 DELETE /v1/serviceaccounts/{serviceAccountId}": [200],
  "v1 POST /v1/serviceaccounts/{serviceAccountId}/keys": [201, { name: "backend" }],
  "v1 GET /v1/serviceaccounts/{serviceAccountId}/keys": [200],
  "v1 GET /v1/serviceaccounts/{serviceAccountId}/keys/{keyId}": [200],
  "v1 DELETE /v1/serviceaccounts/{serviceAccountId}/keys/{keyId}": [200],
  "v1 GET /v1/serviceaccounts/{serviceAccountId}/keys/{keyId}/jwt": [200],
  "v1 POST /v1/apps/{appId}/appusers": [201, { userId: "bob" }],
  "v1 GET /v1/apps/{appId}/appusers/{userId}": [200],
  "v1 POST /v1/appusers": [201, { userId: "bob" }],
  "v1 GET /v1/appusers/{userId}": [200],
  "v1 POST /v1/apps/{appId}/appusers/{userId}/messages": [201, says],
  "v1 GET /v1/apps/{appId}/appusers/{userId}/messages": [200],
  "v1 POST /v1/appusers/{userId}/messages": [201, says],
  "v1 GET /v1/appusers/{userId}/messages": [200],
  "v1 PUT /v1/apps/{appId}/appusers/{userId}": [200, { givenName: "Ann" }],
  "v1 DELETE /v1/apps/{appId}/appusers/{userId}": [200],
  "v1 GET /v1/apps/{appId}/appusers/{userId}/conversation": [200],
  "v1 POST /v1/apps/{appId}/appusers/{userId}/conversation/activity": [200, typing],
  "v1 POST /v1/apps/{appId}/appusers/{userId}/conversation/postback": [200, { actionId: "{actionId}" }],
  "v1 POST /v1/apps/{appId}/appusers/{userId}/conversation/read": [200],
  "v1 DELETE /v1/apps/{appId}/appusers/{userId}/messages": [200],
  "v1 DELETE /v1/apps/{appId}/appusers/{userId}/messages/{messageId}": [200],
  "v1 PUT /v1/appusers/{userId}": [200, { givenName: "Ann" }],
  "v1 DELETE /v1/appusers/{userId}": [200],
  "v1 GET /v1/appusers/{userId}/conversation": [200],
  "v1 POST /v1/appusers/{userId}/conversation/activity": [200, typing],
  "v1 POST /v1/appusers/{userId}/conversation/postback": [200, { actionId: "{actionId}" }],
  "v1 POST /v1/appusers/{userId}/conversation/read": [200],
  "v1 DELETE /v1/appusers/{userId}/messages": [200],
  "v1 DELETE /v1/appusers/{userId}/messages/{messageId}": [200],
  "v2 POST /v2/apps": [201, { displayName: "Shop" }],
  "v2 GET /v2/apps": [200],
  "v2 GET /v2/apps/{appId}": [200],
  "v2 PATCH /v2/apps/{appId}": [200, { displayName: "Store" }],
  "v2 DELETE /v2/apps/{appId}": [200],
  "v2 POST /v2/apps/{appId}/keys": [201, { displayName: "backend" }],
  "v2 GET /v2/apps/{appId}/keys": [200],
  "v2 GET /v2/apps/{appId}/keys/{keyId}": [200],
  "v2 DELETE /v2/apps/{appId}/keys/{keyId}": [200],
  "v2 POST /v2/apps/{appId}/integrations": [201, telegram],
  "v2 GET /v2/apps/{appId}/integrations": [200],
  "v2 GET /v2/apps/{appId}/integrations/{integrationId}": [200],
  "v2 PATCH /v2/apps/{appId}/integrations/{integrationId}": [200, { displayName: "Bot" }],
  "v2 DELETE /v2/apps/{appId}/integrations/{integrationId}": [200],
  "v2 POST /v2/apps/{appId}/integrations/{integrationId}/webhooks": [
    201,
    { target: `${target}/new`, triggers: ["user:merge"] },
  ],
  "v2 GET /v2/apps/{appId}/integrations/{integrationId}/webhooks": [200],
  "v2 GET /v2/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}": [200],
  "v2 PATCH /v2/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}": [
    200,
    { triggers: ["user:merge"] },
  ],
  "v2 DELETE /v2/apps/{appId}/integrations/{integrationId}/webhooks/{webhookId}": [200],
  "v2 POST /v2/apps/{appId}/integrations/{integrationId}/keys": [201, { displayName: "bot" }],
  "v2 GET /v2/apps/{appId}/integrations/{integrationId}/keys": [200],
  "v2 GET /v2/apps/{appId}/integrations/{integrationId}/keys/{keyId}": [200],
  "v2 DELETE /v2/apps/{appId}/integrations/{integrationId}/keys/{keyId}": [200],
  "v2 POST /v2/apps/{appId}/switchboards": [201],
  "v2 GET /v2/apps/{appId}/switchboards": [200],
  "v2 PATCH /v2/apps/{appId}/switchboards/{switchboardId}": [200, { enabled: false }],
  "v2 DELETE /v2/apps/{appId}/switchboards/{switchboardId}": [200],
  "v2 POST /v2/apps/{appId}/switchboards/{switchboardId}/switchboardIntegrations": [
    201,
    { name: "bot", integrationType: "zd:answerBot" },
  ],
  "v2 GET /v2/apps/{appId}/switchboards/{switchboardId}/switchboardIntegrations": [200],
  "v2 PATCH /v2/apps/{appId}/switchboards/{switchboardId}/switchboardIntegrations/{switchboardIntegrationId}":
    [200, { name: "people" }],
  "v2 DELETE /v2/apps/{appId}/switchboards/{switchboardId}/switchboardIntegrations/{switchboardIntegrationId}":
    [200],
  "v2 POST /v2/apps/{appId}/users": [201, { externalId: "bob" }],
  "v2 POST /v2/apps/{appId}/conversations": [
    201,
    { type: "personal", participants: [{ userExternalId: "eve" }] },
  ],
  "v2 POST /v2/apps/{appId}/conversations/{conversationId}/messages": [201, saysV2],
  "v2 GET /v2/apps/{appId}/users/{userId}": [200],
  "v2 PATCH /v2/apps/{appId}/users/{userId}": [200, { profile: { givenName: "Ann" } }],
  "v2 DELETE /v2/apps/{appId}/users/{userId}": [200],
  "v2 GET /v2/apps/{appId}/conversations": [200],
  "v2 GET /v2/apps/{appId}/conversations/{conversationId}": [200],
  "v2 PATCH /v2/apps/{appId}/conversations/{conversationId}": [200, { displayName: "Help" }],
  "v2 DELETE /v2/apps/{appId}/conversations/{conversationId}": [200],
  "v2 GET /v2/apps/{appId}/conversations/{conversationId}/participants": [200],
  "v2 POST /v2/apps/{appId}/conversations/{conversationId}/join": [201, { userExternalId: "eve" }],
  "v2 POST /v2/apps/{appId}/conversations/{conversationId}/leave": [200, { userExternalId: "ann" }],
  "v2 GET /v2/apps/{appId}/conversations/{conversationId}/messages": [200],
  "v2 DELETE /v2/apps/{appId}/conversations/{conversationId}/messages": [200],
  "v2 DELETE /v2/apps/{appId}/conversations/{conversationId}/messages/{messageId}": [200],
  "v2 POST /v2/apps/{appId}/conversations/{conversationId}/activity": [
    200,
    { author: { type: "business" }, type: "typing:start" },
  ],
};
for (const [name, call] of Object.entries(calls)) {
  if (name.startsWith("v1 ")) calls[name.replaceAll("v1", "v1.1")] = call;
}

const routes = apiVersions.flatMap((apiVersion) =>
  byVersion[apiVersion].map((route) => ({ apiVersion, ...route })),
);
const name = ({ apiVersion, method, path }: (typeof routes)[number]) => `${apiVersion} ${method} ${path}`;

/** Creates an app with one object of every kind, and fills their ids into the route's path. */
async function setUp({ apiVersion, path, operation }: (typeof routes)[number]) {
  const bench = new Bench();
  const appId = await bench.createApp();
  const app = `/v2/apps/${appId}`;
  const key = await bench.createKey(appId);
  const spare = await bench.createKey(appId, "spare");
  await bench.call("POST", `${app}/users`, { body: { externalId: "eve" } });
  await bench.call("POST", `${app}/users`, { body: { externalId: "ann" } });
  const { conversation } = await bench.expect(201, "POST", `${app}/conversations`, {
    body: { type: "personal", participants: [{ userExternalId: "ann" }] },
  });
  const group = await bench.expect(201, "POST", `${app}/conversations`, {
    body: { type: "sdkGroup", participants: [{ userExternalId: "ann" }] },
  });
  const isOfGroup = ["joinConversation", "leaveConversation", "deleteConversation"].includes(operation);
  const asked = await bench.expect(201, "POST", `/v1/apps/${appId}/appusers/ann/messages`, {
    body: { role: "appMaker", text: "Well?", actions: [{ type: "postback", text: "Yes", payload: "YES" }] },
  });
  const isLegacy = apiVersion !== "v2";
  const webhook = isLegacy ? await bench.createWebhook(appId, { target }) : undefined;
  const isForCustom = !isLegacy && /webhooks|integrationId}\/keys/.test(path);
  const body = isForCustom ? custom : telegram;
  const { integration } = await bench.expect(201, "POST", `${app}/integrations`, { body });
  const webhookId = webhook?.id ?? integration.webhooks?.[0].id;
  if (apiVersion === "v2" && operation === "createWebhook") {
    const given = `${app}/integrations/${integration.id}/webhooks/${webhookId}`;
    await bench.expect(200, "DELETE", given, { token: key.token });
  }
  const keys = `${app}/integrations/${integration.id}/keys`;
  const integrationKey = path.includes("integrationId}/keys")
    ? (await bench.expect(201, "POST", keys, { body: { displayName: "bot" } })).key
    : undefined;
  const { switchboard, agents } =
    operation === "createSwitchboard" ? {} : await bench.createSwitchboard(appId);
  await bench.expect(200, "PUT", `/v1/apps/${appId}/integrations/${integration.id}/menu`, { body: menu });
  const made = await bench.expect(201, "POST", `/v1/apps/${appId}/templates`, { body: template });
  const serviceAccount = await bench.createServiceAccount("agency");
  const serviceKey = await bench.createServiceAccountKey(serviceAccount);
  const isOfAccount = path.includes("/serviceaccounts");
  const ids: Record<string, string> = {
    appId,
    keyId: integrationKey?.id ?? (isOfAccount ? serviceKey.id : spare.id),
    switchboardId: switchboard?.id,
    switchboardIntegrationId: agents?.id,
    templateId: made.template._id,
    serviceAccountId: serviceAccount,
    integrationId: integration.id,
    webhookId,
    userId: "ann",
    conversationId: isOfGroup ? group.conversation.id : conversation.id,
    messageId: asked.message._id,
    actionId: asked.message.actions[0]._id,
  };
  const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, id) => ids[id] ?? "");
  const isOwn = !path.includes("{appId}") || (path.includes("webhooks") && !isLegacy);
  const needsAccount =
    operation.endsWith("App") || operation === "listApps" || path.includes("/keys") || isOfAccount;
  return {
    bench,
    url: fill(path) + (operation === "listConversations" ? "?filter[userExternalId]=ann" : ""),
    fill,
    token: isOwn && !needsAccount ? key.token : bench.accountToken,
  };
}

describe("every route", () => {
  it("is listed in the table above, and nothing else is", () => {
    expect(Object.keys(calls).sort()).toEqual(routes.map(name).sort());
    expect(new Set(routes.map(name)).size).toBe(routes.length);
  });

  it.each(routes.map((route) => [name(route), route] as const))(
    "%s responds as expected",
    async (key, route) => {
      const [status, body] = calls[key] ?? [0];
      const { bench, url, token, fill } = await setUp(route);
      const given = body && { text: fill(JSON.stringify(body)) };
      const answer = await bench.call(route.method, url, { token, ...given });
      expect([answer.status, answer.headers["x-smooch-emulator"]]).toEqual([status, route.apiVersion]);
      expect(bench.emulator.requests.at(-1)).toMatchObject({ operation: route.operation, status });
      const isMenuOfApp = route.operation === "deleteMenu" && !route.path.includes("{integrationId}");
      if (route.method === "DELETE") expect(answer.body).toEqual(isMenuOfApp ? { menu: { items: [] } } : {});
    },
  );

  it.each(routes.map((route) => [name(route), route] as const))("%s needs credentials", async (_, route) => {
    const { bench, url } = await setUp(route);
    expect(await bench.refusal(route.method, url, { token: null })).toEqual([401, "unauthorized"]);
  });

  const withBody = routes.filter(({ method }) => ["POST", "PUT", "PATCH"].includes(method));
  it.each(withBody.map((route) => [name(route), route] as const))(
    "%s refuses an unknown field",
    async (key, route) => {
      const [, body] = calls[key] ?? [];
      const { bench, url, token } = await setUp(route);
      const before = JSON.stringify(bench.emulator.snapshot());
      const answer = await bench.refusal(route.method, url, { token, body: { ...body, surprise: 1 } });
      expect(answer).toEqual([400, "bad_request"]);
      expect(JSON.stringify(bench.emulator.snapshot())).toBe(before);
    },
  );
});
