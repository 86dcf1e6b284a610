import { describe, expect, it } from "vitest";
import { Session } from "../../src/provider/context";
import type { Properties } from "../../src/provider/kind";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";
import { type Channel, channels } from "../../src/smooch/channels";
import { integrations, withApp } from "./support";

const facebook = { facebookAppId: "12345", appSecret: "app-s3cret", pageAccessToken: "page-t0ken" };
const mail = { apiKey: "mail-k3y", domain: "a.example", incomingAddress: "in@a.example" };
const mailMore = { ...mail, hideUnsubscribeLink: true, fromAddress: "out@a.example" };
const bird = { accessKey: "bird-k3y", originator: "1514555" };
const line = { channelId: "l1", channelSecret: "line-s3cret", channelAccessToken: "line-t0ken" };
const lineMore = {
  ...line,
  serviceCode: "line-c0de",
  switcherSecret: "switch-s3cret",
  qrCodeUrl: "https://line.example/@shop.png",
};
const twitter = {
  consumerKey: "consumer-k3y",
  consumerSecret: "consumer-s3cret",
  accessTokenKey: "access-k3y",
  accessTokenSecret: "access-s3cret",
};
const twilio = { accountSid: "AC1", authToken: "twilio-t0ken", phoneNumberSid: "PN1" };
const apple = { businessId: "b1", apiSecret: "apple-s3cret", mspId: "m1" };
const wechat = {
  wechatAppId: "w1",
  appSecret: "app-s3cret",
  encodingAesKey: "aes-k3y",
  accessTokenUrl: "https://w.example",
};
const web = {
  brandColor: "ff0000",
  conversationColor: "00ff00",
  actionColor: "0000ff",
  displayStyle: "tab",
  buttonIconUrl: "https://a.example/icon.png",
  buttonWidth: "60",
  buttonHeight: "61",
  fixedIntroPane: true,
  businessName: "Shop",
  businessIconUrl: "https://a.example/shop.png",
  backgroundImageUrl: "https://a.example/back.png",
  originWhitelist: ["https://a.example", "https://b.example"],
  integrationOrder: ["5a0b", "5a0c"],
};
const lists = { canUserSeeConversationList: true, canUserCreateMoreConversations: false };
const prechatCapture = { enabled: true, fields: [{ type: "text", name: "order", label: "Order" }] };
const v2Common = { defaultResponderId: "r1", showAIDisclaimer: false };

/** All fields of each type, in each API version in which the type exists. */
const samples: Record<keyof typeof channels, Partial<Record<ApiVersion, Properties>>> = {
  android: {
    v1: { serverKey: "server-k3y", senderId: "s1" },
    "v1.1": { serverKey: "server-k3y", senderId: "s1" },
    v2: {
      projectId: "shop-project",
      clientEmail: "shop@a.example",
      privateKey: "-----BEGIN\nprivate-k3y",
      serverKey: "server-k3y",
      senderId: "s1",
      ...lists,
    },
  },
  apple: { "v1.1": apple, v2: { ...apple, authenticationMessageSecret: "s".repeat(88) } },
  custom: {
    v2: {
      webhooks: [
        {
          target: "https://a.example/hook",
          triggers: ["user:merge", "conversation:message"],
          includeFullUser: true,
          includeFullSource: false,
        },
      ],
    },
  },
  frontendEmail: { v1: { fromAddress: "shop@a.example" } },
  instagram: {
    "v1.1": facebook,
    v2: { ...facebook, storyRepliesEnabled: false, storyMentionsEnabled: true },
  },
  ios: {
    v1: { certificate: "c3rtificate", password: "passw0rd", autoUpdateBadge: true },
    "v1.1": { certificate: "c3rtificate", password: "passw0rd", autoUpdateBadge: true, production: false },
    v2: {
      certificate: "c3rtificate",
      password: "passw0rd",
      autoUpdateBadge: true,
      production: false,
      ...lists,
    },
  },
  line: { v1: line, "v1.1": lineMore, v2: lineMore },
  mailgun: { v1: mail, "v1.1": mailMore, v2: { ...mailMore, signingKey: "signing-k3y" } },
  messagebird: {
    v1: bird,
    "v1.1": { ...bird, signingKey: "signing-k3y" },
    v2: { ...bird, signingKey: "signing-k3y" },
  },
  messenger: { v1: facebook, "v1.1": facebook, v2: facebook },
  telegram: { v1: { token: "7:t0ken" }, "v1.1": { token: "7:t0ken" }, v2: { token: "7:t0ken" } },
  twilio: { v1: twilio, "v1.1": twilio, v2: twilio },
  twitter: {
    v1: { ...twitter, tier: "premium", envName: "prod" },
    "v1.1": { ...twitter, tier: "premium", envName: "prod" },
    v2: { ...twitter, tier: "enterprise" },
  },
  unity: { v2: lists },
  viber: { v1: { token: "viber-t0ken" }, "v1.1": { token: "viber-t0ken" }, v2: { token: "viber-t0ken" } },
  web: { v1: web, "v1.1": web, v2: { ...web, prechatCapture, ...lists } },
  wechat: { v1: wechat, "v1.1": wechat },
  whatsapp: {
    v1: { baseUrl: "https://w.example", username: "u1", password: "passw0rd", hsmFallbackLanguage: "de" },
    "v1.1": { deploymentId: "d1", hsmFallbackLanguage: "de" },
    v2: { hsmFallbackLanguage: "de", accountId: "a1", accountManagementAccessToken: "whats-t0ken" },
  },
};

