import type { Generation, Page } from "./generations/generation";
import type { Host } from "./host";
import { type Call, Http, type HttpSettings } from "./http";
import type { App, AppChange, Key, NewApp, NewKey, NewWebhook, Webhook, WebhookChange } from "./objects";

/** Smooch's API as a program sees it, whichever generation carries the calls. Errors are SmoochError. */
export class SmoochClient {
  readonly #http: Http;

  constructor(
    readonly host: Host,
    settings: HttpSettings,
    private readonly generation: Generation,
  ) {
    this.#http = new Http(host, settings);
  }

  readonly apps = {
    create: (app: NewApp): Promise<App> => this.#http.call(this.generation.apps.create(app)),
    list: (): Promise<App[]> => this.#allPages((from) => this.generation.apps.list(from)),
    get: (appId: string): Promise<App> => this.#http.call(this.generation.apps.get(appId)),
    update: (appId: string, change: AppChange): Promise<App> =>
      this.#http.call(this.generation.apps.update(appId, change)),
    delete: (appId: string): Promise<void> => this.#http.call(this.generation.apps.delete(appId)),
  };

  readonly keys = {
    create: (appId: string, key: NewKey): Promise<Key> =>
      this.#learn(this.#http.call(this.generation.keys.create(appId, key))),
    list: (appId: string): Promise<Key[]> =>
      this.#learnAll(this.#http.call(this.generation.keys.list(appId))),
    get: (appId: string, keyId: string): Promise<Key> =>
      this.#learn(this.#http.call(this.generation.keys.get(appId, keyId))),
    delete: (appId: string, keyId: string): Promise<void> =>
      this.#http.call(this.generation.keys.delete(appId, keyId)),
    getJwt: (appId: string, keyId: string): Promise<string> => {
      const call = this.generation.keys.getJwt?.(appId, keyId);
      if (call === undefined)
        throw new Error("This API generation signs no JWT: use signJwt with the key's secret.");
      return this.#http.call(call);
    },
  };

  readonly webhooks = {
    create: (appId: string, webhook: NewWebhook): Promise<Webhook> =>
      this.#learn(this.#http.call(this.generation.webhooks.create(appId, webhook))),
    list: (appId: string): Promise<Webhook[]> =>
      this.#learnAll(this.#http.call(this.generation.webhooks.list(appId))),
    get: (appId: string, webhookId: string): Promise<Webhook> =>
      this.#learn(this.#http.call(this.generation.webhooks.get(appId, webhookId))),
    update: (appId: string, webhookId: string, change: WebhookChange): Promise<Webhook> =>
      this.#learn(this.#http.call(this.generation.webhooks.update(appId, webhookId, change))),
    delete: (appId: string, webhookId: string): Promise<void> =>
      this.#http.call(this.generation.webhooks.delete(appId, webhookId)),
  };

  /** The time on Smooch's clock, at most a second behind it; undefined before the first answer. */
  serverNow(): number | undefined {
    return this.#http.serverNow();
  }

  async #allPages<T>(page: (from?: string) => Call<Page<T>>): Promise<T[]> {
    const all: T[] = [];
    let from: string | undefined;
    do {
      const { items, next } = await this.#http.call(page(from));
      all.push(...items);
      from = next;
    } while (from !== undefined);
    return all;
  }

  async #learn<T extends { secret: string }>(answer: Promise<T>): Promise<T> {
    const object = await answer;
    this.#http.redactor.learn(object.secret);
    return object;
  }

  async #learnAll<T extends { secret: string }>(answer: Promise<T[]>): Promise<T[]> {
    const objects = await answer;
    for (const { secret } of objects) this.#http.redactor.learn(secret);
    return objects;
  }
}
