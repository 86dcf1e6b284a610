import { type ApiVersion, apiVersions } from "../../smooch/api-version";
import { triggers } from "../../smooch/triggers";
import type { Validation } from "../kind";
import { unknownValue } from "../values";

type Names = readonly string[];
type Row = { readonly [Version in ApiVersion]?: readonly (typeof triggers)[Version][number][] };

/** Each row is one event, with its name in each API version. */
const rows: readonly Partial<Record<ApiVersion, Names>>[] = [
  { v1: ["message"], "v1.1": ["message"], v2: ["conversation:message"] },
  { v1: ["message:appUser"], "v1.1": ["message:appUser"], v2: ["conversation:message"] },
  { v1: ["message:appMaker"], "v1.1": ["message:appMaker"], v2: ["conversation:message"] },
  { v1: ["conversation:start"], "v1.1": ["conversation:start"], v2: ["conversation:create"] },
  { v1: ["postback"], "v1.1": ["postback"], v2: ["conversation:postback"] },
  { v1: ["merge:appUser"], "v1.1": ["merge:appUser"], v2: ["user:merge"] },
  {
    v1: ["delivery:success"],
    "v1.1": ["message:delivery:channel", "message:delivery:user"],
    v2: ["conversation:message:delivery:channel", "conversation:message:delivery:user"],
  },
  {
    v1: ["delivery:failure"],
    "v1.1": ["message:delivery:failure"],
    v2: ["conversation:message:delivery:failure"],
  },
  { v1: ["link:success"], "v1.1": ["link:success"], v2: ["client:update"] },
  { v1: ["link:match"], "v1.1": ["link:match"], v2: ["client:update"] },
  { v1: ["link:failure"], "v1.1": ["link:failure"], v2: ["client:remove"] },
  { "v1.1": ["appUser:delete"], v2: ["user:remove"] },
  { "v1.1": ["typing:appUser"], v2: ["conversation:typing"] },
] satisfies readonly Row[];

const namesIn: Readonly<Record<ApiVersion, Names>> = triggers;

/** All messages: the default triggers of a webhook. */
export const defaultTriggers: Record<ApiVersion, string[]> = {
  v1: ["message"],
  "v1.1": ["message"],
  v2: ["conversation:message"],
};

/**
 * Rejects triggers that the API version does not have; warns about unknown ones if newer triggers may exist. The
 * message does not quote an unknown trigger, which may be something else, and secret.
 */
export function validateTriggers(
  property: string,
  listed: unknown,
  version: ApiVersion,
): Required<Validation> {
  const given: unknown[] = Array.isArray(listed) ? listed : [];
  const validations = given.map((trigger, index) =>
    typeof trigger === "string" && trigger !== unknownValue
      ? validateTrigger(`${property}.${index}`, trigger, version)
      : {},
  );
  return {
    failures: validations.flatMap(({ failures = [] }) => failures),
    warnings: validations.flatMap(({ warnings = [] }) => warnings),
  };
}

function validateTrigger(property: string, trigger: string, version: ApiVersion): Validation {
  const known = namesIn[version];
  if (known.includes(trigger)) return {};
  const home = apiVersions.find((other) => namesIn[other].includes(trigger));
  if (home !== undefined) {
    const alike = rows.filter((row) => row[home]?.includes(trigger)).map((row) => row[version] ?? []);
    const here = [...new Set(alike.map((names) => names.join(" and ")))].filter((text) => text !== "");
    const instead =
      here.length > 0 ? `in ${version} use ${here.join(" or ")}` : `${version} has no equivalent`;
    return { failures: [{ property, reason: `"${trigger}" is a ${home} trigger; ${instead}` }] };
  }
  if (version === "v1")
    return { failures: [{ property, reason: `is not a v1 trigger (${known.join(", ")})` }] };
  return { warnings: [`${property} is not a ${version} trigger that this version of the package knows`] };
}
