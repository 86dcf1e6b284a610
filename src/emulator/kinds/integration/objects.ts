import { z } from "zod";
import { Collection } from "../../children";
import type { Context } from "../../context";
import { ApiError } from "../../errors";
import type { Stored } from "../../fields";
import type { App } from "../../model";
import { deriveFields, inventOutputs } from "./thirdparty";

const savedIntegration = z.object({
  id: z.string(),
  /** The type's name in v2, even where v1 and v1.1 have another. */
  type: z.string(),
  /** Null after it was removed. */
  displayName: z.string().nullish(),
  /** The given fields, including secrets, and those of the third party. */
  fields: z.record(z.string(), z.unknown()),
});

export interface Integration extends Stored<typeof savedIntegration> {}

export type Fields = Integration["fields"];

export const integrations = new Collection<Integration>("integrations", savedIntegration);

interface NewIntegration {
  readonly type: string;
  readonly displayName?: string | null | undefined;
  readonly fields: Fields;
}

export type IntegrationChange = Omit<NewIntegration, "type">;

export function createIntegration(context: Context, app: App, given: NewIntegration): Integration {
  return integrations.put(app, newIntegration(context, given));
}

/** Creates an integration without adding it to the app. */
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
  const integration = integrations.of(app).get(integrationId);
  if (integration === undefined) throw integrationNotFound();
  return integration;
}

export function updateIntegration(
  app: App,
  integration: Integration,
  { displayName, fields }: IntegrationChange,
): Integration {
  return integrations.put(app, {
    ...integration,
    displayName: displayName === undefined ? integration.displayName : displayName,
    fields: deriveFields(integration.type, { ...integration.fields, ...withoutAbsent(fields) }),
  });
}

export function integrationNotFound(): ApiError {
  return new ApiError(404, "integration_not_found", "The app has no integration with this id.");
}

function withoutAbsent(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
