import { type ApiVersion, apiVersions } from "./api-version";

/** A field of a channel. */
export interface ChannelField {
  is: "string" | "color" | "boolean" | "strings" | "object" | "objects" | readonly string[];
  /** The API versions that have the field. Default: all that have the channel. */
  in?: readonly ApiVersion[];
  /** The API versions that require it to create an integration. */
  required?: readonly ApiVersion[];
  /** The API versions that can change it in place; in the others, a change replaces the integration. */
  changes?: readonly ApiVersion[];
  /** An empty string clears it; other fields do not accept one. */
  clearable?: true;
  /** Minimum length. Default: 1, or 0 if an empty string clears it. */
  min?: number;
  /** A credential: it must not appear in a message, nor in the state as plain text. */
  secret?: true;
  /** Never returned, or not reliably. */
  writeOnly?: true;
  /** Its name in the API, if another field here already has that name. */
  wire?: string;
}

/** A type of integration. */
export interface Channel {
  /** The API versions that can create one. */
  in: readonly ApiVersion[];
  /** Its type in v1 and v1.1, if different. */
  legacyType?: string;
  fields: Readonly<Record<string, ChannelField>>;
  /** The common fields that it does not have. */
  without?: readonly string[];
  /** Exactly one of these fields is required in these API versions. */
  choice?: { of: readonly string[]; in: readonly ApiVersion[] };
  /** A rule for one field that depends on others. */
  rule?: {
    property: string;
    /** The fields that it depends on. It is not checked while any of them is unknown. */
    reads: readonly string[];
    in: readonly ApiVersion[];
    reason: string;
    isMet(fields: Readonly<Record<string, unknown>>): boolean;
  };
  /** Names of read-only fields in the API. */
  details: readonly string[];
}

const all = apiVersions;
const legacy = ["v1", "v1.1"] as const;
const newer = ["v1.1", "v2"] as const;
const v2 = ["v2"] as const;

const text = { is: "string" } as const;
const flag = { is: "boolean" } as const;
const credential = { is: "string", secret: true, writeOnly: true } as const;
const look = { ...text, changes: all } as const;
const clearableLook = { ...look, clearable: true } as const;
const color = { is: "color", changes: all } as const;

/** Fields of all channels, except those in `without`. */
export const commonFields = {
  // Smooch's own client library omits it for apn, fcm and web; v1.1's OpenAPI description does not.
  displayName: { ...text, in: newer, changes: newer },
  defaultResponderId: { ...text, in: v2, changes: v2 },
  showAIDisclaimer: { ...flag, in: v2, changes: v2 },
} as const satisfies Record<string, ChannelField>;

/** Fields of all Smooch SDK channels. */
const conversationList = {
  canUserSeeConversationList: { ...flag, in: v2, changes: v2 },
  canUserCreateMoreConversations: { ...flag, in: v2, changes: v2 },
} as const;

