import { z } from "zod";
import { type AppCall, withApp } from "../access";
import type { ApiVersion } from "../api-version";
import { parseBody } from "../input";
import { type Answer, type Route, route } from "../route";
import { type Kind, snapshotChildren } from "./kind";
import {
  createSwitchboard,
  deleteSwitchboard,
  getSwitchboard,
  switchboards,
  updateSwitchboard,
} from "./switchboard/objects";

export interface SwitchboardSnapshot {
  readonly id: string;
  readonly appId: string;
  readonly enabled: boolean;
  /** Absent until it is set. */
  readonly defaultSwitchboardIntegrationId?: string;
}

/** Switchboards, which exist only in v2. */
export const switchboard = {
  plural: "switchboards",
  children: switchboards,
  visibility: { id: "plain", appId: "plain", enabled: "plain", defaultSwitchboardIntegrationId: "plain" },
  routes: (apiVersion: ApiVersion): Route[] => (apiVersion === "v2" ? routes : []),
  snapshot: snapshotChildren(
    switchboards,
    ({ id, enabled, defaultSwitchboardIntegrationId }, appId): SwitchboardSnapshot => ({
      id,
      appId,
      enabled,
      ...(defaultSwitchboardIntegrationId !== undefined && { defaultSwitchboardIntegrationId }),
    }),
  ),
  summarize: ({ id, appId, enabled }: SwitchboardSnapshot) => ({ id, appId, enabled }),
} as const satisfies Kind;

const path = "/v2/apps/{appId}/switchboards";
const one = `${path}/{switchboardId}`;

// The API has no call that reads one switchboard.
const routes: Route[] = [
  route("createSwitchboard", "POST", path, withApp(create)),
  route("listSwitchboards", "GET", path, withApp(list)),
  route("updateSwitchboard", "PATCH", one, withApp(update)),
  route("deleteSwitchboard", "DELETE", one, withApp(remove)),
];

const createWire = z.strictObject({});
const changeWire = z.strictObject({
  enabled: z.boolean().optional(),
  defaultSwitchboardIntegrationId: z.string().optional(),
});

function create({ context, app, request }: AppCall): Answer {
  parseBody(createWire, request);
  return { status: 201, body: { switchboard: createSwitchboard(context, app) } };
}

function list({ app }: AppCall): Answer {
  return { status: 200, body: { switchboards: switchboards.listOf(app) } };
}

function update({ app, params, request }: AppCall): Answer {
  const before = getSwitchboard(app, params("switchboardId"));
  const change = parseBody(changeWire, request);
  return { status: 200, body: { switchboard: updateSwitchboard(app, before, change) } };
}

function remove({ app, params }: AppCall): Answer {
  deleteSwitchboard(app, getSwitchboard(app, params("switchboardId")));
  return { status: 200, body: {} };
}
