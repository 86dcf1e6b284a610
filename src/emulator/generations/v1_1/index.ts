import { z } from "zod";
import type { Channel, Channels } from "../../channel";
import {
  changeable,
  flag,
  optional,
  optionalSecret,
  output,
  required,
  secret,
  sharedChannels,
} from "../legacy/channels";
import { writeEventV1_1 } from "../legacy/event";
import { legacyGeneration } from "../legacy/index";

// legacy.md 5.2 and 5.3
const channels: Channels = {
  ...sharedChannels,
  messagebird: extend(sharedChannels.messagebird, { signingKey: optionalSecret }),
  mailgun: extend(sharedChannels.mailgun, {
    hideUnsubscribeLink: changeable(flag),
    fromAddress: changeable(optional),
  }),
  ios: extend(sharedChannels.ios, { production: changeable(flag) }),
  // Seen on PUT only, so nothing says that a POST takes it.
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
    findFault: ({ deploymentId, baseUrl, username, password }) =>
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

/** The API as of its last v1.1 specification, September 2021 (legacy.md 0). */
export const v1_1 = legacyGeneration({
  version: "v1.1",
  settings: {
    wire: z.strictObject({
      maskCreditCardNumbers: z.boolean().optional(),
      useAnimalNames: z.boolean().optional(),
      conversationRetentionSeconds: z.int().min(0, { error: "must not be negative" }).optional(),
      echoPostback: z.boolean().optional(),
      ignoreAutoConversationStart: z.boolean().optional(),
    }),
    names: [
      "maskCreditCardNumbers",
      "useAnimalNames",
      "conversationRetentionSeconds",
      "echoPostback",
      "ignoreAutoConversationStart",
    ],
  },
  appReadsItself: true,
  hasWebhookFlags: true,
  integrations: { channels, hasNamesAndPages: true, fixedNames: ["ios"] },
  hasCredentialRequired: false,
  writeEvent: writeEventV1_1,
});

function extend(channel: Channel, fields: Channel["fields"]): Channel {
  return { ...channel, fields: { ...channel.fields, ...fields } };
}
