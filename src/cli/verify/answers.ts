import { saysGone } from "../../smooch/foreign";
import type { Answer, Question } from "./step";

/** The property at a path such as `integration.webhooks.0.id`. */
export function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce(
      (inner, name) => (inner === null || inner === undefined ? undefined : Object(inner)[name]),
      value,
    );
}

export function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** The error's code in any API version. */
export function codeOf({ body }: Answer): string | undefined {
  const code = at(body, "error.code") ?? at(body, "errors.0.code");
  return typeof code === "string" ? code : undefined;
}

/** `HTTP 400 bad_request`. */
export function describe(answer: Answer): string {
  const code = isSuccess(answer) ? undefined : codeOf(answer);
  return `HTTP ${answer.status}${code === undefined ? "" : ` ${code}`}`;
}

/** Whether the API accepts a call, and the refusal otherwise. */
export function accepts(about: string): Question {
  return decides(about, () => "accepts it");
}

/** The same, with what a success tells. */
export function decides(about: string, tell: (body: unknown) => string): Question {
  return {
    about,
    answer: (answer) => (isSuccess(answer) ? tell(answer.body) : `refuses it: ${describe(answer)}`),
  };
}

/** The status and code, whatever they are. */
export function responds(about: string): Question {
  return { about, answer: describe };
}

export const metadataMerges: Question = {
  about: "Whether an update merges metadata",
  setting: "metadata",
  answer: (answer) =>
    isSuccess(answer)
      ? at(answer.body, "app.metadata.b") === undefined
        ? "replace"
        : "merge"
      : describe(answer),
};

export const unknownFields: Question = {
  about: "An unknown field in a body",
  setting: "unknownFields",
  answer: (answer) => (isSuccess(answer) ? "lenient" : answer.status === 400 ? "strict" : describe(answer)),
};

export const duplicateTargets: Question = {
  about: "A second webhook with the same target in one app",
  setting: "duplicateTargets",
  answer(answer) {
    if (isSuccess(answer)) return answer.status === 200 ? "alias" : "allow";
    return answer.status === 409 ? "refuse" : describe(answer);
  },
};

/** `path` leads to the secret in the response. */
export function secrets(about: string, setting: "secretsRead" | "secretsListed", path: string): Question {
  return {
    about,
    setting,
    answer(answer) {
      if (!isSuccess(answer)) return describe(answer);
      const secret = at(answer.body, path);
      if (typeof secret !== "string") return "omitted";
      return /^[\w-]{16,}$/.test(secret) ? "shown" : "masked";
    },
  };
}

export const deleteAnswer: Question = {
  about: "The response to a successful DELETE",
  setting: "deleteAnswer",
  answer(answer) {
    const isEmptyObject = JSON.stringify(answer.body) === "{}";
    if (answer.status === 200 && isEmptyObject) return "empty-object";
    if (answer.status === 202 && isEmptyObject) return "accepted";
    return answer.status === 204 ? "no-content" : describe(answer);
  },
};

export const notFound: Question = {
  about: "The body of a 404",
  setting: "notFound",
  answer(answer) {
    if (answer.status !== 404) return describe(answer);
    const code = codeOf(answer);
    if (code === "route_not_found") return "route";
    if (saysGone(code)) return "api";
    const { body, isJson } = answer;
    if (body === undefined) return "empty";
    if (typeof body === "string") return isJson ? "string" : "text";
    if (at(body, "error.title") !== undefined) return "zendesk";
    if (at(body, "error") === "InvalidEndpoint") return "endpoint";
    return at(body, "message") === undefined ? "another body" : "gateway";
  },
};
