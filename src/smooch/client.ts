import type { ApiVersion } from "./api-version";
import { asSmoochError, IncompleteCreateError, SmoochError, toSmoochError } from "./errors";
import type { Created } from "./fit";
import type { Generation, Page, Send } from "./generations/generation";
import { v1 } from "./generations/v1";
import { v1_1 } from "./generations/v1_1";
import { v2 } from "./generations/v2";
import type { Host } from "./host";
import { type Call, Http, type HttpSettings } from "./http";
import { type KeyPair, signJwt } from "./jwt";
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
} from "./objects";
import type { Read, Reads } from "./reads";

const generations: Record<ApiVersion, Generation> = { v1, "v1.1": v1_1, v2 };

/** Smooch's API as a program sees it, whichever generation carries the calls. Errors are SmoochError. */
export class SmoochClient {
  readonly #generation: Generation;

  /** Where `reads` is given, reads that come close together are answered by listings. */
  constructor(
    readonly host: Host,
    private readonly settings: HttpSettings,
    readonly version: ApiVersion,
    private readonly reads?: Reads,
    private readonly http = new Http(host, settings),
  ) {
    this.#generation = generations[version];
  }

  /** The same account, pool and limiter through another generation. */
  in(version: ApiVersion): SmoochClient {
    return version === this.version
      ? this
      : new SmoochClient(this.host, this.settings, version, this.reads, this.http);
  }

