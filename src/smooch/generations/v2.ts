import { z } from "zod";
import type { App, AppChange, Integration, Key, Webhook, WebhookChange } from "../objects";
import { collection } from "./collection";
import type { Generation, Page, Send } from "./generation";
import { readIntegration, sensitiveInIntegration, writeIntegration } from "./integrations";
import {
  appParts,
  below,
  id,
  originOf,
  readAppParts,
  requester,
  sensitiveInApp,
  sensitiveInWebhook,
} from "./request";
import { asApiVersion } from "./version";

// v2.md 2 to 5. Fields and values that this package does not know are no error (v2.md 9.11).
const appWire = z.object({ id, displayName: z.string(), ...appParts });
const keyWire = z.object({ id, displayName: z.string(), secret: z.string().min(1) });
const integrationWire = z.looseObject({ id, type: z.string() });
const webhookWire = z.object({
  id,
  target: z.string(),
  triggers: z.array(z.string()),
  secret: z.string().min(1),
  version: z.string().nullish(),
  includeFullUser: z.boolean().nullish(),
  includeFullSource: z.boolean().nullish(),
});
/** A custom integration has exactly one webhook (v2.md 5). */
const customWire = z.object({
  id,
  type: z.literal("custom"),
  displayName: z.string().nullish(),
  webhooks: z.tuple([webhookWire]),
});
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
function envelopes<W extends { id: string }, T>(noun: string, item: z.ZodType<W>, read: (wire: W) => T) {
  const one = z.looseObject({}).transform((body) => read(item.parse(body[noun])));
  const list = z.array(item);
  const many = listOf(noun, (wires) => list.parse(wires).map(read));
  return { one, many };
}

function listOf<T>(noun: string, read: (wires: unknown) => T[]) {
  const meta = z.object({ hasMore: z.boolean().nullish(), afterCursor: z.string().nullish() }).nullish();
  const list = z.array(z.looseObject({ id }));
  return z.looseObject({ meta }).transform((body): Page<T> => {
    const wires = list.parse(body[`${noun}s`]);
    const next = body.meta?.afterCursor ?? wires.at(-1)?.id;
    const ids = wires.map((wire) => wire.id);
    return { items: read(wires), ids, ...(body.meta?.hasMore && next !== undefined && { next }) };
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
const webhook = {
  one: z.object({ integration: customWire }).transform((body) => webhookFrom(body.integration)),
  many: listOf("integration", (wires) =>
    // Of custom integrations without a webhook there are none by the documents, and none of them is one of ours.
    z
      .array(z.unknown())
      .parse(wires)
      .flatMap((wire) => {
        const { data } = customWire.safeParse(wire);
        return data === undefined ? [] : [webhookFrom(data)];
      }),
  ),
};
const changedWebhook = z.object({ webhook: webhookWire }).transform(({ webhook }) => readWebhook(webhook));

const path = "/v2/apps";
const rest = { request, updateVerb: "PATCH" } as const;
const child = (noun: string, appId: string, segment = `${noun}s`) => ({
  ...rest,
  noun,
  of: ` of app ${appId}`,
  path: below(path, appId, segment),
});

const apps = collection({ ...rest, noun: "app", path, ...app });
const keys = (appId: string) => collection({ ...child("key", appId), ...key });
const integrations = (appId: string) => collection({ ...child("integration", appId), ...integration });
/** A webhook is made, read and deleted as the custom integration that holds it. */
const webhooks = (appId: string) => collection({ ...child("webhook", appId, "integrations"), ...webhook });

export const v2: Generation = {
  apps: {
    create: (app) =>
      apps.create(`app "${app.name}"`, { body: writeApp(app), sensitive: sensitiveInApp(app) }),
    list: (from) => apps.list(cursor(from)),
    get: (appId) => apps.get(appId),
    update: (appId, change) =>
      apps.update(appId, { body: writeApp(change), sensitive: sensitiveInApp(change) }),
    delete: (appId) => apps.delete(appId),
  },
  keys: {
    create: (appId, { name }) => keys(appId).create(`key "${name}"`, { body: { displayName: name } }),
    list: (appId) => keys(appId).list(),
    get: (appId, keyId) => keys(appId).get(keyId),
    delete: (appId, keyId) => keys(appId).delete(keyId),
  },
  webhooks: {
    create: (appId, { displayName, ...webhook }) =>
      webhooks(appId).create(`webhook to ${originOf(webhook.target)}`, {
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
      if (Object.keys(change).length === 0) return current;
      return { ...current, ...(await changeWebhook(send, appId, current, change)) };
    },
    delete: (appId, integrationId) => webhooks(appId).delete(integrationId),
  },
  integrations: {
    create: (appId, integration) =>
      integrations(appId).create(`${integration.type} integration`, {
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

/** For which the webhook's own id is needed; accounts are not named among those who may call it (v2.md 1.3). */
async function changeWebhook(
  send: Send,
  appId: string,
  { id: integrationId, webhookId = "" }: Webhook,
  change: WebhookChange,
): Promise<Partial<Webhook>> {
  const call = request({
    operation: "update",
    resource: `webhook ${integrationId} of app ${appId}`,
    method: "PATCH",
    path: below(path, appId, "integrations", integrationId, "webhooks", webhookId),
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

function webhookFrom({ id, displayName, webhooks: [wire] }: z.infer<typeof customWire>): Webhook {
  return {
    id,
    displayName: displayName ?? undefined,
    ...readWebhook(wire),
    // A webhook that an older generation made shows up here with that one's version (v2.md 10.4).
    version: asApiVersion(wire.version) ?? "v2",
    webhookId: wire.id,
  };
}

function writeApp({ name, ...parts }: AppChange): object {
  return { displayName: name, ...parts };
}

function writeWebhook({ target, triggers, includeFullUser, includeClient, ...rest }: WebhookChange): object {
  return { target, triggers, includeFullUser, includeFullSource: includeClient, ...rest };
}
