import type { Context } from "../context";
import { integrationNotFound } from "../errors";
import type { App } from "./app";
import { deriveFields, inventOutputs } from "./thirdparty";
import type { Webhook } from "./webhook";

export interface Integration {
  readonly id: string;
  /** As v2 calls it, also where an older generation has another name for it. */
  readonly type: string;
  /** Null once it was taken away. */
  displayName: string | null | undefined;
  /** What was given, secrets included, and what the third party answered. */
  fields: Fields;
}

export type Fields = Readonly<Record<string, unknown>>;

export interface NewIntegration {
  readonly type: string;
  readonly displayName?: string | null | undefined;
  readonly fields: Fields;
}

export type IntegrationChange = Omit<NewIntegration, "type">;

export function createIntegration(context: Context, app: App, given: NewIntegration): Integration {
  const integration = newIntegration(context, given);
  context.history.beforeWrite(app);
  app.integrations.set(integration.id, integration);
  return integration;
}

/** One that the app does not hold yet. */
export function newIntegration(
  { identifiers }: Context,
  { type, displayName, fields }: NewIntegration,
): Integration {
  return {
    id: identifiers.objectId(),
    type,
    displayName,
    fields: deriveFields(type, { ...inventOutputs(type, fields, identifiers), ...withoutAbsent(fields) }),
  };
}

export function getIntegration(app: App, integrationId: string): Integration {
  const integration = app.integrations.get(integrationId);
  if (integration === undefined) throw integrationNotFound();
  return integration;
}

export function updateIntegration(
  { history }: Context,
  app: App,
  integration: Integration,
  { displayName, fields }: IntegrationChange,
): void {
  history.beforeWrite(app);
  if (displayName !== undefined) integration.displayName = displayName;
  integration.fields = deriveFields(integration.type, { ...integration.fields, ...withoutAbsent(fields) });
}

/** Deletes an integration with all that belongs to it. */
export function deleteIntegration({ history }: Context, app: App, { id }: Integration): void {
  history.beforeWrite(app);
  app.integrations.delete(id);
  for (const webhook of webhooksOf(app, id)) app.webhooks.delete(webhook.id);
}

export function webhooksOf(app: App, integrationId: string): Webhook[] {
  return [...app.webhooks.values()].filter((webhook) => webhook.integrationId === integrationId);
}

function withoutAbsent(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
