import { z } from "zod";
import type { SmoochClient } from "../../src/smooch/client";
import { error, id, integration, key, metadata, settings, webhook } from "./legacy-wire";

export const newIntegration = {
  type: "line",
  channelId: "1286564967",
  channelAccessToken: "token",
  channelSecret: "secret",
};

export interface Ids {
  app: string;
  key: string;
  webhook: string;
  integration: string;
}

export interface Row {
  operation: string;
  run(client: SmoochClient, ids: Ids): Promise<unknown>;
  /** As sent: the method, and the path below `/v1` or `/v1.1`. */
  sent: [method: string, path: string];
  query?: Record<string, string>;
  body?: object;
  status: number;
  answer: z.ZodType;
}

export type Legacy = "v1" | "v1.1";

/** The contract of v1 and v1.1, from v1's reference: the request and the response of each operation. */
export function rowsOf(version: Legacy): Row[] {
  const app = z.strictObject({
    _id: id,
    appToken: z.string(),
    name: z.string(),
    settings: settings[version].optional(),
    metadata,
  });
  const one = <T extends z.ZodType>(name: string, object: T) => z.strictObject({ [name]: object });
  const aPage = { hasMore: z.boolean(), offset: z.literal(0) };
  const empty = z.strictObject({});
  const isNewer = version === "v1.1";
  const newWebhook = { target: "https://example.com/new", triggers: ["message:appUser"] };
  const flags = isNewer ? { includeFullUser: true, includeClient: true } : {};
  const sentFlags = isNewer ? { includeFullAppUser: true, includeClient: true } : {};
  const newSettings = {
    maskCreditCardNumbers: false,
    useAnimalNames: true,
    ...(isNewer && {
      conversationRetentionSeconds: 60,
      echoPostback: true,
      ignoreAutoConversationStart: true,
    }),
  };
  const wholeApp = { name: "Shop", settings: newSettings, metadata: { tier: "gold", seats: 3, paid: true } };
  const name = isNewer ? { displayName: "Bot" } : {};

  return [
    {
      operation: "create app",
      run: (client) => client.apps.create(wholeApp),
      sent: ["POST", "/apps"],
      body: wholeApp,
      status: 201,
      answer: one("app", app),
    },
    {
      operation: "list apps",
      run: (client) => client.apps.list(),
      sent: ["GET", "/apps"],
      query: { limit: "100", offset: "0" },
      status: 200,
      answer: z.strictObject({ apps: z.array(app).min(1), ...aPage }),
    },
    {
      operation: "get app",
      run: (client, ids) => client.apps.get(ids.app),
      sent: ["GET", "/apps/{app}"],
      status: 200,
      answer: one("app", app),
    },
    {
      operation: "update app",
      run: (client, ids) => client.apps.update(ids.app, { settings: newSettings }),
      sent: ["PUT", "/apps/{app}"],
      body: { settings: newSettings },
      status: 200,
      answer: one("app", app),
    },
    {
      operation: "delete app",
      run: (client, ids) => client.apps.delete(ids.app),
      sent: ["DELETE", "/apps/{app}"],
      status: 200,
      answer: empty,
    },
    {
      operation: "create key",
      run: (client, ids) => client.keys.create(ids.app, { name: "backend" }),
      sent: ["POST", "/apps/{app}/keys"],
      body: { name: "backend" },
      status: 201,
      answer: one("key", key),
    },
    {
      operation: "list keys",
      run: (client, ids) => client.keys.list(ids.app),
      sent: ["GET", "/apps/{app}/keys"],
      status: 200,
      answer: one("keys", z.array(key).min(1)),
    },
    {
      operation: "get key",
      run: (client, ids) => client.keys.get(ids.app, ids.key),
      sent: ["GET", "/apps/{app}/keys/{key}"],
      status: 200,
      answer: one("key", key),
    },
    {
      operation: "get the JWT of a key",
      run: (client, ids) => client.keys.getJwt(ids.app, ids.key),
      sent: ["GET", "/apps/{app}/keys/{key}/jwt"],
      status: 200,
      answer: one("jwt", z.jwt({ alg: "HS256" })),
    },
    {
      operation: "delete key",
      run: (client, ids) => client.keys.delete(ids.app, ids.key),
      sent: ["DELETE", "/apps/{app}/keys/{key}"],
      status: 200,
      answer: empty,
    },
    {
      operation: "create webhook",
      run: (client, ids) => client.webhooks.create(ids.app, { ...newWebhook, ...flags }),
      sent: ["POST", "/apps/{app}/webhooks"],
      body: { ...newWebhook, ...sentFlags },
      status: 201,
      answer: one("webhook", webhook[version]),
    },
    {
      operation: "list webhooks",
      run: (client, ids) => client.webhooks.list(ids.app),
      sent: ["GET", "/apps/{app}/webhooks"],
      status: 200,
      answer: one("webhooks", z.array(webhook[version]).min(1)),
    },
    {
      operation: "get webhook",
      run: (client, ids) => client.webhooks.get(ids.app, ids.webhook),
      sent: ["GET", "/apps/{app}/webhooks/{webhook}"],
      status: 200,
      answer: one("webhook", webhook[version]),
    },
    {
      operation: "update webhook",
      run: (client, ids) =>
        client.webhooks.update(ids.app, ids.webhook, { triggers: ["postback"], ...flags }),
      sent: ["PUT", "/apps/{app}/webhooks/{webhook}"],
      body: { triggers: ["postback"], ...sentFlags },
      status: 200,
      answer: one("webhook", webhook[version]),
    },
    {
      operation: "delete webhook",
      run: (client, ids) => client.webhooks.delete(ids.app, ids.webhook),
      sent: ["DELETE", "/apps/{app}/webhooks/{webhook}"],
      status: 200,
      answer: empty,
    },
    {
      operation: "create integration",
      run: (client, ids) => client.integrations.create(ids.app, { ...newIntegration, ...name }),
      sent: ["POST", "/apps/{app}/integrations"],
      body: { ...newIntegration, ...name },
      status: 201,
      answer: one("integration", integration[version]),
    },
    {
      operation: "list integrations",
      run: (client, ids) => client.integrations.list(ids.app),
      sent: ["GET", "/apps/{app}/integrations"],
      ...(isNewer && { query: { limit: "100", offset: "0" } }),
      status: 200,
      answer: z.strictObject({ integrations: z.array(integration[version]).min(1), ...(isNewer && aPage) }),
    },
    {
      operation: "get integration",
      run: (client, ids) => client.integrations.get(ids.app, ids.integration),
      sent: ["GET", "/apps/{app}/integrations/{integration}"],
      status: 200,
      answer: one("integration", integration[version]),
    },
    {
      operation: "update integration",
      run: (client, ids) =>
        client.integrations.update(ids.app, ids.integration, { type: "line", channelId: "2" }),
      sent: ["PUT", "/apps/{app}/integrations/{integration}"],
      body: { channelId: "2" },
      status: 200,
      answer: one("integration", integration[version]),
    },
    {
      operation: "delete integration",
      run: (client, ids) => client.integrations.delete(ids.app, ids.integration),
      sent: ["DELETE", "/apps/{app}/integrations/{integration}"],
      status: 200,
      answer: empty,
    },
    ...refusalsOf(),
  ];
}

