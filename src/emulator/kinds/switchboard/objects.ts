import { createHash } from "node:crypto";
import { z } from "zod";
import { Collection } from "../../children";
import type { Context } from "../../context";
import { ApiError, badRequest } from "../../errors";
import type { Stored } from "../../fields";
import type { App } from "../../model";
import { getIntegration } from "../integration/objects";

const savedSwitchboard = z.object({
  id: z.string(),
  enabled: z.boolean(),
  defaultSwitchboardIntegrationId: z.string().optional(),
});

const savedIntegration = z.object({
  id: z.string(),
  switchboardId: z.string(),
  name: z.string(),
  integrationId: z.string(),
  integrationType: z.string(),
  deliverStandbyEvents: z.boolean(),
  nextSwitchboardIntegrationId: z.string().optional(),
  messageHistoryCount: z.number().optional(),
});

/** Decides which of the app's integrations is in control of a conversation. */
export interface Switchboard extends Stored<typeof savedSwitchboard> {}

/** An integration that can be in control, with its place in the switchboard. */
export interface SwitchboardIntegration extends Stored<typeof savedIntegration> {}

export const switchboards = new Collection<Switchboard>("switchboards", savedSwitchboard);
export const switchboardIntegrations = new Collection<SwitchboardIntegration>(
  "switchboardIntegrations",
  savedIntegration,
);

export interface SwitchboardChange {
  readonly enabled?: boolean | undefined;
  readonly defaultSwitchboardIntegrationId?: string | undefined;
}

/** The integration itself: a custom one by its id, any other by its type. */
export type Linked = { readonly integrationId: string } | { readonly integrationType: string };

export interface SwitchboardIntegrationChange {
  readonly name?: string | undefined;
  readonly linked?: Linked | undefined;
  readonly deliverStandbyEvents?: boolean | undefined;
  /** `null` removes it. */
  readonly nextSwitchboardIntegrationId?: string | null | undefined;
  /** `null` removes it. */
  readonly messageHistoryCount?: number | null | undefined;
}

export interface NewSwitchboardIntegration extends SwitchboardIntegrationChange {
  readonly name: string;
  readonly linked: Linked;
}

const maxIntegrations = 10;

export function createSwitchboard({ identifiers }: Context, app: App): Switchboard {
  if (switchboards.of(app).size > 0) {
    throw badRequest("The app already has a switchboard, and only one is allowed. Update that one.");
  }
  return switchboards.put(app, {
    id: identifiers.objectId(),
    enabled: false,
    defaultSwitchboardIntegrationId: undefined,
  });
}

export function getSwitchboard(app: App, switchboardId: string): Switchboard {
  const switchboard = switchboards.of(app).get(switchboardId);
  if (switchboard !== undefined) return switchboard;
  throw new ApiError(404, "switchboard_not_found", "The app has no switchboard with this id.");
}

export function updateSwitchboard(app: App, before: Switchboard, change: SwitchboardChange): Switchboard {
  const enabled = change.enabled ?? before.enabled;
  const chosen = change.defaultSwitchboardIntegrationId;
  if (chosen !== undefined) getSwitchboardIntegration(app, before.id, chosen);
  const defaultSwitchboardIntegrationId = chosen ?? before.defaultSwitchboardIntegrationId;
  if (enabled && defaultSwitchboardIntegrationId === undefined) {
    throw switchboardIntegrationNotFound(
      "The switchboard cannot be enabled without a default. Send defaultSwitchboardIntegrationId as well.",
    );
  }
  return switchboards.put(app, { id: before.id, enabled, defaultSwitchboardIntegrationId });
}

/** Deletes a switchboard with its switchboard integrations, but not the integrations that they name. */
export function deleteSwitchboard(app: App, { id }: Switchboard): void {
  for (const child of switchboardIntegrationsOf(app, id)) switchboardIntegrations.of(app).delete(child.id);
  switchboards.of(app).delete(id);
}

