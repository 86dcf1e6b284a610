import type { ApiVersion } from "./api-version";
import { type ApiError, routeNotFound, writeError } from "./errors";
import type { Profile } from "./profile";
import type { Answer } from "./route";

/** Whether this profile serves the API version; a path without one may be the emulator's own. */
export function isServed({ serves }: Profile, version: ApiVersion | undefined): boolean {
  if (serves === "all" || serves === "none") return serves === "all";
  return version === undefined || serves.split("+").includes(version);
}

/** The response when an object, or the whole API version, does not exist. */
export function answerNotFound(
  error: ApiError,
  notFound: Profile["notFound"],
  apiVersion: ApiVersion,
): Answer {
  if (notFound === "api") return json(writeError(error, apiVersion));
  if (notFound === "route") return json(writeError(routeNotFound(), apiVersion));
  return foreignAnswers[notFound];
}

export const foreignAnswerNames = [
  "route",
  "zendesk",
  "endpoint",
  "gateway",
  "string",
  "text",
  "empty",
] as const satisfies Profile["notFound"][];

/** 404s that did not come from the API. */
const foreignAnswers: { readonly [Name in Exclude<Profile["notFound"], "api" | "route">]: Answer } = {
  zendesk: json({
    error: {
      title: "No help desk at acme.example",
      message: "There is no help desk configured at this address.",
    },
  }),
  endpoint: json({ error: "InvalidEndpoint", description: "Not found" }),
  gateway: json({ message: "no Route matched with those values" }),
  string: json("not found"),
  text: { status: 404, text: "not found" },
  empty: { status: 404 },
};

function json(body: unknown): Answer {
  return { status: 404, body };
}
