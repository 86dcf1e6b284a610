import { signatureKey } from "../kinds";
import type { ApiVersion } from "../smooch/api-version";
import { hasMark } from "./hidden";
import { inputNames, type Kind, type Properties } from "./kind";

/** What Pulumi passes in a preview for a value that is not known yet (docs/pulumi-internals.md). */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isPlainObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function containsUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(containsUnknown);
  if (isPlainObject(value)) return Object.values(value).some(containsUnknown);
  return value === unknownValue;
}

/** Removes undefined and null at any depth: to both Pulumi and Smooch they mean "not set". */
export function withoutEmpty(value: unknown, dropped?: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutEmpty(item, dropped));
  return isPlainObject(value) ? clean(value, dropped) : value;
}

/** The same for an object; also removes the properties named `dropped`, if given. */
export function clean(object: object, dropped?: string): Properties {
  const set = Object.entries(object).filter(
    ([name, value]) => value !== undefined && value !== null && name !== dropped,
  );
  return Object.fromEntries(set.map(([name, value]) => [name, withoutEmpty(value, dropped)]));
}

/** The part of an object that Pulumi's state can hold: the engine fails on the name that marks its secrets. */
export function storable(object: object): Properties {
  return clean(object, signatureKey);
}

export function pick(object: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(
    names
      .filter((name) => Object.hasOwn(object, name) && object[name] !== undefined)
      .map((name) => [name, object[name]]),
  );
}

/**
 * A canonical string, the same for all equivalent values: the order of keys and sets, null and empty objects make no
 * difference. `unorderedLists` names the sets inside the value.
 */
export function canonical(value: unknown, isSet = false, unorderedLists: readonly string[] = []): string {
  return JSON.stringify(sorted(withoutEmpty(value), isSet, unorderedLists)) ?? "";
}

function sorted(value: unknown, isSet: boolean, unorderedLists: readonly string[]): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => sorted(item, false, unorderedLists));
    return isSet ? [...new Set(items.map((item) => JSON.stringify(item)))].sort() : items;
  }
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).map(([key, entry]): [string, unknown] => [
    key,
    sorted(entry, unorderedLists.includes(key), unorderedLists),
  ]);
  return entries.length === 0
    ? undefined
    : Object.fromEntries(entries.sort(([a], [b]) => Number(a > b) - Number(a < b)));
}

/** The inputs that differ between the two. */
export function changedInputs(kind: Kind, olds: Properties, news: Properties): string[] {
  const lasting = lastingInputs(kind);
  const canonicalOf = (bag: Properties, name: string) =>
    canonical(bag[name], kind.unorderedLists?.includes(name), kind.unorderedLists);
  return inputNames(kind).filter(
    (name) =>
      olds[name] !== news[name] &&
      canonicalOf(olds, name) !== canonicalOf(news, name) &&
      !(lasting.includes(name) && news[name] === undefined),
  );
}

/** The write-only inputs that stay in Smooch when they are no longer declared, because nothing clears them. */
export function lastingInputs({ writeOnly = [], emptyValues = {} }: Kind): readonly string[] {
  return writeOnly.filter((name) => !Object.hasOwn(emptyValues, name));
}

/** The changed inputs that replace the object. */
export function replacingInputs(
  kind: Kind,
  changed: readonly string[],
  olds: Properties,
  news: Properties,
  version: ApiVersion,
): string[] {
  const fixed = fixedInputs(kind, news, version);
  const isUnseen = (name: string) =>
    hasMark(olds, "adopted") && kind.writeOnly?.includes(name) && olds[name] === undefined;
  return changed.filter((name) => fixed.includes(name) && !isUnseen(name));
}

/** The inputs that cannot be changed in place. */
export function fixedInputs({ replaceOn }: Kind, news: Properties, version: ApiVersion): readonly string[] {
  return typeof replaceOn === "function" ? replaceOn(news, version) : replaceOn;
}

/** Removes empty strings, lists and objects. */
export function withoutBlank(properties: Properties): Properties {
  const set = Object.entries(storable(properties)).filter(([, value]) =>
    typeof value === "object" && value !== null ? Object.keys(value).length > 0 : value !== "",
  );
  return Object.fromEntries(set);
}

/** Returns undefined for an empty string and for anything that is not a string. */
export function nonEmptyString(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
