import { describe, expect, it } from "vitest";
import { checkInputs } from "../../src/provider/check";
import type { Properties } from "../../src/provider/kind";
import { integration } from "../../src/provider/kinds/integration";
import { unknownValue } from "../../src/provider/values";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";

interface Before {
  olds?: Properties;
  adoptId?: string;
}

/** The failures of an integration's inputs, one line each. */
const judge = (version: ApiVersion, news: Properties, { olds = {}, adoptId }: Before = {}) =>
  checkInputs(integration, { appId: "5a0b", ...news }, { version, olds }, { adoptId }).failures.map(
    ({ property, reason }) => `${property} ${reason}`.trim(),
  );

const all = { v1: true, "v1.1": true, v2: true } as const;
const apple = { type: "apple", businessId: "b", apiSecret: "s", mspId: "m" };
const inner = { target: "https://a.example", triggers: ["conversation:message"] };

describe("a type", () => {
  it.each<[string, Properties, Partial<Record<ApiVersion, true | string>>]>([
    ["web", {}, all],
    ["telegram", { token: "t" }, all],
    [
      "frontendEmail",
      {},
      { v1: true, "v1.1": "exists in apiVersion v1 only", v2: "exists in apiVersion v1 only" },
    ],
    [
      "wechat",
      { wechatAppId: "w", appSecret: "s" },
      { v1: true, "v1.1": true, v2: "exists in apiVersion v1 and v1.1 only" },
    ],
    [
      "apple",
      { businessId: "b", apiSecret: "s", mspId: "m" },
      { v1: "needs apiVersion v1.1 or later", "v1.1": true, v2: true },
    ],
    ["unity", {}, { v1: "needs apiVersion v2", "v1.1": "needs apiVersion v2", v2: true }],
    ["custom", { webhooks: [inner] }, { v1: "needs apiVersion v2", "v1.1": "needs apiVersion v2", v2: true }],
  ])("%s exists only in its own API versions", (type, fields, expected) => {
    for (const version of apiVersions) {
      const says = expected[version];
      expect(judge(version, { type, ...fields }), version).toEqual(
        says === true ? [] : [`type "${type}" ${says}`],
      );
    }
  });

  it.each([
    ["fcm", "android"],
    ["apn", "ios"],
  ])("%s has its newer name in every API version", (old, name) => {
    for (const version of apiVersions) {
      const said = [`type "${old}" is called "${name}" here, in all API versions`];
      expect(judge(version, { type: old })).toEqual(said);
      expect(judge(version, { type: old, fields: { a: 1 } })).toEqual(said);
    }
  });

  const stranger =
    "type is not a channel that this package knows (android, apple, custom, frontendEmail, instagram, ios, line, mailgun, messagebird, messenger, telegram, twilio, twitter, unity, viber, web, wechat, whatsapp): pass its fields in fields and secretFields";
  it.each<[string, Properties, string[]]>([
    ["without fields", {}, [stranger]],
    ["with fields", { fields: { region: "eu" } }, []],
    ["with secret fields", { secretFields: { key: "k" } }, []],
    ["with empty fields", { fields: {} }, []],
    ["with a name", { fields: {}, displayName: "Talk" }, []],
    ["with another channel's field as well", { fields: {}, token: "t" }, [stranger]],
  ])("that this package does not know, %s", (_, more, failures) => {
    expect(judge("v2", { type: "kakao", ...more })).toEqual(failures);
  });

  it.each(["constructor", "__proto__", "toString"])("%s is not a channel", (type) => {
    expect(judge("v2", { type })).toEqual([expect.stringContaining("type is not a channel")]);
  });

  it("that is unknown is not checked, and one that is not a string only fails as such", () => {
    expect(judge("v1", { type: unknownValue, webhooks: [inner], token: "t" })).toEqual([]);
    expect(judge("v1", { type: 7 })).toEqual(["type must be an id"]);
  });
});

