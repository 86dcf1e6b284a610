import type { Properties } from "./kind";

/**
 * Inputs that a resource sends beside those of the user. The underscores hide them from Pulumi's display; diff
 * overlooks them.
 */
export const adoptInput = "__adopt";
const resourceInput = "__resource";

/** Internal inputs, and those of the program. */
export interface SplitInputs {
  /** The existing object to take over, instead of making one. */
  adoptId: string | undefined;
  /** Stack and name of the resource, which tells it from others that are declared alike. */
  resource: string;
  inputs: Properties;
}

export function splitInternalInputs(allInputs: Properties): SplitInputs {
  const { [adoptInput]: adoptId, [resourceInput]: resource, ...inputs } = allInputs;
  return {
    // What is no text names nothing, and is refused as any other id that names nothing.
    adoptId: typeof adoptId === "string" ? adoptId : JSON.stringify(adoptId),
    resource: typeof resource === "string" ? resource : "",
    inputs,
  };
}

/** What the program calls the resource: the hidden input has the stack before it. */
export function nameOf(resource: string): string {
  return resource.slice(resource.indexOf("/") + 1);
}

/** That the object was taken over as it was: what was not declared then may be there all the same. */
const adoptedMark = "__adopted";

export function markAdopted(): Properties {
  return { [adoptedMark]: true };
}

export function wasAdopted(state: Properties): boolean {
  return state[adoptedMark] === true;
}

/** That the object is only read (`get`): it has no inputs that a refresh could write down. */
const readMark = "__read";

export function markRead(): Properties {
  return { [readMark]: true };
}

export function isOnlyRead(state: Properties): boolean {
  return state[readMark] === true;
}

/** What an update of the object does not change. */
export function keepAdopted(state: Properties): Properties {
  return wasAdopted(state) ? markAdopted() : {};
}

/** What a read of the object does not change. */
export function keptMarks(state: Properties): Properties {
  return { ...keepAdopted(state), ...(isOnlyRead(state) && markRead()) };
}

export function keepResource(resource: string): Properties {
  return resource === "" ? {} : { [resourceInput]: resource };
}
