import { z } from "zod";
import { httpUrl } from "../../fields";
import type { Webhook } from "./objects";
import { triggerList } from "./triggers";

export const webhookFlags = {
  includeFullUser: z.boolean().optional(),
  includeFullSource: z.boolean().optional(),
};

/** A new webhook in v2, alone or with its integration; there is no default trigger. */
export const newWebhookWire = z.strictObject({
  target: httpUrl,
  triggers: triggerList("v2"),
  ...webhookFlags,
});

/** A webhook in a v2 response, alone or in its integration. */
export function writeWebhook({ integrationId: _, ...webhook }: Webhook): Omit<Webhook, "integrationId"> {
  return webhook;
}
