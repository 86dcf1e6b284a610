import { idInput, type KindName, rootName } from "../../../src/kinds";
import type { Properties } from "../../../src/provider/kind";
import { idOf, isReference } from "./references";
import { holderInputs } from "./schema-inputs";

/** One resource as a user's program declares it. */
export interface Declared {
  name: string;
  kind: KindName;
  /** References take the place of other resources' ids. */
  inputs: Properties;
  /** The id of an existing object to adopt. */
  adopt?: string;
  /** Whether the command passes `--replace` for it. */
  replace?: boolean;
}

/** A user's program: a resource comes after those that it refers to. */
export type Program = readonly Declared[];

/** The name of the app that the resource is in; undefined outside apps. */
export function appOf({ inputs }: Declared): string | undefined {
  return nameIn(inputs, idInput(rootName));
}

/** The names of what holds the resource, the outermost first. */
export function holdersOf({ kind, inputs }: Declared): string[] {
  return holderInputs(kind).flatMap((input) => nameIn(inputs, input) ?? []);
}

/** Whether the two are in the same place, such as the same integration of an app. */
export function isBeside(one: Declared, other: Declared): boolean {
  return holdersOf(one).join() === holdersOf(other).join();
}

/** The inputs that place a resource in another one of the program. */
export function inside(holder: Declared): Properties {
  const app = appOf(holder);
  return {
    ...(app !== undefined && { [idInput(rootName)]: idOf(app) }),
    [idInput(holder.kind)]: idOf(holder.name),
  };
}

export function without(inputs: Properties, name: string): Properties {
  const { [name]: _, ...rest } = inputs;
  return rest;
}

function nameIn(inputs: Properties, input: string): string | undefined {
  const value = inputs[input];
  return isReference(value) ? value.idOf : undefined;
}
