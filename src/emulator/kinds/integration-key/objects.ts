import { z } from "zod";
import { Collection } from "../../children";
import { badRequest } from "../../errors";
import type { App } from "../../model";
import { getIntegration } from "../integration/objects";
import { type SecretKey, savedKey } from "../key/routes";

/** A key with which a custom integration signs its calls. */
export interface IntegrationKey extends SecretKey {
  readonly integrationId: string;
}

export const integrationKeys = new Collection<IntegrationKey>(
  "integrationKeys",
  z.object({ ...savedKey, integrationId: z.string() }),
);

/** Throws unless the integration can have keys. */
export function integrationKeysOf(app: App, integrationId: string): IntegrationKey[] {
  if (getIntegration(app, integrationId).type !== "custom") {
    throw badRequest("Only a custom integration has keys.");
  }
  return integrationKeys.listOf(app).filter((key) => key.integrationId === integrationId);
}
