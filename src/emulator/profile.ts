import { z } from "zod";
import { badRequest } from "./errors";
import { describeIssues } from "./issues";

/**
 * How the emulator behaves where Smooch's documentation is unclear. The first value of each setting is its default.
 *
 * ```ts
 * const emulator = new Emulator({ profile: { metadata: "merge" } });
 * emulator.setProfile({ serves: "none", notFound: "zendesk" });
 * ```
 */
export interface Profile {
  /**
   * What an update does to an app's metadata. `"replace"`: the new metadata replaces the old, and a `null` value gets a
   * 400. `"merge"`: the new metadata is merged into the old, a `null` value removes that key, and `metadata: null`
   * removes all. The vendor's own manual tests of v2 suggest a merge; the documentation does not say.
   */
  readonly metadata: "replace" | "merge";
  /**
   * What happens if an app is given a second webhook with the same target: `"refuse"` returns a 409, `"alias"` returns
   * a 200 with the existing webhook, `"allow"` creates it.
   */
  readonly duplicateTargets: "refuse" | "alias" | "allow";
  /** What happens to fields that are unknown or read-only: `"strict"` returns a 400, `"lenient"` ignores them. */
  readonly unknownFields: "strict" | "lenient";
  /**
   * Whether responses contain the secrets of keys and webhooks: in full, as `****` and the last 4 characters, never, or
   * only when a single object is read. The response to the creation always contains them.
   */
  readonly secrets: "shown" | "masked" | "omitted" | "omitted-in-lists";
  /**
   * The response to a successful DELETE: 200 with `{}` (for the menu of an app, with an empty menu), 204 without a body,
   * or 202 with `{}`.
   */
  readonly deleteAnswer: "empty-object" | "no-content" | "accepted";
  /**
   * Which API versions exist. A request to any other gets a 404 with the code `route_not_found`, whatever its
   * credentials. With `"none"`, that applies to every request outside `/_emulator/`, as on a host without the API.
   */
  readonly serves: "all" | "v1.1+v2" | "v2" | "none";
  /**
   * The body of every 404 that is not a planned fault. `"api"`: the API's own error with its code. The others did not
   * come from the API, or do not say that an object is missing.
   *
   * - `"route"`: the API's error with the code `route_not_found`.
   * - `"zendesk"`: `{"error": {"title": "No help desk at …", "message": …}}`, from a Zendesk host that was renamed.
   * - `"endpoint"`: `{"error": "InvalidEndpoint", "description": "Not found"}`, from a Zendesk host without that path.
   * - `"gateway"`: `{"message": "no Route matched with those values"}`, from a gateway in front of the API.
   * - `"string"`: `"not found"` as JSON. `"text"`: the same as plain text. `"empty"`: no body.
   */
  readonly notFound: "api" | "route" | "zendesk" | "endpoint" | "gateway" | "string" | "text" | "empty";
}

/** Changes to some of the settings; `undefined` means the default. */
export type ProfileChanges = { readonly [Setting in keyof Profile]?: Profile[Setting] | undefined };

/** Fills in the defaults; throws an error that lists every problem. */
export function parseProfile(value: unknown): Profile {
  const parsed = profileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw badRequest(`The profile is not valid: ${describeIssues(parsed.error)}`);
}

const settings = {
  metadata: oneOf("replace", "merge"),
  duplicateTargets: oneOf("refuse", "alias", "allow"),
  unknownFields: oneOf("strict", "lenient"),
  secrets: oneOf("shown", "masked", "omitted", "omitted-in-lists"),
  deleteAnswer: oneOf("empty-object", "no-content", "accepted"),
  serves: oneOf("all", "v1.1+v2", "v2", "none"),
  notFound: oneOf("api", "route", "zendesk", "endpoint", "gateway", "string", "text", "empty"),
};

const profileSchema: z.ZodType<Profile> = z.strictObject(settings, {
  error: ({ code, keys }) =>
    code === "unrecognized_keys"
      ? `unknown setting ${[keys].flat().join(", ")}; use ${Object.keys(settings).join(", ")}`
      : undefined,
});

/** The first value is the default. */
function oneOf<const Value extends string>(first: Value, ...others: Value[]) {
  const all = [first, ...others];
  return z.enum(all, { error: `must be one of ${all.join(", ")}` }).default(first);
}
