import type { Visibilities, Visibility } from "../kinds/kind";

/** Stands for a value that is not shown. */
export const hidden = "…";

interface Disclosed {
  /** The object's properties, with {@link hidden} instead of each secret. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** What was hidden, by the path of its property: `secret`, `fields.token`. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Separates what may be shown of an object from its secrets. A property without a visibility is a secret. */
export function disclose(object: object, visibilities: Visibilities, path = ""): Disclosed {
  const properties: Record<string, unknown> = {};
  const secrets: Record<string, string> = {};
  for (const [name, value] of Object.entries(object)) {
    const visibility: Visibility = Object.hasOwn(visibilities, name)
      ? (visibilities[name] ?? "secret")
      : "secret";
    if (visibility === "plain" || isEmpty(value)) {
      properties[name] = value;
    } else if (typeof visibility === "object" && typeof value === "object" && value !== null) {
      const inner = disclose(value, visibility, `${path}${name}.`);
      properties[name] = inner.properties;
      Object.assign(secrets, inner.secrets);
    } else {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      const shown = visibility === "url" ? withoutUrlSecrets(text) : hidden;
      properties[name] = shown;
      if (shown !== text) secrets[path + name] = text;
    }
  }
  return { properties, secrets };
}

/** A URL without its user info, query and fragment, any of which may be secret. */
export function withoutUrlSecrets(url: string): string {
  if (!URL.canParse(url)) return hidden;
  const { protocol, username, password, host, pathname, search, hash } = new URL(url);
  const user = username === "" && password === "" ? "" : `${hidden}@`;
  const rest = (search === "" ? "" : `?${hidden}`) + (hash === "" ? "" : `#${hidden}`);
  const shown = `${protocol}//${user}${host}${pathname}${rest}`;
  // Nothing is hidden, so that the URL is shown as it was written: parsing adds a slash to a bare host.
  return user + rest === "" ? url : shown;
}

/** The parts of a URL that may be secret; user and password also as they are sent. */
export function urlSecrets(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { username, password, searchParams, hash } = new URL(url);
  const user = `${decode(username)}:${decode(password)}`;
  const basic = user === ":" ? "" : Buffer.from(user).toString("base64");
  return [decode(username), decode(password), basic, ...searchParams.values(), hash.slice(1)];
}

/** Without percent-encoding, if it is properly encoded. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** There is nothing to hide in a value that is not set. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
