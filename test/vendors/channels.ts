import { expect } from "vitest";

export type Channels = readonly (readonly [sent: Readonly<Record<string, unknown>>, returned: object])[];

const aHash = expect.stringMatching(/^[0-9a-f]{32}$/);
export const aPhoneNumber = expect.stringMatching(/^\+1514555\d{4}$/);

/** Channels that the clients for v1 and v1.1 know alike: what is sent, and what is returned. */
export const sharedChannels: Channels = [
  [
    { type: "web", brandColor: "00ff00", businessName: "Shop" },
    {
      brandColor: "00ff00",
      conversationColor: "0099ff",
      actionColor: "0099ff",
      displayStyle: "button",
      businessName: "Shop",
    },
  ],
  [
    { type: "messenger", pageAccessToken: "t", appId: "1", appSecret: "s" },
    { appId: "1", pageId: expect.stringMatching(/^\d{15}$/) },
  ],
  [
    { type: "twilio", accountSid: "AC1", authToken: "t", phoneNumberSid: "PN1" },
    { accountSid: "AC1", phoneNumberSid: "PN1", phoneNumber: aPhoneNumber, name: aPhoneNumber },
  ],
  [
    { type: "messagebird", accessKey: "k", originator: "12262121021" },
    { originator: "12262121021", webhookSecret: aHash },
  ],
  [{ type: "telegram", token: "1:a" }, { username: "shop_1_bot" }],
  [{ type: "viber", token: "t" }, { uri: expect.stringMatching(/^shop\d{6}$/) }],
  [
    { type: "wechat", appId: "wx1", appSecret: "s", encodingAesKey: "k" },
    { appId: "wx1", webhookSecret: aHash },
  ],
  [
    {
      type: "twitter",
      consumerKey: "k",
      consumerSecret: "s",
      accessTokenKey: "a",
      accessTokenSecret: "s",
      tier: "premium",
      envName: "production",
    },
    {
      consumerKey: "k",
      accessTokenKey: "a",
      tier: "premium",
      envName: "production",
      userId: expect.stringMatching(/^\d{10}$/),
      username: expect.stringMatching(/^shop\d{6}$/),
    },
  ],
  [
    { type: "mailgun", apiKey: "key-1", domain: "shop.example", incomingAddress: "help@shop.example" },
    { domain: "shop.example", incomingAddress: "help@shop.example" },
  ],
  [{ type: "fcm", serverKey: "k", senderId: "1" }, { senderId: "1" }],
  [
    { type: "apn", certificate: "YQ==", password: "p", autoUpdateBadge: true },
    { autoUpdateBadge: true, production: true },
  ],
];
