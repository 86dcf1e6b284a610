import type { ApiVersion } from "./api-version";

/** The objects of Smooch in one vocabulary for all API generations. */

/** What a list of an app's or an account's objects holds. */
export interface Listing<T> {
  items: T[];
  /** Objects that exist, and whose fields are not as this package needs them. */
  unreadable: Unreadable[];
}

export interface Unreadable {
  id: string;
  /** Which fields, without their values, e.g. `name is missing`. */
  problem: string;
}

export type Metadata = Record<string, string | number | boolean>;
export type AppSettings = Record<string, boolean | number | undefined>;

export interface NewApp {
  name: string;
  settings?: AppSettings | undefined;
  metadata?: Metadata | undefined;
}
export interface AppChange {
  name?: string | undefined;
  settings?: AppSettings | undefined;
  /** A key with null is removed where the server merges metadata. */
  metadata?: Record<string, Metadata[string] | null> | undefined;
}
export interface App extends NewApp {
  id: string;
  /** v1 and v1.1 only. */
  appToken?: string | undefined;
}

export interface NewKey {
  name: string;
}
export interface Key extends NewKey {
  id: string;
  /** Undefined where Smooch shows none, or only a masked one. */
  secret?: string | undefined;
}

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
  /** The generation in whose form events are delivered. */
  version: ApiVersion;
  /** v2 only: what deliveries call the webhook. */
  webhookId?: string | undefined;
}

/** What connects an app with a channel; its fields are those of the type's row in `channels`. */
export interface NewIntegration {
  type: string;
  displayName?: string | undefined;
  /** Of a custom one: its only webhook. */
  webhooks?: WebhookChange[] | undefined;
  /** What this package has no name for, sent as it is. */
  fields?: Record<string, unknown> | undefined;
  secretFields?: Record<string, unknown> | undefined;
  [field: string]: unknown;
}
export type IntegrationChange = Partial<NewIntegration>;
export interface Integration {
  id: string;
  type: string;
  /** `active`, `inactive` or `error`. */
  status?: string | undefined;
  /** What the service itself put in. */
  details: Record<string, unknown>;
  webhookSecret?: string | undefined;
  [field: string]: unknown;
}
