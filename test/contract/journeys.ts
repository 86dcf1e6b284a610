import type { ApiVersion } from "../../src/smooch/api-version";
import type { SmoochClient } from "../../src/smooch/client";
import type { NewIntegration } from "../../src/smooch/endpoints/integration";
import { words } from "../support/words";
import { changeOf, mostOf } from "./bodies";
import { basic, newCustom, newWebhook } from "./hand";
import { isNode, nodesIn } from "./tree";

/** Calls every method of the client, on an app that it creates first and deletes at the end. */
export async function playClient(client: SmoochClient, version: ApiVersion): Promise<void> {
  const app = await client.apps.create({ name: "Shop" });
  await client.apps.list();
  await client.apps.probe();
  await client.apps.get(app.id);
  await client.apps.update(app.id, {
    name: "Store",
    settings: { useAnimalNames: true },
    metadata: { a: "b" },
  });
  const key = await client.keys.create(app.id, { name: "backend" });
  await client.keys.list(app.id);
  await client.keys.get(app.id, key.id);
  await client.keys.getJwt(app.id, key.id);
  await client.keys.isRefused(app.id, { keyId: key.id, secret: String(key.secret) });
  await playWebhook(client, app.id, version);
  const [body, change] =
    version === "v2"
      ? [mostOf("web"), changeOf("web")]
      : [{ type: "web" }, { type: "web", brandColor: "ff0000" }];
  await playIntegration(client, app.id, body, change);
  if (version === "v2") await playBot(client, app.id);
  else {
    const web = await client.integrations.create(app.id, { type: "web" });
    await playMenu(client, { appId: app.id });
    await playMenu(client, { appId: app.id, integrationId: web.id });
    await playTemplate(client, app.id);
    await playServiceAccount(client);
  }
  await client.keys.delete(app.id, key.id);
  await client.apps.delete(app.id);
}

export async function playWebhook(client: SmoochClient, appId: string, version: ApiVersion): Promise<void> {
  const { fromUser: one, postback: other } = words[version];
  const flags = version === "v1" ? {} : { includeFullUser: true, includeClient: true };
  const name = (displayName: string) => (version === "v2" ? { displayName } : {});
  const { id } = await client.webhooks.create(appId, {
    target: newWebhook.target,
    triggers: [one],
    ...name("bot"),
  });
  await client.webhooks.list(appId);
  await client.webhooks.get(appId, id);
  await client.webhooks.update(appId, id, {
    target: "https://example.com/other",
    triggers: [other],
    ...flags,
    ...name("robot"),
  });
  // In v2, an empty name removes the name.
  if (version === "v2") await client.webhooks.update(appId, id, name(""));
  await client.webhooks.delete(appId, id);
}

export async function playIntegration(
  client: SmoochClient,
  appId: string,
  body: NewIntegration,
  change: NewIntegration,
): Promise<void> {
  const { id } = await client.integrations.create(appId, body);
  await client.integrations.get(appId, id);
  await client.integrations.update(appId, id, change);
  await client.integrations.list(appId);
  await client.integrations.delete(appId, id);
}

/** A custom integration with a key, in a switchboard. */
export async function playBot(client: SmoochClient, appId: string): Promise<void> {
  const { id: integrationId } = await client.integrations.create(appId, newBot);
  await playIntegrationKey(client, { appId, integrationId });
  await playHandover(client, appId, integrationId);
}

async function playIntegrationKey(
  { integrationKeys }: SmoochClient,
  address: { appId: string; integrationId: string },
): Promise<void> {
  const { id, secret } = await integrationKeys.create(address, { name: "bot" });
  await integrationKeys.list(address);
  await integrationKeys.get(address, id);
  await integrationKeys.isRefused(address, { keyId: id, secret: String(secret) });
  await integrationKeys.delete(address, id);
}

/** A switchboard with a circle of two integrations, and a third one beside them. */
async function playHandover(
  { switchboards, switchboardIntegrations }: SmoochClient,
  appId: string,
  integrationId: string,
): Promise<void> {
  const { id: switchboardId } = await switchboards.create(appId);
  await switchboards.list(appId);
  await switchboards.get(appId, switchboardId);
  const integrations = {
    bot: { integrationId, next: "agents", deliverStandbyEvents: false },
    agents: { integrationType: "zd:agentWorkspace", next: "bot", messageHistoryCount: 5 },
  };
  await switchboards.update(appId, switchboardId, { enabled: true, defaultIntegration: "bot", integrations });
  const address = { appId, switchboardId };
  const { id } = await switchboardIntegrations.create(address, { name: "second-bot", integrationId });
  await switchboardIntegrations.list(address);
  await switchboardIntegrations.get(address, id);
  await switchboardIntegrations.update(address, id, { messageHistoryCount: 1 });
  await switchboardIntegrations.update(address, id, { messageHistoryCount: 0 });
  await switchboardIntegrations.delete(address, id);
  await switchboards.delete(appId, switchboardId);
}

