import { describe, expect, it } from "vitest";
import { disclose } from "../../../src/emulator/console/disclosure";
import { v1_1Channels, v1Channels } from "../../../src/emulator/kinds/integration/channels-legacy";
import { v2Channels } from "../../../src/emulator/kinds/integration/channels-v2";
import { fieldVisibility } from "../../../src/emulator/kinds/integration/visibility";
import { kindNames } from "../../../src/kinds";
import { type ChannelField, channels } from "../../../src/smooch/channels";
import { receive } from "../../support/receiver";
import { Page, send } from "./support";

const tables = { v1: v1Channels, "v1.1": v1_1Channels, v2: v2Channels };

/** What each secret in this test begins with, in any form that a URL or JSON gives it. */
const mark = "CANARY";
let count = 0;

function canary(): string {
  count += 1;
  return `${mark}-${count}-${"x".repeat(80)}`;
}

/** The body that creates a channel with a marked value in each field that is not plain. */
function markedChannel(version: keyof typeof tables, type: string): object {
  const { fields } = tables[version][type] ?? { fields: {} };
  const given = Object.entries(fields).flatMap(([name, { wire, required, sent }]) => {
    if (wire === undefined || sent === "later") return [];
    const isPlain = fieldVisibility[name] !== "secret";
    if (isPlain && required !== true) return [];
    return [[name, isPlain ? plainValue(name) : canary()]];
  });
  const legacyNames: Record<string, string> = { android: "fcm", ios: "apn" };
  return { type: version === "v2" ? type : (legacyNames[type] ?? type), ...Object.fromEntries(given) };
}

function plainValue(name: string): string {
  const values: Record<string, string> = {
    incomingAddress: "help@shop.example",
    domain: "shop.example",
    tier: "enterprise",
    baseUrl: `https://${canary()}@whatsapp.example/?key=${canary()}`,
  };
  return values[name] ?? `plain-${name}`;
}

/** Where one of several fields is required. */
const choices: Record<string, object> = {
  "v1.1 whatsapp": { deploymentId: "plain-deployment" },
  "v2 twilio": { phoneNumberSid: "plain-number" },
};

