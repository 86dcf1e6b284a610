import type { Answer } from "./step";

interface Difference {
  path: string;
  api: string;
  emulator: string;
}

/**
 * How the bodies differ, apart from the values of strings and numbers. With `isPart`, other people's objects were
 * dropped from the lists, so that it is unknown how many there are.
 */
export function differences(api: Answer, emulator: Answer, isPart: boolean): Difference[] {
  const [one, other] = [shapeOf(api), shapeOf(emulator)];
  const paths = [...new Set([...one.keys(), ...other.keys()])].toSorted();
  const found: Difference[] = [];
  for (const path of paths) {
    // An object or a list that only one of them has is one difference, not one for each of its fields.
    if (found.some((earlier) => isInside(path, earlier.path))) continue;
    const [here, there] = [one.get(path) ?? "absent", other.get(path) ?? "absent"];
    const isUncertain = isPart && (/(^|\.)hasMore$/.test(path) || here.endsWith(" items"));
    if (here !== there && !isUncertain) found.push({ path, api: here, emulator: there });
  }
  return found;
}

function isInside(path: string, outer: string): boolean {
  return path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

function shapeOf({ body, isJson }: Answer): Map<string, string> {
  const shape = new Map<string, string>();
  if (isJson) add(shape, "", body);
  else shape.set("the body", body === undefined ? "empty" : "not JSON");
  return shape;
}

function add(shape: Map<string, string>, path: string, value: unknown): void {
  const name = path === "" ? "the body" : path;
  if (Array.isArray(value)) {
    shape.set(name, `${value.length} items`);
    for (const item of value) add(shape, `${path}[]`, item);
  } else if (typeof value === "object" && value !== null) {
    if (!shape.has(name)) shape.set(name, "an object");
    for (const [field, inner] of Object.entries(value))
      add(shape, path === "" ? field : `${path}.${field}`, inner);
  } else {
    const type = typeof value === "boolean" || value === null ? String(value) : `a ${typeof value}`;
    const before = shape.get(name);
    // Items of a list may differ from each other.
    const types = new Set([...(before?.split(" or ") ?? []), type]);
    shape.set(name, [...types].toSorted().join(" or "));
  }
}
