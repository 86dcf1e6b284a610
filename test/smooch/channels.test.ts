import { describe, expect, it } from "vitest";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";
import { type Channel, type ChannelField, channels, commonFields } from "../../src/smooch/channels";

const table = Object.entries(channels as Readonly<Record<string, Channel>>);
const fieldsOf = ([type, channel]: [string, Channel]) =>
  Object.entries(channel.fields).map(([name, field]) => ({ type, channel, name, field }));
const fields = table.flatMap(fieldsOf);
const common: [string, ChannelField][] = Object.entries(commonFields);

/** Returns the names of the fields that `applies` accepts, by type; types without any are left out. */
function namesWhere(applies: (field: ChannelField, channel: Channel) => boolean | undefined) {
  const rows = table.map(([type, channel]) => [
    type,
    Object.entries(channel.fields)
      .filter(([, field]) => applies(field, channel))
      .map(([name]) => name)
      .sort(),
  ]);
  return Object.fromEntries(rows.filter(([, names]) => names?.length));
}

/** Parses lines of a type and its field names. */
function rows(...lines: string[]) {
  const split = lines.map((line) => line.split(/[: ]+/));
  return Object.fromEntries(split.map(([type, ...names]) => [type, names.sort()]));
}

const inAll = "facebookAppId appSecret pageAccessToken";
const look =
  `brandColor conversationColor actionColor displayStyle buttonIconUrl buttonWidth buttonHeight fixedIntroPane
  businessName businessIconUrl backgroundImageUrl originWhitelist integrationOrder`.replaceAll("\n", "");
const lists = "canUserSeeConversationList canUserCreateMoreConversations";
const twitter = "consumerKey consumerSecret accessTokenKey accessTokenSecret";

describe("the types that can be created", () => {
  it.each([
    [
      "v1",
      "android frontendEmail ios line mailgun messagebird messenger telegram twilio twitter viber web wechat whatsapp",
    ],
    [
      "v1.1",
      "android apple instagram ios line mailgun messagebird messenger telegram twilio twitter viber web wechat whatsapp",
    ],
    [
      "v2",
      "android apple custom instagram ios line mailgun messagebird messenger telegram twilio twitter unity viber web whatsapp",
    ],
  ] as const)("with %s", (version, types) => {
    const made = table.filter(([, channel]) => channel.in.includes(version)).map(([type]) => type);
    expect(made.sort()).toEqual(types.split(" "));
  });
});

describe("the fields required to create an integration", () => {
  const legacy = [
    "android: serverKey senderId",
    "ios: certificate",
    "mailgun: apiKey domain incomingAddress",
    `messenger: ${inAll}`,
    "telegram: token",
    "twilio: accountSid authToken phoneNumberSid",
    `twitter: ${twitter}`,
    "viber: token",
    "wechat: wechatAppId appSecret",
  ];
  it.each<[ApiVersion, string[]]>([
    [
      "v1",
      [
        ...legacy,
        "line: channelId channelSecret channelAccessToken",
        "messagebird: accessKey originator",
        "whatsapp: baseUrl username password",
      ],
    ],
    [
      "v1.1",
      [
        ...legacy,
        "apple: businessId apiSecret mspId",
        `instagram: ${inAll}`,
        "messagebird: accessKey originator",
      ],
    ],
    [
      "v2",
      [
        "apple: businessId apiSecret mspId",
        "custom: webhooks",
        `instagram: ${inAll}`,
        "mailgun: apiKey domain incomingAddress",
        "messagebird: accessKey originator signingKey",
        `messenger: ${inAll}`,
        "telegram: token",
        "twilio: accountSid authToken",
        `twitter: tier ${twitter}`,
        "viber: token",
      ],
    ],
  ])("with %s", (version, lines) => {
    expect(namesWhere(({ required }) => required?.includes(version))).toEqual(rows(...lines));
  });
});

describe("the fields that can be changed in place", () => {
  it.each<[ApiVersion, string[]]>([
    ["v1", ["line: channelId channelSecret", `web: ${look}`, "whatsapp: hsmFallbackLanguage"]],
    [
      "v1.1",
      [
        "ios: production",
        "line: channelId channelSecret serviceCode switcherSecret qrCodeUrl",
        "mailgun: hideUnsubscribeLink fromAddress",
        `web: ${look}`,
        "whatsapp: hsmFallbackLanguage",
      ],
    ],
    [
      "v2",
      [
        `android: projectId clientEmail privateKey serverKey senderId ${lists}`,
        "apple: authenticationMessageSecret",
        "custom: webhooks",
        "instagram: pageAccessToken storyRepliesEnabled storyMentionsEnabled",
        `ios: displayName certificate password production autoUpdateBadge ${lists}`,
        "mailgun: hideUnsubscribeLink fromAddress",
        "messenger: pageAccessToken",
        `unity: ${lists}`,
        `web: ${look} prechatCapture ${lists}`,
        "whatsapp: hsmFallbackLanguage accountId accountManagementAccessToken",
      ],
    ],
  ])("with %s", (version, lines) => {
    expect(namesWhere(({ changes }) => changes?.includes(version))).toEqual(rows(...lines));
  });
});