export function refusal(status: number, code: string): Pick<Row, "status" | "answer"> {
  return {
    status,
    answer: error.refine((body) => body.error.code === code, { error: `the code is not ${code}` }),
  };
}

function refusalsOf(): Row[] {
  const gone = "5a0b1c2d3e4f5a6b7c8d9e0f";
  return [
    {
      operation: "create app without a name",
      run: (client) => client.apps.create({ name: "" }),
      sent: ["POST", "/apps"],
      body: { name: "" },
      ...refusal(400, "bad_request"),
    },
    {
      operation: "get an app that does not exist",
      run: (client) => client.apps.get(gone),
      sent: ["GET", `/apps/${gone}`],
      ...refusal(404, "app_not_found"),
    },
    {
      operation: "get a key that does not exist",
      run: (client, ids) => client.keys.get(ids.app, `app_${gone}`),
      sent: ["GET", `/apps/{app}/keys/app_${gone}`],
      ...refusal(404, "not_found"),
    },
    {
      operation: "delete a webhook that does not exist",
      run: (client, ids) => client.webhooks.delete(ids.app, gone),
      sent: ["DELETE", `/apps/{app}/webhooks/${gone}`],
      ...refusal(404, "not_found"),
    },
    {
      operation: "get an integration that does not exist",
      run: (client, ids) => client.integrations.get(ids.app, gone),
      sent: ["GET", `/apps/{app}/integrations/${gone}`],
      ...refusal(404, "integration_not_found"),
    },
  ];
}
