import { z } from "zod";
import { badRequest } from "./errors";
import { describeIssues } from "./issues";

/**
 * How the emulated platform answers questions that the documents of the real one leave open. The first answer of each
 * question is its default.
 *
 * ```ts
 * const emulator = new Emulator({ profile: { metadata: "merge" } });
 * emulator.setProfile({ serves: "none", notFound: "zendesk" });
 * ```
 */
export interface Profile {
  /**
   * What an update does to an app's metadata. `"replace"`: what is sent takes the place of all there was, and a `null`
   * among it is refused with 400. `"merge"`: what is sent is added to what there was, `null` for one name removes it, and
   * `metadata: null` removes all. The vendor's own manual tests of v2 suggest a merge; the documents do not say.
   */
  readonly metadata: "replace" | "merge";
  /**
   * What happens when one app is given a second webhook with the same target: `"refuse"` answers 409, `"alias"` answers
   * 200 with the webhook that is already there, `"allow"` creates it.
   */
  readonly duplicateTargets: "refuse" | "alias" | "allow";
  /** What happens to fields of a body that are unknown or cannot be written: 400, or they are ignored. */
  readonly unknownFields: "strict" | "lenient";
  /**
   * Whether the secrets of keys and webhooks come back after their creation: in full, as `****` and their last 4
   * characters, never, or from a read of one object only. The answer to the creation always shows them.
   */
  readonly secrets: "shown" | "masked" | "omitted" | "omitted-in-lists";
  /** What a DELETE that worked answers: 200 with `{}`, 204 without a body, or 202 with `{}`. */
  readonly deleteAnswer: "empty-object" | "no-content" | "accepted";
  /**
   * Which API versions there are. A request to any other is answered with 404 and the code `route_not_found`, whatever
   * its credentials. With `"none"` that is every request but those to `/_emulator/`: a host that is no API at all.
   */
  readonly serves: "all" | "v1.1+v2" | "v2" | "none";
  /**
   * The body of every 404 that is not a planned fault. `"api"`: the API's own error with its code. The others are not
   * the API's, or do not say that an object is missing.
   *
   * - `"route"`: the API's error with the code `route_not_found`.
   * - `"zendesk"`: `{"error": {"title": "No help desk at …", "message": …}}`, of a Zendesk host that was renamed.
   * - `"endpoint"`: `{"error": "InvalidEndpoint", "description": "Not found"}`, of a Zendesk host for a path it lacks.
   * - `"gateway"`: `{"message": "no Route matched with those values"}`, of a gateway in front.
   * - `"string"`: `"not found"` as JSON. `"text"`: the same as plain text. `"empty"`: no body.
   */
  readonly notFound: "api" | "route" | "zendesk" | "endpoint" | "gateway" | "string" | "text" | "empty";
}

/** Answers to some of the questions; `undefined` stands for the default. */
export type ProfileChanges = { readonly [Question in keyof Profile]?: Profile[Question] | undefined };

/** Fills in the defaults; throws an error that says all that is wrong with what was given. */
export function parseProfile(value: unknown): Profile {
  const parsed = profileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw badRequest(`The profile is not valid: ${describeIssues(parsed.error)}`);
}

const questions = {
  metadata: answers("replace", "merge"),
  duplicateTargets: answers("refuse", "alias", "allow"),
  unknownFields: answers("strict", "lenient"),
  secrets: answers("shown", "masked", "omitted", "omitted-in-lists"),
  deleteAnswer: answers("empty-object", "no-content", "accepted"),
  serves: answers("all", "v1.1+v2", "v2", "none"),
  notFound: answers("api", "route", "zendesk", "endpoint", "gateway", "string", "text", "empty"),
};

const profileSchema: z.ZodType<Profile> = z.strictObject(questions, {
  error: ({ code, keys }) =>
    code === "unrecognized_keys"
      ? `${[keys].flat().join(", ")}: no such question; there are ${Object.keys(questions).join(", ")}`
      : undefined,
});

function answers<const Answer extends string>(first: Answer, ...others: Answer[]) {
  const all = [first, ...others];
  return z.enum(all, { error: `must be one of ${all.join(", ")}` }).default(first);
}
