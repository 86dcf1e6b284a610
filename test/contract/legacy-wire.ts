import { z } from "zod";

// The responses of v1 and v1.1, field by field. A field that v1's reference does not promise is optional.

export const id = z.string().regex(/^[0-9a-f]{24}$/);
const keyId = z.string().regex(/^app_[0-9a-f]+$/);
const flag = z.boolean().optional();
export const metadata = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional();
const earlySettings = { maskCreditCardNumbers: flag, useAnimalNames: flag };
export const settings = {
  v1: z.strictObject(earlySettings),
  "v1.1": z.strictObject({
    ...earlySettings,
    conversationRetentionSeconds: z.int().optional(),
    echoPostback: flag,
    ignoreAutoConversationStart: flag,
  }),
};
export const key = z.strictObject({ _id: keyId, name: z.string(), secret: z.string() });
const earlyWebhook = { _id: id, target: z.url(), triggers: z.array(z.string()), secret: z.string() };
export const webhook = {
  v1: z.strictObject(earlyWebhook),
  "v1.1": z.strictObject({
    ...earlyWebhook,
    version: z.enum(["v1.1", "1.1"]),
    includeClient: z.boolean(),
    includeFullAppUser: z.boolean(),
  }),
};
const earlyIntegration = {
  _id: id,
  type: z.literal("line"),
  channelId: z.string(),
  botName: z.string().optional(),
  status: z.enum(["active", "inactive", "error"]).optional(),
};
export const integration = {
  v1: z.strictObject(earlyIntegration),
  "v1.1": z.strictObject({ ...earlyIntegration, displayName: z.string().optional() }),
};
export const error = z.strictObject({ error: z.strictObject({ code: z.string(), description: z.string() }) });
