import { type ApiVersion, apiVersions } from "./generations/version";

/** One field of a channel, in the neutral vocabulary. */
export interface ChannelField {
  is: "text" | "color" | "flag" | "texts" | "object" | "objects" | readonly string[];
  /** The generations that know it. Default: all that know the channel. */
  in?: readonly ApiVersion[];
  /** The generations in which an integration cannot be made without it. */
  required?: readonly ApiVersion[];
  /** The generations in which it can be changed in place; in the others its change makes a new integration. */
  changes?: readonly ApiVersion[];
  /** An empty string clears it; any other field refuses one. */
  clearable?: true;
  /** The fewest characters that a text may have. Default: 1, or 0 where an empty one clears it. */
  min?: number;
  /** A credential: no message and no plain state may hold it. */
  secret?: true;
  /** Never given back, or not reliably. */
  writeOnly?: true;
  /** Its name on the wire, where that is taken by something else here. */
  wire?: string;
}

/** A kind of integration, as Smooch's API knows it. */
export interface Channel {
  /** The generations in which one can be made. */
  in: readonly ApiVersion[];
  /** What v1 and v1.1 call its type, where that differs. */
  legacyType?: string;
  fields: Readonly<Record<string, ChannelField>>;
  /** The common fields it does not have. */
  without?: readonly string[];
  /** Exactly one of these has to be given, in these generations. */
  choice?: { of: readonly string[]; in: readonly ApiVersion[] };
  /** What the service fills in, by its name on the wire. */
  details: readonly string[];
}

const all = apiVersions;
const legacy = ["v1", "v1.1"] as const;
const newer = ["v1.1", "v2"] as const;
const v2 = ["v2"] as const;

const text = { is: "text" } as const;
const flag = { is: "flag" } as const;
const credential = { is: "text", secret: true, writeOnly: true } as const;
const look = { ...text, changes: all } as const;
const clearableLook = { ...look, clearable: true } as const;
const color = { is: "color", changes: all } as const;

/** What all channels have, `custom` in part. */
export const commonFields = {
  // legacy.md 5.1: smooch-core leaves it out for apn, fcm and web, v1.1's description of the API does not.
  displayName: { ...text, in: newer, changes: newer },
  defaultResponderId: { ...text, in: v2, changes: v2, writeOnly: true },
  showAIDisclaimer: { ...flag, in: v2, changes: v2 },
} as const satisfies Record<string, ChannelField>;

/** v2.md 4.2: the same in all of Smooch's own SDKs. */
const conversationList = {
  canUserSeeConversationList: { ...flag, in: v2, changes: v2 },
  canUserCreateMoreConversations: { ...flag, in: v2, changes: v2 },
} as const;

