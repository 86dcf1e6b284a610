/**
 * Reads an object's creation time from its id, in milliseconds on Smooch's clock. An id is 24 hex digits, after a
 * prefix such as `app_` for a key; the first eight count the seconds since 1970 (seen for keys, inferred for the
 * others: docs/api/observed.md). The exact time is within the following second. Returns undefined for an id in another
 * format.
 */
export function createdAt(id: string): number | undefined {
  const match = /^(?:[a-z]+_)?([0-9a-f]{8})[0-9a-f]{16}$/.exec(id);
  return match?.[1] === undefined ? undefined : Number.parseInt(match[1], 16) * 1000;
}

/** The format of ids, for messages. */
export const idForm = "letters, digits, - and _";

/** Whether a value can be an id: only ids may become part of a path. */
export function isId(value: unknown): boolean {
  return typeof value === "string" && /^[A-Za-z0-9_-]+$/.test(value);
}

/** Whether a string is a key's id: `act_`, `app_`, `svc_` or `int_` and 24 hex digits. No secret has this format. */
export function isKeyId(text: string): boolean {
  return /^(?:act|app|svc|int)_[0-9a-f]{24}$/.test(text);
}
