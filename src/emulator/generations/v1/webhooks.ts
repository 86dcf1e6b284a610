import { z } from "zod";
import type { AppCall } from "../../access";
import { withApp, withImpliedApp } from "../../access";
import { parseBody } from "../../input";
import type { Webhook } from "../../objects/webhook";
import { createWebhook, deleteWebhook, getWebhook, updateWebhook } from "../../objects/webhook";
import type { Answer, Route } from "../../route";

export const webhookRoutes: readonly Route[] = [
  ...routesUnder("/v1/apps/{appId}/webhooks", withApp),
  ...routesUnder("/v1/webhooks", withImpliedApp),
];

function routesUnder(webhooks: string, allow: typeof withApp): Route[] {
  const path = `${webhooks}/{webhookId}`;
  return [
    { operation: "createWebhook", method: "POST", path: webhooks, query: [], answer: allow(create) },
    { operation: "listWebhooks", method: "GET", path: webhooks, query: [], answer: allow(list) },
    { operation: "getWebhook", method: "GET", path, query: [], answer: allow(get) },
    { operation: "updateWebhook", method: "PUT", path, query: [], answer: allow(update) },
    { operation: "deleteWebhook", method: "DELETE", path, query: [], answer: allow(remove) },
  ];
}

// The v1 column of legacy.md 4.4.
const triggers = [
  "message",
  "*",
  "message:appUser",
  "message:appMaker",
  "conversation:start",
  "conversation:read",
  "conversation:referral",
  "postback",
  "merge:appUser",
  "delivery:success",
  "delivery:failure",
  "payment:success",
  "link:success",
  "link:failure",
  "link:match",
];

const triggersWire = z
  .array(z.enum(triggers, { error: `must be one of ${triggers.join(", ")}` }))
  .min(1, { error: "must name at least one trigger" });
const targetWire = z.string().refine(isHttpUrl, { error: "must be an http:// or https:// URL" });

const createWire = z.strictObject({ target: targetWire, triggers: triggersWire.default(["message"]) });
const changeWire = z.strictObject({ target: targetWire.optional(), triggers: triggersWire.optional() });

interface WebhookWire {
  readonly _id: string;
  readonly target: string;
  readonly triggers: readonly string[];
  readonly secret: string;
}

async function create({ context, app, request }: AppCall): Promise<Answer> {
  const given = parseBody(createWire, request);
  const { webhook, created } = await createWebhook(context, app, { ...given, version: "v1" });
  return { status: created ? 201 : 200, body: { webhook: writeWebhook(webhook) } };
}

function list({ app }: AppCall): Answer {
  return { status: 200, body: { webhooks: [...app.webhooks.values()].map(writeWebhook) } };
}

function get({ app, params }: AppCall): Answer {
  return { status: 200, body: { webhook: writeWebhook(getWebhook(app, params("webhookId"))) } };
}

async function update({ context, app, params, request }: AppCall): Promise<Answer> {
  const webhook = await updateWebhook(context, app, params("webhookId"), parseBody(changeWire, request));
  return { status: 200, body: { webhook: writeWebhook(webhook) } };
}

// legacy.md 4.1 shows no body; `{}` is what the other deletes answer.
function remove({ context, app, params }: AppCall): Answer {
  deleteWebhook(context, app, params("webhookId"));
  return { status: 200, body: {} };
}

function writeWebhook({ id, target, triggers, secret }: Webhook): WebhookWire {
  return { _id: id, target, triggers, secret };
}

function isHttpUrl(value: string): boolean {
  return /^https?:\/\//.test(value) && URL.canParse(value);
}
