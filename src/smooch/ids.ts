/**
 * When an object was created, in milliseconds on Smooch's clock, read from its id: Smooch's ids are 24 hex
 * digits of which the first eight count seconds since 1970; keys have a prefix before that (legacy.md 1.2).
 * Undefined for an id of another form. The true moment lies within the second that follows.
 */
export function createdAt(id: string): number | undefined {
  const match = /^(?:[a-z]+_)?([0-9a-f]{8})[0-9a-f]{16}$/.exec(id);
  return match?.[1] === undefined ? undefined : Number.parseInt(match[1], 16) * 1000;
}

/** What an id consists of, in messages. */
export const idForm = "letters, digits, - and _";

/** Whether a text can be an id: nothing else may get into a path. */
export function isId(text: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(text);
}
