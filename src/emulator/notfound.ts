import type { ApiError } from "./errors";
import { routeNotFound } from "./errors";
import type { Generation } from "./generations/generation";
import type { Profile } from "./profile";
import type { Answer } from "./route";
import type { Version } from "./version";

/** Whether a host with this profile has the API version that a path names; what names none is for the routes to know. */
export function isServed({ serves }: Profile, version: Version | undefined): boolean {
  if (serves === "all" || serves === "none") return serves === "all";
  return version === undefined || serves.split("+").includes(version);
}

/** What is sent when an object is missing, or the whole API version. */
export function answerNotFound(
  error: ApiError,
  { notFound }: Pick<Profile, "notFound">,
  { writeError }: Pick<Generation, "writeError">,
): Answer {
  if (notFound === "api") return json(writeError(error));
  if (notFound === "route") return json(writeError(routeNotFound()));
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

/** 404 as something else than the API answers it. */
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
