import { describe, expect, test } from "vitest";
import { World } from "../support/world";
import { Recorder } from "./recorder";

type Legacy = "v1" | "v1.1";

/** One channel of v1's reference. */
interface Row {
  in: readonly Legacy[];
  /** This package's name for the type, if it differs. */
  neutral?: string;
  type: string;
  /** The body of the create without `type`: every required and every optional field. */
  sent: Record<string, unknown>;
  /** The fields in `sent` that have a different name in this package. */
  named?: Record<string, string>;
  /** Fields that a response always has, in addition to `_id` and `type`. */
  echoed?: string[];
  /** Fields that a response may also have, including those that v1's reference does not mention. */
  server?: string[];
  /** v1's reference: the fields that PUT may change. */
  changed?: Record<string, unknown>;
}

const both: readonly Legacy[] = ["v1", "v1.1"];
const early: readonly Legacy[] = ["v1"];
const late: readonly Legacy[] = ["v1.1"];

const look = {
  brandColor: "65758e",
  conversationColor: "0099ff",
  actionColor: "0099ff",
  displayStyle: "tab",
  buttonIconUrl: "https://example.com/icon.png",
  buttonWidth: "60",
  buttonHeight: "60",
  fixedIntroPane: true,
  businessName: "Shop",
  businessIconUrl: "https://example.com/shop.png",
  backgroundImageUrl: "https://example.com/tile.png",
  originWhitelist: ["https://example.com"],
  integrationOrder: [],
};
const facebook = { pageAccessToken: "token", appId: "123", appSecret: "secret" };
const mailgun = { apiKey: "key-1", domain: "example.com", incomingAddress: "in@example.com" };
const line = { channelId: "1286564967", channelAccessToken: "token", channelSecret: "secret" };
const twitter = {
  consumerKey: "key",
  consumerSecret: "secret",
  accessTokenKey: "token",
  accessTokenSecret: "secret",
  tier: "premium",
  envName: "prod",
};

const rows: Row[] = [
  {
    in: both,
    type: "messenger",
    sent: facebook,
    named: { appId: "facebookAppId" },
    echoed: ["appId"],
    server: ["pageId", "username", "userId"],
  },
  {
    in: late,
    type: "instagram",
    sent: facebook,
    named: { appId: "facebookAppId" },
    echoed: ["appId"],
    server: ["pageId", "businessName", "businessUsername", "businessId", "userId", "username"],
  },
  {
    in: both,
    type: "twitter",
    sent: twitter,
    echoed: ["consumerKey", "accessTokenKey", "tier", "envName"],
    server: ["userId", "username"],
  },
  {
    in: both,
    type: "twilio",
    sent: { accountSid: "AC1", authToken: "token", phoneNumberSid: "PN1" },
    echoed: ["accountSid", "phoneNumberSid"],
    server: ["phoneNumber", "name"],
  },
  {
    in: early,
    type: "messagebird",
    sent: { accessKey: "key", originator: "12262121021" },
    echoed: ["originator"],
    server: ["webhookSecret"],
  },
  {
    in: late,
    type: "messagebird",
    sent: { accessKey: "key", originator: "12262121021", signingKey: "key" },
    echoed: ["originator"],
    server: ["webhookSecret"],
  },
  { in: both, type: "telegram", sent: { token: "123456:abc" }, server: ["username"] },
  {
    in: early,
    type: "line",
    sent: line,
    echoed: ["channelId"],
    server: ["botName", "mid", "lineId"],
    changed: { channelId: "1286564968", channelSecret: "other" },
  },
  {
    in: late,
    type: "line",
    sent: {
      ...line,
      serviceCode: "code",
      switcherSecret: "secret",
      qrCodeUrl: "https://line.me/M/1O4fb8.png",
    },
    echoed: ["channelId"],
    server: ["botName", "lineId", "serviceCode", "qrCodeUrl"],
    changed: {
      channelId: "1286564968",
      channelSecret: "other",
      serviceCode: "other",
      switcherSecret: "other",
      qrCodeUrl: "https://line.me/M/2.png",
      displayName: "Line",
    },
  },
  { in: both, type: "viber", sent: { token: "445da6az1s345z78" }, server: ["uri"] },
  {
    in: both,
    type: "wechat",
    sent: {
      appId: "wx1",
      appSecret: "secret",
      encodingAesKey: "key",
      accessTokenUrl: "https://example.com/t",
    },
    named: { appId: "wechatAppId" },
    echoed: ["appId"],
    server: ["webhookSecret", "accessTokenUrl"],
  },
  { in: early, type: "mailgun", sent: mailgun, echoed: ["domain", "incomingAddress"] },
  {
    in: late,
    type: "mailgun",
    sent: { ...mailgun, hideUnsubscribeLink: true, fromAddress: "shop@example.com" },
    echoed: ["domain", "incomingAddress"],
    server: ["hideUnsubscribeLink", "fromAddress"],
    changed: { hideUnsubscribeLink: false, fromAddress: "store@example.com", displayName: "Mail" },
  },
  { in: early, type: "frontendEmail", sent: {}, server: ["fromAddress", "shortId", "smoochAddress"] },
  {
    in: early,
    type: "apn",
    neutral: "ios",
    sent: { certificate: "MIIC", password: "secret", autoUpdateBadge: true },
    echoed: ["autoUpdateBadge", "production"],
  },
  {
    in: late,
    type: "apn",
    neutral: "ios",
    sent: { certificate: "MIIC", password: "secret", autoUpdateBadge: true, production: false },
    echoed: ["autoUpdateBadge", "production"],
    changed: { production: true },
  },
  {
    in: both,
    type: "fcm",
    neutral: "android",
    sent: { serverKey: "key", senderId: "123" },
    echoed: ["senderId"],
  },
  {
    in: early,
    type: "whatsapp",
    sent: {
      baseUrl: "https://wa.example.com",
      username: "shop",
      password: "secret",
      hsmFallbackLanguage: "en_US",
    },
    echoed: ["baseUrl", "username"],
    server: ["hsmFallbackLanguage", "phoneNumber"],
    changed: { hsmFallbackLanguage: "de" },
  },
  {
    in: late,
    type: "whatsapp",
    sent: { deploymentId: "5a0b1c2d3e4f5a6b7c8d9e0f", hsmFallbackLanguage: "en_US" },
    server: ["deploymentId", "hsmFallbackLanguage", "phoneNumber"],
    changed: { hsmFallbackLanguage: "de", displayName: "WhatsApp" },
  },
  { in: both, type: "web", sent: look, echoed: Object.keys(look), changed: { ...look, buttonWidth: "70" } },
  {
    in: late,
    type: "apple",
    sent: { businessId: "2740f141", apiSecret: "secret", mspId: "e7e495d5" },
    echoed: ["businessId", "mspId"],
  },
];

