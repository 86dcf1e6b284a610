import type { Account, App } from "./model";
import { Store } from "./store";

// No test depends on objects written longer ago.
const maxPast = 1000;

/** Remembers each account, each app, and each account's list of apps, as they were before their last write. */
export class History {
  readonly #store: Store;
  readonly #accounts: Trail<Account>;
  readonly #apps: Trail<App>;
  readonly #lists = new Map<string, ListChange>();

  constructor(store: Store) {
    this.#store = store;
    this.#accounts = new Trail(store.accounts);
    this.#apps = new Trail(store.apps);
  }

  /**
   * Records what a request changed. Call it after every request that may have written something: a request that had to
   * wait writes long after its arrival.
   */
  afterWrite(): void {
    this.#accounts.afterWrite();
    this.#apps.afterWrite((app, before) => {
      const siblings = this.#apps.present.filter(({ accountId }) => accountId === app.accountId);
      this.#lists.set(app.accountId, {
        appId: app.id,
        ...(before && { before, index: siblings.findIndex(({ id }) => id === app.id) }),
      });
    });
  }

  /** The store with everything as it was before its last write. Read-only. */
  recall(): Store {
    return new PastStore(this.#store, this.#accounts.recall(), this.#apps.recall(), this.#lists);
  }

  clear(): void {
    this.#accounts.clear();
    this.#apps.clear();
    this.#lists.clear();
  }
}

/** Remembers each account, or each app, as it was before its last write. */
class Trail<Owner extends Account | App> {
  readonly #owners: ReadonlyMap<string, Owner>;
  /** Every owner after its last write: a copy that later writes do not affect. */
  #present = new Map<string, { readonly owner: Owner; readonly copy: Owner }>();
  /** Every owner before its last write; undefined if that write created it. */
  readonly #past = new Map<string, Owner | undefined>();

  constructor(owners: ReadonlyMap<string, Owner>) {
    this.#owners = owners;
    this.clear();
  }

  /** The owners after their last writes. */
  get present(): Owner[] {
    return [...this.#present.values()].map(({ owner }) => owner);
  }

  /** `onReplace` receives each owner that was created (`before` is undefined), replaced or deleted. */
  afterWrite(onReplace?: (owner: Owner, before: Owner | undefined) => void): void {
    for (const [id, { owner, copy }] of this.#present) {
      const current = this.#owners.get(id);
      if (current === owner && hasSameChildren(owner, copy)) continue;
      if (current !== owner) onReplace?.(owner, copy);
      this.#remember(id, copy);
      if (current === undefined) this.#present.delete(id);
      else this.#present.set(id, { owner: current, copy: copyOwner(current) });
    }
    for (const owner of this.#owners.values()) {
      if (this.#present.has(owner.id)) continue;
      onReplace?.(owner, undefined);
      this.#remember(owner.id, undefined);
      this.#present.set(owner.id, { owner, copy: copyOwner(owner) });
    }
  }

  /** All owners as they were before their last write. */
  recall(): Map<string, Owner> {
    const recalled = new Map(this.#owners);
    for (const [id, owner] of this.#past) {
      if (owner === undefined) recalled.delete(id);
      else recalled.set(id, owner);
    }
    return recalled;
  }

  clear(): void {
    this.#past.clear();
    this.#present = new Map([...this.#owners].map(([id, owner]) => [id, { owner, copy: copyOwner(owner) }]));
  }

  /** Forgets the owners that were written least recently. */
  #remember(id: string, before: Owner | undefined): void {
    // Deleted first so that the owner moves to the end.
    this.#past.delete(id);
    this.#past.set(id, before);
    for (const oldest of this.#past.keys()) {
      if (this.#past.size <= maxPast) break;
      this.#past.delete(oldest);
    }
  }
}

/** The last write to an account's list: which app it concerned, and the app and its position before that. */
interface ListChange {
  readonly appId: string;
  /** Absent if the write created the app. */
  readonly before?: App;
  readonly index?: number;
}

function copyOwner<Owner extends Account | App>(owner: Owner): Owner {
  return { ...owner, children: owner.children.map((slot) => slot.copy()) };
}

function hasSameChildren({ children }: Account | App, copy: Account | App): boolean {
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
    accounts: Map<string, Account>,
    apps: Map<string, App>,
    lists: ReadonlyMap<string, ListChange>,
  ) {
    super(accounts, present.accountKeys, apps);
    this.#present = present;
    this.#lists = lists;
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