export function createSwitchboardIntegration(
  { identifiers }: Context,
  app: App,
  { id: switchboardId }: Switchboard,
  given: NewSwitchboardIntegration,
): SwitchboardIntegration {
  if (switchboardIntegrationsOf(app, switchboardId).length >= maxIntegrations) {
    throw new ApiError(
      400,
      "too_many_switchboard_integrations",
      `The switchboard already has ${maxIntegrations} switchboard integrations, the maximum. Delete one first.`,
    );
  }
  requireNext(app, switchboardId, given);
  return switchboardIntegrations.put(app, {
    id: identifiers.objectId(),
    switchboardId,
    name: given.name,
    ...findLinked(app, given.linked),
    deliverStandbyEvents: given.deliverStandbyEvents ?? true,
    nextSwitchboardIntegrationId: given.nextSwitchboardIntegrationId ?? undefined,
    messageHistoryCount: given.messageHistoryCount ?? undefined,
  });
}

export function getSwitchboardIntegration(
  app: App,
  switchboardId: string,
  id: string,
): SwitchboardIntegration {
  const found = switchboardIntegrations.of(app).get(id);
  if (found?.switchboardId === switchboardId) return found;
  throw switchboardIntegrationNotFound("The switchboard has no switchboard integration with this id.");
}

export function switchboardIntegrationsOf(app: App, switchboardId: string): SwitchboardIntegration[] {
  return switchboardIntegrations.listOf(app).filter((child) => child.switchboardId === switchboardId);
}

export function updateSwitchboardIntegration(
  app: App,
  before: SwitchboardIntegration,
  change: SwitchboardIntegrationChange,
): SwitchboardIntegration {
  const { linked, nextSwitchboardIntegrationId: next, messageHistoryCount: count } = change;
  requireNext(app, before.switchboardId, change);
  return switchboardIntegrations.put(app, {
    ...before,
    name: change.name ?? before.name,
    ...(linked && findLinked(app, linked)),
    deliverStandbyEvents: change.deliverStandbyEvents ?? before.deliverStandbyEvents,
    nextSwitchboardIntegrationId:
      next === undefined ? before.nextSwitchboardIntegrationId : (next ?? undefined),
    messageHistoryCount: count === undefined ? before.messageHistoryCount : (count ?? undefined),
  });
}

/** Refuses if the switchboard would refer to an object that does not exist any more. */
export function deleteSwitchboardIntegration(app: App, { id, switchboardId }: SwitchboardIntegration): void {
  if (getSwitchboard(app, switchboardId).defaultSwitchboardIntegrationId === id) {
    throw badRequest("This is the switchboard's default. Choose another one first.");
  }
  const refersTo = (other: SwitchboardIntegration) =>
    other.id !== id && other.nextSwitchboardIntegrationId === id;
  if (switchboardIntegrationsOf(app, switchboardId).some(refersTo)) {
    throw badRequest("The nextSwitchboardIntegrationId of another switchboard integration names this one.");
  }
  switchboardIntegrations.of(app).delete(id);
}

function requireNext(app: App, switchboardId: string, change: SwitchboardIntegrationChange): void {
  const next = change.nextSwitchboardIntegrationId;
  if (typeof next === "string") getSwitchboardIntegration(app, switchboardId, next);
}

function findLinked(app: App, linked: Linked): { integrationId: string; integrationType: string } {
  if ("integrationType" in linked) {
    const { integrationType } = linked;
    return { integrationType, integrationId: inventIntegrationId(app, integrationType) };
  }
  const { id: integrationId, type: integrationType } = getIntegration(app, linked.integrationId);
  if (integrationType === "custom") return { integrationId, integrationType };
  throw badRequest("integrationId: must name a custom integration");
}

/** The id of an integration that exists only at Zendesk or a partner: always the same one for a type in an app. */
function inventIntegrationId(app: App, integrationType: string): string {
  const digits = createHash("sha256").update(`${app.id} ${integrationType}`).digest("hex");
  return app.id.slice(0, 8) + digits.slice(0, 16);
}

function switchboardIntegrationNotFound(description: string): ApiError {
  return new ApiError(404, "switchboard_integration_not_found", description);
}
