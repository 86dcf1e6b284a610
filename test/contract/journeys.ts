import type { ApiVersion } from "../../src/smooch/api-version";
import type { SmoochClient } from "../../src/smooch/client";
import type { NewIntegration } from "../../src/smooch/endpoints/integration";
import { words } from "../support/words";
import { changeOf, mostOf } from "./bodies";
import { newCustom, newWebhook } from "./hand";
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

/** Sends a request without the client, and returns the response's body. */
export type Call = (method: string, path: string, body?: unknown, authorization?: string) => Promise<unknown>;

/**
 * Sends the v2 requests that the emulator supports and the client never sends. `app` is the authorization with the
 * app's own key.
 */
export async function playBesideClient(call: Call, appPath: string, app: string): Promise<void> {
  const path = `${appPath}/integrations/${idOf(await call("POST", `${appPath}/integrations`, newCustom))}/webhooks`;
  const [webhook] = listIn(await call("GET", path, undefined, app));
  await call("GET", `${path}/${webhook?.id}`, undefined, app);
  await call("PATCH", `${path}/${webhook?.id}`, { includeFullSource: true }, app);
  await call("DELETE", `${path}/${webhook?.id}`, undefined, app);
  await call("POST", path, newWebhook, app);

  const user = await call("POST", `${appPath}/users`, { externalId: "ann", profile: { givenName: "Ann" } });
  const conversation = await call("POST", `${appPath}/conversations`, {
    type: "personal",
    participants: [{ userId: idOf(user) }],
  });
  const messages = `${appPath}/conversations/${idOf(conversation)}/messages`;
  const content = { type: "text", text: "Hi" };
  await call("POST", messages, { author: { type: "business" }, content });
  await call("POST", messages, { author: { type: "user", userExternalId: "ann" }, content });
}

/** The id of the only object in a response's envelope. */
export function idOf(body: unknown): string {
  const [object] = isNode(body) ? nodesIn(Object.values(body)) : [];
  return String(object?.id);
}

function listIn(body: unknown) {
  return isNode(body) ? nodesIn(Object.values(body)[0]) : [];
}
