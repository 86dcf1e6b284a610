import { z } from "zod";
import type { Api } from "../api";
import { type ApiVersion, asApiVersion } from "../api-version";
import type { Call } from "../call";
import { type ChangeableForm, type Collection, changeableInApps, type Scope } from "../collection";
import { SmoochError } from "../errors";
import { id, objectReader, readableSecret, requireFit } from "../fit";
import type { KeyPair } from "../jwt";
import { joinPath, open, request } from "../request";
import { keys } from "./key";

export interface NewWebhook {
  target: string;
  triggers: string[];
  /** v2 only. */
  displayName?: string | undefined;
  /** v1.1 and v2. */
  includeFullUser?: boolean | undefined;
  includeClient?: boolean | undefined;
}
export type WebhookChange = { [Property in keyof NewWebhook]?: NewWebhook[Property] | undefined };
/**
 * In v2 it is the one webhook of a custom integration, and `id` is that integration's. Where somebody deleted the webhook
 * and left the integration, `target` is empty.
 */
export interface Webhook extends NewWebhook {
  id: string;
  /** Undefined where Smooch shows none, or only a masked one. */
  secret?: string | undefined;
  /** The API version in whose form events are delivered. */
  version: ApiVersion;
  /** v2 only: what deliveries call the webhook. */
  webhookId?: string | undefined;
}

type WebhookForm = ChangeableForm<Webhook, NewWebhook, WebhookChange>;

const legacyWire = z.object({
  _id: id,
  target: z.string(),
  // A bare one was taken in v1's early days, and may come back so.
  triggers: z.union([z.array(z.string()), z.string().transform((trigger) => [trigger])]),
  secret: readableSecret,
  version: z.string().nullish(),
  includeClient: z.boolean().nullish(),
  includeFullAppUser: z.boolean().nullish(),
});

function legacy(version: "v1" | "v1.1"): WebhookForm {
  const write = ({ target, triggers, includeClient, includeFullUser }: WebhookChange) => ({
    body: { target, triggers, includeClient, includeFullAppUser: includeFullUser },
    sensitive: sensitiveInTarget(target),
  });
  return {
    reader: objectReader("_id", legacyWire, ({ _id, ...wire }) => ({
      id: _id,
      target: wire.target,
      triggers: wire.triggers,
      secret: wire.secret,
      // Some clients saw it without its `v`.
      version: asApiVersion(`v${wire.version?.replace(/^v/, "")}`) ?? version,
      includeClient: wire.includeClient ?? undefined,
      includeFullUser: wire.includeFullAppUser ?? undefined,
    })),
    write,
    update: ({ api, calls }, id, change) => api.send(calls.update(id, write(change))),
  };
}

/** A webhook as v2 has it inside of a custom integration. */
export const innerWire = z.object({
  id,
  target: z.string(),
  triggers: z.array(z.string()),
  secret: readableSecret,
  includeFullUser: z.boolean().nullish(),
  includeFullSource: z.boolean().nullish(),
});
const versionedWire = innerWire.extend({ version: z.string().nullish() });
/** A custom integration is made with exactly one webhook, which can be deleted by itself. */
const customWire = z.object({
  id,
  type: z.literal("custom"),
  displayName: z.string().nullish(),
  webhooks: z.array(versionedWire).max(1).nullish(),
});
const isCustom = z.looseObject({ type: z.literal("custom") });

/** A webhook is made, read and deleted as the custom integration that holds it. */
const v2: WebhookForm = {
  segment: "integrations",
  envelope: "integration",
  reader: objectReader("id", customWire, readCustom),
  strictReader: objectReader("id", customWire.extend({ webhooks: z.tuple([versionedWire]) }), readCustom),
  isPaged: true,
  filter: { "filter[types]": "custom" },
  isOne: (wire) => isCustom.safeParse(wire).success,
  write: ({ displayName, ...webhook }) => ({
    body: { type: "custom", displayName, webhooks: [writeInner(webhook)] },
    sensitive: sensitiveInTarget(webhook.target),
  }),
  async update(scope, id, { displayName, ...change }) {
    const { api, calls } = scope;
    const current = await api.send(
      displayName === undefined
        ? calls.get(id)
        : calls.update(id, { body: { displayName: displayName || null } }),
    );
    // Of a webhook that somebody deleted there is nothing to change.
    if (Object.keys(change).length === 0 || current.webhookId === undefined) return current;
    return { ...current, ...(await updateInner(scope, current, change)) };
  },
};

