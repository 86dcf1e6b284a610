import { z } from "zod";
import { asApiVersion } from "../api-version";
import { idIn, type ObjectReader, objectReader, readableSecret, requireFit } from "../fit";
import type { App, AppChange, Integration, Key, Webhook, WebhookChange } from "../objects";
import { collection } from "./collection";
import type { Generation, Page, Send } from "./generation";
import { readIntegration, sensitiveInIntegration, writeIntegration } from "./integrations";
import { appParts, below, id, readAppParts, requester, sensitiveInWebhook } from "./request";

// v2.md 2 to 5. Fields and values that this package does not know are no error (v2.md 9.11).
const appWire = z.object({ id, displayName: z.string(), ...appParts });
const keyWire = z.object({ id, displayName: z.string(), secret: readableSecret });
const integrationWire = z.looseObject({ id, type: z.string() });
const webhookWire = z.object({
  id,
  target: z.string(),
  triggers: z.array(z.string()),
  secret: readableSecret,
  version: z.string().nullish(),
  includeFullUser: z.boolean().nullish(),
  includeFullSource: z.boolean().nullish(),
});
/** A custom integration is made with exactly one webhook, which can be deleted by itself. */
const customWire = z.object({
  id,
  type: z.literal("custom"),
  displayName: z.string().nullish(),
  webhooks: z.array(webhookWire).max(1).nullish(),
});
const heldWire = customWire.extend({ webhooks: z.tuple([webhookWire]) });
const errorWire = z.object({
  errors: z.array(z.object({ code: z.string().optional(), title: z.string().optional() })).min(1),
});

const request = requester((body) => {
  const errors = errorWire.safeParse(body).data?.errors ?? [];
  const code = errors[0]?.code;
  const description = errors.flatMap(({ title }) => title ?? []).join("; ");
  return { ...(code !== undefined && { code }), ...(description !== "" && { description }) };
});

const pageSize = 100;
const cursor = (from?: string) => ({
  "page[size]": pageSize,
  ...(from !== undefined && { "page[after]": from }),
});

/** How objects of one kind come: in `{noun: …}`, or as a list in `{nouns: […]}` with a cursor to the next page. */
function envelopes<W, T>(noun: string, item: z.ZodType<W>, read: (wire: W) => T) {
  const reader = objectReader("id", item, read);
  return { ...single(noun, reader), many: listOf(noun, reader) };
}

function single<T>(noun: string, reader: ObjectReader<T>) {
  const envelope = z.looseObject({});
  return {
    one: envelope.transform((body) => reader.one(body[noun])),
    created: envelope.transform((body) => reader.created(body[noun])),
  };
}

const pageMeta = z.object({ hasMore: z.boolean().nullish(), afterCursor: z.string().nullish() });

function listOf<T>(noun: string, { list }: ObjectReader<T>, isOne = (_wire: unknown) => true) {
  return z.looseObject({ meta: pageMeta.nullish() }).transform((body): Page<T> => {
    const wires = requireFit(z.array(z.unknown()), body[`${noun}s`]);
    const ids = wires.flatMap((wire) => idIn(wire, "id") ?? []);
    const next = body.meta?.afterCursor ?? ids.at(-1);
    return {
      ...list(wires.filter(isOne)),
      ids,
      ...(body.meta?.hasMore && next !== undefined && { next }),
    };
  });
}

const app = envelopes(
  "app",
  appWire,
  ({ id, displayName, ...parts }): App => ({ id, name: displayName, ...readAppParts(parts) }),
);
const key = envelopes(
  "key",
  keyWire,
  ({ id, displayName, secret }): Key => ({ id, name: displayName, secret }),
);
const integration = envelopes(
  "integration",
  integrationWire,
  ({ id, ...wire }): Integration => readIntegration("v2", id, wire),
);
const custom = single("integration", objectReader("id", customWire, webhookFrom));
const held = objectReader("id", heldWire, webhookFrom);
const webhook = {
  one: custom.one,
  created: single("integration", held).created,
  many: listOf(
    "integration",
    held,
    (wire) => z.looseObject({ type: z.literal("custom") }).safeParse(wire).success,
  ),
};
const changedWebhook = z
  .looseObject({})
  .transform(({ webhook }) => readWebhook(requireFit(webhookWire, webhook)));

const path = "/v2/apps";
const rest = { request, updateVerb: "PATCH" } as const;
const child = (noun: string, appId: string, segment = `${noun}s`) => ({
  ...rest,
  noun,
  appId,
  path: below(path, appId, segment),
});

const apps = collection({ ...rest, noun: "app", path, ...app });
const keys = (appId: string) => collection({ ...child("key", appId), ...key });
const integrations = (appId: string) => collection({ ...child("integration", appId), ...integration });
/** A webhook is made, read and deleted as the custom integration that holds it. */
const webhooks = (appId: string) => collection({ ...child("webhook", appId, "integrations"), ...webhook });

