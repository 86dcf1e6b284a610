import { idOutput } from "../kinds";
import type { Properties } from "./kind";

/**
 * Internal inputs that a resource sends in addition to the user's. The underscores hide them in Pulumi's display, and
 * diff ignores them.
 */
export const adoptInput = "__adopt";
const resourceInput = "__resource";

/** The internal inputs and those of the program. */
export interface SplitInputs {
  /** The id of an existing object to adopt instead of creating one. */
  adoptId: string | undefined;
  /** Stack and name of the resource, which distinguish it from others with the same inputs. */
  resource: string;
  inputs: Properties;
}

export function splitInternalInputs(allInputs: Properties): SplitInputs {
  const { [adoptInput]: adoptId, [resourceInput]: resource, ...inputs } = allInputs;
  return {
    // A value that is not a string is refused later, like any other invalid id.
    adoptId: typeof adoptId === "string" ? adoptId : JSON.stringify(adoptId),
    resource: typeof resource === "string" ? resource : "",
    inputs,
  };
}

/** The resource's name in the program, without the stack in front of it. */
export function nameOf(resource: string): string {
  return resource.slice(resource.indexOf("/") + 1);
}

/** Marks an adopted object: inputs that were not declared when it was adopted may still be set. */
const adoptedMark = "__adopted";

export function markAdopted(): Properties {
  return { [adoptedMark]: true };
}

export function wasAdopted(state: Properties): boolean {
  return state[adoptedMark] === true;
}

/** Marks an object that is only read (`get`): a refresh has no inputs to write. */
const readMark = "__read";

export function markRead(): Properties {
  return { [readMark]: true };
}

export function isOnlyRead(state: Properties): boolean {
  return state[readMark] === true;
}

/**
 * Marks an object that `pulumi import` or the option `import` of the plugin has read, until the first update: the state
 * does not hold yet what the program declares and Smooch does not return.
 */
const importedMark = "__imported";

export function markImported(): Properties {
  return { [importedMark]: true };
}

export function isImported(state: Properties): boolean {
  return state[importedMark] === true;
}

/** The marks that survive an update of the object. */
export function keepAdopted(state: Properties): Properties {
  return wasAdopted(state) ? markAdopted() : {};
}

/** The marks that survive a read of the object. */
export function keptMarks(state: Properties): Properties {
  return {
    ...keepAdopted(state),
    ...(isOnlyRead(state) && markRead()),
    ...(state[idOutput] !== undefined && { [idOutput]: state[idOutput] }),
    ...(isImported(state) && markImported()),
  };
}

export function keepResource(resource: string): Properties {
  return resource === "" ? {} : { [resourceInput]: resource };
}