const table: Readonly<Record<string, Channel>> = channels;
const rows = Object.entries(samples).flatMap(([type, fields]) =>
  apiVersions.flatMap((version): [string, ApiVersion, Properties][] => {
    const given = fields[version];
    if (given === undefined) return [];
    const common = { ...(version !== "v1" && { displayName: "Shop" }) };
    return [
      [type, version, { type, ...common, ...(version === "v2" && type !== "custom" && v2Common), ...given }],
    ];
  }),
);

it("there is a sample of every type in every API version that has it", () => {
  const wanted = Object.entries(table).flatMap(([type, channel]) =>
    channel.in.map((version) => `${type} ${version}`),
  );
  expect(rows.map(([type, version]) => `${type} ${version}`).sort()).toEqual(wanted.sort());
});

describe.each(rows)("the type %s with API %s", (type, version, given) => {
  it("is created, read and compared without a change, and has the declared inputs", async () => {
    const { world, context, appId } = await withApp(version);
    const { inputs, failures, warnings } = integrations.check(
      new Session(),
      version,
      {},
      { appId, ...given },
    );
    expect({ failures, warnings }).toEqual({ failures: [], warnings: [] });
    expect(inputs).toEqual({ appId, ...given });

    const { id, outputs } = await integrations.create(context, inputs);
    const { status, details, webhookSecret, __seenBy, ...declared } = outputs;
    expect(declared).toEqual(inputs);
    expect([status, __seenBy]).toEqual(["active", context.credential]);
    const hasSecret = type === "custom" || type === "messagebird" || type === "wechat";
    expect(webhookSecret).toEqual(hasSecret ? expect.stringMatching(/^[\w-]{20,}$/) : undefined);
    const allowed = [...(table[type]?.details ?? []), ...(type === "custom" ? ["webhookId"] : [])];
    expect(allowed).toEqual(expect.arrayContaining(Object.keys(details as object)));

    const now = { now: 0, version };
    const found = await integrations.read(context, id, outputs);
    expect(found).toEqual({ id, outputs, inputs });
    expect(integrations.diff(id, outputs, inputs, now)).toEqual({ changes: false });
    expect(integrations.diff(id, found?.outputs ?? {}, inputs, now)).toEqual({ changes: false });
    expect(JSON.parse(JSON.stringify(outputs))).toEqual(outputs);

    await integrations.delete(context, id, outputs);
    expect(world.emulator.snapshot()).toMatchObject({ integrations: [], webhooks: [] });
    expect(await integrations.read(context, id, outputs)).toBeUndefined();
  });

  it("is adopted with its credentials and without them, and nothing is changed", async () => {
    const { world, context, appId } = await withApp(version);
    const { appId: _, ...full } = { appId, ...given };
    const made = await integrations.create(context, { appId, ...full });
    const before = world.emulator.snapshot().integrations;
    const fields = Object.entries(table[type]?.fields ?? {});
    const hidden = [
      ...fields.filter(([, { writeOnly }]) => writeOnly).map(([name]) => name),
      "defaultResponderId",
    ];
    const shown = Object.fromEntries(Object.entries(full).filter(([name]) => !hidden.includes(name)));
    for (const declared of [full, shown]) {
      const news = { appId, ...declared, __adopt: made.id };
      const { inputs, failures } = integrations.check(new Session(), version, {}, news);
      expect(failures).toEqual([]);
      world.writes.length = 0;
      const adopted = await integrations.create(world.context(), inputs);
      expect(adopted.id).toBe(made.id);
      expect(adopted.outputs).toMatchObject({ appId, ...declared });
      for (const name of hidden)
        expect(adopted.outputs[name]).toEqual(declared[name as keyof typeof declared]);
      expect(
        integrations.diff(made.id, adopted.outputs, { appId, ...declared }, { now: 0, version }),
      ).toEqual({
        changes: false,
      });
      expect(world.writes).toEqual([]);
    }
    expect(world.emulator.snapshot().integrations).toEqual(before);
  });
});
