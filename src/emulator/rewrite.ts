import type { Overlay } from "./overlay";
import type { Profile } from "./profile";
import type { Answer } from "./route";

/** What changes between a route's response and the one that is sent. */
interface Rewriting {
  readonly profile: Profile;
  /** By object id. */
  readonly overlays: ReadonlyMap<string, Overlay>;
  /** Fields whose value is an object of some kind, which may have a `secret`; a key of metadata may be named so too. */
  readonly objectFields: ReadonlySet<string>;
}

const deleteAnswers: { readonly [Name in Exclude<Profile["deleteAnswer"], "empty-object">]: Answer } = {
  "no-content": { status: 204 },
  accepted: { status: 202, body: {} },
};

/** The response that is sent for a successful request. */
export function rewriteAnswer(
  answer: Answer,
  method: string,
  { profile, overlays, objectFields }: Rewriting,
): Answer {
  if (method === "DELETE") {
    return profile.deleteAnswer === "empty-object" ? answer : deleteAnswers[profile.deleteAnswer];
  }
  const secrets = method === "POST" ? "shown" : profile.secrets;
  if (secrets === "shown" && overlays.size === 0) return answer;
  return { ...answer, body: rewrite(answer.body, "", false) };

  /** `name` is the field that holds the value. */
  function rewrite(value: unknown, name: string, isListed: boolean): unknown {
    if (Array.isArray(value)) return value.map((item) => rewrite(item, name, true));
    if (typeof value !== "object" || value === null) return value;
    const fields = Object.entries(value).map(([field, inner]): [string, unknown] => [
      field,
      field === "secret" && objectFields.has(name)
        ? rewriteSecret(String(inner), secrets, isListed)
        : rewrite(inner, field, isListed),
    ]);
    const written: Record<string, unknown> = Object.fromEntries(fields);
    return { ...written, ...overlays.get(String(written.id ?? written._id)) };
  }
}

function rewriteSecret(secret: string, secrets: Profile["secrets"], isListed: boolean): string | undefined {
  switch (secrets) {
    case "shown":
      return secret;
    case "masked":
      return `****${secret.slice(-4)}`;
    case "omitted":
      return undefined;
    case "omitted-in-lists":
      return isListed ? undefined : secret;
  }
}
