import type { ApiVersion } from "../../../smooch/api-version";
import { channelOf } from "../../../smooch/channels";
import type { App } from "../../../smooch/endpoints/app";
import type { Integration } from "../../../smooch/endpoints/integration";
import type { Key } from "../../../smooch/endpoints/key";
import type { Webhook } from "../../../smooch/endpoints/webhook";
import { createdAt } from "../../../smooch/ids";

/** An account as an export needs it. No secret is in it, so none can get into a file. */
export interface Account {
  version: ApiVersion;
  /** Who saw it, as the state of a resource says it: `act_…@api.smooch.io`. */
  seenBy: string;
  /** Oldest first, as all lists here. */
  apps: AppContents[];
}

export interface AppContents {
  app: App;
  /** Whether app and keys could not be read: only the app's own key asked. */
  isPartial?: boolean;
  keys: SeenKey[];
  webhooks: SeenWebhook[];
  integrations: SeenIntegration[];
}

export type SeenKey = Omit<Key, "secret">;
export type SeenWebhook = Omit<Webhook, "secret">;
export interface SeenIntegration {
  id: string;
  type: string;
  [field: string]: unknown;
}

export function seeKey({ id, name }: Key): SeenKey {
  return { id, name };
}

export function seeWebhook({ secret: _, ...webhook }: Webhook): SeenWebhook {
  return webhook;
}

/** Some generations show what others never give back (legacy.md 5.2). */
export function seeIntegration({ webhookSecret: _, ...integration }: Integration): SeenIntegration {
  const fields = channelOf(integration.type)?.fields ?? {};
  const shown = Object.entries(integration).filter(([name]) => !fields[name]?.secret);
  return { ...Object.fromEntries(shown), id: integration.id, type: integration.type };
}

/** The order in which they were made, which no later run changes. */
export function oldestFirst<T extends { id: string }>(objects: readonly T[]): T[] {
  const key = ({ id }: T) => createdAt(id) ?? Number.POSITIVE_INFINITY;
  return objects.toSorted((one, other) => {
    const [first, second] = [key(one), key(other)];
    return first === second ? Number(one.id > other.id) - Number(one.id < other.id) : first - second;
  });
}
