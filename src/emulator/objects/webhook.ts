import type { Context } from "../context";
import { appNotFound, badRequest, conflict, notFound } from "../errors";
import { requireAnswer } from "../target";
import type { Version } from "../version";
import type { App } from "./app";
import type { Integration } from "./integration";
import { getIntegration, newIntegration } from "./integration";

export interface Webhook {
  readonly id: string;
  readonly secret: string;
  /** The generation whose path created the webhook: it fixes the shape of what is delivered (legacy.md 4.2). */
  readonly version: Version;
  /** The custom integration that it belongs to. One that an older generation makes gets its own (v2.md 10.4). */
  readonly integrationId: string;
  target: string;
  triggers: readonly string[];
  includeFullUser: boolean;
  includeFullSource: boolean;
  /** True while an update still waits for its target check. */
  updating: boolean;
}

export interface NewWebhook {
  readonly version: Version;
  readonly target: string;
  readonly triggers: readonly string[];
  readonly includeFullUser?: boolean | undefined;
  readonly includeFullSource?: boolean | undefined;
}

export interface WebhookChange {
  readonly target?: string | undefined;
  readonly triggers?: readonly string[] | undefined;
  readonly includeFullUser?: boolean | undefined;
  readonly includeFullSource?: boolean | undefined;
}

// legacy.md 4.5, v2.md 5.2
const maxWebhooksPerApp = 10;

/** Creates a webhook together with the custom integration that it belongs to. */
export async function createWebhook(
  context: Context,
  app: App,
  given: NewWebhook,
  displayName?: Integration["displayName"],
): Promise<{ webhook: Webhook; created: boolean }> {
  await requireAnswer(context, given.target);
  // Everything is decided after the wait, so that creates which waited together cannot pass a limit together.
  requireExisting(context, app);
  const twin = findTwin(app, given.target);
  if (twin !== undefined && context.profile.duplicateTargets === "alias" && isSeenBy(given.version, twin))
    return { webhook: twin, created: false };
  if (twin !== undefined) refuseTwin(context);
  requireRoom(app);
  const integration = newIntegration(context, { type: "custom", displayName, fields: {} });
  const webhook = newWebhook(context, integration, given);
  context.history.beforeWrite(app);
  app.integrations.set(integration.id, integration);
  app.webhooks.set(webhook.id, webhook);
  return { webhook, created: true };
}

/** Gives a webhook to a custom integration that has lost its own. */
export async function addWebhook(
  context: Context,
  app: App,
  integrationId: string,
  given: NewWebhook,
): Promise<Webhook> {
  requireVacant(app, integrationId);
  await requireAnswer(context, given.target);
  requireExisting(context, app);
  const integration = requireVacant(app, integrationId);
  if (findTwin(app, given.target) !== undefined) refuseTwin(context);
  requireRoom(app);
  const webhook = newWebhook(context, integration, given);
  context.history.beforeWrite(app);
  app.webhooks.set(webhook.id, webhook);
  return webhook;
}

export function getWebhook(app: App, webhookId: string): Webhook {
  const webhook = app.webhooks.get(webhookId);
  if (webhook === undefined) throw notFound("The app has no webhook with this id.");
  return webhook;
}

/** The older generations know nothing of webhooks that v2 made: decided here, documented nowhere. */
export function isSeenBy(version: Version, webhook: Webhook): boolean {
  return version === "v2" || webhook.version !== "v2";
}

export async function updateWebhook(
  context: Context,
  app: App,
  webhook: Webhook,
  change: WebhookChange,
): Promise<Webhook> {
  // legacy.md 7.2: concurrent updates of one resource are the documented reason of 409.
  if (webhook.updating) throw conflict("Another update of this webhook is still under way. Try again.");
  webhook.updating = true;
  try {
    if (change.target !== undefined && change.target !== webhook.target) {
      await requireAnswer(context, change.target);
      requireExisting(context, app);
      getWebhook(app, webhook.id);
      if (findTwin(app, change.target) !== undefined) refuseTwin(context);
    }
    context.history.beforeWrite(app);
    webhook.target = change.target ?? webhook.target;
    webhook.triggers = change.triggers ?? webhook.triggers;
    webhook.includeFullUser = change.includeFullUser ?? webhook.includeFullUser;
    webhook.includeFullSource = change.includeFullSource ?? webhook.includeFullSource;
    return webhook;
  } finally {
    webhook.updating = false;
  }
}

/** Deletes a webhook and leaves its integration. */
export function deleteWebhook({ history }: Context, app: App, { id }: Webhook): void {
  history.beforeWrite(app);
  app.webhooks.delete(id);
}

function newWebhook({ identifiers }: Context, { id }: Integration, given: NewWebhook): Webhook {
  return {
    id: identifiers.objectId(),
    secret: identifiers.secret(),
    version: given.version,
    integrationId: id,
    target: given.target,
    triggers: given.triggers,
    includeFullUser: given.includeFullUser ?? false,
    includeFullSource: given.includeFullSource ?? false,
    updating: false,
  };
}

function requireExisting({ store }: Context, app: App): void {
  if (store.apps.get(app.id) !== app) throw appNotFound();
}

function requireRoom(app: App): void {
  if (app.webhooks.size < maxWebhooksPerApp) return;
  throw badRequest(
    `The app already has ${maxWebhooksPerApp} webhooks, the most an app may have. Delete one first.`,
  );
}

function requireVacant(app: App, integrationId: string): Integration {
  const integration = getIntegration(app, integrationId);
  if (integration.type !== "custom") throw badRequest("Only a custom integration has webhooks.");
  if ([...app.webhooks.values()].some((webhook) => webhook.integrationId === integrationId)) {
    throw badRequest(
      "A custom integration has exactly one webhook, and this one has it already. Change that.",
    );
  }
  return integration;
}

function findTwin(app: App, target: string): Webhook | undefined {
  return [...app.webhooks.values()].find((webhook) => webhook.target === target);
}

function refuseTwin({ profile }: Context): void {
  if (profile.duplicateTargets === "allow") return;
  throw conflict("The app already has a webhook with this target. Change that one, or delete it first.");
}
