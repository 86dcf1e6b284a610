import type { Context } from "../context";
import { appNotFound, badRequest, conflict, notFound } from "../errors";
import { requireAnswer } from "../target";
import type { App } from "./app";

export interface Webhook {
  readonly id: string;
  readonly secret: string;
  /** The generation whose path created the webhook: it fixes the shape of what is delivered (legacy.md 4.2). */
  readonly version: "v1";
  target: string;
  triggers: readonly string[];
  /** True while an update still waits for its target check. */
  updating: boolean;
}

export interface WebhookChange {
  readonly target?: string | undefined;
  readonly triggers?: readonly string[] | undefined;
}

// legacy.md 4.5
const maxWebhooksPerApp = 10;

export async function createWebhook(
  context: Context,
  app: App,
  given: Pick<Webhook, "target" | "triggers" | "version">,
): Promise<{ webhook: Webhook; created: boolean }> {
  await requireAnswer(context, given.target);
  // Everything is decided after the wait, so that creates which waited together cannot pass a limit together.
  if (context.store.apps.get(app.id) !== app) throw appNotFound();
  const twin = findTwin(app, given.target);
  if (twin !== undefined && context.rules.duplicateTargets === "alias")
    return { webhook: twin, created: false };
  if (twin !== undefined) refuseTwin(context);
  if (app.webhooks.size >= maxWebhooksPerApp) {
    throw badRequest(
      `The app already has ${maxWebhooksPerApp} webhooks, the most an app may have. Delete one first.`,
    );
  }
  const webhook: Webhook = {
    id: context.identifiers.objectId(),
    secret: context.identifiers.secret(),
    updating: false,
    ...given,
  };
  context.history.beforeWrite(app);
  app.webhooks.set(webhook.id, webhook);
  return { webhook, created: true };
}

export function getWebhook(app: App, webhookId: string): Webhook {
  const webhook = app.webhooks.get(webhookId);
  if (webhook === undefined) throw notFound("The app has no webhook with this id.");
  return webhook;
}

export async function updateWebhook(
  context: Context,
  app: App,
  webhookId: string,
  change: WebhookChange,
): Promise<Webhook> {
  const webhook = getWebhook(app, webhookId);
  // legacy.md 7.2: concurrent updates of one resource are the documented reason of 409.
  if (webhook.updating) throw conflict("Another update of this webhook is still under way. Try again.");
  webhook.updating = true;
  try {
    if (change.target !== undefined && change.target !== webhook.target) {
      await requireAnswer(context, change.target);
      if (context.store.apps.get(app.id) !== app) throw appNotFound();
      getWebhook(app, webhookId);
      if (findTwin(app, change.target) !== undefined) refuseTwin(context);
    }
    context.history.beforeWrite(app);
    webhook.target = change.target ?? webhook.target;
    webhook.triggers = change.triggers ?? webhook.triggers;
    return webhook;
  } finally {
    webhook.updating = false;
  }
}

export function deleteWebhook({ history }: Context, app: App, webhookId: string): void {
  const { id } = getWebhook(app, webhookId);
  history.beforeWrite(app);
  app.webhooks.delete(id);
}

function findTwin(app: App, target: string): Webhook | undefined {
  return [...app.webhooks.values()].find((webhook) => webhook.target === target);
}

function refuseTwin({ rules }: Context): void {
  if (rules.duplicateTargets === "allow") return;
  throw conflict("The app already has a webhook with this target. Change that one, or delete it first.");
}
