import type { AppEvent } from "./deliveries";
import type { Webhook } from "./objects/webhook";
import type { Version } from "./version";

/** What the webhooks of a generation may listen to: the columns of legacy.md 4.4, and v2.md 5.3. */
export const triggers: { readonly [V in Version]: readonly string[] } = {
  v1: [
    "message",
    "*",
    "message:appUser",
    "message:appMaker",
    "conversation:start",
    "conversation:read",
    "conversation:referral",
    "postback",
    "merge:appUser",
    "delivery:success",
    "delivery:failure",
    "payment:success",
    "link:success",
    "link:failure",
    "link:match",
  ],
  // The first two have left the documents but not the clients (legacy.md 9.4).
  "v1.1": [
    "message",
    "*",
    "message:appUser",
    "message:appMaker",
    "conversation:start",
    "conversation:read",
    "conversation:referral",
    "postback",
    "merge:appUser",
    "message:delivery:channel",
    "message:delivery:user",
    "message:delivery:failure",
    "payment:success",
    "link:success",
    "link:failure",
    "link:match",
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

/** An event's name in the generation of a webhook that listens to it; undefined when the webhook does not (v2.md 10.4). */
export function findTrigger({ version, triggers }: Webhook, { message }: AppEvent): string | undefined {
  const name = version === "v2" ? "conversation:message" : `message:${legacyRoles[message.author]}`;
  // legacy.md 4.4: `message` stands for both roles, `*` for everything.
  const names = version === "v2" ? [name] : [name, "message", "*"];
  return names.some((listened) => triggers.includes(listened)) ? name : undefined;
}

/** What the older generations call those who write. */
export const legacyRoles = { user: "appUser", business: "appMaker" } as const;
