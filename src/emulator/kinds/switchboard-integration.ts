import { z } from "zod";
import { type AppCall, withApp } from "../access";
import type { ApiVersion } from "../api-version";
import { badRequest } from "../errors";
import { text } from "../fields";
import { parseBody } from "../input";
import { type Answer, type Route, route } from "../route";
import { type Kind, snapshotChildren } from "./kind";
import {
  createSwitchboardIntegration,
  deleteSwitchboardIntegration,
  getSwitchboard,
  getSwitchboardIntegration,
  type Linked,
  type SwitchboardIntegration,
  switchboardIntegrations,
  switchboardIntegrationsOf,
  updateSwitchboardIntegration,
} from "./switchboard/objects";

export interface SwitchboardIntegrationSnapshot {
  readonly id: string;
  readonly appId: string;
  readonly switchboardId: string;
  readonly name: string;
  /** Made up by the emulator unless `integrationType` is `custom`. */
  readonly integrationId: string;
  readonly integrationType: string;
  readonly deliverStandbyEvents: boolean;
  readonly nextSwitchboardIntegrationId?: string;
  readonly messageHistoryCount?: number;
}

/** Switchboard integrations, which exist only in v2. */
export const switchboardIntegration = {
  plural: "switchboardIntegrations",
  children: switchboardIntegrations,
  visibility: {
    id: "plain",
    appId: "plain",
    switchboardId: "plain",
    name: "plain",
    integrationId: "plain",
    integrationType: "plain",
    deliverStandbyEvents: "plain",
    nextSwitchboardIntegrationId: "plain",
    messageHistoryCount: "plain",
  },
  routes: (apiVersion: ApiVersion): Route[] => (apiVersion === "v2" ? routes : []),
  snapshot: snapshotChildren(
    switchboardIntegrations,
    (
      { nextSwitchboardIntegrationId, messageHistoryCount, ...rest },
      appId,
    ): SwitchboardIntegrationSnapshot => ({
      ...rest,
      appId,
      ...(nextSwitchboardIntegrationId !== undefined && { nextSwitchboardIntegrationId }),
      ...(messageHistoryCount !== undefined && { messageHistoryCount }),
    }),
  ),
  summarize: ({ id, appId, switchboardId, name }: SwitchboardIntegrationSnapshot) => ({
    id,
    appId,
    switchboardId,
    name,
  }),
} as const satisfies Kind;

const path = "/v2/apps/{appId}/switchboards/{switchboardId}/switchboardIntegrations";
const one = `${path}/{switchboardIntegrationId}`;

// The API has no call that reads one switchboard integration.
const routes: Route[] = [
  route("createSwitchboardIntegration", "POST", path, withApp(create)),
  route("listSwitchboardIntegrations", "GET", path, withApp(list)),
  route("updateSwitchboardIntegration", "PATCH", one, withApp(update)),
  route("deleteSwitchboardIntegration", "DELETE", one, withApp(remove)),
];

const name = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,128}$/, { error: "must be 1 to 128 letters, digits, hyphens or underscores" });
const changeWire = z.strictObject({
  name: name.optional(),
  integrationId: text.optional(),
  integrationType: text
    .refine((type) => type !== "custom", { error: "must not be custom: use integrationId" })
    .optional(),
  deliverStandbyEvents: z.boolean().optional(),
  nextSwitchboardIntegrationId: z.string().nullish(),
  messageHistoryCount: z.int().min(1).max(10).nullish(),
});
const createWire = changeWire.extend({ name });

function create({ context, app, params, request }: AppCall): Answer {
  const parent = getSwitchboard(app, params("switchboardId"));
  const { integrationId, integrationType, ...given } = parseBody(createWire, request);
  const linked = readLinked(integrationId, integrationType);
  if (linked === undefined)
    throw badRequest("integrationId: one of integrationId and integrationType is required");
  const created = createSwitchboardIntegration(context, app, parent, { ...given, linked });
  return { status: 201, body: { switchboardIntegration: write(created) } };
}

function list({ app, params }: AppCall): Answer {
  const { id } = getSwitchboard(app, params("switchboardId"));
  return { status: 200, body: { switchboardIntegrations: switchboardIntegrationsOf(app, id).map(write) } };
}

function update(call: AppCall): Answer {
  const before = find(call);
  const { integrationId, integrationType, ...given } = parseBody(changeWire, call.request);
  const linked = readLinked(integrationId, integrationType);
  const updated = updateSwitchboardIntegration(call.app, before, { ...given, linked });
  return { status: 200, body: { switchboardIntegration: write(updated) } };
}

function remove(call: AppCall): Answer {
  deleteSwitchboardIntegration(call.app, find(call));
  return { status: 200, body: {} };
}

function find({ app, params }: AppCall): SwitchboardIntegration {
  const { id } = getSwitchboard(app, params("switchboardId"));
  return getSwitchboardIntegration(app, id, params("switchboardIntegrationId"));
}

function readLinked(
  integrationId: string | undefined,
  integrationType: string | undefined,
): Linked | undefined {
  if (integrationId === undefined) return integrationType === undefined ? undefined : { integrationType };
  if (integrationType === undefined) return { integrationId };
  throw badRequest("integrationType: cannot be combined with integrationId");
}

function write({ switchboardId: _, ...rest }: SwitchboardIntegration) {
  return rest;
}
