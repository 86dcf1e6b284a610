/**
 * Reads from an id when its object was created, in milliseconds on Smooch's clock: an id is 24 hex digits, after a
 * prefix such as `app_` for a key, and the first eight count the seconds since 1970. The true moment lies within the
 * second that follows. Returns undefined for an id of another form.
 */
export function createdAt(id: string): number | undefined {
  const match = /^(?:[a-z]+_)?([0-9a-f]{8})[0-9a-f]{16}$/.exec(id);
  return match?.[1] === undefined ? undefined : Number.parseInt(match[1], 16) * 1000;
}

/** Describes ids in messages. */
export const idForm = "letters, digits, - and _";

/** Nothing but an id may get into a path. */
export function isId(text: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(text);
}