/** All channels of all API versions, with v2's names (docs/api/legacy.md, docs/api/v2.md). */
export const channels = {
  // v1.1 also lists a type `android`, which cannot be created; `fcm` can.
  android: {
    in: all,
    legacyType: "fcm",
    fields: {
      // None of these three is ever returned.
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
      // A secret, although v2's description does not mark it write-only.
      authenticationMessageSecret: { ...credential, in: v2, changes: v2, min: 88 },
    },
    details: [],
  },
  custom: {
    in: v2,
    fields: {
      // Exactly one. It has its own path for updates, because the integration's PATCH only takes displayName.
      webhooks: { is: "objects", required: v2, changes: v2 },
    },
    without: ["defaultResponderId", "showAIDisclaimer"],
    details: [],
  },
  // Removed from v1's reference in April 2017; which fields were required or changeable is not documented.
  frontendEmail: {
    in: ["v1"],
    fields: { fromAddress: text },
    details: ["shortId", "smoochAddress"],
  },
  // Missing from v1.1's list of types, but its reference mentions it and third-party code creates it.
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
      // v1.1 can only change `production`.
      displayName: { ...text, in: newer, changes: v2 },
      certificate: { ...credential, required: legacy, changes: v2 },
      password: { ...credential, changes: v2 },
      // v1 returns it but does not accept it.
      production: { ...flag, in: newer, changes: newer },
      autoUpdateBadge: { ...flag, changes: v2 },
      ...conversationList,
    },
    details: ["attachmentsEnabled"],
  },
  // Nothing is required from v1.1 on: LINE issues channelId and channelSecret only after it was given the integration's
  // URL. In v1 that URL only contains the app's id, and all three are required. v1.1 can change all fields but the
  // token; v2 documents no change.
  line: {
    in: all,
    fields: {
      channelId: { ...text, required: ["v1"], changes: legacy },
      channelSecret: { ...credential, required: ["v1"], changes: legacy },
      channelAccessToken: { ...credential, required: ["v1"] },
      // A secret according to v2's description, but not to v1.1's reference.
      serviceCode: { ...credential, in: newer, changes: ["v1.1"] },
      switcherSecret: { ...credential, in: newer, changes: ["v1.1"] },
      qrCodeUrl: { ...text, in: newer, changes: ["v1.1"] },
    },
    details: ["lineId", "botName"],
  },
  mailgun: {
    in: all,
    fields: {
      // The documentation calls it public, but it allows sending mail.
      apiKey: { ...credential, required: all },
      signingKey: { ...credential, in: v2 },
      domain: { ...text, required: all },
      incomingAddress: { ...text, required: all },
      hideUnsubscribeLink: { ...flag, in: newer, changes: newer },
      fromAddress: { ...text, in: newer, changes: newer },
    },
    rule: {
      property: "incomingAddress",
      reads: ["domain", "incomingAddress"],
      in: all,
      reason: "must be an address of domain, e.g. support@<domain>",
      isMet: ({ domain, incomingAddress }) =>
        domain === undefined ||
        incomingAddress === undefined ||
        String(incomingAddress)
          .toLowerCase()
          .endsWith(`@${String(domain).toLowerCase()}`),
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
      // Not marked write-only, but returned as null (docs/api/observed.md).
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
      // v2 only creates `enterprise` integrations. In v1 and v1.1 it is optional.
      tier: { is: ["enterprise", "premium"], required: v2 },
      envName: { ...text, in: legacy },
      // v1 and v1.1 return both keys, v2 never does.
      consumerKey: { ...credential, required: all },
      consumerSecret: { ...credential, required: all },
      accessTokenKey: { ...credential, required: all },
      accessTokenSecret: { ...credential, required: all },
    },
    rule: {
      property: "envName",
      reads: ["tier", "envName"],
      in: legacy,
      reason: "is required for the premium tier",
      isMet: ({ tier, envName }) => tier !== "premium" || envName !== undefined,
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
  // v1.1 was seen to accept prechatCapture on PUT; for POST nothing is documented, so v2 only.
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
      originWhitelist: { is: "strings", changes: all },
      integrationOrder: { is: "strings", changes: all },
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
      // Not always returned.
      accessTokenUrl: { ...text, writeOnly: true },
    },
    details: [],
  },
  // v1.1 takes a deployment id or, deprecated, v1's fields; v2 has neither. v1.1's PUT is reported to accept accountId;
  // for POST nothing is documented, so v2 only.
  whatsapp: {
    in: all,
    fields: {
      // Not always returned.
      deploymentId: { ...text, in: ["v1.1"], writeOnly: true },
      baseUrl: { ...text, in: legacy, required: ["v1"] },
      username: { ...text, in: legacy, required: ["v1"] },
      password: { ...credential, in: legacy, required: ["v1"] },
      hsmFallbackLanguage: { ...text, changes: all },
      accountId: { ...text, in: v2, changes: v2 },
      // A secret, although v2's description does not mark it write-only.
      accountManagementAccessToken: { ...credential, in: v2, changes: v2 },
    },
    choice: { of: ["deploymentId", "baseUrl"], in: ["v1.1"] },
    details: ["phoneNumber", "phoneNumberId", "businessManagerId"],
  },
} as const satisfies Record<string, Channel>;

/** Returns undefined for a type that this package does not know. */
export function channelOf(type: unknown): Channel | undefined {
  const known: Readonly<Record<string, Channel>> = channels;
  return typeof type === "string" && Object.hasOwn(known, type) ? known[type] : undefined;
}

/** All fields of all channels; a name has the same meaning in each of them. */
export const channelFields: ReadonlyMap<string, ChannelField> = new Map(
  [commonFields, ...Object.values(channels).map(({ fields }) => fields)].flatMap((fields) =>
    Object.entries<ChannelField>(fields),
  ),
);

export function fieldNames(has: (field: ChannelField) => unknown): string[] {
  return [...channelFields].filter(([, field]) => has(field)).map(([name]) => name);
}

/** The arguments that are credentials, of all channels. */
export const secretChannelFields: readonly string[] = [...fieldNames(({ secret }) => secret), "secretFields"];