describe("the fields of an API version that not all API versions of the channel have", () => {
  it.each<[ApiVersion, string[]]>([
    ["v1", ["twitter: envName", "whatsapp: baseUrl username password"]],
    [
      "v1.1",
      [
        "ios: displayName production",
        "line: serviceCode switcherSecret qrCodeUrl",
        "mailgun: hideUnsubscribeLink fromAddress",
        "messagebird: signingKey",
        "twitter: envName",
        "whatsapp: baseUrl username password deploymentId",
      ],
    ],
    [
      "v2",
      [
        `android: projectId clientEmail privateKey ${lists}`,
        "apple: authenticationMessageSecret",
        "instagram: storyRepliesEnabled storyMentionsEnabled",
        `ios: displayName production ${lists}`,
        "line: serviceCode switcherSecret qrCodeUrl",
        "mailgun: signingKey hideUnsubscribeLink fromAddress",
        "messagebird: signingKey",
        "twilio: messagingServiceSid",
        `web: prechatCapture ${lists}`,
        "whatsapp: accountId accountManagementAccessToken",
      ],
    ],
  ])("%s", (version, lines) => {
    expect(
      namesWhere(
        ({ in: known = [] }, channel) => known.includes(version) && known.length < channel.in.length,
      ),
    ).toEqual(rows(...lines));
  });
});

describe("every channel", () => {
  it.each(table)("%s mentions only API versions that have it", (type, channel) => {
    expect(apiVersions).toEqual(expect.arrayContaining([...channel.in]));
    for (const { name, field } of fieldsOf([type, channel])) {
      const known = field.in ?? channel.in;
      expect(channel.in, name).toEqual(expect.arrayContaining([...known]));
      expect(known, name).toEqual(
        expect.arrayContaining([...(field.required ?? []), ...(field.changes ?? [])]),
      );
    }
    for (const name of channel.choice?.of ?? []) {
      expect(channel.fields[name]?.in ?? channel.in, name).toEqual(
        expect.arrayContaining([...(channel.choice?.in ?? [])]),
      );
    }
  });

  it.each(table)("%s uses each name for only one thing", (_, { fields, details, without = [] }) => {
    // A channel may override a common field.
    const own = Object.keys({ ...commonFields, ...fields });
    const taken = [...details, "appId", "type", "fields", "secretFields"];
    const answered = ["id", "_id", "status", "error", "details", "webhookSecret", "defaultResponder"];
    const names = [...own, ...taken, ...answered];
    expect(names).toEqual([...new Set(names)]);
    const wires = Object.entries(fields).map(([name, { wire }]) => wire ?? name);
    expect([...wires, ...details]).toEqual([...new Set([...wires, ...details])]);
    expect(Object.keys(commonFields)).toEqual(expect.arrayContaining([...without]));
    expect(without.filter((name) => name in fields)).toEqual([]);
  });
});

describe("credentials", () => {
  it("have the same flags wherever a channel uses the same name", () => {
    const seen = new Map<string, string>();
    for (const { type, name, field } of fields) {
      const flags = JSON.stringify({ secret: field.secret, writeOnly: field.writeOnly });
      expect(flags, `${type}.${name}`).toBe(seen.get(name) ?? flags);
      seen.set(name, flags);
    }
  });

  it("are always write-only", () => {
    expect(namesWhere(({ secret, writeOnly }) => secret && !writeOnly)).toEqual({});
    expect(namesWhere(({ secret, writeOnly }) => writeOnly && !secret)).toEqual(
      rows("wechat: accessTokenUrl", "whatsapp: deploymentId"),
    );
    expect(common.filter(([, field]) => field.secret)).toEqual([]);
    expect(common.filter(([, field]) => field.writeOnly)).toEqual([]);
  });

  it("are all fields named key, secret, token or password, and some more", () => {
    const called = (name: string) => /(key|secret|token|password)$/i.test(name);
    expect(fields.filter(({ name, field }) => called(name) && !field.secret)).toEqual([]);
    expect(namesWhere(({ secret }) => secret)).toEqual(
      rows(
        "android: projectId clientEmail privateKey serverKey",
        "apple: apiSecret authenticationMessageSecret",
        "instagram: appSecret pageAccessToken",
        "ios: certificate password",
        "line: channelSecret channelAccessToken serviceCode switcherSecret",
        "mailgun: apiKey signingKey",
        "messagebird: accessKey signingKey",
        "messenger: appSecret pageAccessToken",
        "telegram: token",
        "twilio: authToken",
        `twitter: ${twitter}`,
        "viber: token",
        "wechat: appSecret encodingAesKey",
        "whatsapp: password accountManagementAccessToken",
      ),
    );
  });
});

it("the display name and the fields v2 adds to every channel can be changed wherever they exist", () => {
  for (const [name, field] of common) {
    expect(field.in, name).toEqual(name === "displayName" ? ["v1.1", "v2"] : ["v2"]);
    expect(field.changes, name).toEqual(field.in);
    expect(field.required, name).toBeUndefined();
  }
});

it("a channel overrides a common field that an older API version cannot change", () => {
  const own = fields.filter(({ name }) => name in commonFields);
  expect(own.map(({ type, name, field }) => [type, name, field])).toEqual([
    ["ios", "displayName", { is: "string", in: ["v1.1", "v2"], changes: ["v2"] }],
  ]);
});