export const webhook: Collection<Webhook, WebhookForm> = {
  label: "webhook",
  forms: { v1: legacy("v1"), "v1.1": legacy("v1.1"), v2 },
  secrets: ({ secret }) => [secret],
  isComplete: ({ secret }) => secret !== undefined,
};

export const webhooks = (api: Api) => changeableInApps(api, webhook);

/** Takes the webhook's own id; a webhook that somebody deleted is created again. */
export async function updateInner(
  { api, appId }: Pick<Scope<unknown>, "api" | "appId">,
  { id, webhookId }: Webhook,
  change: WebhookChange,
): Promise<ReturnType<typeof readInner>> {
  const path = joinPath("/v2/apps", appId, "integrations", id, "webhooks");
  const call = request("v2", {
    operation: "update",
    resource: `webhook ${id} of app ${appId}`,
    ...(webhookId === undefined
      ? { method: "POST", path }
      : { method: "PATCH", path: joinPath(path, webhookId) }),
    body: writeInner(change),
    sensitive: sensitiveInTarget(change.target),
    parse: (body) => readInner(requireFit(innerWire, open(body, "webhook"))),
  });
  return sendAsApp(api, appId, call);
}

/** The API documents this call for an app's own keys only (docs/api/v2.md). An account key may read those. */
async function sendAsApp<T>(api: Api, appId: string, call: Call<T>): Promise<T> {
  try {
    return await api.send(call);
  } catch (error) {
    if (!(error instanceof SmoochError && [401, 403].includes(error.status ?? 0))) throw error;
    const key = await usableKey(api, appId).catch(() => {
      throw error;
    });
    if (key !== undefined) return api.sendAs(key, call);
    throw error.withAdvice(
      `This call needs a key of the app itself, and app ${appId} has none that Smooch shows: declare a SmoochKey in it.`,
    );
  }
}

/** The first key of an app whose secret Smooch shows. */
async function usableKey(api: Api, appId: string): Promise<KeyPair | undefined> {
  const { list, get } = keys(api);
  for (const { id, secret: listed } of (await list(appId)).items) {
    const secret = listed ?? (await get(appId, id)).secret;
    if (secret !== undefined) return { keyId: id, secret };
  }
  return undefined;
}

/** What a webhook itself has, without the integration that holds it. */
export function readInner({ target, triggers, secret, ...flags }: z.infer<typeof innerWire>) {
  return {
    target,
    triggers,
    secret,
    includeFullUser: flags.includeFullUser ?? undefined,
    includeClient: flags.includeFullSource ?? undefined,
  };
}

function readCustom({ id, displayName, webhooks }: z.infer<typeof customWire>): Webhook {
  const [inner] = webhooks ?? [];
  return {
    id,
    displayName: displayName ?? undefined,
    ...(inner ? readInner(inner) : { target: "", triggers: [] }),
    // A webhook that was made through an older API version shows up here, with that version.
    version: asApiVersion(inner?.version) ?? "v2",
    webhookId: inner?.id,
  };
}

/** `rest` is what an inner webhook of an integration has by v2's own names. */
function writeInner({ target, triggers, includeFullUser, includeClient, ...rest }: WebhookChange): object {
  return { target, triggers, includeFullUser, includeFullSource: includeClient, ...rest };
}

/** Users keep tokens in a target's path, query and user part; an answer may quote one of several alone. */
export function sensitiveInTarget(target: string | undefined): unknown[] {
  if (target === undefined || !URL.canParse(target)) return [target];
  const { search, pathname, username, password } = new URL(target);
  const values = search.split(/[?&]/).map((pair) => pair.slice(pair.indexOf("=") + 1));
  // A segment is a token more often than a word where it has a digit.
  const segments = pathname.split("/").filter((segment) => /\d/.test(segment));
  const tokens = [...values, ...segments, username, password].flatMap((raw) => [raw, decoded(raw)]);
  // Short ones would blot out ordinary words.
  return [target, search, pathname, ...tokens.filter((token) => token.length >= 8)];
}

/** Unlike `decodeURIComponent`, this takes whatever a URL may hold. */
function decoded(part: string): string {
  return String(new URLSearchParams(`part=${part.replaceAll("&", "%26")}`).get("part"));
}
