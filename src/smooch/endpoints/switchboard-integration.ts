import { z } from "zod";
import type { Api } from "../api";
import { type ChangeableForm, type Collection, changeableIn } from "../collection";
import { id, objectReader, optional } from "../fit";
import { inApp, inside, type Place } from "../place";

export interface NewSwitchboardIntegration {
  name: string;
  /** A custom integration. Either this or the type. */
  integrationId?: string | undefined;
  /** The type of an integration that is not custom, e.g. `zd:agentWorkspace`. */
  integrationType?: string | undefined;
  deliverStandbyEvents?: boolean | undefined;
  /** Empty: none. */
  nextSwitchboardIntegrationId?: string | undefined;
  /** 0: none. */
  messageHistoryCount?: number | undefined;
}
export type SwitchboardIntegrationChange = Partial<NewSwitchboardIntegration>;
export interface SwitchboardIntegration extends NewSwitchboardIntegration {
  id: string;
}

/** Where a switchboard's integrations are. */
export interface Address {
  appId: string;
  switchboardId: string;
}

type EntryForm = ChangeableForm<
  SwitchboardIntegration,
  NewSwitchboardIntegration,
  SwitchboardIntegrationChange
>;

const wire = z.object({
  id,
  name: z.string(),
  integrationId: optional(z.string()),
  integrationType: optional(z.string()),
  deliverStandbyEvents: optional(z.boolean()),
  nextSwitchboardIntegrationId: optional(z.string()),
  messageHistoryCount: optional(z.number()),
});

/** Null clears a value. */
function write({
  nextSwitchboardIntegrationId: next,
  messageHistoryCount: count,
  ...rest
}: SwitchboardIntegrationChange) {
  return {
    body: {
      ...rest,
      nextSwitchboardIntegrationId: next === "" ? null : next,
      messageHistoryCount: count === 0 ? null : count,
    },
  };
}

const v2: EntryForm = {
  segment: "switchboardIntegrations",
  envelope: "switchboardIntegration",
  isListedOnly: true,
  reader: objectReader("id", wire, (entry) => entry),
  write,
  update: ({ api, calls }, id, change) => api.send(calls.update(id, write(change))),
};

export const switchboardIntegration: Collection<SwitchboardIntegration, EntryForm> = {
  label: "switchboard integration",
  forms: { v2 },
};

/** What a switchboard holds. */
export function inSwitchboard({ appId, switchboardId }: Address): Place {
  return inside(inApp(appId), "switchboard", switchboardId);
}

export const switchboardIntegrations = (api: Api) => changeableIn(api, switchboardIntegration, inSwitchboard);
