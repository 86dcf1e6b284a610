import { z } from "zod";
import { httpUrl } from "../../fields";
import type { Webhook } from "./objects";
import { triggerList } from "./triggers";

export const webhookFlags = {
  includeFullUser: z.boolean().optional(),
  includeFullSource: z.boolean().optional(),
};

/** What creates a webhook in v2, alone or with its integration: there is no default trigger. */
export const newWebhookWire = z.strictObject({
  target: httpUrl,
  triggers: triggerList("v2"),
  ...webhookFlags,
});

/** A webhook as v2 answers it, alone or within its integration. */
export function writeWebhook({ integrationId: _, ...webhook }: Webhook): Omit<Webhook, "integrationId"> {
  return webhook;
}
