import { z } from "zod";
import type { AppCall } from "../../access";
import { withAppOnly } from "../../access";
import { notFound } from "../../errors";
import { httpUrl, triggerList } from "../../fields";
import { parseBody } from "../../input";
import { getIntegration, webhooksOf } from "../../objects/integration";
import type { Webhook } from "../../objects/webhook";
import { addWebhook, deleteWebhook, updateWebhook } from "../../objects/webhook";
import type { Answer, Route } from "../../route";
import { triggers } from "../../triggers";

const webhooks = "/v2/apps/{appId}/integrations/{integrationId}/webhooks";
const path = `${webhooks}/{webhookId}`;

// v2.md 1.3: of all that concerns an app, these alone are closed to the account's keys.
export const webhookRoutes: readonly Route[] = [
  { operation: "createWebhook", method: "POST", path: webhooks, query: [], answer: withAppOnly(create) },
  {
    operation: "listWebhooks",
    method: "GET",
    path: webhooks,
    query: ["page[size]"],
    answer: withAppOnly(list),
  },
  { operation: "getWebhook", method: "GET", path, query: [], answer: withAppOnly(get) },
  { operation: "updateWebhook", method: "PATCH", path, query: [], answer: withAppOnly(update) },
  { operation: "deleteWebhook", method: "DELETE", path, query: [], answer: withAppOnly(remove) },
];

const flags = { includeFullUser: z.boolean().optional(), includeFullSource: z.boolean().optional() };

/** v2.md 5.2: there is no default trigger. */
export const newWebhookWire = z.strictObject({
  target: httpUrl,
  triggers: triggerList(triggers.v2),
  ...flags,
});

export type WebhookWire = Omit<Webhook, "integrationId" | "updating">;

async function create({ context, app, params, request }: AppCall): Promise<Answer> {
  const given = parseBody(newWebhookWire, request);
  const webhook = await addWebhook(context, app, params("integrationId"), { ...given, version: "v2" });
  return { status: 201, body: { webhook: writeWebhook(webhook) } };
}

function list({ app, params }: AppCall): Answer {
  const { id } = getIntegration(app, params("integrationId"));
  return { status: 200, body: { webhooks: webhooksOf(app, id).map(writeWebhook) } };
}

function get(call: AppCall): Answer {
  return { status: 200, body: { webhook: writeWebhook(find(call)) } };
}

async function update(call: AppCall): Promise<Answer> {
  const webhook = find(call);
  // What it may listen to was settled when it was made (v2.md 10.4).
  const known = triggers[webhook.version];
  const changeWire = z
    .strictObject({ target: httpUrl, triggers: triggerList(known), ...flags })
    .partial({ target: true, triggers: true });
  await updateWebhook(call.context, call.app, webhook, parseBody(changeWire, call.request));
  return { status: 200, body: { webhook: writeWebhook(webhook) } };
}

function remove(call: AppCall): Answer {
  deleteWebhook(call.context, call.app, find(call));
  return { status: 200, body: {} };
}

function find({ app, params }: AppCall): Webhook {
  const { id } = getIntegration(app, params("integrationId"));
  const webhook = webhooksOf(app, id).find((each) => each.id === params("webhookId"));
  if (webhook === undefined) throw notFound("The integration has no webhook with this id.");
  return webhook;
}

export function writeWebhook({ integrationId: _, updating: __, ...webhook }: Webhook): WebhookWire {
  return webhook;
}
