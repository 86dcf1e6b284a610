import type { App } from "../../model";
import { integrationKeys } from "../integration-key/objects";
import { menus } from "../menu/objects";
import { webhooks } from "../webhook/objects";
import { integrations } from "./objects";

const dependents = [webhooks, integrationKeys];

/**
 * Deletes an integration with its webhooks, keys and menu. The switchboard integration that names it stays: no documentation
 * says what happens to that.
 */
export function deleteIntegration(app: App, integrationId: string): void {
  integrations.of(app).delete(integrationId);
  menus.of(app).delete(integrationId);
  for (const type of dependents) {
    for (const child of type.listOf(app))
      if (child.integrationId === integrationId) type.of(app).delete(child.id);
  }
}
