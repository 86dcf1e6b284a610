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
const menuItem = z.strictObject({
  _id: id,
  type: z.enum(["link", "postback", "submenu"]),
  text: z.string(),
  uri: z.string().optional(),
  payload: z.string().optional(),
  get items() {
    return z.array(menuItem).min(1).max(5).optional();
  },
});
export const menu = z.strictObject({
  items: z.array(menuItem).min(1).max(3),
  settings: z.strictObject({ inputEnabled: z.boolean() }),
});
const action = z.strictObject({
  type: z.literal("reply"),
  text: z.string(),
  payload: z.string(),
  uri: z.literal(""),
});
const message = { role: z.literal("appMaker") };
export const template = z.strictObject({
  _id: id,
  name: z.string(),
  message: z.union([
    z.strictObject({ ...message, type: z.literal("text"), text: z.string(), actions: z.array(action) }),
    z.strictObject({
      ...message,
      type: z.literal("file"),
      mediaType: z.string(),
      mediaUrl: z.url(),
      mediaSize: z.int(),
    }),
  ]),
});
export const serviceAccount = z.strictObject({ _id: id, name: z.string() });
export const serviceAccountKey = key.extend({ _id: z.string().regex(/^svc_[0-9a-f]+$/) });
export const error = z.strictObject({ error: z.strictObject({ code: z.string(), description: z.string() }) });
