import { z } from "zod";
import { kind } from "../kind";
import { id } from "./fields";

/** legacy.md 4.4, the column of v1. */
const triggers = [
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
] as const;

export const webhook = kind({
  noun: "webhook",
  inputs: z.strictObject({
    appId: id,
    target: z.string("must be a URL").refine(isHttpUrl, "must be a URL that begins with http:// or https://"),
    triggers: z
      .array(z.enum(triggers, `is no trigger of API v1 (${triggers.join(", ")})`), "must be a list")
      .min(1, "must name at least one trigger"),
  }),
  defaults: { triggers: ["message"] },
  address: z.object({ appId: id }),
  local: ["appId"],
  outputs: ["secret"],
  secretOutputs: ["secret"],
  replaceOn: ["appId"],
  // Two webhooks of one app cannot count on having the same target (legacy.md 8.4).
  deleteBeforeReplace: (olds, news) => olds.target === news.target,
  sets: ["triggers"],
  limit: 10,
  sensitive: ["target"],
  advice: {
    400: "Smooch calls the target with HEAD before it accepts it: make sure that it answers, from the internet, before the webhook is declared (`dependsOn`).",
    409: "A webhook of this app may have that target already: change or delete that one.",
  },
  create: (smooch, { appId, ...webhook }) => smooch.webhooks.create(appId, webhook),
  read: (smooch, id, { appId }) => smooch.webhooks.get(appId, id),
  siblings: (smooch, { appId }) => smooch.webhooks.list(appId),
  likeness: (webhook) => webhook.target,
  update: (smooch, id, { appId }, { appId: _, ...change }) => smooch.webhooks.update(appId, id, change),
  delete: (smooch, id, { appId }) => smooch.webhooks.delete(appId, id),
  parent: (smooch, { appId }) => smooch.apps.get(appId),
});

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}
