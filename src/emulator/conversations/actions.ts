import { z } from "zod";
import { metadata, text } from "../fields";

const common = { text, metadata: metadata.nullish() };
const linkShape = {
  ...common,
  uri: text,
  default: z.boolean().optional(),
  extraChannelOptions: z.looseObject({}).optional(),
};

const buy = z.strictObject({
  ...common,
  type: z.literal("buy"),
  amount: z.int(),
  currency: z.string().optional(),
});
const link = z.strictObject({ ...linkShape, type: z.literal("link") });
const locationRequest = z.strictObject({ ...common, type: z.literal("locationRequest") });
const postback = z.strictObject({ ...common, type: z.literal("postback"), payload: text });
const reply = z.strictObject({
  ...common,
  type: z.literal("reply"),
  payload: text,
  iconUrl: z.string().optional(),
});
const share = z.strictObject({ type: z.literal("share"), metadata: metadata.nullish() });
const webview = z.strictObject({
  ...linkShape,
  type: z.literal("webview"),
  fallback: text,
  size: z.enum(["compact", "tall", "full"]).optional(),
  openOnReceive: z.boolean().optional(),
});

/** An action of a message. */
export const messageAction = anyOf([buy, link, locationRequest, postback, reply, webview]);

/** An action of an item, or of a list. */
export const itemAction = anyOf([buy, link, postback, webview]);

/** An action of an item in v1 and v1.1. */
export const legacyItemAction = anyOf([buy, link, postback, share, webview]);

type Action = z.ZodObject<{ type: z.ZodLiteral<string> }>;

function anyOf<const Actions extends readonly [Action, ...Action[]]>(actions: Actions) {
  const types = actions.map(({ shape }) => shape.type.value).join(", ");
  return z.discriminatedUnion("type", actions, {
    error: ({ code }) => (code === "invalid_union" ? `must be one of ${types} here` : undefined),
  });
}
