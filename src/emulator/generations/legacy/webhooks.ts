import { z } from "zod";
import type { Access, AppCall } from "../../access";
import { withApp, withImpliedApp } from "../../access";
import { notFound } from "../../errors";
import { httpUrl, triggerList } from "../../fields";
import { parseBody } from "../../input";
import type { App } from "../../objects/app";
import { deleteIntegration, getIntegration } from "../../objects/integration";
import type { Webhook } from "../../objects/webhook";
import { createWebhook, getWebhook, isSeenBy, updateWebhook } from "../../objects/webhook";
import type { Answer, Route } from "../../route";
import { triggers } from "../../triggers";
import type { Version } from "../../version";
import type { Dialect } from "./dialect";

interface WebhookWire {
  readonly _id: string;
  readonly version?: string;
  readonly target: string;
  readonly triggers: readonly string[];
  readonly secret: string;
  readonly includeClient?: boolean;
  readonly includeFullAppUser?: boolean;
}

interface Flags {
  readonly includeClient?: boolean | undefined;
  readonly includeFullAppUser?: boolean | undefined;
}

interface NewWebhookWire extends Flags {
  readonly target: string;
  readonly triggers: string[];
}

interface WebhookChangeWire extends Flags {
  readonly target?: string | undefined;
  readonly triggers?: string[] | undefined;
}

export function webhookRoutes({ version, hasWebhookFlags }: Dialect): Route[] {
  function wireFor(vocabulary: Version) {
    const wire = z.strictObject({
      target: httpUrl,
      triggers: triggerList(triggers[vocabulary]),
      includeClient: z.boolean().optional(),
      includeFullAppUser: z.boolean().optional(),
    });
    return hasWebhookFlags ? wire : wire.omit({ includeClient: true, includeFullAppUser: true });
  }
  // legacy.md 4.2
  const createWire: z.ZodType<NewWebhookWire> = wireFor(version).extend({
    // Clients of 2017 sent one trigger bare, and `trigger` beside it.
    triggers: z.preprocess(listed, triggerList(triggers[version]).default(["message"])),
  });

  async function create({ context, app, request }: AppCall): Promise<Answer> {
    const given = parseBody(createWire, request, ["trigger"]);
    const { webhook, created } = await createWebhook(context, app, {
      version,
      target: given.target,
      triggers: given.triggers,
      ...readFlags(given),
    });
    return { status: created ? 201 : 200, body: { webhook: writeWebhook(webhook) } };
  }

  function list({ app }: AppCall): Answer {
    const seen = [...app.webhooks.values()].filter((webhook) => isSeenBy(version, webhook));
    return { status: 200, body: { webhooks: seen.map(writeWebhook) } };
  }

  function get({ app, params }: AppCall): Answer {
    return { status: 200, body: { webhook: writeWebhook(find(app, params("webhookId"))) } };
  }

  async function update({ context, app, params, request }: AppCall): Promise<Answer> {
    const webhook = find(app, params("webhookId"));
    // What it may listen to was settled when it was made.
    const changeWire: z.ZodType<WebhookChangeWire> = wireFor(webhook.version).partial();
    const change = parseBody(changeWire, request);
    const { target, triggers: wanted } = change;
    await updateWebhook(context, app, webhook, { target, triggers: wanted, ...readFlags(change) });
    return { status: 200, body: { webhook: writeWebhook(webhook) } };
  }

  // legacy.md 4.1 shows no body; `{}` is what the other deletes answer. The integration was made with the webhook.
  function remove({ context, app, params }: AppCall): Answer {
    const { integrationId } = find(app, params("webhookId"));
    deleteIntegration(context, app, getIntegration(app, integrationId));
    return { status: 200, body: {} };
  }

  function find(app: App, webhookId: string): Webhook {
    const webhook = getWebhook(app, webhookId);
    if (!isSeenBy(version, webhook)) throw notFound("The app has no webhook with this id.");
    return webhook;
  }

  function writeWebhook(webhook: Webhook): WebhookWire {
    const { id, target, triggers, secret, includeFullSource, includeFullUser } = webhook;
    if (!hasWebhookFlags) return { _id: id, target, triggers, secret };
    const flags = { includeClient: includeFullSource, includeFullAppUser: includeFullUser };
    return { _id: id, version: webhook.version, target, triggers, secret, ...flags };
  }

  function routesUnder(webhooks: string, allow: Access): Route[] {
    const path = `${webhooks}/{webhookId}`;
    return [
      { operation: "createWebhook", method: "POST", path: webhooks, query: [], answer: allow(create) },
      { operation: "listWebhooks", method: "GET", path: webhooks, query: [], answer: allow(list) },
      { operation: "getWebhook", method: "GET", path, query: [], answer: allow(get) },
      { operation: "updateWebhook", method: "PUT", path, query: [], answer: allow(update) },
      { operation: "deleteWebhook", method: "DELETE", path, query: [], answer: allow(remove) },
    ];
  }

  return [
    ...routesUnder(`/${version}/apps/{appId}/webhooks`, withApp),
    ...routesUnder(`/${version}/webhooks`, withImpliedApp),
  ];
}

function listed(triggers: unknown): unknown {
  return typeof triggers === "string" ? [triggers] : triggers;
}

// v2.md 10.4
function readFlags({ includeClient, includeFullAppUser }: Flags) {
  return { includeFullSource: includeClient, includeFullUser: includeFullAppUser };
}