describe("a field", () => {
  it.each<[ApiVersion, Properties, string[]]>([
    [
      "v2",
      { type: "telegram", token: "t", brandColor: "fff" },
      ["brandColor is not a telegram field (it belongs to web)"],
    ],
    ["v2", { type: "web", token: "t" }, ["token is not a web field (it belongs to telegram, viber)"]],
    [
      "v2",
      { type: "custom", webhooks: [inner], showAIDisclaimer: true },
      ["showAIDisclaimer is not a custom field"],
    ],
    [
      "v2",
      { type: "custom", webhooks: [inner], defaultResponderId: "x" },
      ["defaultResponderId is not a custom field"],
    ],
    ["v1", { type: "web", displayName: "W" }, ["displayName needs apiVersion v1.1 or later"]],
    ["v1.1", { type: "web", displayName: "W" }, []],
    // ios has its own definition of this field.
    [
      "v1",
      { type: "ios", certificate: "c", displayName: "I" },
      ["displayName needs apiVersion v1.1 or later"],
    ],
    ["v1.1", { type: "ios", certificate: "c", displayName: "I" }, []],
    ["v2", { type: "ios", displayName: " " }, ["displayName must not be empty"]],
    ["v1.1", { type: "web", showAIDisclaimer: true }, ["showAIDisclaimer needs apiVersion v2"]],
    ["v1.1", { type: "web", prechatCapture: {} }, ["prechatCapture needs apiVersion v2"]],
    [
      "v1",
      {
        type: "mailgun",
        apiKey: "k",
        domain: "d",
        incomingAddress: "a@d",
        fromAddress: "f",
        signingKey: "s",
      },
      ["signingKey needs apiVersion v2", "fromAddress needs apiVersion v1.1 or later"],
    ],
    ["v2", { type: "whatsapp", deploymentId: "d" }, ["deploymentId exists in apiVersion v1.1 only"]],
    ["v2", { type: "whatsapp", baseUrl: "b" }, ["baseUrl exists in apiVersion v1 and v1.1 only"]],
    // Two channels have this field, in different API versions.
    ["v1.1", { type: "messagebird", accessKey: "k", originator: "o", signingKey: "s" }, []],
    ["v2", { type: "web", displayName: "" }, ["displayName must not be empty"]],
    ["v2", { type: "web", displayName: " " }, ["displayName must not be empty"]],
    ["v1", { type: "telegram", token: "" }, ["token must not be empty"]],
    ["v2", { type: "line", switcherSecret: "" }, ["switcherSecret must not be empty"]],
    [
      "v2",
      { type: "web", buttonWidth: "", originWhitelist: [""] },
      ["buttonWidth must not be empty", "originWhitelist.0 must not be empty"],
    ],
    [
      "v2",
      { type: "web", businessName: "", businessIconUrl: "", buttonIconUrl: "", backgroundImageUrl: "" },
      [],
    ],
    [
      "v2",
      { ...apple, authenticationMessageSecret: "s".repeat(87) },
      ["authenticationMessageSecret must have at least 88 characters"],
    ],
    ["v2", { ...apple, authenticationMessageSecret: "s".repeat(88) }, []],
    ["v2", { ...apple, apiSecret: "" }, ["apiSecret must not be empty"]],
  ])("%#: of API %s in %j", (version, news, failures) => {
    expect(judge(version, news).sort()).toEqual([...failures].sort());
  });

  it("that is unknown still has to belong to the channel", () => {
    expect(judge("v2", { type: "web", token: unknownValue })).toEqual([
      "token is not a web field (it belongs to telegram, viber)",
    ]);
  });
});

describe("a field that is required to create an integration", () => {
  const mail = [
    "apiKey is required for mailgun",
    "domain is required for mailgun",
    "incomingAddress is required for mailgun",
  ];
  const bird = ["accessKey is required for messagebird", "originator is required for messagebird"];
  it.each<[string, Record<ApiVersion, string[]>]>([
    ["mailgun", { v1: mail, "v1.1": mail, v2: mail }],
    ["messagebird", { v1: bird, "v1.1": bird, v2: [...bird, "signingKey is required for messagebird"] }],
    [
      "android",
      {
        v1: ["serverKey is required for android", "senderId is required for android"],
        "v1.1": ["serverKey is required for android", "senderId is required for android"],
        v2: [],
      },
    ],
    [
      "whatsapp",
      {
        v1: [
          "baseUrl is required for whatsapp",
          "username is required for whatsapp",
          "password is required for whatsapp",
        ],
        "v1.1": ["whatsapp needs exactly one of deploymentId and baseUrl"],
        v2: [],
      },
    ],
    [
      "line",
      {
        v1: [
          "channelId is required for line",
          "channelSecret is required for line",
          "channelAccessToken is required for line",
        ],
        "v1.1": [],
        v2: [],
      },
    ],
  ])("is reported for %s", (type, failures) => {
    for (const version of apiVersions) {
      expect(judge(version, { type }).sort(), version).toEqual([...failures[version]].sort());
    }
  });

  it("may be unknown", () => {
    expect(judge("v2", { type: "telegram", token: unknownValue })).toEqual([]);
  });

  const account = { type: "mailgun", domain: "a.example", incomingAddress: "in@a.example" };
  const demanding = ["custom", "mailgun", "messagebird", "twilio", "twitter", "whatsapp"];
  it.each<[string, Before]>([
    ["that already exists", { olds: { appId: "5a0b", ...account } }],
    ["that is adopted", { adoptId: "5a0b1c2d3e4f5a6b7c8d9e0f" }],
  ])("is not required of one %s", (_, before) => {
    expect(judge("v2", account)).toEqual(["apiKey is required for mailgun"]);
    expect(judge("v2", account, before)).toEqual([]);
    expect(demanding.flatMap((type) => judge("v2", { type }, before))).toEqual([]);
  });
});

