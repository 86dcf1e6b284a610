import { z } from "zod";
import { text } from "../../fields";
import type { Channel, Channels, Field } from "./channel";
import { color, displayStyle } from "./look";

// What the documentation says about a field, one word each.
const required: Field = { wire: text, required: true };
const optional: Field = { wire: text };
const secret: Field = { wire: text, required: true, shown: "never" };
const output: Field = {};
const absent: Field = { fallback: null };
const flag: Field = { wire: z.boolean(), sent: "always" };
const changeable = (field: Field): Field => ({ ...field, sent: "always" });
const nullable = (field: Field): Field => ({ ...field, wire: text.nullable() });
const look = (wire: z.ZodType, fallback?: unknown): Field => ({ wire, sent: "always", fallback });

const hidden = changeable(nullable({ shown: "never" }));
const sdk: Channel["fields"] = {
  canUserSeeConversationList: flag,
  canUserCreateMoreConversations: flag,
  attachmentsEnabled: { fallback: true },
};

const field = z.strictObject({
  type: z.enum(["email", "select", "text"]),
  name: text.max(128),
  label: text.max(128),
  placeholder: z.string().optional(),
  minSize: z.int().optional(),
  maxSize: z.int().optional(),
  options: z.array(z.strictObject({ name: text, label: text })).optional(),
});
const prechatCapture = z.strictObject({
  avatarUrl: z.string().optional(),
  enabled: z.boolean().default(false),
  enableEmailLinking: z.boolean().default(false),
  fields: z.array(field).optional(),
});

/** The types that v2 can create, except `custom`. */
export const v2Channels: Channels = {
  android: {
    fields: {
      projectId: hidden,
      clientEmail: hidden,
      privateKey: hidden,
      serverKey: hidden,
      senderId: changeable(nullable({})),
      ...sdk,
    },
  },
  apple: {
    fields: {
      businessId: required,
      mspId: required,
      apiSecret: secret,
      authenticationMessageSecret: {
        wire: z.string().min(88, { error: "must have at least 88 characters" }),
        sent: "always",
      },
    },
  },
  instagram: {
    fields: {
      pageAccessToken: changeable(secret),
      appId: required,
      appSecret: secret,
      storyRepliesEnabled: { ...flag, fallback: true },
      storyMentionsEnabled: { ...flag, fallback: true },
      businessName: output,
      businessUsername: output,
      businessId: output,
      pageId: output,
    },
  },
  ios: {
    fields: {
      certificate: hidden,
      password: { wire: z.string(), sent: "always", shown: "never" },
      production: flag,
      autoUpdateBadge: flag,
      ...sdk,
    },
  },
  // None of these is documented as write-only, so responses contain them.
  line: {
    fields: {
      channelId: optional,
      channelSecret: optional,
      channelAccessToken: optional,
      serviceCode: optional,
      switcherSecret: optional,
      qrCodeUrl: optional,
      lineId: output,
    },
  },
  mailgun: {
    fields: {
      apiKey: secret,
      signingKey: optional,
      domain: required,
      incomingAddress: required,
      hideUnsubscribeLink: flag,
      fromAddress: changeable(nullable({})),
    },
    validate: ({ domain, incomingAddress }) =>
      String(incomingAddress)
        .toLowerCase()
        .endsWith(`@${String(domain).toLowerCase()}`)
        ? undefined
        : "incomingAddress: must be in the domain",
  },
  messagebird: {
    fields: { accessKey: secret, signingKey: secret, originator: required, webhookSecret: output },
  },
  messenger: {
    fields: {
      // Not documented as write-only, but the real API was observed to return null.
      pageAccessToken: changeable({ ...required, shown: "asNull" }),
      appId: required,
      appSecret: secret,
      pageId: output,
      pageName: output,
    },
  },
  telegram: { fields: { token: secret, username: output, botId: output } },
  twilio: {
    fields: {
      accountSid: required,
      authToken: secret,
      phoneNumberSid: optional,
      messagingServiceSid: optional,
    },
    validate: ({ phoneNumberSid, messagingServiceSid }) =>
      (phoneNumberSid === undefined) === (messagingServiceSid === undefined)
        ? "phoneNumberSid: exactly one of phoneNumberSid and messagingServiceSid is required"
        : undefined,
  },
  twitter: {
    fields: {
      tier: { wire: z.literal("enterprise", { error: "must be enterprise" }), required: true },
      consumerKey: secret,
      consumerSecret: secret,
      accessTokenKey: secret,
      accessTokenSecret: secret,
      envName: output,
    },
  },
  unity: { fields: sdk },
  viber: { fields: { token: secret, uri: output, accountId: output } },
  web: {
    fields: {
      brandColor: look(color, "65758e"),
      conversationColor: look(color, "0099ff"),
      actionColor: look(color, "0099ff"),
      fixedIntroPane: look(z.boolean(), false),
      displayStyle: look(displayStyle, "button"),
      buttonIconUrl: look(z.string().nullable()),
      buttonWidth: look(text, "58"),
      buttonHeight: look(text, "58"),
      integrationOrder: look(z.array(text).nullable()),
      businessName: look(z.string()),
      businessIconUrl: look(z.string()),
      backgroundImageUrl: look(z.string()),
      originWhitelist: look(z.array(text).nullable()),
      prechatCapture: look(prechatCapture),
      ...sdk,
    },
  },
  whatsapp: {
    fields: {
      hsmFallbackLanguage: { ...changeable(nullable({})), fallback: "en_US" },
      accountId: changeable(nullable(absent)),
      accountManagementAccessToken: changeable(nullable(absent)),
      phoneNumber: output,
    },
  },
};
