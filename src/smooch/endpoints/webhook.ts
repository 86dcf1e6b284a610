import { z } from "zod";
import type { Api } from "../api";
import { type ApiVersion, asApiVersion } from "../api-version";
import type { Call } from "../call";
import { type ChangeableForm, type Collection, changeableIn } from "../collection";
import { SmoochError } from "../errors";
import { id, objectReader, readableSecret, requireFit } from "../fit";
import type { KeyPair } from "../jwt";
import { appIn, inApp } from "../place";
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
 * In v2, the one webhook of a custom integration; `id` is the integration's. If the webhook was deleted without its
 * integration, `target` is empty.
 */
export interface Webhook extends NewWebhook {
  id: string;
  /** Undefined if Smooch returns no secret, or only a masked one. */
  secret?: string | undefined;
  /** The API version that determines the payload format. */
  version: ApiVersion;
  /** v2 only: the webhook's own id, as in deliveries. */
  webhookId?: string | undefined;
}

type WebhookForm = ChangeableForm<Webhook, NewWebhook, WebhookChange>;

const legacyWire = z.object({
  _id: id,
  target: z.string(),
  // Early v1 accepted a single string and may still return one.
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
      // Some clients saw it without the `v`.
      version: asApiVersion(`v${wire.version?.replace(/^v/, "")}`) ?? version,
      includeClient: wire.includeClient ?? undefined,
      includeFullUser: wire.includeFullAppUser ?? undefined,
    })),
    write,
    update: ({ api, calls }, id, change) => api.send(calls.update(id, write(change))),
  };
}

/** A webhook as it appears in a v2 custom integration. */
export const innerWire = z.object({
  id,
  target: z.string(),
  triggers: z.array(z.string()),
  secret: readableSecret,
  includeFullUser: z.boolean().nullish(),
  includeFullSource: z.boolean().nullish(),
});
const versionedWire = innerWire.extend({ version: z.string().nullish() });
/** A custom integration is created with exactly one webhook, which can later be deleted separately. */
const customWire = z.object({
  id,
  type: z.literal("custom"),
  displayName: z.string().nullish(),
  webhooks: z.array(versionedWire).max(1).nullish(),
});
const isCustom = z.looseObject({ type: z.literal("custom") });

/** A webhook is created, read and deleted through its custom integration. */
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
    const { api, calls, place } = scope;
    const current = await api.send(
      displayName === undefined
        ? calls.get(id)
        : calls.update(id, { body: { displayName: displayName || null } }),
    );
    // The webhook was deleted: there is nothing to update.
    if (Object.keys(change).length === 0 || current.webhookId === undefined) return current;
    return { ...current, ...(await updateInner({ api, appId: appIn(place) }, current, change)) };
  },
};

export const webhook: Collection<Webhook, WebhookForm> = {
  label: "webhook",
  forms: { v1: legacy("v1"), "v1.1": legacy("v1.1"), v2 },
  secrets: ({ secret }) => [secret],
  isComplete: ({ secret }) => secret !== undefined,
};

export const webhooks = (api: Api) => changeableIn(api, webhook, inApp);

/** Uses the webhook's own id; recreates a webhook that was deleted. */
export async function updateInner(
  { api, appId }: { api: Api; appId: string },
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

/**
 * The API documents this call for app keys only (docs/api/v2.md). If it refuses the account key, one of the app's keys
 * is used.
 */
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

/** The app's first key whose secret Smooch returns. */
async function usableKey(api: Api, appId: string): Promise<KeyPair | undefined> {
  const { list, get } = keys(api);
  for (const { id, secret: listed } of (await list(appId)).items) {
    const secret = listed ?? (await get(appId, id)).secret;
    if (secret !== undefined) return { keyId: id, secret };
  }
  return undefined;
}

/** The webhook's own fields, without its integration's. */
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
    // Webhooks created through an older API version show up here too, with that version.
    version: asApiVersion(inner?.version) ?? "v2",
    webhookId: inner?.id,
  };
}

/** `rest` are fields that already have v2's own names. */
function writeInner({ target, triggers, includeFullUser, includeClient, ...rest }: WebhookChange): object {
  return { target, triggers, includeFullUser, includeFullSource: includeClient, ...rest };
}

/** Users put tokens in a target's path, query and user info; the API may quote any of them separately. */
export function sensitiveInTarget(target: string | undefined): unknown[] {
  if (target === undefined || !URL.canParse(target)) return [target];
  const { search, pathname, username, password } = new URL(target);
  const values = search.split(/[?&]/).map((pair) => pair.slice(pair.indexOf("=") + 1));
  // A path segment with a digit is more likely a token than a word.
  const segments = pathname.split("/").filter((segment) => /\d/.test(segment));
  const tokens = [...values, ...segments, username, password].flatMap((raw) => [raw, decoded(raw)]);
  // Redacting short ones would garble ordinary words.
  return [target, search, pathname, ...tokens.filter((token) => token.length >= 8)];
}

/** Unlike `decodeURIComponent`, this does not throw on malformed input. */
function decoded(part: string): string {
  return String(new URLSearchParams(`part=${part.replaceAll("&", "%26")}`).get("part"));
}
