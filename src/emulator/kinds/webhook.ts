import { z } from "zod";
import { type Access, type AppCall, withAndWithoutApp, withAppOrItself } from "../access";
import type { ApiVersion } from "../api-version";
import { notFound } from "../errors";
import { httpUrl } from "../fields";
import { parseBody } from "../input";
import { type Answer, type Incoming, type Route, route } from "../route";
import { deleteIntegration } from "./integration/deletion";
import { getIntegration } from "./integration/objects";
import { type Kind, snapshotChildren } from "./kind";
import {
  addWebhook,
  createWebhook,
  getWebhook,
  isSeenBy,
  type NewWebhook,
  updateWebhook,
  type Webhook,
  type WebhookChange,
  webhooks,
  webhooksOf,
} from "./webhook/objects";
import { triggerList } from "./webhook/triggers";
import { newWebhookWire, webhookFlags, writeWebhook } from "./webhook/wire";

export interface WebhookSnapshot {
  readonly id: string;
  readonly appId: string;
  /** The webhook's `custom` integration. */
  readonly integrationId: string;
  /** The API version that created it; it determines the payload format. */
  readonly version: "v1" | "v1.1" | "v2";
  readonly target: string;
  readonly triggers: readonly string[];
  readonly includeFullUser: boolean;
  readonly includeFullSource: boolean;
  readonly secret: string;
}

export const webhook = {
  plural: "webhooks",
  children: webhooks,
  visibility: {
    id: "plain",
    appId: "plain",
    integrationId: "plain",
    version: "plain",
    triggers: "plain",
    includeFullUser: "plain",
    includeFullSource: "plain",
    target: "url",
    secret: "secret",
  },
  routes,
  snapshot: snapshotChildren(
    webhooks,
    (webhook, appId): WebhookSnapshot => ({ ...webhook, appId, triggers: [...webhook.triggers] }),
  ),
  summarize: ({ id, appId, integrationId, version }: WebhookSnapshot) => ({
    id,
    appId,
    integrationId,
    version,
  }),
} as const satisfies Kind;

function routes(apiVersion: ApiVersion): Route[] {
  // v2 webhooks are the only objects in an app that account keys cannot access.
  if (apiVersion === "v2") return routesUnder(v2Path, withAppOrItself, v2);
  const wire = legacy(apiVersion);
  return withAndWithoutApp(apiVersion, "/webhooks", (path, allow) => routesUnder(path, allow, wire));
}

function routesUnder(path: string, allow: Access, wire: WebhookApi): Route[] {
  const one = `${path}/{webhookId}`;
  const { list, create, find, readChange, remove, write, updatedBy, listQuery } = wire;

  async function answerCreate(call: AppCall): Promise<Answer> {
    const { webhook, created } = await create(call);
    return { status: created ? 201 : 200, body: { webhook: write(webhook) } };
  }

  function answerList(call: AppCall): Answer {
    return { status: 200, body: { webhooks: list(call).map(write) } };
  }

  function answerGet(call: AppCall): Answer {
    return { status: 200, body: { webhook: write(find(call)) } };
  }

  async function answerUpdate(call: AppCall): Promise<Answer> {
    const webhook = find(call);
    const change = readChange(call.request, webhook);
    return {
      status: 200,
      body: { webhook: write(await updateWebhook(call.context, call.app, webhook, change)) },
    };
  }

  function answerDelete(call: AppCall): Answer {
    remove(call, find(call));
    return { status: 200, body: {} };
  }

  return [
    route("createWebhook", "POST", path, allow(answerCreate)),
    route("listWebhooks", "GET", path, allow(answerList), listQuery),
    route("getWebhook", "GET", one, allow(answerGet)),
    route("updateWebhook", updatedBy, one, allow(answerUpdate)),
    route("deleteWebhook", "DELETE", one, allow(answerDelete)),
  ];
}

