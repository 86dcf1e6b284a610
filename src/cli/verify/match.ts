import { fill } from "./runner";
import type { Json } from "./step";

/**
 * The path of the first value that is not as described; undefined if all are. Objects may have more properties. In the
 * description, `$id`, `$id:app_` (with a prefix), `$secret`, `$string`, `$boolean` and `$list` stand for any such value,
 * `{ $has: … }` for a list with such an item, and `{name}` for a remembered value.
 */
export function matches(
  wanted: Json,
  value: unknown,
  names: ReadonlyMap<string, string>,
  path = "",
): string | undefined {
  if (wanted === undefined) return undefined;
  if (typeof wanted === "string") {
    const isIt = wanted.startsWith("$") ? isA(wanted, value) : fill(wanted, names) === value;
    return isIt ? undefined : path || "the body";
  }
  if (typeof wanted !== "object" || wanted === null) return wanted === value ? undefined : path;
  if (isList(wanted)) {
    if (!Array.isArray(value) || value.length !== wanted.length) return path;
    return first(wanted.map((item, index) => matches(item, value[index], names, `${path}.${index}`)));
  }
  if ("$has" in wanted) {
    const isItem = (item: unknown) => matches(wanted.$has, item, names, path) === undefined;
    return Array.isArray(value) && value.some(isItem) ? undefined : path;
  }
  if (typeof value !== "object" || value === null) return path || "the body";
  return first(
    Object.entries(wanted).map(([name, inner]) =>
      matches(inner, Reflect.get(value, name), names, path === "" ? name : `${path}.${name}`),
    ),
  );
}

// Array.isArray does not narrow a read-only list.
function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

function first(problems: readonly (string | undefined)[]): string | undefined {
  return problems.find((problem) => problem !== undefined);
}

function isA(wanted: string, value: unknown): boolean {
  const [type, prefix = ""] = wanted.split(":");
  switch (type) {
    case "$id":
      return typeof value === "string" && value.startsWith(prefix) && isHex24(value.slice(prefix.length));
    case "$secret":
      return typeof value === "string" && /^[\w-]{16,}$/.test(value);
    case "$list":
      return Array.isArray(value);
    default:
      return typeof value === wanted.slice(1);
  }
}

function isHex24(text: string): boolean {
  return /^[0-9a-f]{24}$/.test(text);
}
