import type { Properties } from "./kind";

/**
 * Inputs that a resource sends beside those of the user. The underscores hide them from Pulumi's display; diff
 * overlooks them.
 */
export const adoptInput = "__adopt";
const resourceInput = "__resource";

export interface Split {
  /** The existing object to take over, instead of making one. */
  adoptId: string | undefined;
  /** Stack and name of the resource, which tells it from others that are declared alike. */
  resource: string;
  declared: Properties;
}

export function splitHidden(properties: Properties): Split {
  const { [adoptInput]: adoptId, [resourceInput]: resource, ...declared } = properties;
  return {
    adoptId: adoptId === undefined ? undefined : String(adoptId),
    resource: String(resource ?? ""),
    declared,
  };
}

export function keepResource(resource: string): Properties {
  return resource === "" ? {} : { [resourceInput]: resource };
}