/** What differs between API versions. */
interface WebhookApi {
  create(call: AppCall): Promise<{ webhook: Webhook; created: boolean }>;
  list(call: AppCall): Webhook[];
  find(call: AppCall): Webhook;
  readChange(request: Incoming, webhook: Webhook): WebhookChange;
  remove(call: AppCall, webhook: Webhook): void;
  write(webhook: Webhook): object;
  readonly updatedBy: "PUT" | "PATCH";
  readonly listQuery: readonly string[];
}

const v2Path = "/v2/apps/{appId}/integrations/{integrationId}/webhooks";

const v2: WebhookApi = {
  create: async ({ context, app, params, request }) => {
    const given = parseBody(newWebhookWire, request);
    const webhook = await addWebhook(context, app, params("integrationId"), { ...given, version: "v2" });
    return { webhook, created: true };
  },
  list: ({ app, params }) => webhooksOf(app, getIntegration(app, params("integrationId")).id),
  find: (call) => {
    const webhook = v2.list(call).find(({ id }) => id === call.params("webhookId"));
    if (webhook === undefined) throw notFound("The integration has no webhook with this id.");
    return webhook;
  },
  // Which triggers are valid depends on the API version that created the webhook.
  readChange: (request, { version }) => {
    const wire = z.strictObject({ target: httpUrl, triggers: triggerList(version), ...webhookFlags });
    return parseBody(wire.partial(), request);
  },
  remove: ({ app }, { id }) => webhooks.of(app).delete(id),
  write: writeWebhook,
  updatedBy: "PATCH",
  listQuery: ["page[size]"],
};

interface LegacyFlags {
  readonly includeClient?: boolean | undefined;
  readonly includeFullAppUser?: boolean | undefined;
}

type LegacyWire<Body> = z.ZodType<Body & LegacyFlags>;

function legacy(apiVersion: "v1" | "v1.1"): WebhookApi {
  const hasFlags = apiVersion === "v1.1";

  function wireFor(version: ApiVersion) {
    const wire = z.strictObject({
      target: httpUrl,
      triggers: triggerList(version),
      includeClient: z.boolean().optional(),
      includeFullAppUser: z.boolean().optional(),
    });
    return hasFlags ? wire : wire.omit({ includeClient: true, includeFullAppUser: true });
  }
  const createWire: LegacyWire<Pick<NewWebhook, "target" | "triggers">> = wireFor(apiVersion).extend({
    // Clients of 2017 sent a single trigger as a string, and also a field `trigger`.
    triggers: z.preprocess(toList, triggerList(apiVersion).default(["message"])),
  });

  function find({ app, params }: AppCall): Webhook {
    const webhook = getWebhook(app, params("webhookId"));
    if (!isSeenBy(apiVersion, webhook)) throw notFound("The app has no webhook with this id.");
    return webhook;
  }

  return {
    create: ({ context, app, request }) => {
      const given = parseBody(createWire, request, ["trigger"]);
      return createWebhook(context, app, { ...readLegacy(given), version: apiVersion });
    },
    list: ({ app }) => webhooks.listOf(app).filter((webhook) => isSeenBy(apiVersion, webhook)),
    find,
    readChange: (request, { version }) => {
      const wire: LegacyWire<Pick<WebhookChange, "target" | "triggers">> = wireFor(version).partial();
      return readLegacy(parseBody(wire, request));
    },
    // The integration was created with the webhook, so it goes too.
    remove: ({ app }, { integrationId }) => deleteIntegration(app, integrationId),
    write: ({ id, version, target, triggers, secret, includeFullSource, includeFullUser }) => {
      if (!hasFlags) return { _id: id, target, triggers, secret };
      const flags = { includeClient: includeFullSource, includeFullAppUser: includeFullUser };
      return { _id: id, version, target, triggers, secret, ...flags };
    },
    updatedBy: "PUT",
    listQuery: [],
  };
}

function toList(triggers: unknown): unknown {
  return typeof triggers === "string" ? [triggers] : triggers;
}

/** v2 has other names for these two flags. */
function readLegacy<Body extends LegacyFlags>({ includeClient, includeFullAppUser, ...given }: Body) {
  return { ...given, includeFullSource: includeClient, includeFullUser: includeFullAppUser };
}