/** The channels that an app can be given, in v2's words; what only v1 or v1.1 have is among them. */
export const channels = {
  // legacy.md 5.2: v1.1 lists a type `android` too, which cannot be made; the one that can is `fcm`.
  android: {
    in: all,
    legacyType: "fcm",
    fields: {
      // v2.md 4.2: never given back, the project's id and the e-mail address as little as the key.
      projectId: { ...credential, in: v2, changes: v2 },
      clientEmail: { ...credential, in: v2, changes: v2 },
      privateKey: { ...credential, in: v2, changes: v2 },
      serverKey: { ...credential, required: legacy, changes: v2 },
      senderId: { ...text, required: legacy, changes: v2 },
      ...conversationList,
    },
    details: ["attachmentsEnabled"],
  },
  apple: {
    in: newer,
    fields: {
      businessId: { ...text, required: newer },
      apiSecret: { ...credential, required: newer },
      mspId: { ...text, required: newer },
      // v2.md 9.1: a secret, though v2 does not mark it write-only.
      authenticationMessageSecret: { ...credential, in: v2, changes: v2, min: 88 },
    },
    details: [],
  },
  custom: {
    in: v2,
    fields: {
      // v2.md 4.2, 5: exactly one; changed at its own path, for the integration's PATCH takes displayName only.
      webhooks: { is: "objects", required: v2, changes: v2 },
    },
    without: ["defaultResponderId", "showAIDisclaimer"],
    details: [],
  },
  // legacy.md 5.2: gone from v1's reference in April 2017, and with it any word on what is required or can be changed.
  frontendEmail: {
    in: ["v1"],
    fields: { fromAddress: text },
    details: ["shortId", "smoochAddress"],
  },
  // legacy.md 5.2: missing from v1.1's list of types, but named in its texts and made by a third party's code.
  instagram: {
    in: newer,
    fields: {
      facebookAppId: { ...text, required: newer, wire: "appId" },
      appSecret: { ...credential, required: newer },
      pageAccessToken: { ...credential, required: newer, changes: v2 },
      storyRepliesEnabled: { ...flag, in: v2, changes: v2 },
      storyMentionsEnabled: { ...flag, in: v2, changes: v2 },
    },
    details: ["pageId", "businessId", "businessName", "businessUsername", "userId", "username"],
  },
  ios: {
    in: all,
    legacyType: "apn",
    fields: {
      // legacy.md 5.3: of apn the PUT of v1.1 takes production only.
      displayName: { ...text, in: newer, changes: v2 },
      certificate: { ...credential, required: legacy, changes: v2 },
      password: { ...credential, changes: v2 },
      // legacy.md 5.2: v1 only tells it.
      production: { ...flag, in: newer, changes: newer },
      autoUpdateBadge: { ...flag, changes: v2 },
      ...conversationList,
    },
    details: ["attachmentsEnabled"],
  },
  // legacy.md 5.2, v2.md 4.2: from v1.1 on nothing is required, since LINE hands out channelId and channelSecret only after
  // it was given the integration's URL. In v1 that URL holds the app's id only, and all three are demanded.
  // legacy.md 5.3: the token is the one thing that v1.1 cannot change; v2 promises none.
  line: {
    in: all,
    fields: {
      channelId: { ...text, required: ["v1"], changes: legacy },
      channelSecret: { ...credential, required: ["v1"], changes: legacy },
      channelAccessToken: { ...credential, required: ["v1"] },
      // v2.md 4.2 counts it among the secrets, legacy.md 5.2 does not.
      serviceCode: { ...credential, in: newer, changes: ["v1.1"] },
      switcherSecret: { ...credential, in: newer, changes: ["v1.1"] },
      qrCodeUrl: { ...text, in: newer, changes: ["v1.1"] },
    },
    details: ["lineId", "botName"],
  },
  mailgun: {
    in: all,
    fields: {
      // legacy.md 5.2: called public, but it sends mail.
      apiKey: { ...credential, required: all },
      signingKey: { ...credential, in: v2 },
      domain: { ...text, required: all },
      incomingAddress: { ...text, required: all },
      hideUnsubscribeLink: { ...flag, in: newer, changes: newer },
      fromAddress: { ...text, in: newer, changes: newer },
    },
    details: [],
  },
  messagebird: {
    in: all,
    fields: {
      accessKey: { ...credential, required: all },
      signingKey: { ...credential, in: newer, required: v2 },
      originator: { ...text, required: all },
    },
    details: [],
  },
  messenger: {
    in: all,
    fields: {
      facebookAppId: { ...text, required: all, wire: "appId" },
      appSecret: { ...credential, required: all },
      // v2.md 4.2: not marked write-only, yet read as null.
      pageAccessToken: { ...credential, required: all, changes: v2 },
    },
    details: ["pageId", "pageName", "userId", "username"],
  },
  telegram: {
    in: all,
    fields: { token: { ...credential, required: all } },
    details: ["username", "botId"],
  },
  twilio: {
    in: all,
    fields: {
      accountSid: { ...text, required: all },
      authToken: { ...credential, required: all },
      phoneNumberSid: { ...text, required: legacy },
      messagingServiceSid: { ...text, in: v2 },
    },
    choice: { of: ["phoneNumberSid", "messagingServiceSid"], in: v2 },
    details: ["phoneNumber", "name"],
  },
  twitter: {
    in: all,
    fields: {
      // v2.md 4.2: new ones are enterprise only. legacy.md 5.2: may be left out, and premium needs envName.
      tier: { is: ["enterprise", "premium"], required: v2 },
      envName: { ...text, in: legacy },
      // legacy.md 5.2: the two keys are shown by v1 and v1.1, v2 never gives them back.
      consumerKey: { ...credential, required: all },
      consumerSecret: { ...credential, required: all },
      accessTokenKey: { ...credential, required: all },
      accessTokenSecret: { ...credential, required: all },
    },
    details: ["userId", "username"],
  },
  unity: {
    in: v2,
    fields: conversationList,
    details: ["attachmentsEnabled"],
  },
  viber: {
    in: all,
    fields: { token: { ...credential, required: all } },
    details: ["uri", "accountId"],
  },
  // legacy.md 5.2: v1.1 was seen to take prechatCapture on PUT; nothing says so of POST, thus v2 only.
  web: {
    in: all,
    fields: {
      brandColor: color,
      conversationColor: color,
      actionColor: color,
      displayStyle: { is: ["button", "tab"], changes: all },
      buttonIconUrl: clearableLook,
      buttonWidth: look,
      buttonHeight: look,
      fixedIntroPane: { ...flag, changes: all },
      businessName: clearableLook,
      businessIconUrl: clearableLook,
      backgroundImageUrl: clearableLook,
      originWhitelist: { is: "texts", changes: all },
      integrationOrder: { is: "texts", changes: all },
      prechatCapture: { is: "object", in: v2, changes: v2 },
      ...conversationList,
    },
    details: ["attachmentsEnabled"],
  },
  wechat: {
    in: legacy,
    fields: {
      wechatAppId: { ...text, required: legacy, wire: "appId" },
      appSecret: { ...credential, required: legacy },
      encodingAesKey: credential,
      // legacy.md 8.1: may be missing when read.
      accessTokenUrl: { ...text, writeOnly: true },
    },
    details: [],
  },
  // legacy.md 5.2: v1.1 takes a deployment or, deprecated, what v1 demands. v2.md 4.2: v2 knows neither.
  // legacy.md 5.3: v1.1's PUT was said to take accountId; nothing says so of POST, thus v2 only.
  whatsapp: {
    in: all,
    fields: {
      // legacy.md 8.1: may be missing when read.
      deploymentId: { ...text, in: ["v1.1"], writeOnly: true },
      baseUrl: { ...text, in: legacy, required: ["v1"] },
      username: { ...text, in: legacy, required: ["v1"] },
      password: { ...credential, in: legacy, required: ["v1"] },
      hsmFallbackLanguage: { ...text, changes: all },
      accountId: { ...text, in: v2, changes: v2 },
      // v2.md 9.1: a secret, though v2 does not mark it write-only.
      accountManagementAccessToken: { ...credential, in: v2, changes: v2 },
    },
    choice: { of: ["deploymentId", "baseUrl"], in: ["v1.1"] },
    details: ["phoneNumber", "phoneNumberId", "businessManagerId"],
  },
} as const satisfies Record<string, Channel>;

/** What is known of a type; undefined where it is none of these. */
export function channelOf(type: unknown): Channel | undefined {
  const known: Readonly<Record<string, Channel>> = channels;
  return typeof type === "string" && Object.hasOwn(known, type) ? known[type] : undefined;
}