async function playMenu(
  { menus }: SmoochClient,
  address: { appId: string; integrationId?: string },
): Promise<void> {
  const link = { type: "link", text: "Offers", uri: "https://example.com/offers" };
  const items = [
    link,
    { type: "submenu", text: "Help", items: [{ type: "postback", text: "Talk", payload: "TALK" }] },
  ];
  await menus.put(address, { items, inputEnabled: false });
  await menus.get(address);
  await menus.list(address);
  await menus.delete(address);
}

async function playTemplate({ templates }: SmoochClient, appId: string): Promise<void> {
  const message = { role: "appMaker", type: "text", text: "Hello" };
  const { id } = await templates.create(appId, { name: "welcome", message });
  await templates.list(appId);
  await templates.get(appId, id);
  await templates.update(appId, id, { name: "hello", message: { ...message, text: "Hi" } });
  await templates.delete(appId, id);
}

async function playServiceAccount({ serviceAccounts, serviceAccountKeys }: SmoochClient): Promise<void> {
  const { id: serviceAccountId } = await serviceAccounts.create({}, { name: "partner" });
  await serviceAccounts.list({});
  await serviceAccounts.get({}, serviceAccountId);
  await serviceAccounts.update({}, serviceAccountId, { name: "other partner" });
  const address = { serviceAccountId };
  const { id, secret } = await serviceAccountKeys.create(address, { name: "backend" });
  await serviceAccountKeys.list(address);
  await serviceAccountKeys.get(address, id);
  await serviceAccountKeys.isRefused({ keyId: id, secret: String(secret) });
  await serviceAccountKeys.delete(address, id);
  await serviceAccounts.delete({}, serviceAccountId);
}

const newBot = { type: "custom", webhooks: [{ ...newWebhook, target: "https://example.com/bot" }] };

/** Sends a request without the client, and returns the response's body. */
export type Call = (method: string, path: string, body?: unknown, authorization?: string) => Promise<unknown>;

/**
 * Sends v2 requests without the client, among them all that it never sends. `app` is the authorization with the
 * app's own key.
 */
export async function playBesideClient(call: Call, appPath: string, app: string): Promise<void> {
  const path = `${appPath}/integrations/${idOf(await call("POST", `${appPath}/integrations`, newCustom))}/webhooks`;
  const [webhook] = listIn(await call("GET", path, undefined, app));
  await call("GET", `${path}/${webhook?.id}`, undefined, app);
  await call("PATCH", `${path}/${webhook?.id}`, { includeFullSource: true }, app);
  await call("DELETE", `${path}/${webhook?.id}`, undefined, app);
  await call("POST", path, newWebhook, app);

  await playSwitchboard(call, appPath, idOf(await call("POST", `${appPath}/integrations`, newBot)));

  const user = await call("POST", `${appPath}/users`, { externalId: "ann", profile: { givenName: "Ann" } });
  const conversation = await call("POST", `${appPath}/conversations`, {
    type: "personal",
    participants: [{ userId: idOf(user) }],
  });
  await playConversation(call, appPath, idOf(user), `${appPath}/conversations/${idOf(conversation)}`);
}

