import { z } from "zod";
import type { ApiVersion } from "../api-version";
import { type Channel, channelOf, channels, commonFields } from "../channels";
import { readableSecret } from "../fit";
import type { Integration, IntegrationChange } from "../objects";
import { id, sensitiveInWebhook } from "./request";

type Wire = Record<string, unknown>;

/** The integration's own body, as a generation wants it. */
export function writeIntegration(
  version: ApiVersion,
  { type, fields, secretFields, ...rest }: IntegrationChange & { type: string },
): Wire {
  const channel = channelOf(type);
  // Null takes a name away, and gives a channel back to the switchboard's own default.
  const emptied = ["displayName", "defaultResponderId"].filter((name) => rest[name] === "");
  const known = { ...rest, ...Object.fromEntries(emptied.map((name) => [name, null])) };
  const named = Object.entries(known).map(([name, value]) => [channel?.fields[name]?.wire ?? name, value]);
  return { type: wireType(version, type), ...Object.fromEntries(named), ...fields, ...secretFields };
}

/** Parts of what it holds that no message may show. */
export function sensitiveInIntegration({ type, webhooks = [] }: IntegrationChange): unknown[] {
  return [type, ...webhooks.flatMap(sensitiveInWebhook)];
}

const innerWebhook = z.object({
  id,
  target: z.string(),
  triggers: z.array(z.string()),
  secret: readableSecret,
  includeFullUser: z.boolean().nullish(),
  includeFullSource: z.boolean().nullish(),
});

/** From any generation, whatever its type: of one that this package does not know the fields stay unseen. */
export function readIntegration(version: ApiVersion, id: string, wire: Wire): Integration {
  const type = neutralType(version, String(wire.type));
  const channel = channelOf(type);
  const names = Object.keys({ ...commonFields, ...channel?.fields });
  const inner = type === "custom" ? z.array(innerWebhook).safeParse(wire.webhooks).data?.[0] : undefined;
  return {
    ...Object.fromEntries(
      names.map((name) => [name, wire[channel?.fields[name]?.wire ?? name] ?? undefined]),
    ),
    // Never as it came: it holds a secret.
    ...(type === "custom" && { webhooks: inner && [readInner(inner)] }),
    id,
    type,
    status: text(wire.status),
    webhookSecret: inner?.secret ?? readableSecret.parse(wire.webhookSecret),
    details: {
      ...Object.fromEntries((channel?.details ?? []).map((name) => [name, wire[name] ?? undefined])),
      ...(inner && { webhookId: inner.id }),
    },
  };
}

function readInner({ target, triggers, includeFullUser, includeFullSource }: z.infer<typeof innerWebhook>) {
  return {
    target,
    triggers,
    includeFullUser: includeFullUser ?? undefined,
    includeFullSource: includeFullSource ?? undefined,
  };
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

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
