import { describe, expect, it } from "vitest";
import { play, type Row, refuse, type Sent, scripted } from "./wire";

const appWire = {
  id: "5a0b",
  displayName: "Shop",
  settings: { maskCreditCardNumbers: true },
  metadata: { n: 1 },
};
const app = { id: "5a0b", name: "Shop", settings: { maskCreditCardNumbers: true }, metadata: { n: 1 } };
const keyWire = { id: "app_1", displayName: "key1", secret: "Y4SINFtAUzEjayxgUjJZoTjG" };
const target = "https://a.example/x";
const triggers = ["conversation:message"];
const innerWire = {
  id: "57ff",
  target,
  triggers,
  secret: "s3cret-of-the-hook",
  version: "v2",
  includeFullUser: true,
};
const customWire = {
  id: "5c0d",
  type: "custom",
  status: "active",
  displayName: "Bot",
  webhooks: [innerWire],
};
const webhook = {
  id: "5c0d",
  webhookId: "57ff",
  displayName: "Bot",
  target,
  triggers,
  secret: "s3cret-of-the-hook",
  version: "v2",
  includeFullUser: true,
};
const custom = {
  id: "5c0d",
  type: "custom",
  status: "active",
  displayName: "Bot",
  webhooks: [{ target, triggers, includeFullUser: true }],
  webhookSecret: "s3cret-of-the-hook",
  details: { webhookId: "57ff" },
};
const telegramWire = { id: "5b0c", type: "telegram", status: "active", username: "shop_bot", botId: "7" };
const telegram = {
  id: "5b0c",
  type: "telegram",
  status: "active",
  details: { username: "shop_bot", botId: "7" },
};

const apps = "/v2/apps";
const one = `${apps}/5a0b`;
const page = "?page[size]=100";
const customs = `GET ${one}/integrations${page}&filter[types]=custom`;
const bot = `${one}/integrations/5c0d`;
const readBot: Sent = [`GET ${bot}`];
/** What a stale read returns. */
const before = {
  ...customWire,
  displayName: "Before",
  webhooks: [
    { ...innerWire, target: "https://before.example", triggers: ["user:merge"], includeFullUser: null },
  ],
};
const emptied = { ...customWire, webhooks: [] };
const flags = { includeFullUser: false, includeFullSource: true };

