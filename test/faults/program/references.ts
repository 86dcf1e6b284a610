import type { Properties } from "../../../src/provider/kind";
import { isPlainObject } from "../../../src/provider/values";

/** Takes the place of an id in a program's inputs: the id of another of its resources. */
export interface Reference {
  readonly idOf: string;
}

export function idOf(name: string): Reference {
  return { idOf: name };
}

export function isReference(value: unknown): value is Reference {
  return isPlainObject(value) && typeof value.idOf === "string";
}

/** The names of the resources whose ids a value contains. */
export function referencesIn(value: unknown): string[] {
  if (isReference(value)) return [value.idOf];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  return isPlainObject(value) ? Object.values(value).flatMap(referencesIn) : [];
}

/** The inputs with the ids that `find` knows; the others are undefined. */
export function resolved(inputs: Properties, find: (name: string) => unknown): Properties {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, resolve(value, find)]));
}

function resolve(value: unknown, find: (name: string) => unknown): unknown {
  if (isReference(value)) return find(value.idOf);
  if (Array.isArray(value)) return value.map((item) => resolve(item, find));
  return isPlainObject(value) ? resolved(value, find) : value;
}
