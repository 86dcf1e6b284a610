import { z } from "zod";
import type { Call } from "../http";
import type { App, AppChange, Key, Webhook, WebhookChange } from "../objects";
import type { Generation } from "./generation";

// legacy.md 2.2, 3, 4.2. Fields and values that this package does not know are no error (legacy.md 1.1).
const appWire = z.object({
  _id: z.string().min(1),
  name: z.string(),
  appToken: z.string().optional(),
  settings: z.record(z.string(), z.unknown()).nullish(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullish(),
});
const keyWire = z.object({ _id: z.string().min(1), name: z.string(), secret: z.string().min(1) });
const webhookWire = z.object({
  _id: z.string().min(1),
  target: z.string(),
  triggers: z.array(z.string()),
  secret: z.string().min(1),
});
const errorWire = z.object({
  error: z.object({ code: z.string().optional(), description: z.string().optional() }),
});

const appFrom = (wire: z.infer<typeof appWire>): App => ({
  id: wire._id,
  name: wire.name,
  appToken: wire.appToken,
  settings: wire.settings ? pickSettings(wire.settings) : undefined,
  metadata: wire.metadata ?? undefined,
});
const keyFrom = ({ _id, name, secret }: z.infer<typeof keyWire>): Key => ({ id: _id, name, secret });
const webhookFrom = ({ _id, ...rest }: z.infer<typeof webhookWire>): Webhook => ({ id: _id, ...rest });

/** Settings of a newer API may hold values of other types: what this package cannot manage it does not see. */
function pickSettings(settings: Record<string, unknown>): Record<string, boolean | number> {
  const entries = Object.entries(settings).flatMap(([name, value]) =>
    typeof value === "boolean" || typeof value === "number" ? [[name, value] as const] : [],
  );
  return Object.fromEntries(entries);
}

const oneApp = z.object({ app: appWire }).transform(({ app }) => appFrom(app));
const manyApps = z.object({ apps: z.array(appWire), hasMore: z.boolean().optional() });
const oneKey = z.object({ key: keyWire }).transform(({ key }) => keyFrom(key));
const manyKeys = z.object({ keys: z.array(keyWire) }).transform(({ keys }) => keys.map(keyFrom));
const oneWebhook = z.object({ webhook: webhookWire }).transform(({ webhook }) => webhookFrom(webhook));
const manyWebhooks = z
  .object({ webhooks: z.array(webhookWire) })
  .transform(({ webhooks }) => webhooks.map(webhookFrom));
const jwt = z.object({ jwt: z.string().min(1) }).transform((body) => body.jwt);
/** What a delete answers is documented for some and shown for none but `{}` (legacy.md 4.1). */
const nothing = z.looseObject({}).transform(() => undefined);

const pageSize = 100;
const apps = "/v1/apps";
const below = (...parts: string[]) => [apps, ...parts.map(encodeURIComponent)].join("/");

export const v1: Generation = {
  apps: {
    create: (app) => request("create", `app "${app.name}"`, "POST", apps, oneApp, app),
    list: (from = "0") => ({
      ...request(
        "list",
        "apps",
        "GET",
        apps,
        manyApps.transform((page) => ({
          items: page.apps.map(appFrom),
          ...(page.hasMore && page.apps.length > 0 && { next: String(Number(from) + page.apps.length) }),
        })),
      ),
      query: { limit: pageSize, offset: Number(from) },
    }),
    get: (appId) => request("read", `app ${appId}`, "GET", below(appId), oneApp),
    update: (appId, change) => request("update", `app ${appId}`, "PUT", below(appId), oneApp, change),
    delete: (appId) => request("delete", `app ${appId}`, "DELETE", below(appId), nothing),
  },
  keys: {
    create: (appId, key) =>
      request("create", `key "${key.name}" of app ${appId}`, "POST", below(appId, "keys"), oneKey, key),
    list: (appId) => request("list", `keys of app ${appId}`, "GET", below(appId, "keys"), manyKeys),
    get: (appId, keyId) =>
      request("read", `key ${keyId} of app ${appId}`, "GET", below(appId, "keys", keyId), oneKey),
    delete: (appId, keyId) =>
      request("delete", `key ${keyId} of app ${appId}`, "DELETE", below(appId, "keys", keyId), nothing),
    getJwt: (appId, keyId) =>
      request(
        "get the JWT of",
        `key ${keyId} of app ${appId}`,
        "GET",
        below(appId, "keys", keyId, "jwt"),
        jwt,
      ),
  },
  webhooks: {
    create: (appId, webhook) =>
      request(
        "create",
        `webhook to ${originOf(webhook.target)} of app ${appId}`,
        "POST",
        below(appId, "webhooks"),
        oneWebhook,
        webhook,
      ),
    list: (appId) =>
      request("list", `webhooks of app ${appId}`, "GET", below(appId, "webhooks"), manyWebhooks),
    get: (appId, webhookId) =>
      request(
        "read",
        `webhook ${webhookId} of app ${appId}`,
        "GET",
        below(appId, "webhooks", webhookId),
        oneWebhook,
      ),
    update: (appId, webhookId, change) =>
      request(
        "update",
        `webhook ${webhookId} of app ${appId}`,
        "PUT",
        below(appId, "webhooks", webhookId),
        oneWebhook,
        change,
      ),
    delete: (appId, webhookId) =>
      request(
        "delete",
        `webhook ${webhookId} of app ${appId}`,
        "DELETE",
        below(appId, "webhooks", webhookId),
        nothing,
      ),
  },
};

/** A target's path and query often carry a token of the receiver, and the subject is printed. */
function originOf(target: string): string {
  return URL.canParse(target) ? new URL(target).origin : "its target";
}

function request<T>(
  operation: string,
  resource: string,
  method: Call<T>["method"],
  path: string,
  answer: z.ZodType<T>,
  body?: AppChange & WebhookChange,
): Call<T> {
  const sensitive = sensitiveParts(body);
  return {
    subject: { operation, resource },
    method,
    path,
    ...(body !== undefined && { body, sensitive }),
    parse: (raw) => answer.parse(raw),
    parseError,
  };
}

/** Users keep tokens in a target's path and query, and what they like in metadata. */
function sensitiveParts({ target, metadata = {} }: AppChange & WebhookChange = {}): string[] {
  const url = target !== undefined && URL.canParse(target) ? new URL(target) : undefined;
  const parts = [target, url?.search, url?.pathname, ...Object.values(metadata)].map((part) =>
    String(part ?? ""),
  );
  // Shorter ones would blot out ordinary words.
  return parts.filter((part) => part.length >= 4);
}

function parseError(body: unknown): { code?: string; description?: string } {
  const { data } = errorWire.safeParse(body);
  return {
    ...(data?.error.code !== undefined && { code: data.error.code }),
    ...(data?.error.description !== undefined && { description: data.error.description }),
  };
}
