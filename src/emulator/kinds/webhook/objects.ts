import { z } from "zod";
import { requireExisting } from "../../accounts";
import { type ApiVersion, apiVersions } from "../../api-version";
import { Collection } from "../../children";
import type { Context } from "../../context";
import { badRequest, conflict, notFound } from "../../errors";
import type { Stored } from "../../fields";
import type { App } from "../../model";
import {
  getIntegration,
  type Integration,
  integrationNotFound,
  integrations,
  newIntegration,
} from "../integration/objects";
import { requireAnswer } from "./target";

const savedWebhook = z.object({
  id: z.string(),
  secret: z.string(),
  /** The API version that created the webhook; it determines the payload format. */
  version: z.enum(apiVersions),
  /** The webhook's custom integration. v1 and v1.1 create one with each webhook. */
  integrationId: z.string(),
  target: z.string(),
  triggers: z.array(z.string()),
  includeFullUser: z.boolean(),
  includeFullSource: z.boolean(),
});

export interface Webhook extends Stored<typeof savedWebhook> {}

export const webhooks = new Collection<Webhook>("webhooks", savedWebhook);

interface Flags {
  readonly includeFullUser?: boolean | undefined;
  readonly includeFullSource?: boolean | undefined;
}

export interface NewWebhook extends Flags {
  readonly version: ApiVersion;
  readonly target: string;
  readonly triggers: readonly string[];
}

export interface WebhookChange extends Flags {
  readonly target?: string | undefined;
  readonly triggers?: readonly string[] | undefined;
}

const maxWebhooksPerApp = 10;

/** Creates a webhook together with its custom integration. */
export async function createWebhook(
  context: Context,
  app: App,
  given: NewWebhook,
  displayName?: Integration["displayName"],
): Promise<{ webhook: Webhook; created: boolean }> {
  await requireAnswer(context, given.target);
  // Checked after the wait: otherwise several creates waiting at the same time could exceed a limit together.
  requireExisting(context, app);
  const duplicate = findDuplicate(app, given.target);
  if (
    duplicate !== undefined &&
    context.profile.duplicateTargets === "alias" &&
    isSeenBy(given.version, duplicate)
  ) {
    return { webhook: duplicate, created: false };
  }
  if (duplicate !== undefined) refuseDuplicate(context);
  requireRoom(app);
  const integration = newIntegration(context, { type: "custom", displayName, fields: {} });
  const webhook = newWebhook(context, integration, given);
  integrations.put(app, integration);
  webhooks.put(app, webhook);
  return { webhook, created: true };
}

/** Creates a webhook in a custom integration whose own webhook was deleted. */
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
  if (findDuplicate(app, given.target) !== undefined) refuseDuplicate(context);
  requireRoom(app);
  return webhooks.put(app, newWebhook(context, integration, given));
}

export function getWebhook(app: App, webhookId: string): Webhook {
  const webhook = webhooks.of(app).get(webhookId);
  if (webhook === undefined) throw notFound("The app has no webhook with this id.");
  return webhook;
}

/** v1 and v1.1 do not show v2 webhooks: the emulator's choice, because the documentation does not say. */
export function isSeenBy(version: ApiVersion, webhook: Webhook): boolean {
  return version === "v2" || webhook.version !== "v2";
}

export async function updateWebhook(
  context: Context,
  app: App,
  webhook: Webhook,
  change: WebhookChange,
): Promise<Webhook> {
  // The documented reason for a 409 is a concurrent update of the same resource.
  if (context.updating.has(webhook.id))
    throw conflict("Another update of this webhook is still in progress. Try again.");
  context.updating.add(webhook.id);
  try {
    if (change.target !== undefined && change.target !== webhook.target) {
      await requireAnswer(context, change.target);
      requireExisting(context, app);
      getWebhook(app, webhook.id);
      if (findDuplicate(app, change.target) !== undefined) refuseDuplicate(context);
    }
    return webhooks.put(app, {
      ...webhook,
      target: change.target ?? webhook.target,
      triggers: change.triggers ?? webhook.triggers,
      includeFullUser: change.includeFullUser ?? webhook.includeFullUser,
      includeFullSource: change.includeFullSource ?? webhook.includeFullSource,
    });
  } finally {
    context.updating.delete(webhook.id);
  }
}

export function webhooksOf(app: App, integrationId: string): Webhook[] {
  return webhooks.listOf(app).filter((webhook) => webhook.integrationId === integrationId);
}

/** In v1 and v1.1, the custom integration of a webhook does not appear as an integration. */
export function isLegacyIntegration(app: App, { id }: Integration): boolean {
  return webhooksOf(app, id).every(({ version }) => version === "v2");
}

/** Returns an integration that v1 and v1.1 show. */
export function getLegacyIntegration(app: App, integrationId: string): Integration {
  const integration = getIntegration(app, integrationId);
  if (!isLegacyIntegration(app, integration)) throw integrationNotFound();
  return integration;
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
  };
}

function requireRoom(app: App): void {
  if (webhooks.of(app).size < maxWebhooksPerApp) return;
  throw badRequest(
    `The app already has ${maxWebhooksPerApp} webhooks, the maximum for an app. Delete one first.`,
  );
}

function requireVacant(app: App, integrationId: string): Integration {
  const integration = getIntegration(app, integrationId);
  if (integration.type !== "custom") throw badRequest("Only a custom integration has webhooks.");
  if (webhooksOf(app, integrationId).length > 0) {
    throw badRequest(
      "A custom integration has exactly one webhook, and this one already has a webhook. Update that one.",
    );
  }
  return integration;
}

function findDuplicate(app: App, target: string): Webhook | undefined {
  return webhooks.listOf(app).find((webhook) => webhook.target === target);
}

function refuseDuplicate({ profile }: Context): void {
  if (profile.duplicateTargets === "allow") return;
  throw conflict("The app already has a webhook with this target. Change that one, or delete it first.");
}
