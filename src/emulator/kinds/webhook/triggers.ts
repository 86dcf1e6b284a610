import { z } from "zod";
import type { ApiVersion } from "../../api-version";

/** A list of one or more triggers that a webhook of this API version can subscribe to. */
export function triggerList(apiVersion: ApiVersion) {
  const known = triggers[apiVersion];
  return z
    .array(z.enum(known, { error: `must be one of ${known.join(", ")}` }))
    .min(1, { error: "must name at least one trigger" });
}

const ofConversations = [
  "message",
  "*",
  "message:appUser",
  "message:appMaker",
  "conversation:start",
  "conversation:read",
  "conversation:referral",
  "postback",
  "merge:appUser",
];
const ofPaymentsAndLinks = ["payment:success", "link:success", "link:failure", "link:match"];

const triggers: { readonly [V in ApiVersion]: readonly string[] } = {
  v1: [...ofConversations, "delivery:success", "delivery:failure", ...ofPaymentsAndLinks],
  // `message` and `*` are no longer documented, but clients still send them.
  "v1.1": [
    ...ofConversations,
    "message:delivery:channel",
    "message:delivery:user",
    "message:delivery:failure",
    ...ofPaymentsAndLinks,
    "appUser:delete",
    "client:add",
    "client:remove",
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
    "conversation:remove",
    "conversation:message",
    "conversation:postback",
    "conversation:read",
    "conversation:referral",
    "conversation:typing",
    "conversation:message:delivery:channel",
    "conversation:message:delivery:failure",
    "conversation:message:delivery:user",
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
};
