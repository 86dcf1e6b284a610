import { type ApiVersion, apiVersions } from "../../smooch/generations/version";
import type { Judgement } from "../kind";
import { unknownValue } from "../values";

type Names = readonly string[];
type Row = Readonly<Partial<Record<ApiVersion, Names>>>;

const everywhere = (...names: Names): Row => ({ v1: names, "v1.1": names, v2: names });

/** What each generation calls the same event (legacy.md 4.4, v2.md 5.3 and 10.4). */
const rows: readonly Row[] = [
  // The list of v1.1 lacks `message` and `*`; clients use them there (legacy.md 9.4).
  { v1: ["message"], "v1.1": ["message"], v2: ["conversation:message"] },
  { v1: ["*"], "v1.1": ["*"] },
  { v1: ["message:appUser"], "v1.1": ["message:appUser"], v2: ["conversation:message"] },
  { v1: ["message:appMaker"], "v1.1": ["message:appMaker"], v2: ["conversation:message"] },
  { v1: ["conversation:start"], "v1.1": ["conversation:start"], v2: ["conversation:create"] },
  everywhere("conversation:read"),
  everywhere("conversation:referral"),
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
  { v1: ["payment:success"], "v1.1": ["payment:success"] },
  { v1: ["link:success"], "v1.1": ["link:success"], v2: ["client:update"] },
  { v1: ["link:match"], "v1.1": ["link:match"], v2: ["client:update"] },
  { v1: ["link:failure"], "v1.1": ["link:failure"], v2: ["client:remove"] },
  { "v1.1": ["client:add"], v2: ["client:add"] },
  { "v1.1": ["client:remove"], v2: ["client:remove"] },
  { "v1.1": ["appUser:delete"], v2: ["user:remove"] },
  { "v1.1": ["typing:appUser"], v2: ["conversation:typing"] },
  {
    "v1.1": ["notification:delivery:channel", "notification:delivery:user", "notification:delivery:failure"],
  },
  {
    v2: [
      "client:update",
      "conversation:join",
      "conversation:leave",
      "conversation:remove",
      "passthrough:messaging",
      "switchboard:acceptControl",
      "switchboard:acceptControl:failure",
      "switchboard:offerControl",
      "switchboard:offerControl:failure",
      "switchboard:passControl",
      "switchboard:passControl:failure",
      "switchboard:releaseControl",
      "user:update",
    ],
  },
];

const collect = (version: ApiVersion): Names => [...new Set(rows.flatMap((row) => row[version] ?? []))];

const namesIn: Readonly<Record<ApiVersion, Names>> = {
  v1: collect("v1"),
  "v1.1": collect("v1.1"),
  v2: collect("v2"),
};

/** Every message: what a webhook listens to where nothing is said. */
export const defaultTriggers: Record<ApiVersion, string[]> = {
  v1: ["message"],
  "v1.1": ["message"],
  v2: ["conversation:message"],
};

/**
 * What is wrong with triggers in a generation, and what is doubtful: newer generations get new ones now and then. What
 * is no trigger anywhere is not repeated, for it may be something else, and secret.
 */
export function judgeTriggers(property: string, triggers: unknown, version: ApiVersion): Required<Judgement> {
  const given: unknown[] = Array.isArray(triggers) ? triggers : [];
  const judgements = given.map((trigger, index) =>
    typeof trigger === "string" && trigger !== unknownValue
      ? judge(`${property}.${index}`, trigger, version)
      : {},
  );
  return {
    failures: judgements.flatMap(({ failures = [] }) => failures),
    warnings: judgements.flatMap(({ warnings = [] }) => warnings),
  };
}

function judge(property: string, trigger: string, version: ApiVersion): Judgement {
  const known = namesIn[version];
  if (known.includes(trigger)) return {};
  const home = apiVersions.find((other) => namesIn[other].includes(trigger));
  if (home !== undefined) {
    const alike = rows.filter((row) => row[home]?.includes(trigger)).map((row) => row[version] ?? []);
    const here = [...new Set(alike.map((names) => names.join(" and ")))].filter((text) => text !== "");
    const instead =
      here.length > 0 ? `in ${version} use ${here.join(" or ")}` : `${version} has none like it`;
    return { failures: [{ property, reason: `"${trigger}" is a ${home} trigger; ${instead}` }] };
  }
  if (version === "v1")
    return { failures: [{ property, reason: `is no trigger of API v1 (${known.join(", ")})` }] };
  return { warnings: [`${property} is no trigger of API ${version} that this version of the package knows`] };
}
