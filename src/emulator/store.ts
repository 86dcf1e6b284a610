import type { Account, AccountKey, App } from "./model";

/** All objects, independent of the API version: every version works on the same store. */
export class Store {
  constructor(
    readonly accounts = new Map<string, Account>(),
    readonly accountKeys = new Map<string, AccountKey>(),
    readonly apps = new Map<string, App>(),
  ) {}

  /** The store to authenticate callers against. */
  get present(): Store {
    return this;
  }

  appsOf(accountId: string): App[] {
    return [...this.apps.values()].filter((app) => app.accountId === accountId);
  }

  /** Whether the app still exists, even if it has changed. */
  holds(app: App): boolean {
    return this.apps.get(app.id)?.children === app.children;
  }
}