/** The calls beyond those that every API version has (calls.test.ts). */
const rows: Record<string, Row> = {
  "update app": {
    call: ({ apps }) => apps.update("5a0b", { name: "B" }),
    sent: [[`PATCH ${one}`, { displayName: "B" }]],
    answers: [{ app: appWire }],
    gives: app,
  },
  "update an app's metadata": {
    call: ({ apps }) => apps.update("5a0b", { metadata: {} }),
    sent: [[`PATCH ${one}`, { metadata: {} }]],
    answers: [{ app: { ...appWire, metadata: {} } }],
    gives: { ...app, metadata: {} },
  },
  "update an app's metadata if Smooch merges it": {
    call: ({ apps }) => apps.update("5a0b", { metadata: { n: 2 } }),
    sent: [
      [`PATCH ${one}`, { metadata: { n: 2 } }],
      [`PATCH ${one}`, { metadata: { old: null, older: null } }],
    ],
    answers: [
      { app: { ...appWire, metadata: { n: 2, old: "x", older: true } } },
      { app: { ...appWire, metadata: { n: 2 } } },
    ],
    gives: { ...app, metadata: { n: 2 } },
  },
  "create webhook": {
    call: ({ webhooks }) => webhooks.create("5a0b", { target, triggers }),
    sent: [[`POST ${one}/integrations`, { type: "custom", webhooks: [{ target, triggers }] }]],
    answers: [{ integration: customWire }],
    gives: webhook,
  },
  "create webhook with all fields": {
    call: ({ webhooks }) =>
      webhooks.create("5a0b", {
        target,
        triggers,
        displayName: "Bot",
        includeFullUser: true,
        includeClient: false,
      }),
    sent: [
      [
        `POST ${one}/integrations`,
        {
          type: "custom",
          displayName: "Bot",
          webhooks: [{ target, triggers, includeFullUser: true, includeFullSource: false }],
        },
      ],
    ],
    answers: [{ integration: { ...customWire, webhooks: [{ ...innerWire, includeFullSource: false }] } }],
    gives: { ...webhook, includeClient: false },
  },
  "list webhooks": {
    call: ({ webhooks }) => webhooks.list("5a0b"),
    sent: [[customs]],
    answers: [{ integrations: [customWire] }],
    gives: { items: [webhook], unreadable: [] },
  },
  "get webhook": {
    call: ({ webhooks }) => webhooks.get("5a0b", "5c0d"),
    sent: [readBot],
    answers: [{ integration: customWire }],
    gives: webhook,
  },
  "update a webhook's target and flags": {
    call: ({ webhooks }) =>
      webhooks.update("5a0b", "5c0d", { target, includeClient: true, includeFullUser: false }),
    sent: [readBot, [`PATCH ${bot}/webhooks/57ff`, { target, ...flags }]],
    answers: [{ integration: before }, { webhook: { ...innerWire, ...flags } }],
    gives: { ...webhook, displayName: "Before", includeFullUser: false, includeClient: true },
  },
  "update a webhook whose flags are not returned": {
    call: ({ webhooks }) => webhooks.update("5a0b", "5c0d", { target }),
    sent: [readBot, [`PATCH ${bot}/webhooks/57ff`, { target }]],
    answers: [
      { integration: { ...customWire, webhooks: [{ ...innerWire, ...flags }] } },
      { webhook: { ...innerWire, includeFullUser: null, includeFullSource: null } },
    ],
    gives: { ...webhook, includeFullUser: undefined },
  },
  "update a webhook's name": {
    call: ({ webhooks }) => webhooks.update("5a0b", "5c0d", { displayName: "Bot" }),
    sent: [[`PATCH ${bot}`, { displayName: "Bot" }]],
    answers: [{ integration: customWire }],
    gives: webhook,
  },
  "remove a webhook's name, and change its triggers": {
    call: ({ webhooks }) => webhooks.update("5a0b", "5c0d", { displayName: "", triggers }),
    sent: [
      [`PATCH ${bot}`, { displayName: null }],
      [`PATCH ${bot}/webhooks/57ff`, { triggers }],
    ],
    answers: [{ integration: { ...before, displayName: null } }, { webhook: innerWire }],
    gives: { ...webhook, displayName: undefined },
  },
  "create custom integration": {
    call: ({ integrations }) =>
      integrations.create("5a0b", {
        type: "custom",
        displayName: "Bot",
        webhooks: [{ target, triggers, includeFullUser: true }],
      }),
    sent: [
      [
        `POST ${one}/integrations`,
        { type: "custom", displayName: "Bot", webhooks: [{ target, triggers, includeFullUser: true }] },
      ],
    ],
    answers: [{ integration: customWire }],
    gives: custom,
  },
  "list integrations": {
    call: ({ integrations }) => integrations.list("5a0b"),
    sent: [[`GET ${one}/integrations${page}`]],
    answers: [{ integrations: [telegramWire, customWire] }],
    gives: { items: [telegram, custom], unreadable: [] },
  },
  "remove an integration's name": {
    call: ({ integrations }) => integrations.update("5a0b", "5b0c", { type: "telegram", displayName: "" }),
    sent: [[`PATCH ${one}/integrations/5b0c`, { displayName: null }]],
    answers: [{ integration: telegramWire }],
    gives: telegram,
  },
  "update a custom integration's webhook": {
    call: ({ integrations }) =>
      integrations.update("5a0b", "5c0d", {
        type: "custom",
        webhooks: [{ target, includeFullSource: true }] as object[],
      }),
    sent: [readBot, [`PATCH ${bot}/webhooks/57ff`, { target, includeFullSource: true }], readBot],
    answers: [
      { integration: before },
      { webhook: { ...innerWire, includeFullSource: true } },
      { integration: before },
    ],
    gives: {
      ...custom,
      displayName: "Before",
      webhooks: [{ target, triggers, includeFullUser: true, includeFullSource: true }],
    },
  },
  "update a custom integration's webhook and name": {
    call: ({ integrations }) =>
      integrations.update("5a0b", "5c0d", { type: "custom", displayName: "Bot", webhooks: [{ target }] }),
    sent: [readBot, [`PATCH ${bot}/webhooks/57ff`, { target }], [`PATCH ${bot}`, { displayName: "Bot" }]],
    answers: [
      { integration: before },
      { webhook: innerWire },
      { integration: { ...before, displayName: "Bot" } },
    ],
    gives: custom,
  },
  "update a custom integration's webhook that was deleted": {
    call: ({ integrations }) =>
      integrations.update("5a0b", "5c0d", { type: "custom", webhooks: [{ target, triggers }] }),
    sent: [readBot, [`POST ${bot}/webhooks`, { target, triggers }], readBot],
    answers: [{ integration: emptied }, { webhook: innerWire }, { integration: customWire }],
    gives: custom,
  },
  "get a webhook that was deleted": {
    call: ({ webhooks }) => webhooks.get("5a0b", "5c0d"),
    sent: [readBot],
    answers: [{ integration: emptied }],
    gives: { id: "5c0d", displayName: "Bot", target: "", triggers: [], version: "v2" },
  },
  "update a webhook that was deleted": {
    call: ({ webhooks }) => webhooks.update("5a0b", "5c0d", { target }),
    sent: [readBot],
    answers: [{ integration: { ...emptied, webhooks: null } }],
    gives: { id: "5c0d", displayName: "Bot", target: "", triggers: [], version: "v2" },
  },
  "update a custom integration's name": {
    call: ({ integrations }) => integrations.update("5a0b", "5c0d", { type: "custom", displayName: "Bot" }),
    sent: [[`PATCH ${bot}`, { displayName: "Bot" }]],
    answers: [{ integration: customWire }],
    gives: custom,
  },
};

