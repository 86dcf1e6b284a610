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

/**
 * What the state records about an object. `adopted`: inputs that were not declared when it was adopted may still be set.
 * `read`: it is only read (`get`), so a refresh has no inputs to write. `imported`: `pulumi import` or the option `import`
 * of the plugin has read it, and until its first update the state does not hold what the program declares and Smooch does
 * not return.
 */
type Mark = "adopted" | "read" | "imported";

export function mark(name: Mark): Properties {
  return { [`__${name}`]: true };
}

export function hasMark(state: Properties, name: Mark): boolean {
  return state[`__${name}`] === true;
}

export function keepMark(state: Properties, name: Mark): Properties {
  return hasMark(state, name) ? mark(name) : {};
}

/** What survives a read of the object. */
export function keepMarks(state: Properties): Properties {
  return {
    ...keepMark(state, "adopted"),
    ...keepMark(state, "read"),
    ...keepMark(state, "imported"),
    ...(state[idOutput] !== undefined && { [idOutput]: state[idOutput] }),
  };
}

export function keepResource(resource: string): Properties {
  return resource === "" ? {} : { [resourceInput]: resource };
}
