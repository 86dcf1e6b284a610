/**
 * Reads from an id when its object was created, in milliseconds on Smooch's clock: an id is 24 hex digits, after a
 * prefix such as `app_` for a key, and the first eight count the seconds since 1970 (seen for keys, inferred for the
 * others: docs/api/observed.md). The true moment lies within the second that follows. Returns undefined for an id of
 * another form.
 */
export function createdAt(id: string): number | undefined {
  const match = /^(?:[a-z]+_)?([0-9a-f]{8})[0-9a-f]{16}$/.exec(id);
  return match?.[1] === undefined ? undefined : Number.parseInt(match[1], 16) * 1000;
}

/** Describes ids in messages. */
export const idForm = "letters, digits, - and _";

/** Whether a value can be an id: nothing else may get into a path. */
export function isId(value: unknown): boolean {
  return typeof value === "string" && /^[A-Za-z0-9_-]+$/.test(value);
}

/** Whether a text is the id of a key: `act_`, `app_`, `svc_` or `int_` and 24 hex digits. No secret has that form. */
export function isKeyId(text: string): boolean {
  return /^[a-z]{3}_[0-9a-f]{24}$/.test(text);
}
