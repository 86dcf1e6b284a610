import type { Account, AccountKey, App } from "./model";

/** Everything that exists, in no API version's terms: all API versions work on this one store. */
export class Store {
  constructor(
    readonly accounts = new Map<string, Account>(),
    readonly accountKeys = new Map<string, AccountKey>(),
    readonly apps = new Map<string, App>(),
  ) {}

  /** The store by which callers are judged. */
  get present(): Store {
    return this;
  }

  appsOf(accountId: string): App[] {
    return [...this.apps.values()].filter((app) => app.accountId === accountId);
  }

  /** Whether an app still exists, perhaps changed. */
  holds(app: App): boolean {
    return this.apps.get(app.id)?.children === app.children;
  }
}
