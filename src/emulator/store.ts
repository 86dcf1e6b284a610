import type { OwnerType } from "./children";
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

  /** Whether there are no apps, and nothing in the accounts. */
  get isEmpty(): boolean {
    const isEmpty = ({ children }: Account) => children.every(({ items }) => items().length === 0);
    return this.apps.size === 0 && this.owners("account").every(isEmpty);
  }

  /** All accounts, or all apps. */
  owners(type: OwnerType): (Account | App)[] {
    return [...(type === "account" ? this.accounts : this.apps).values()];
  }

  appsOf(accountId: string): App[] {
    return [...this.apps.values()].filter((app) => app.accountId === accountId);
  }

  /** Whether the app still exists, even if it has changed. */
  holds(app: App): boolean {
    return this.apps.get(app.id)?.children === app.children;
  }
}
