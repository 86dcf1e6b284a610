import { z } from "zod";
import type { Api } from "../api";
import type { ApiVersion } from "../api-version";
import { type Channel, channelOf, channels, commonFields } from "../channels";
import { type ChangeableForm, type Collection, callsOf, changeableIn } from "../collection";
import { id, objectReader, readableSecret } from "../fit";
import { appIn, inApp } from "../place";
import { innerWire, readInner, sensitiveInTarget, updateInner, type WebhookChange, webhook } from "./webhook";

/** Connects an app to a channel. Its fields depend on the type: see `channels`. */
export interface NewIntegration {
  type: string;
  displayName?: string | undefined;
  /** For a custom integration: its only webhook. */
  webhooks?: WebhookChange[] | undefined;
  /** Fields that this package does not know, sent as they are. */
  fields?: Record<string, unknown> | undefined;
  secretFields?: Record<string, unknown> | undefined;
  [field: string]: unknown;
}
/** `type` tells which channel the fields belong to; it cannot be changed. */
export type IntegrationChange = Partial<NewIntegration> & { type: string };
export interface Integration {
  id: string;
  type: string;
  /** `active`, `inactive` or `error`. */
  status?: string | undefined;
  /** Read-only fields set by the channel's provider. */
  details: Record<string, unknown>;
  webhookSecret?: string | undefined;
  [field: string]: unknown;
}

type IntegrationForm = ChangeableForm<Integration, NewIntegration, IntegrationChange>;
type Wire = Record<string, unknown>;

const write = (version: ApiVersion) => (integration: NewIntegration) => ({
  body: writeIntegration(version, integration),
  sensitive: sensitiveIn(integration),
});

function legacy(version: "v1" | "v1.1"): IntegrationForm {
  return {
    reader: objectReader("_id", z.looseObject({ _id: id, type: z.string() }), ({ _id, ...wire }) =>
      readIntegration(version, _id, wire),
    ),
    write: write(version),
    isPaged: version === "v1.1",
    update: ({ api, calls }, id, change) => {
      const { type: _, ...body } = writeIntegration(version, change);
      return api.send(calls.update(id, { body, sensitive: sensitiveIn(change) }));
    },
  };
}

const v2: IntegrationForm = {
  reader: objectReader("id", z.looseObject({ id, type: z.string() }), ({ id, ...wire }) =>
    readIntegration("v2", id, wire),
  ),
  write: write("v2"),
  isPaged: true,
  async update({ api, place, calls }, id, { webhooks: [inner] = [], ...change }) {
    const held = inner && (await api.send(callsOf("v2", webhook, place).get(id)));
    const changed = held && (await updateInner({ api, appId: appIn(place) }, held, inner));
    const { type: _, ...body } = writeIntegration("v2", change);
    const current = await api.send(
      Object.keys(body).length === 0
        ? calls.get(id)
        : calls.update(id, { body, sensitive: sensitiveIn(change) }),
    );
    return changed === undefined ? current : { ...current, webhooks: [nativeNames(changed)] };
  },
};

const integration: Collection<Integration, IntegrationForm> = {
  label: "integration",
  forms: { v1: legacy("v1"), "v1.1": legacy("v1.1"), v2 },
  secrets: ({ webhookSecret }) => [webhookSecret],
  isComplete: ({ type, webhookSecret }) => type !== "custom" || webhookSecret !== undefined,
};

export const integrations = (api: Api) => changeableIn(api, integration, inApp);

function writeIntegration(
  version: ApiVersion,
  { type, fields, secretFields, ...rest }: NewIntegration | IntegrationChange,
): Wire {
  const channel = channelOf(type);
  // Null removes the name, and returns the responder to the switchboard's default.
  const emptied = ["displayName", "defaultResponderId"].filter((name) => rest[name] === "");
  const known = { ...rest, ...Object.fromEntries(emptied.map((name) => [name, null])) };
  const named = Object.entries(known).map(([name, value]) => [channel?.fields[name]?.wire ?? name, value]);
  return { type: wireType(version, type), ...Object.fromEntries(named), ...fields, ...secretFields };
}

/** Parts of its values to keep out of messages. */
function sensitiveIn({ type, webhooks = [] }: NewIntegration | IntegrationChange): unknown[] {
  return [type, ...webhooks.flatMap(({ target }) => sensitiveInTarget(target))];
}

const responder = z.object({ id, inherited: z.boolean() });

/**
 * The id that a channel was given: empty if it has none of its own, undefined if Smooch does not say (docs/api/observed.md).
 */
function defaultResponderIn({ defaultResponder }: Wire): string | undefined {
  const { data } = responder.safeParse(defaultResponder);
  return data?.inherited ? "" : data?.id;
}

/** For a type that this package does not know, its fields are not read. */
function readIntegration(version: ApiVersion, id: string, wire: Wire): Integration {
  const type = neutralType(version, String(wire.type));
  const channel = channelOf(type);
  const names = Object.keys({ ...commonFields, ...channel?.fields });
  const inner = type === "custom" ? z.array(innerWire).safeParse(wire.webhooks).data?.[0] : undefined;
  return {
    ...Object.fromEntries(
      names.map((name) => [name, wire[channel?.fields[name]?.wire ?? name] ?? undefined]),
    ),
    // Not the raw webhook, because it contains a secret.
    ...(type === "custom" && { webhooks: inner && [nativeNames(readInner(inner))] }),
    id,
    type,
    defaultResponderId: defaultResponderIn(wire),
    status: typeof wire.status === "string" ? wire.status : undefined,
    webhookSecret: inner?.secret ?? readableSecret.parse(wire.webhookSecret),
    details: {
      ...Object.fromEntries((channel?.details ?? []).map((name) => [name, wire[name] ?? undefined])),
      ...(inner && { webhookId: inner.id }),
    },
  };
}

/** The inner webhook with v2's own names. */
function nativeNames({ target, triggers, includeFullUser, includeClient }: ReturnType<typeof readInner>) {
  return { target, triggers, includeFullUser, includeFullSource: includeClient };
}

function wireType(version: ApiVersion, type: string): string {
  return (version !== "v2" && channelOf(type)?.legacyType) || type;
}

function neutralType(version: ApiVersion, type: string): string {
  const legacy = Object.entries(channels as Readonly<Record<string, Channel>>).find(
    ([, channel]) => channel.legacyType === type,
  );
  return (version !== "v2" && legacy?.[0]) || type;
}