describe("API v2", () => {
  it.each(Object.entries(rows))("%s", (_, row) => play("v2", row));

  it.each(Object.entries(rows))("%s refuses a response of another shape", (_, row) =>
    refuse("v2", row, { something: "else" }),
  );

  it.each(Object.entries(rows).filter(([name]) => name.startsWith("update a custom integration's webhook")))(
    "%s names the fields that the changed webhook lacks",
    async (_, { call, answers }) => {
      const { smooch } = scripted("v2", [...answers.slice(0, 1), { webhook: { id: "57ff" } }]);
      await expect(call(smooch)).rejects.toMatchObject({
        summary:
          "The response from Smooch for webhook 5c0d of app 5a0b has an unexpected format: target is missing, triggers is missing (HTTP 200).",
      });
    },
  );

  it("signs a key's JWT locally, because v2 has no call for it", async () => {
    const { smooch, sent } = scripted("v2", [{ key: keyWire }]);
    const token = await smooch.keys.getJwt("5a0b", "app_1");
    const parts = token.split(".").map((part) => Buffer.from(part, "base64url").toString());
    expect(parts[0]).toBe('{"alg":"HS256","typ":"JWT","kid":"app_1"}');
    expect(parts[1]).toBe('{"scope":"app"}');
    expect(sent).toEqual([[`GET ${one}/keys/app_1`]]);
  });

  it("ignores unknown fields", async () => {
    const { smooch } = scripted("v2", [
      { app: { ...appWire, subdomain: "acme", settings: null, metadata: null } },
      { app: { id: "5a0b", displayName: "Shop" } },
    ]);
    const bare = { id: "5a0b", name: "Shop", settings: undefined, metadata: undefined };
    expect(await smooch.apps.get("5a0b")).toEqual(bare);
    expect(await smooch.apps.get("5a0b")).toEqual(bare);
  });
});