const cases = both.flatMap((version) =>
  rows.filter((row) => row.in.includes(version)).map((row) => ({ version, ...row })),
);

describe("integrations of v1 and v1.1, checked against v1's reference", () => {
  test.each(cases)(
    "$version $type",
    async ({ version, type, neutral = type, sent, named, echoed, server, changed }) => {
      const world = new World({}, version);
      const client = world.client();
      const { id: appId } = await client.apps.create({ name: "Shop" });
      const recorder = new Recorder();
      world.intercept = recorder.intercept;
      const displayName = version === "v1.1" ? { displayName: "Channel" } : {};
      const { id } = await client.integrations.create(appId, {
        type: neutral,
        ...rename(sent, named),
        ...displayName,
      });
      await client.integrations.get(appId, id);
      await client.integrations.list(appId);
      if (changed) await client.integrations.update(appId, id, { type: neutral, ...rename(changed, named) });
      await client.integrations.delete(appId, id);

      const path = `/${version}/apps/${appId}/integrations`;
      const calls = recorder.exchanges.map(({ request, answer }) => ({
        call: `${request.method} ${request.path}`,
        body: request.body === undefined ? undefined : JSON.parse(request.body),
        status: answer.status,
      }));
      expect(calls).toEqual([
        { call: `POST ${path}`, body: { type, ...sent, ...displayName }, status: 201 },
        { call: `GET ${path}/${id}`, body: undefined, status: 200 },
        { call: `GET ${path}`, body: undefined, status: 200 },
        ...(changed ? [{ call: `PUT ${path}/${id}`, body: changed, status: 200 }] : []),
        { call: `DELETE ${path}/${id}`, body: undefined, status: 200 },
      ]);

      const promised = ["_id", "type", ...(echoed ?? []), ...Object.keys(displayName)];
      const possible = [...promised, ...(server ?? []), "status", "error"];
      for (const { answer } of recorder.exchanges.slice(0, -1)) {
        const body = JSON.parse(answer.body);
        const names = Object.keys(body.integration ?? body.integrations[0]);
        expect(names).toEqual(expect.arrayContaining(promised));
        expect(possible).toEqual(expect.arrayContaining(names));
      }
      expect(recorder.exchanges.at(-1)?.answer.body).toBe("{}");
    },
  );
});

function rename(
  fields: Record<string, unknown>,
  names: Record<string, string> = {},
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [names[name] ?? name, value]));
}