describe("a choice", () => {
  const account = { type: "twilio", accountSid: "AC", authToken: "t0ken" };
  const neither = ["twilio needs exactly one of phoneNumberSid and messagingServiceSid"];
  it.each<[ApiVersion, Properties, Before, string[]]>([
    ["v2", { phoneNumberSid: "PN" }, {}, []],
    ["v2", { messagingServiceSid: "MG" }, {}, []],
    ["v2", { messagingServiceSid: unknownValue }, {}, []],
    ["v2", {}, {}, neither],
    ["v2", { phoneNumberSid: "PN", messagingServiceSid: "MG" }, {}, neither],
    ["v2", {}, { olds: account }, []],
    ["v2", {}, { adoptId: "5a0b1c2d3e4f5a6b7c8d9e0f" }, []],
    ["v1", {}, {}, ["phoneNumberSid is required for twilio"]],
    [
      "v1.1",
      { messagingServiceSid: "MG" },
      {},
      ["messagingServiceSid needs apiVersion v2", "phoneNumberSid is required for twilio"],
    ],
  ])("%#: with API %s of %j", (version, given, before, failures) => {
    expect(judge(version, { ...account, ...given }, before)).toEqual(failures);
  });
});

describe("a field that depends on others", () => {
  const there = { olds: { appId: "5a0b" } };
  const mailgun = { type: "mailgun", apiKey: "k" };
  const address = ["incomingAddress must be an address of domain, e.g. support@<domain>"];
  const keys = { consumerKey: "a", consumerSecret: "b", accessTokenKey: "c", accessTokenSecret: "d" };
  const twitter = { type: "twitter", ...keys };
  const envName = ["envName is required for the premium tier"];
  it.each<[ApiVersion, Properties, Before, string[]]>([
    ["v1", { ...mailgun, domain: "a.example", incomingAddress: "in@a.example" }, {}, []],
    ["v1.1", { ...mailgun, domain: "A.example", incomingAddress: "In@a.Example" }, {}, []],
    ["v2", { ...mailgun, domain: "a.example", incomingAddress: "in@b.example" }, {}, address],
    ["v1", { ...mailgun, domain: "a.example", incomingAddress: "in@xa.example" }, {}, address],
    ["v1", { ...mailgun, domain: "a.example", incomingAddress: "in@b.example" }, there, address],
    ["v2", { ...mailgun, domain: unknownValue, incomingAddress: "in@b.example" }, {}, []],
    ["v2", { ...mailgun, domain: "a.example", incomingAddress: unknownValue }, {}, []],
    ["v1", { ...mailgun, domain: "a.example" }, {}, ["incomingAddress is required for mailgun"]],
    ["v1", { ...mailgun, incomingAddress: "in@b.example" }, {}, ["domain is required for mailgun"]],
    ["v1", { ...twitter, tier: "premium" }, {}, envName],
    ["v1.1", { ...twitter, tier: "premium" }, {}, envName],
    ["v1", { ...twitter, tier: "premium", envName: "dev" }, {}, []],
    ["v1", { ...twitter, tier: "premium", envName: unknownValue }, {}, []],
    ["v1", { ...twitter, tier: "premium" }, there, []],
    ["v1", { ...twitter, tier: "enterprise" }, {}, []],
    ["v1", twitter, {}, []],
    ["v2", { ...twitter, tier: "premium" }, {}, []],
  ])("%#: with API %s of %j", (version, inputs, before, failures) => {
    expect(judge(version, inputs, before)).toEqual(failures);
  });
});

describe("a custom integration", () => {
  it.each<[unknown, string[]]>([
    [undefined, ["webhooks is required for custom"]],
    [[], ["webhooks must contain exactly one webhook"]],
    [[inner, inner], ["webhooks must contain exactly one webhook"]],
    [7, ["webhooks must be a list"]],
    [
      [{ ...inner, target: "ftp://a" }],
      [
        "webhooks.0.target must be a URL that begins with http:// or https://, without spaces and backslashes",
      ],
    ],
    [[{ ...inner, triggers: [] }], ["webhooks.0.triggers must name at least one trigger"]],
    [[{ ...inner, secret: "s" }], ["webhooks.0.secret is not a property of this resource"]],
    [[{ ...inner, includeFullUser: "yes" }], ["webhooks.0.includeFullUser must be true or false"]],
    [[{ ...inner, includeFullUser: true, includeFullSource: false }], []],
    [unknownValue, []],
    [[unknownValue], []],
  ])("%#: with the webhooks %j", (webhooks, failures) => {
    expect(judge("v2", { type: "custom", webhooks })).toEqual(failures);
  });
});