export const v2: Generation = {
  apps: {
    create: (app) => apps.create({ body: writeApp(app) }),
    list: (from) => apps.list(cursor(from)),
    get: (appId) => apps.get(appId),
    update: (appId, change) => apps.update(appId, { body: writeApp(change) }),
    delete: (appId) => apps.delete(appId),
  },
  keys: {
    create: (appId, { name }) => keys(appId).create({ body: { displayName: name } }),
    list: (appId) => keys(appId).list(),
    get: (appId, keyId) => keys(appId).get(keyId),
    delete: (appId, keyId) => keys(appId).delete(keyId),
  },
  webhooks: {
    create: (appId, { displayName, ...webhook }) =>
      webhooks(appId).create({
        body: { type: "custom", displayName, webhooks: [writeWebhook(webhook)] },
        sensitive: sensitiveInWebhook(webhook),
      }),
    list: (appId, from) => webhooks(appId).list({ ...cursor(from), "filter[types]": "custom" }),
    get: (appId, integrationId) => webhooks(appId).get(integrationId),
    async update(send, appId, integrationId, { displayName, ...change }) {
      const named =
        displayName === undefined
          ? undefined
          : await send(webhooks(appId).update(integrationId, { body: { displayName: displayName || null } }));
      const current = named ?? (await send(webhooks(appId).get(integrationId)));
      // Of a webhook that somebody deleted there is nothing to change.
      if (Object.keys(change).length === 0 || current.webhookId === undefined) return current;
      return { ...current, ...(await changeWebhook(send, appId, current, change)) };
    },
    delete: (appId, integrationId) => webhooks(appId).delete(integrationId),
  },
  integrations: {
    create: (appId, integration) =>
      integrations(appId).create({
        body: writeIntegration("v2", integration),
        sensitive: sensitiveInIntegration(integration),
      }),
    list: (appId, from) => integrations(appId).list(cursor(from)),
    get: (appId, integrationId) => integrations(appId).get(integrationId),
    async update(send, appId, integrationId, { webhooks: [inner] = [], ...change }) {
      const changed =
        inner && (await changeWebhook(send, appId, await send(webhooks(appId).get(integrationId)), inner));
      const { type: _, ...body } = writeIntegration("v2", change);
      const sensitive = sensitiveInIntegration(change);
      const current = await send(
        Object.keys(body).length === 0
          ? integrations(appId).get(integrationId)
          : integrations(appId).update(integrationId, { body, sensitive }),
      );
      if (changed === undefined) return current;
      const { target, triggers, includeFullUser, includeClient: includeFullSource } = changed;
      return { ...current, webhooks: [{ target, triggers, includeFullUser, includeFullSource }] };
    },
    delete: (appId, integrationId) => integrations(appId).delete(integrationId),
  },
};

/**
 * For which the webhook's own id is needed; one that somebody deleted is made again. Accounts are not named among those who
 * may call it (v2.md 1.3).
 */
async function changeWebhook(
  send: Send,
  appId: string,
  { id: integrationId, webhookId }: Webhook,
  change: WebhookChange,
): Promise<Partial<Webhook>> {
  const call = request({
    operation: "update",
    resource: `webhook ${integrationId} of app ${appId}`,
    method: webhookId === undefined ? "POST" : "PATCH",
    path: below(
      path,
      appId,
      "integrations",
      integrationId,
      "webhooks",
      ...(webhookId === undefined ? [] : [webhookId]),
    ),
    answer: changedWebhook,
    body: writeWebhook(change),
    sensitive: sensitiveInWebhook(change),
    asApp: appId,
  });
  return send(call);
}

/** What the webhook itself tells, without the integration that holds it. */
function readWebhook({ target, triggers, secret, ...flags }: z.infer<typeof webhookWire>) {
  return {
    target,
    triggers,
    secret,
    includeFullUser: flags.includeFullUser ?? undefined,
    includeClient: flags.includeFullSource ?? undefined,
  };
}

function webhookFrom({ id, displayName, webhooks }: z.infer<typeof customWire>): Webhook {
  const [wire] = webhooks ?? [];
  return {
    id,
    displayName: displayName ?? undefined,
    ...(wire ? readWebhook(wire) : { target: "", triggers: [] }),
    // A webhook that an older generation made shows up here with that one's version (v2.md 10.4).
    version: asApiVersion(wire?.version) ?? "v2",
    webhookId: wire?.id,
  };
}

function writeApp({ name, ...parts }: AppChange): object {
  return { displayName: name, ...parts };
}

function writeWebhook({ target, triggers, includeFullUser, includeClient, ...rest }: WebhookChange): object {
  return { target, triggers, includeFullUser, includeFullSource: includeClient, ...rest };
}
