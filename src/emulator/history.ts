import type { App } from "./model";
import { Store } from "./store";

// No test depends on apps deleted longer ago.
const maxApps = 1000;

/** Remembers each app, and each account's list of apps, as they were before their last write. */
export class History {
  readonly #store: Store;
  /** Every app after its last write: a copy that later writes do not affect. */
  #present = new Map<string, { readonly app: App; readonly copy: App }>();
  /** Every app before its last write; undefined if that write created it. */
  readonly #past = new Map<string, App | undefined>();
  readonly #lists = new Map<string, ListChange>();

  constructor(store: Store) {
    this.#store = store;
    this.clear();
  }

  /**
   * Records what a request changed. Call it after every request that may have written something: a request that had to
   * wait writes long after its arrival.
   */
  afterWrite(): void {
    for (const [id, { app, copy }] of this.#present) {
      const current = this.#store.apps.get(id);
      if (current === app && hasSameChildren(app, copy)) continue;
      if (current !== app)
        this.#lists.set(app.accountId, { appId: id, before: copy, index: this.#indexOf(app) });
      this.#remember(id, copy);
      if (current === undefined) this.#present.delete(id);
      else this.#present.set(id, { app: current, copy: copyApp(current) });
    }
    for (const app of this.#store.apps.values()) {
      if (this.#present.has(app.id)) continue;
      this.#lists.set(app.accountId, { appId: app.id });
      this.#remember(app.id, undefined);
      this.#present.set(app.id, { app, copy: copyApp(app) });
    }
  }

  /** The store with everything as it was before its last write. Read-only. */
  recall(): Store {
    return new PastStore(this.#store, this.#past, this.#lists);
  }

  clear(): void {
    this.#past.clear();
    this.#lists.clear();
    this.#present = new Map([...this.#store.apps].map(([id, app]) => [id, { app, copy: copyApp(app) }]));
  }

  /** Forgets the apps that were written least recently. */
  #remember(id: string, before: App | undefined): void {
    // Deleted first so that the app moves to the end.
    this.#past.delete(id);
    this.#past.set(id, before);
    for (const oldest of this.#past.keys()) {
      if (this.#past.size <= maxApps) break;
      this.#past.delete(oldest);
    }
  }

  #indexOf({ id, accountId }: App): number {
    const ids = [...this.#present.values()].filter(({ app }) => app.accountId === accountId);
    return ids.findIndex(({ app }) => app.id === id);
  }
}

/** The last write to an account's list: which app it concerned, and the app and its position before that. */
interface ListChange {
  readonly appId: string;
  /** Absent if the write created the app. */
  readonly before?: App;
  readonly index?: number;
}

function copyApp(app: App): App {
  return { ...app, children: app.children.map((slot) => slot.copy()) };
}

function hasSameChildren({ children }: App, copy: App): boolean {
  return children.every((slot, index) => {
    const other = copy.children[index];
    return other !== undefined && slot.isSame(other);
  });
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

  override get present(): Store {
    return this.#present;
  }

  override appsOf(accountId: string): App[] {
    const apps = this.#present.appsOf(accountId);
    const last = this.#lists.get(accountId);
    if (last === undefined) return apps;
    const others = apps.filter((app) => app.id !== last.appId);
    if (last.before !== undefined) others.splice(last.index ?? 0, 0, last.before);
    return others;
  }
}
