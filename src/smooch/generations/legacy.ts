import { z } from "zod";
import { type ApiVersion, asApiVersion } from "../api-version";
import { objectReader, readableSecret, requireFit } from "../fit";
import type { App, Integration, Key, Webhook, WebhookChange } from "../objects";
import { collection } from "./collection";
import type { Generation, Page } from "./generation";
import { readIntegration, sensitiveInIntegration, writeIntegration } from "./integrations";
import { appParts, below, id, type Reader, readAppParts, requester, sensitiveInWebhook } from "./request";

/** In what v1 and v1.1 differ. */
export interface Dialect {
  version: "v1" | "v1.1";
  /** Whether no other authentication than a token is documented (legacy.md 1.4). */
  tokenOnly: boolean;
  /** Whether lists of integrations come in pages. */
  pagedIntegrations: boolean;
}

// legacy.md 2.2, 3, 4.2, 5.2. Fields and values that this package does not know are no error (legacy.md 1.1).
const appWire = z.object({ _id: id, name: z.string(), appToken: z.string().nullish(), ...appParts });
const keyWire = z.object({ _id: id, name: z.string(), secret: readableSecret });
const webhookWire = z.object({
  _id: id,
  target: z.string(),
  // A bare one was taken in v1's early days, and may come back so.
  triggers: z.union([z.array(z.string()), z.string().transform((trigger) => [trigger])]),
  secret: readableSecret,
  version: z.string().nullish(),
  includeClient: z.boolean().nullish(),
  includeFullAppUser: z.boolean().nullish(),
});
const integrationWire = z.looseObject({ _id: id, type: z.string() });
const errorWire = z.object({
  error: z.object({ code: z.string().optional(), description: z.string().optional() }),
});

const appFrom = ({ _id, name, appToken, ...parts }: z.infer<typeof appWire>): App => ({
  id: _id,
  name,
  appToken: appToken ?? undefined,
  ...readAppParts(parts),
});
const keyFrom = ({ _id, name, secret }: z.infer<typeof keyWire>): Key => ({ id: _id, name, secret });
const jwt = z.object({ jwt: z.string().min(1) }).transform((body) => body.jwt);

function parseError(body: unknown): { code?: string; description?: string } {
  const { code, description } = errorWire.safeParse(body).data?.error ?? {};
  return { ...(code !== undefined && { code }), ...(description !== undefined && { description }) };
}

const pageSize = 100;
const offset = (from: string) => ({ limit: pageSize, offset: Number(from) });

/** How objects of one kind come: in `{noun: …}`, or as a list in `{nouns: […]}` that continues where it ends. */
function envelopes<W extends object, T extends { id: string }>(
  noun: string,
  item: z.ZodType<W>,
  read: (wire: W) => T,
) {
  const reader = objectReader("_id", item, read);
  const envelope = z.looseObject({});
  const one = envelope.transform((body) => reader.one(body[noun]));
  const created = envelope.transform((body) => reader.created(body[noun]));
  const page = z.looseObject({ hasMore: z.boolean().nullish() });
  const many = (from?: string): Reader<Page<T>> => ({
    parse(answer) {
      const body = requireFit(page, answer);
      const { items, unreadable } = reader.list(body[`${noun}s`]);
      const ids = [...items, ...unreadable].map((item) => item.id);
      // Where the call names no place to begin, there is no other page to ask for.
      const isPaged = from !== undefined && body.hasMore && ids.length > 0;
      return { items, unreadable, ids, ...(isPaged && { next: String(Number(from) + ids.length) }) };
    },
  });
  return { one, created, many };
}

const app = envelopes("app", appWire, appFrom);
const key = envelopes("key", keyWire, keyFrom);

/** v1 and v1.1: the same paths and envelopes below another prefix. */
export function legacy({ version, tokenOnly, pagedIntegrations }: Dialect): Generation {
  const path = `/${version}/apps`;
  const request = requester(parseError, { tokenOnly });
  const rest = { request, updateVerb: "PUT" } as const;
  const child = (noun: string, appId: string) => ({
    ...rest,
    noun,
    appId,
    path: below(path, appId, `${noun}s`),
  });
  const webhook = envelopes("webhook", webhookWire, (wire) => webhookFrom(version, wire));
  const integration = envelopes(
    "integration",
    integrationWire,
    ({ _id, ...wire }): Integration => readIntegration(version, _id, wire),
  );

  const apps = (from?: string) => collection({ ...rest, noun: "app", path, ...app, many: app.many(from) });
  const keys = (appId: string) => collection({ ...child("key", appId), ...key, many: key.many() });
  const webhooks = (appId: string) =>
    collection({ ...child("webhook", appId), ...webhook, many: webhook.many() });
  const integrations = (appId: string, from?: string) =>
    collection({ ...child("integration", appId), ...integration, many: integration.many(from) });

  return {
    apps: {
      create: (app) => apps().create({ body: app }),
      list: (from = "0") => apps(from).list(offset(from)),
      get: (appId) => apps().get(appId),
      update: (appId, change) => apps().update(appId, { body: change }),
      delete: (appId) => apps().delete(appId),
    },
    keys: {
      create: (appId, key) => keys(appId).create({ body: key }),
      list: (appId) => keys(appId).list(),
      get: (appId, keyId) => keys(appId).get(keyId),
      delete: (appId, keyId) => keys(appId).delete(keyId),
      getJwt: (appId, keyId) =>
        request({
          operation: "get the JWT of",
          resource: `key ${keyId} of app ${appId}`,
          method: "GET",
          path: below(path, appId, "keys", keyId, "jwt"),
          answer: jwt,
        }),
    },
    webhooks: {
      create: (appId, webhook) => webhooks(appId).create(written(webhook)),
      list: (appId) => webhooks(appId).list(),
      get: (appId, webhookId) => webhooks(appId).get(webhookId),
      update: (send, appId, webhookId, change) => send(webhooks(appId).update(webhookId, written(change))),
      delete: (appId, webhookId) => webhooks(appId).delete(webhookId),
    },
    integrations: {
      create: (appId, integration) =>
        integrations(appId).create({
          body: writeIntegration(version, integration),
          sensitive: sensitiveInIntegration(integration),
        }),
      list: (appId, from = "0") =>
        pagedIntegrations ? integrations(appId, from).list(offset(from)) : integrations(appId).list(),
      get: (appId, integrationId) => integrations(appId).get(integrationId),
      update: (send, appId, integrationId, change) => {
        const { type: _, ...body } = writeIntegration(version, change);
        const sensitive = sensitiveInIntegration(change);
        return send(integrations(appId).update(integrationId, { body, sensitive }));
      },
      delete: (appId, integrationId) => integrations(appId).delete(integrationId),
    },
  };
}

function webhookFrom(version: ApiVersion, { _id, ...wire }: z.infer<typeof webhookWire>): Webhook {
  return {
    id: _id,
    target: wire.target,
    triggers: wire.triggers,
    secret: wire.secret,
    version: versionOf(wire.version) ?? version,
    includeClient: wire.includeClient ?? undefined,
    includeFullUser: wire.includeFullAppUser ?? undefined,
  };
}

function written({ target, triggers, includeClient, includeFullUser }: WebhookChange) {
  const body = { target, triggers, includeClient, includeFullAppUser: includeFullUser };
  return { body, sensitive: sensitiveInWebhook({ target }) };
}

/** Some clients saw it without its `v` (legacy.md 4.2). */
function versionOf(text: string | null | undefined): ApiVersion | undefined {
  return asApiVersion(`v${text?.replace(/^v/, "")}`);
}
