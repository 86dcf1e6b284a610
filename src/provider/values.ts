import { inputNames, type Kind, type Properties } from "./kind";

/** What Pulumi puts in a preview in place of any value that is not known yet (pulumi.md 1.4). */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isPlainObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function containsUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(containsUnknown);
  if (isPlainObject(value)) return Object.values(value).some(containsUnknown);
  return value === unknownValue;
}

/** Without undefined and null, at any depth: to Pulumi and to Smooch alike they mean "not set". */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  return isPlainObject(value) ? clean(value) : value;
}

export function clean(object: object): Properties {
  const set = Object.entries(object).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(set.map(([name, value]) => [name, withoutEmpty(value)]));
}

export function pick(object: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(
    names.filter((name) => object[name] !== undefined).map((name) => [name, object[name]]),
  );
}

/** One text for all values that mean the same: order of keys and of sets, null and empty objects make no difference. */
export function canonical(value: unknown, isSet = false): string {
  return JSON.stringify(sorted(withoutEmpty(value), isSet)) ?? "";
}

function sorted(value: unknown, isSet = false): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => sorted(item));
    return isSet ? [...new Set(items.map((item) => JSON.stringify(item)))].sort() : items;
  }
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).map(([key, entry]): [string, unknown] => [key, sorted(entry)]);
  return entries.length === 0
    ? undefined
    : Object.fromEntries(entries.sort(([a], [b]) => Number(a > b) - Number(a < b)));
}

/** The inputs that differ between two property bags. */
export function changedInputs(
  kind: Pick<Kind, "inputs" | "sets">,
  olds: Properties,
  news: Properties,
): string[] {
  return inputNames(kind).filter((name) => {
    const isSet = kind.sets?.includes(name) ?? false;
    return canonical(olds[name], isSet) !== canonical(news[name], isSet);
  });
}
