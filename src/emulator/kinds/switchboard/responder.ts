import type { App } from "../../model";
import { type SwitchboardIntegration, switchboardIntegrations, switchboards } from "./objects";

/**
 * The switchboard integration that responds first on a channel, in a v2 response: the channel's own, or the default of
 * an enabled switchboard; undefined if there is neither.
 */
export function writeResponder(app: App, defaultResponderId: unknown) {
  const own = find(app, defaultResponderId);
  if (own !== undefined) return write(own, false);
  const enabled = switchboards.listOf(app).find((switchboard) => switchboard.enabled);
  const inherited = find(app, enabled?.defaultSwitchboardIntegrationId);
  return inherited && write(inherited, true);
}

function find(app: App, id: unknown): SwitchboardIntegration | undefined {
  return typeof id === "string" ? switchboardIntegrations.of(app).get(id) : undefined;
}

function write({ switchboardId: _, ...responder }: SwitchboardIntegration, inherited: boolean) {
  return { ...responder, inherited };
}