/** Messages of all types, and everything else that can be done with a conversation and its user. */
async function playConversation(call: Call, appPath: string, userId: string, path: string): Promise<void> {
  const [business, user] = [{ type: "business" }, { type: "user", userExternalId: "ann" }];
  const messages = `${path}/messages`;
  for (const content of contents) await call("POST", messages, { author: business, content });
  const said = await call("POST", messages, { author: user, content: { type: "text", text: "Hi" } });
  await call("GET", messages);
  await call("DELETE", `${messages}/${listIn(said)[0]?.id}`);
  await call("DELETE", messages);
  for (const type of ["typing:start", "typing:stop", "conversation:read"])
    await call("POST", `${path}/activity`, { author: business, type });
  await call("POST", `${path}/activity`, { author: user, type: "conversation:read" });
  await call("GET", path);
  await call("PATCH", path, { displayName: "Order 7", metadata: { order: 7 } });
  await call("GET", `${path}/participants`);
  await call("GET", `${appPath}/conversations?filter[userExternalId]=ann`);

  const group = `${appPath}/conversations/${idOf(await call("POST", `${appPath}/conversations`, { type: "sdkGroup" }))}`;
  await call("POST", `${group}/join`, { userId });
  await call("POST", `${group}/leave`, { userId });
  await call("DELETE", group);

  const users = `${appPath}/users/ann`;
  await call("GET", users);
  await call("PATCH", users, { profile: { surname: "Lee" }, metadata: { vip: true } });
  await call("DELETE", users);
}

const mediaUrl = "https://shop.example/tea.png";
const link = { type: "link", text: "Shop", uri: "https://shop.example" };
const postback = { type: "postback", text: "Yes", payload: "YES" };
const reply = { type: "reply", text: "Tea", payload: "TEA" };
const buy = { type: "buy", text: "Buy", amount: 999, currency: "usd" };
const webview = { ...link, type: "webview", fallback: "https://shop.example/plain" };
const items = [{ title: "Tea", description: "Green", mediaUrl, actions: [postback, link] }];
const options = [{ name: "s", label: "Small" }];
const contents = [
  { type: "text", text: "Well?", actions: [reply, { type: "locationRequest", text: "Where?" }] },
  { type: "image", mediaUrl, altText: "Tea", actions: [buy, webview] },
  { type: "file", mediaUrl: "https://shop.example/menu.pdf" },
  { type: "location", coordinates: { lat: 45.5, long: -73.5 }, location: { name: "Shop" } },
  { type: "carousel", items, displaySettings: { imageAspectRatio: "square" } },
  { type: "list", items, actions: [postback] },
  { type: "form", fields: [{ type: "select", name: "size", label: "Size", options }] },
  { type: "template", template: { namespace: "shop", name: "hello" } },
];

/** Manages a switchboard, and a key of the custom integration with this id, which then signs calls itself. */
async function playSwitchboard(call: Call, appPath: string, integrationId: string): Promise<void> {
  const switchboards = `${appPath}/switchboards`;
  const switchboard = `${switchboards}/${idOf(await call("POST", switchboards))}`;
  await call("GET", switchboards);
  const path = `${switchboard}/switchboardIntegrations`;
  const agents = idOf(await call("POST", path, { name: "agents", integrationType: "zd:agentWorkspace" }));
  const given = { deliverStandbyEvents: false, messageHistoryCount: 5, nextSwitchboardIntegrationId: agents };
  const bot = idOf(await call("POST", path, { name: "bot", integrationId, ...given }));
  const cleared = { nextSwitchboardIntegrationId: null, messageHistoryCount: null };
  await call("PATCH", switchboard, { enabled: true, defaultSwitchboardIntegrationId: bot });
  const channel = await call("POST", `${appPath}/integrations`, {
    type: "unity",
    defaultResponderId: agents,
  });
  await call("PATCH", `${appPath}/integrations/${idOf(channel)}`, { defaultResponderId: null });
  await call("PATCH", `${path}/${bot}`, { name: "robot", ...cleared });
  await call("GET", path);
  await call("DELETE", `${path}/${agents}`);
  await call("DELETE", switchboard);

  const keys = `${appPath}/integrations/${integrationId}/keys`;
  const made = await call("POST", keys, { displayName: "bot" });
  const secret = isNode(made) && isNode(made.key) ? String(made.key.secret) : "";
  const key = `${keys}/${idOf(made)}`;
  const itself = basic(idOf(made), secret);
  await call("GET", keys);
  await call("GET", key);
  await call("GET", `${appPath}/integrations/${integrationId}/webhooks`, undefined, itself);
  await call("GET", `${appPath}/integrations/me/webhooks`, undefined, itself);
  await call("POST", `${appPath}/users`, { externalId: "bob" }, itself);
  await call("DELETE", key);
}

/** The id of the only object in a response's envelope. */
export function idOf(body: unknown): string {
  const [object] = isNode(body) ? nodesIn(Object.values(body)) : [];
  return String(object?.id);
}

function listIn(body: unknown) {
  return isNode(body) ? nodesIn(Object.values(body)[0]) : [];
}
