import type { KindName } from "../../kinds";
import type { Identified } from "../../provider/kind";
import type { ApiVersion } from "../../smooch/api-version";
import type { App } from "../../smooch/endpoints/app";
import { createdAt } from "../../smooch/ids";
import { type AppContents, oldestFirst, type SeenWebhook } from "../shared/account/contents";
import type { Finding } from "./findings";

/** Something that the account has. */
export interface Seen {
  kind: KindName;
  id: string;
  app: App;
  name: string | null;
  target: string | null;
  /** Of a webhook. */
  triggers?: readonly string[];
  /** The generation through which it was read, and is deleted. */
  version: ApiVersion;
  /** As each kind of resource that can own it sees it. */
  as: Partial<Record<KindName, Identified>>;
}

/** All objects of the apps that were read, oldest first. */
export function seenIn(apps: readonly AppContents[], version: ApiVersion): Seen[] {
  return apps.flatMap(({ app, isPartial = false, keys, webhooks, integrations }): Seen[] => {
    const common = { app, target: null, version };
    return [
      ...(isPartial ? [] : [{ ...common, kind: "app", id: app.id, name: app.name, as: { app } } as const]),
      ...oldestFirst(keys).map(
        (key): Seen => ({ ...common, kind: "key", id: key.id, name: key.name, as: { key } }),
      ),
      ...oldestFirst(webhooks).map((webhook) => seeAsBoth(app, webhook)),
      ...oldestFirst(integrations).map(
        (integration): Seen => ({
          ...common,
          kind: "integration",
          id: integration.id,
          name: textOr(integration.displayName) ?? integration.type,
          as: { integration },
        }),
      ),
    ];
  });
}

/** A webhook of v2 is a custom integration too, and may be declared as that (v2.md 5). */
function seeAsBoth(app: App, webhook: SeenWebhook): Seen {
  const { id, displayName, target, triggers, includeFullUser, includeClient, version } = webhook;
  const inner = { target, triggers, includeFullUser, includeFullSource: includeClient };
  const integration = { id, type: "custom", displayName, webhooks: [inner] };
  return {
    kind: "webhook",
    id,
    app,
    name: displayName ?? null,
    target: originIn(target),
    triggers,
    version,
    as: { webhook, ...(version === "v2" && { integration }) },
  };
}

/** Of the app that it belongs to; what it is, and when it was made. */
export function describeSeen({
  kind,
  id,
  app,
  name,
  target,
}: Seen): Pick<Finding, "object" | "id" | "app" | "name" | "target" | "createdAt"> {
  return { object: kind, id, app: { id: app.id, name: app.name }, name, target, createdAt: timeIn(id) };
}

export function timeIn(id: string): string | null {
  const created = createdAt(id);
  return created === undefined ? null : new Date(created).toISOString().replace(".000Z", "Z");
}

export function originIn(target: unknown): string | null {
  return typeof target === "string" && URL.canParse(target) ? new URL(target).origin : null;
}

export function textOr(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
