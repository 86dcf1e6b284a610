import type { Call } from "../http";
import type { App, AppChange, Key, NewApp, NewKey, NewWebhook, Webhook, WebhookChange } from "../objects";

/** One page of a list, and where the next one begins. */
export interface Page<T> {
  items: T[];
  next?: string;
}

/**
 * One API generation: for each thing the client can do, the call that does it. Paths, bodies, envelopes, pages
 * and error bodies are known here and nowhere else.
 */
export interface Generation {
  apps: {
    create(app: NewApp): Call<App>;
    list(from?: string): Call<Page<App>>;
    get(appId: string): Call<App>;
    update(appId: string, change: AppChange): Call<App>;
    delete(appId: string): Call<void>;
  };
  keys: {
    create(appId: string, key: NewKey): Call<Key>;
    list(appId: string): Call<Key[]>;
    get(appId: string, keyId: string): Call<Key>;
    delete(appId: string, keyId: string): Call<void>;
    /** Absent where the API signs no tokens. */
    getJwt?(appId: string, keyId: string): Call<string>;
  };
  webhooks: {
    create(appId: string, webhook: NewWebhook): Call<Webhook>;
    list(appId: string): Call<Webhook[]>;
    get(appId: string, webhookId: string): Call<Webhook>;
    update(appId: string, webhookId: string, change: WebhookChange): Call<Webhook>;
    delete(appId: string, webhookId: string): Call<void>;
  };
}
