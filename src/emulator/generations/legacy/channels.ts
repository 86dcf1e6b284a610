import { z } from "zod";
import type { Channel, Field } from "../../channel";
import { color, displayStyle, text } from "../../fields";

// What legacy.md 5.2 and 5.3 say of a field, in one word each. An input that is no secret is answered.
export const required: Field = { wire: text, required: true };
export const optional: Field = { wire: text };
export const secret: Field = { wire: text, required: true, shown: "never" };
export const optionalSecret: Field = { wire: text, shown: "never" };
export const output: Field = {};
/** legacy.md 9.8: not known to be answered again. */
export const outputOnce: Field = { shown: "once" };

export const changeable = (field: Field): Field => ({ ...field, sent: "always" });
export const flag: Field = { wire: z.boolean() };

const look = (wire: z.ZodType, fallback?: string): Field => ({ wire, sent: "always", fallback });
/** Absent right after the creation, `null` from then on (legacy.md 5.2, notes). */
const clearable = (wire: z.ZodType): Field => ({
  wire: wire.nullable(),
  sent: "always",
  laterFallback: null,
});

/** The same in v1 and v1.1. */
export const sharedChannels = {
  messenger: { fields: { pageAccessToken: secret, appId: required, appSecret: secret, pageId: output } },
  twitter: {
    fields: {
      consumerKey: required,
      consumerSecret: secret,
      accessTokenKey: required,
      accessTokenSecret: secret,
      tier: { wire: z.enum(["enterprise", "premium"], { error: "must be enterprise or premium" }) },
      envName: optional,
      userId: output,
      username: output,
    },
    findFault: ({ tier, envName }) =>
      tier === "premium" && envName === undefined
        ? "envName: is required with the tier `premium`"
        : undefined,
  },
  twilio: {
    fields: {
      accountSid: required,
      authToken: secret,
      phoneNumberSid: required,
      phoneNumber: output,
      name: output,
    },
  },
  messagebird: { fields: { accessKey: secret, originator: required, webhookSecret: outputOnce } },
  telegram: { fields: { token: secret, username: output } },
  viber: { fields: { token: secret, uri: output } },
  wechat: {
    fields: {
      appId: required,
      appSecret: secret,
      encodingAesKey: optionalSecret,
      accessTokenUrl: optionalSecret,
      webhookSecret: outputOnce,
    },
  },
  mailgun: {
    fields: { apiKey: secret, domain: required, incomingAddress: required },
    findFault: ({ domain, incomingAddress }) =>
      String(incomingAddress).endsWith(`@${domain}`) ? undefined : "incomingAddress: must be in the domain",
  },
  android: { fields: { serverKey: secret, senderId: required } },
  ios: {
    fields: {
      certificate: secret,
      password: optionalSecret,
      autoUpdateBadge: flag,
      production: output,
    },
  },
  web: {
    fields: {
      brandColor: look(color, "65758e"),
      conversationColor: look(color, "0099ff"),
      actionColor: look(color, "0099ff"),
      displayStyle: look(displayStyle, "button"),
      buttonIconUrl: look(z.string()),
      buttonWidth: look(text),
      buttonHeight: look(text),
      fixedIntroPane: look(z.boolean()),
      businessName: look(z.string()),
      businessIconUrl: look(z.string()),
      backgroundImageUrl: clearable(z.string()),
      originWhitelist: clearable(z.array(text)),
      integrationOrder: clearable(z.array(text)),
    },
  },
} as const satisfies { readonly [type: string]: Channel };
