import type { App } from "./objects/app";
import { copyApp } from "./objects/app";
import { Store } from "./store";

// What was deleted long ago is of no interest: enough for the tests that ask for it.
const maxApps = 1000;

/** Remembers each app and each account's list of apps as they were before their last write. */
export class History {
  readonly #apps = new Map<string, App | undefined>();
  readonly #lists = new Map<string, ListChange>();
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** To be called right before an app, or something in it, is changed. */
  beforeWrite(app: App): void {
    // Taken out first, so that the app moves to the end and those written least recently are forgotten first.
    this.#apps.delete(app.id);
    this.#apps.set(app.id, this.#store.apps.has(app.id) ? copyApp(app) : undefined);
    for (const appId of this.#apps.keys()) {
      if (this.#apps.size <= maxApps) break;
      this.#apps.delete(appId);
    }
  }

  /** To be called right before an app is created, changed or deleted. */
  beforeListWrite(app: App): void {
    this.beforeWrite(app);
    const index = this.#store.appsOf(app.accountId).indexOf(app);
    const before = this.#apps.get(app.id);
    this.#lists.set(app.accountId, { appId: app.id, ...(before && { before, index }) });
  }

  /** The store with everything as it was before the last write that touched it. Only reads may be tried on it. */
  recall(): Store {
    return new PastStore(this.#store, this.#apps, this.#lists);
  }

  clear(): void {
    this.#apps.clear();
    this.#lists.clear();
  }
}

/** What the last write to an account's list did: to which app, and how and where that stood before. */
interface ListChange {
  readonly appId: string;
  /** Absent when the write created the app. */
  readonly before?: App;
  readonly index?: number;
}

class PastStore extends Store {
  readonly #present: Store;
  readonly #lists: ReadonlyMap<string, ListChange>;

  constructor(
    present: Store,
    past: ReadonlyMap<string, App | undefined>,
    lists: ReadonlyMap<string, ListChange>,
  ) {
    super(present.accounts, present.accountKeys, new Map(present.apps));
    this.#present = present;
    this.#lists = lists;
    for (const [appId, app] of past) {
      if (app === undefined) this.apps.delete(appId);
      else this.apps.set(appId, app);
    }
  }

  override appsOf(accountId: string): App[] {
    const apps = this.#present.appsOf(accountId);
    const last = this.#lists.get(accountId);
    if (last === undefined) return apps;
    const others = apps.filter((app) => app.id !== last.appId);
    if (last.before !== undefined) others.splice(last.index ?? 0, 0, last.before);
    return others;
  }

  // Late news are about the objects: who may ask is judged as of now, or else a new key could not ask at all.
  override findAppKey(keyId: string): ReturnType<Store["findAppKey"]> {
    const found = this.#present.findAppKey(keyId);
    const app = this.apps.get(found?.app.id ?? "");
    return found !== undefined && app !== undefined ? { app, key: found.key } : super.findAppKey(keyId);
  }
}
