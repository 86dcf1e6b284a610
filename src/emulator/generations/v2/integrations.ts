import { z } from "zod";
import type { AppCall } from "../../access";
import { withApp } from "../../access";
import type { Channel } from "../../channel";
import { parseChange, parseCreation, typeReader, writeFields } from "../../channel";
import { shortText } from "../../fields";
import { parseBody, parseQuery } from "../../input";
import type { App } from "../../objects/app";
import type { Fields, Integration } from "../../objects/integration";
import {
  createIntegration,
  deleteIntegration,
  getIntegration,
  updateIntegration,
  webhooksOf,
} from "../../objects/integration";
import { createWebhook } from "../../objects/webhook";
import type { Answer, Route } from "../../route";
import { channels } from "./channels";
import { cutPage, pageQuery } from "./page";
import { newWebhookWire, writeWebhook } from "./webhooks";

const integrations = "/v2/apps/{appId}/integrations";
const path = `${integrations}/{integrationId}`;
const query = [...pageQuery, "filter[types]"];

export const integrationRoutes: readonly Route[] = [
  { operation: "createIntegration", method: "POST", path: integrations, query: [], answer: withApp(create) },
  { operation: "listIntegrations", method: "GET", path: integrations, query, answer: withApp(list) },
  { operation: "getIntegration", method: "GET", path, query: [], answer: withApp(get) },
  { operation: "updateIntegration", method: "PATCH", path, query: [], answer: withApp(update) },
  { operation: "deleteIntegration", method: "DELETE", path, query: [], answer: withApp(remove) },
];

const readType = typeReader([...Object.keys(channels), "custom"]);
const displayName = shortText.nullable();
const givenName = displayName.optional();
const nameField: Channel["fields"] = { displayName: { wire: displayName, sent: "always", shown: "never" } };

/** v2.md 4.1: what all types have but `custom`, and those that v2 cannot make. */
const commonFields: Channel["fields"] = {
  ...nameField,
  // The emulator has no switchboards, so it takes any id here.
  defaultResponderId: { wire: z.string().min(1).nullable(), sent: "always", shown: "never" },
  showAIDisclaimer: { wire: z.boolean(), sent: "always", fallback: true },
};

/** Of a custom integration nothing but its name can be changed. */
const custom: Channel = { fields: {} };
const customWire = z.strictObject({
  type: z.string(),
  displayName: displayName.optional(),
  webhooks: z.array(newWebhookWire).length(1, { error: "must hold exactly one webhook" }),
});
const filterWire = z.object({ "filter[types]": z.string().optional() });

function create(call: AppCall): Answer | Promise<Answer> {
  const type = readType(call.request);
  const channel = channels[type];
  if (channel === undefined) return createCustom(call);
  const { context, app, request } = call;
  const given = splitName(parseCreation(request, channel, commonFields));
  const integration = createIntegration(context, app, { type, ...given });
  return { status: 201, body: { integration: writeIntegration(app, integration, { created: true }) } };
}

// v2.md 5.1
async function createCustom({ context, app, request }: AppCall): Promise<Answer> {
  const { displayName, webhooks } = parseBody(customWire, request);
  const [given] = webhooks;
  if (given === undefined) throw new Error("The schema lets no empty list through.");
  const { webhook, created } = await createWebhook(context, app, { ...given, version: "v2" }, displayName);
  const integration = getIntegration(app, webhook.integrationId);
  const body = { integration: writeIntegration(app, integration, { created }) };
  return { status: created ? 201 : 200, body };
}

function list({ app, request }: AppCall): Answer {
  const wanted = parseQuery(filterWire, request)["filter[types]"]?.split(",");
  const all = [...app.integrations.values()].filter(({ type }) => wanted?.includes(type) !== false);
  const { items, ...rest } = cutPage(all, request);
  const written = items.map((each) => writeIntegration(app, each, { created: false }));
  return { status: 200, body: { integrations: written, ...rest } };
}

function get({ app, params }: AppCall): Answer {
  const integration = getIntegration(app, params("integrationId"));
  return { status: 200, body: { integration: writeIntegration(app, integration, { created: false }) } };
}

function update({ context, app, params, request }: AppCall): Answer {
  const integration = getIntegration(app, params("integrationId"));
  const channel = channels[integration.type];
  const fields = parseChange(request, channel ?? custom, channel ? commonFields : nameField);
  updateIntegration(context, app, integration, splitName(fields));
  return { status: 200, body: { integration: writeIntegration(app, integration, { created: false }) } };
}

function remove({ context, app, params }: AppCall): Answer {
  deleteIntegration(context, app, getIntegration(app, params("integrationId")));
  return { status: 200, body: {} };
}

function splitName({ displayName: given, ...fields }: Fields) {
  return { displayName: givenName.parse(given), fields };
}

/** Undefined where the integration inherits the switchboard's own: the emulator has none. */
function responderOf({ defaultResponderId: id }: Fields) {
  return typeof id === "string" ? { integrationId: id, inherited: false } : undefined;
}

function writeIntegration(app: App, integration: Integration, when: { created: boolean }) {
  const { id, type, displayName } = integration;
  const channel = channels[type];
  return {
    id,
    type,
    status: "active",
    displayName,
    ...(channel && writeFields(integration, { ...commonFields, ...channel.fields }, when)),
    ...(channel && { defaultResponder: responderOf(integration.fields) }),
    // Empty once its one webhook was deleted by itself.
    ...(type === "custom" && { webhooks: webhooksOf(app, id).map(writeWebhook) }),
  };
}
