import type { ApiVersion } from "./api-version";

/**
 * The triggers of both v1 and v1.1. v1.1's documented list lacks `message`, its first default, and `*`, which clients
 * still use there (docs/api/legacy.md).
 */
const legacy = [
  "message",
  "*",
  "message:appUser",
  "message:appMaker",
  "conversation:start",
  "conversation:read",
  "conversation:referral",
  "postback",
  "merge:appUser",
] as const;
const links = ["payment:success", "link:success", "link:match", "link:failure"] as const;

/** The events a webhook can subscribe to, by the webhook's API version. */
export const triggers = {
  v1: [...legacy, "delivery:success", "delivery:failure", ...links],
  "v1.1": [
    ...legacy,
    ...links,
    "message:delivery:channel",
    "message:delivery:user",
    "message:delivery:failure",
    "client:add",
    "client:remove",
    "appUser:delete",
    "typing:appUser",
    "notification:delivery:channel",
    "notification:delivery:user",
    "notification:delivery:failure",
    "notification:match:failure",
  ],
  v2: [
    "client:add",
    "client:remove",
    "client:update",
    "conversation:create",
    "conversation:join",
    "conversation:leave",
    "conversation:message",
    "conversation:message:delivery:channel",
    "conversation:message:delivery:failure",
    "conversation:message:delivery:user",
    "conversation:postback",
    "conversation:read",
    "conversation:referral",
    "conversation:remove",
    "conversation:typing",
    "passthrough:messaging",
    "switchboard:acceptControl",
    "switchboard:acceptControl:failure",
    "switchboard:offerControl",
    "switchboard:offerControl:failure",
    "switchboard:passControl",
    "switchboard:passControl:failure",
    "switchboard:releaseControl",
    "user:merge",
    "user:remove",
    "user:update",
  ],
} as const satisfies Record<ApiVersion, readonly string[]>;

export type SmoochTriggerV1 = (typeof triggers)["v1"][number];
export type SmoochTriggerV1_1 = (typeof triggers)["v1.1"][number];
export type SmoochTriggerV2 = (typeof triggers)["v2"][number];
/** A trigger of any API version; Smooch may have newer ones. */
export type SmoochTrigger = SmoochTriggerV1 | SmoochTriggerV1_1 | SmoochTriggerV2 | (string & {});

const known: ReadonlySet<unknown> = new Set(Object.values(triggers).flat());

/** Whether a value is a trigger of any API version. */
export function isTrigger(value: unknown): boolean {
  return known.has(value);
}
