import { z } from "zod";
import { text } from "../../fields";
import type { Channel, Channels, Field } from "./channel";
import { color, displayStyle } from "./look";

// What the documentation says about a field, one word each. Responses contain the input fields that are not secrets.
const required: Field = { wire: text, required: true };
const optional: Field = { wire: text };
const secret: Field = { wire: text, required: true, shown: "never" };
const optionalSecret: Field = { wire: text, shown: "never" };
const output: Field = {};
/** Not known to appear in later responses. */
const outputOnce: Field = { shown: "once" };

const changeable = (field: Field): Field => ({ ...field, sent: "always" });
const flag: Field = { wire: z.boolean() };

const look = (wire: z.ZodType, fallback?: string): Field => ({ wire, sent: "always", fallback });
/** Absent in the response to the creation, `null` from then on. */
const clearable = (wire: z.ZodType): Field => ({
  wire: wire.nullable(),
  sent: "always",
  laterFallback: null,
});

/** The same in v1 and v1.1. */
const sharedChannels = {
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
    validate: ({ tier, envName }) =>
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
    validate: ({ domain, incomingAddress }) =>
      String(incomingAddress)
        .toLowerCase()
        .endsWith(`@${String(domain).toLowerCase()}`)
        ? undefined
        : "incomingAddress: must be in the domain",
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

export const v1Channels: Channels = {
  ...sharedChannels,
  line: {
    fields: {
      channelId: changeable(required),
      channelAccessToken: secret,
      channelSecret: changeable(secret),
      botName: output,
    },
  },
  whatsapp: {
    fields: {
      baseUrl: required,
      username: required,
      password: secret,
      hsmFallbackLanguage: changeable(optional),
      phoneNumber: output,
    },
  },
  frontendEmail: { fields: { fromAddress: optional, shortId: output, smoochAddress: output } },
};

export const v1_1Channels: Channels = {
  ...sharedChannels,
  messagebird: extend(sharedChannels.messagebird, { signingKey: optionalSecret }),
  mailgun: extend(sharedChannels.mailgun, {
    hideUnsubscribeLink: changeable(flag),
    fromAddress: changeable(optional),
  }),
  ios: extend(sharedChannels.ios, { production: changeable(flag) }),
  // Documented for PUT only.
  web: extend(sharedChannels.web, { prechatCapture: { wire: z.looseObject({}), sent: "later" } }),
  line: {
    fields: {
      channelId: changeable(optional),
      channelAccessToken: optionalSecret,
      channelSecret: changeable(optionalSecret),
      serviceCode: changeable(optional),
      switcherSecret: changeable(optionalSecret),
      qrCodeUrl: changeable(optional),
      botName: output,
      lineId: output,
    },
  },
  whatsapp: {
    fields: {
      deploymentId: optionalSecret,
      baseUrl: optional,
      username: optional,
      password: optionalSecret,
      hsmFallbackLanguage: changeable(optional),
      phoneNumber: output,
    },
    validate: ({ deploymentId, baseUrl, username, password }) =>
      deploymentId === undefined && [baseUrl, username, password].includes(undefined)
        ? "deploymentId: is required, unless baseUrl, username and password are all given"
        : undefined,
  },
  instagram: {
    fields: {
      pageAccessToken: secret,
      appId: required,
      appSecret: secret,
      pageId: output,
      businessName: output,
      businessUsername: output,
      businessId: output,
    },
  },
  apple: { fields: { businessId: required, apiSecret: secret, mspId: required } },
};

function extend(channel: Channel, fields: Channel["fields"]): Channel {
  return { ...channel, fields: { ...channel.fields, ...fields } };
}