describe("a secret", () => {
  it("of any kind is nowhere in the console, in no API version, and never was", async () => {
    const stateless = { accountKeyId: "act_mine", accountKeySecret: canary() };
    const page = await Page.open({
      ...stateless,
      app: { id: "5a0b1c2d3e4f5a6b7c8d9e0f", keyId: "app_mine", keySecret: canary() },
    });
    // A bot that sends back all that it was sent.
    const bot = await receive(({ headers, body }) => ({ status: 500, body: JSON.stringify(headers) + body }));
    const shown: string[] = [];
    const secrets = [stateless.accountKeySecret];

    for (const version of ["v1", "v1.1", "v2"] as const) {
      const name = version === "v2" ? "displayName" : "name";
      const { app } = await page.api("POST", `/${version}/apps`, { [name]: "Shop" });
      const path = `/${version}/apps/${app._id ?? app.id}`;
      const { key } = await page.api("POST", `${path}/keys`, { [name]: "backend" });
      secrets.push(key.secret);
      await page.api("GET", `${path}/keys`);
      await page.api("GET", `${path}/keys/${key._id ?? key.id}/jwt`);
      const password = canary();
      secrets.push(Buffer.from(`bot:${password}`).toString("base64"));
      const target = `${bot.url.replace("//", `//bot:${password}@`)}/hook?token=${canary()}#${canary()}`;
      const triggers = [version === "v2" ? "conversation:message" : "message"];
      if (version === "v2") {
        const body = { type: "custom", webhooks: [{ target, triggers }] };
        const { integration } = await page.api("POST", `${path}/integrations`, body);
        secrets.push(integration.webhooks[0].secret);
        const keys = `${path}/integrations/${integration.id}/keys`;
        secrets.push((await page.api("POST", keys, { displayName: "bot" })).key.secret);
        const { switchboard } = await page.api("POST", `${path}/switchboards`);
        const within = `${path}/switchboards/${switchboard.id}/switchboardIntegrations`;
        await page.api("POST", within, { name: "bot", integrationId: integration.id });
        const { user } = await page.api("POST", `${path}/users`, { externalId: "ann" });
        const participants = [{ userId: user.id }];
        const { conversation } = await page.api("POST", `${path}/conversations`, {
          type: "personal",
          participants,
        });
        const message = {
          author: { type: "user", userId: user.id },
          content: { type: "text", text: `My key is ${key.secret}.` },
        };
        await page.api("POST", `${path}/conversations/${conversation.id}/messages`, message);
      } else {
        secrets.push((await page.api("POST", `${path}/webhooks`, { target, triggers })).webhook.secret);
        const { serviceAccount } = await page.api("POST", `/${version}/serviceaccounts`, {
          name: `reseller ${version}`,
        });
        const keys = `/${version}/serviceaccounts/${serviceAccount._id}/keys`;
        secrets.push((await page.api("POST", keys, { name: "backend" })).key.secret);
        await page.api("PUT", `${path}/menu`, {
          items: [{ type: "link", text: "Help", uri: `https://u:${canary()}@a.example` }],
        });
        const template = { name: "hello", message: { role: "appMaker", type: "text", text: key.secret } };
        await page.api("POST", `${path}/templates`, template);
        await page.api("POST", `${path}/appusers`, { userId: "ann" });
        await page.api("POST", `${path}/appusers/ann/messages`, {
          role: "appUser",
          text: `My key is "${key.secret}"!`,
        });
      }
      for (const type of Object.keys(tables[version])) {
        const body = { ...markedChannel(version, type), ...choices[`${version} ${type}`] };
        const { integration } = await page.api("POST", `${path}/integrations`, body);
        expect([version, type, integration?.status]).toEqual([version, type, "active"]);
      }
      await page.api("GET", `${path}/integrations`);
      // What the emulator refuses is still in its log.
      await page.api("POST", `${path}/integrations`, {
        type: "new",
        apiToken: canary(),
        nested: [{ clientSecret: canary() }],
      });
      await page.api("POST", `${path}/integrations`, { type: "twilio", authToken: canary() });
      await page.api("GET", `/${version}/${key.secret}/${canary()}?${key.secret}=${canary()}`);
      await page.api("GET", `${path}/keys/${key.secret}`);
      // A secret that no longer exists is still one.
      await page.api("DELETE", `${path}/keys/${key._id ?? key.id}`);
      await page.api("PUT", path, { metadata: { old: key.secret, [key.secret]: 1 } });
    }
    await waitForDeliveries(page, 3);

    const owners = await page.get("overview");
    const paths = [
      "overview",
      "control",
      ...[...owners.accounts, ...owners.apps].map(({ id }: { id: string }) => `owners/${id}`),
      "requests?limit=1000",
      ...(await page.get("requests?limit=1000")).requests.map(
        ({ seq }: { seq: number }) => `requests/${seq}`,
      ),
      "deliveries",
      ...(await page.get("deliveries")).deliveries.map(({ seq }: { seq: number }) => `deliveries/${seq}`),
    ];
    for (const path of paths) shown.push(JSON.stringify(await page.get(path)));
    shown.push((await send(page.smooch.consoleUrl ?? "")).text);

    const all = shown.join("\n");
    expect(all).toContain("…");
    expect(all).toContain("https://…@whatsapp.example/?…");
    // Every kind had an object, so none was left out.
    const kindsShown = new Set([...all.matchAll(/"kind":"(\w+)"/g)].map(([, kind]) => kind));
    expect([...kindsShown].sort()).toEqual([...kindNames].sort());
    expect(secrets).toHaveLength(13);
    for (const secret of secrets) expect(all).not.toContain(secret);
    // Of a long part of a path, its beginning is shown, as in the log.
    expect(all.match(/.{0,60}CANARY-\d+-x.{0,20}/g)).toBe(null);
    expect(all.match(/eyJ[\w-]+\.[\w-]+/)).toBe(null);
  });

  it("is whatever a kind does not declare", () => {
    const object = {
      id: "1",
      target: "https://a.example",
      fields: { type: "x", token: "t", more: [1] },
      more: "s",
      none: null,
    };
    const visibility = { id: "plain", target: "url", fields: { type: "plain" } } as const;
    expect(disclose(object, visibility)).toEqual({
      properties: {
        id: "1",
        target: "https://a.example",
        fields: { type: "x", token: "…", more: "…" },
        more: "…",
        none: null,
      },
      secrets: { "fields.token": "t", "fields.more": "[1]", more: "s" },
    });
    // Names that every object inherits are no declarations.
    expect(disclose({ constructor: "s" }, {}).properties).toEqual({ constructor: "…" });
  });

  it.each(Object.entries(channels))(
    "of a %s channel is one in the provider's table too",
    (_, { fields, details }) => {
      const known: Readonly<Record<string, ChannelField>> = fields;
      const secret = Object.entries(known).flatMap(([name, { secret, wire }]) =>
        secret ? [wire ?? name] : [],
      );
      expect(secret.map((name) => [name, fieldVisibility[name]])).toEqual(
        secret.map((name) => [name, "secret"]),
      );
      const plain = Object.entries(known).flatMap(([name, { secret, wire }]) =>
        secret ? [] : [wire ?? name],
      );
      const hidden = [...plain, ...details].filter(
        (name) => !["plain", "url"].includes(String(fieldVisibility[name])),
      );
      expect(hidden.filter((name) => !["accessTokenUrl", "displayName", "webhooks"].includes(name))).toEqual(
        [],
      );
    },
  );
});

async function waitForDeliveries(page: Page, wanted: number): Promise<void> {
  for (;;) {
    const { deliveries } = await page.get("deliveries");
    const tried = deliveries.filter(({ attempts }: { attempts: number }) => attempts > 0);
    if (tried.length === wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