  readonly apps = {
    create: (app: NewApp): Promise<App> => this.#create(this.#generation.apps.create(app), this.apps.get),
    list: (): Promise<Listing<App>> => this.#allPages((from) => this.#generation.apps.list(from)),
    /** Whether Smooch lists apps for these credentials: one page, and a failure is told at once. */
    probe: async (): Promise<void> => {
      await this.#send({ ...this.#generation.apps.list(), isOptional: true });
    },
    get: (appId: string): Promise<App> =>
      this.#read({
        id: appId,
        one: this.#generation.apps.get(appId),
        page: (from) => this.#generation.apps.list(from),
        // An account may have many pages of other apps.
        worthwhileFrom: 4,
      }),
    update: async (appId: string, change: AppChange): Promise<App> => {
      const app = await this.#send(this.#generation.apps.update(appId, change));
      const { metadata: sent } = change;
      const stale =
        sent === undefined ? [] : Object.keys(app.metadata ?? {}).filter((key) => !Object.hasOwn(sent, key));
      if (stale.length === 0) return app;
      // This server merges metadata, where others replace it: there a null removes a key.
      const metadata = Object.fromEntries(stale.map((key) => [key, null]));
      return this.#send(this.#generation.apps.update(appId, { metadata }));
    },
    delete: (appId: string): Promise<boolean> => this.#send(this.#generation.apps.delete(appId)),
  };

  readonly keys = {
    create: (appId: string, key: NewKey): Promise<Key> =>
      this.#learn(
        this.#create(this.#generation.keys.create(appId, key), (id) => this.keys.get(appId, id), hasSecret),
      ),
    list: (appId: string): Promise<Listing<Key>> =>
      this.#learnAll(this.#allPages(() => this.#generation.keys.list(appId))),
    get: (appId: string, keyId: string): Promise<Key> =>
      this.#learn(
        this.#read({
          id: keyId,
          one: this.#generation.keys.get(appId, keyId),
          page: () => this.#generation.keys.list(appId),
          worthwhileFrom: 1,
          isComplete: hasSecret,
        }),
      ),
    /** Whether a call that is signed with the key is refused in the API's own words, so that the key is dead. */
    isRefused: async (appId: string, key: KeyPair): Promise<boolean> => {
      try {
        // Without times in it, so that a wrong clock here is no reason to refuse it.
        const as = this.http.authorize({ token: signJwt(key) });
        await this.http.call(this.#generation.apps.get(appId), as);
        return false;
      } catch (error) {
        const { status, code } = asSmoochError(error);
        return status === 401 && code !== undefined;
      }
    },
    delete: (appId: string, keyId: string): Promise<boolean> =>
      this.#send(this.#generation.keys.delete(appId, keyId)),
    /** As Smooch signs it; where the generation has no such call, as it is signed here. */
    getJwt: async (appId: string, keyId: string): Promise<string> => {
      const call = this.#generation.keys.getJwt?.(appId, keyId);
      if (call !== undefined) return this.#send(call);
      const { secret } = await this.keys.get(appId, keyId);
      if (secret === undefined) throw new Error(`Smooch does not return the secret of key ${keyId}.`);
      return signJwt({ keyId, secret });
    },
  };

  readonly webhooks = {
    create: (appId: string, webhook: NewWebhook): Promise<Webhook> =>
      this.#learn(
        this.#create(
          this.#generation.webhooks.create(appId, webhook),
          (id) => this.webhooks.get(appId, id),
          hasSecret,
        ),
      ),
    list: (appId: string): Promise<Listing<Webhook>> =>
      this.#learnAll(this.#allPages((from) => this.#generation.webhooks.list(appId, from))),
    get: (appId: string, webhookId: string): Promise<Webhook> =>
      this.#learn(
        this.#read({
          id: webhookId,
          one: this.#generation.webhooks.get(appId, webhookId),
          page: (from) => this.#generation.webhooks.list(appId, from),
          worthwhileFrom: 1,
          isComplete: hasSecret,
        }),
      ),
    update: (appId: string, webhookId: string, change: WebhookChange): Promise<Webhook> =>
      this.#learn(this.#generation.webhooks.update(this.#send, appId, webhookId, change)),
    delete: (appId: string, webhookId: string): Promise<boolean> =>
      this.#send(this.#generation.webhooks.delete(appId, webhookId)),
  };

  readonly integrations = {
    create: (appId: string, integration: NewIntegration): Promise<Integration> =>
      this.#learn(
        this.#create(this.#generation.integrations.create(appId, integration), (id) =>
          this.integrations.get(appId, id),
        ),
      ),
    list: (appId: string): Promise<Listing<Integration>> =>
      this.#learnAll(this.#allPages((from) => this.#generation.integrations.list(appId, from))),
    get: (appId: string, integrationId: string): Promise<Integration> =>
      this.#learn(
        this.#read({
          id: integrationId,
          one: this.#generation.integrations.get(appId, integrationId),
          page: (from) => this.#generation.integrations.list(appId, from),
          worthwhileFrom: 1,
          isComplete: ({ type, webhookSecret }) => type !== "custom" || webhookSecret !== undefined,
        }),
      ),
    /** `type` says which channel the integration is of; it cannot be changed. */
    update: (
      appId: string,
      integrationId: string,
      change: IntegrationChange & { type: string },
    ): Promise<Integration> =>
      this.#learn(this.#generation.integrations.update(this.#send, appId, integrationId, change)),
    delete: (appId: string, integrationId: string): Promise<boolean> =>
      this.#send(this.#generation.integrations.delete(appId, integrationId)),
  };

  /** The time on Smooch's clock, at most a second behind it; undefined before the first answer. */
  serverNow(): number | undefined {
    return this.http.serverNow();
  }

  #read<T extends { id: string }>(read: Read<T>): Promise<T> {
    if (this.reads === undefined) return this.#send(read.one);
    return this.reads.get(this.#send, `${this.version} ${read.page().subject.resource}`, read);
  }

  /** Where the create's response lacks something, a single read has the last word. */
  async #create<T extends { id: string }>(
    call: Call<Created<T>>,
    get: (id: string) => Promise<T>,
    isComplete = (_object: T) => true,
  ): Promise<T> {
    const created = await this.#send(call);
    if ("object" in created && isComplete(created.object)) return created.object;
    const { id } = "object" in created ? created.object : created;
    try {
      return await get(id);
    } catch (error) {
      throw new IncompleteCreateError(id, asSmoochError(error), call.subject.resource);
    }
  }

  readonly #send: Send = async (call) => {
    try {
      return await this.http.call(call).finally(() => call.method === "GET" || this.reads?.discard());
    } catch (error) {
      const isRefused = error instanceof SmoochError && [401, 403].includes(error.status ?? 0);
      if (!isRefused || call.asApp === undefined) throw error;
      return this.#sendAsApp(call, call.asApp, error);
    }
  };

  /** With a key of the app's own, which an account key may read. */
  async #sendAsApp<T>(call: Call<T>, appId: string, refusal: SmoochError): Promise<T> {
    const key = await this.#usableKey(appId).catch(() => {
      throw refusal;
    });
    if (key === undefined) {
      throw refusal.advise(
        `This call needs a key of the app itself, and app ${appId} has none that Smooch shows: declare a SmoochKey in it.`,
      );
    }
    const as = this.http.authorize(key);
    return this.http.call(call, as).finally(() => this.reads?.discard());
  }

  /** The first key of an app whose secret Smooch shows. */
  async #usableKey(appId: string): Promise<KeyPair | undefined> {
    const { items } = await this.keys.list(appId);
    for (const { id, secret: listed } of items) {
      const secret = listed ?? (await this.keys.get(appId, id)).secret;
      if (secret !== undefined) return { keyId: id, secret };
    }
    return undefined;
  }

  /** To the end of the list, which has come where a page brings nothing. */
  async #allPages<T>(page: (from?: string) => Call<Page<T>>): Promise<Listing<T>> {
    const all: Listing<T> = { items: [], unreadable: [] };
    const seen = new Set<string>();
    for (let from: string | undefined; ; ) {
      const call = page(from);
      const { items, unreadable, ids, next } = await this.#send(call);
      const isNew = ids.some((id) => !seen.has(id));
      for (const id of ids) seen.add(id);
      all.items.push(...items);
      all.unreadable.push(...unreadable);
      if (next === undefined || ids.length === 0) return all;
      if (!isNew) throw toSmoochError(call.subject, { kind: "endless" }, this.settings.baseUrl, false);
      from = next;
    }
  }

  async #learn<T extends Secretive>(answer: Promise<T>): Promise<T> {
    const object = await answer;
    this.#remember(object);
    return object;
  }

  async #learnAll<T extends Secretive>(answer: Promise<Listing<T>>): Promise<Listing<T>> {
    const listing = await answer;
    for (const object of listing.items) this.#remember(object);
    return listing;
  }

  #remember({ secret, webhookSecret }: Secretive): void {
    this.http.redactor.learn(secret);
    this.http.redactor.learn(webhookSecret);
  }
}

/** What no message may show, wherever it stands. */
interface Secretive {
  secret?: string | undefined;
  webhookSecret?: string | undefined;
}

function hasSecret({ secret }: Secretive): boolean {
  return secret !== undefined;
}
