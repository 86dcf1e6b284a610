import type { Created } from "../fit";
import type { Call } from "../http";
import type {
  App,
  AppChange,
  Integration,
  IntegrationChange,
  Key,
  Listing,
  NewApp,
  NewIntegration,
  NewKey,
  NewWebhook,
  Webhook,
  WebhookChange,
} from "../objects";

/** One page of a list, and where the next one begins. */
export interface Page<T> extends Listing<T> {
  /** Of everything on the page, whether it is one of these objects or not. */
  ids: string[];
  next?: string;
}

/** Makes a call: for what takes several of them. */
export type Send = <T>(call: Call<T>) => Promise<T>;

/**
 * One API generation: for each thing the client can do, the call that does it. Paths, bodies, envelopes, pages
 * and error bodies are known here and nowhere else.
 */
export interface Generation {
  apps: {
    create(app: NewApp): Call<Created<App>>;
    list(from?: string): Call<Page<App>>;
    get(appId: string): Call<App>;
    update(appId: string, change: AppChange): Call<App>;
    delete(appId: string): Call<boolean>;
  };
  keys: {
    create(appId: string, key: NewKey): Call<Created<Key>>;
    list(appId: string): Call<Page<Key>>;
    get(appId: string, keyId: string): Call<Key>;
    delete(appId: string, keyId: string): Call<boolean>;
    /** Absent where the API signs no tokens. */
    getJwt?(appId: string, keyId: string): Call<string>;
  };
  webhooks: {
    create(appId: string, webhook: NewWebhook): Call<Created<Webhook>>;
    list(appId: string, from?: string): Call<Page<Webhook>>;
    get(appId: string, webhookId: string): Call<Webhook>;
    update(send: Send, appId: string, webhookId: string, change: WebhookChange): Promise<Webhook>;
    delete(appId: string, webhookId: string): Call<boolean>;
  };
  integrations: {
    create(appId: string, integration: NewIntegration): Call<Created<Integration>>;
    list(appId: string, from?: string): Call<Page<Integration>>;
    get(appId: string, integrationId: string): Call<Integration>;
    update(
      send: Send,
      appId: string,
      integrationId: string,
      change: IntegrationChange & { type: string },
    ): Promise<Integration>;
    delete(appId: string, integrationId: string): Call<boolean>;
  };
}
