import type { Account, AccountKey } from "./objects/account";
import type { App } from "./objects/app";
import type { AppKey } from "./objects/key";

/**
 * Everything that exists, in no generation's vocabulary: all generations of the API work on this one store. What
 * belongs to an app lives inside it, so it disappears with the app (legacy.md 8.7).
 */
export class Store {
  constructor(
    readonly accounts = new Map<string, Account>(),
    readonly accountKeys = new Map<string, AccountKey>(),
    readonly apps = new Map<string, App>(),
  ) {}

  appsOf(accountId: string): App[] {
    return [...this.apps.values()].filter((app) => app.accountId === accountId);
  }

  findAppKey(keyId: string): { app: App; key: AppKey } | undefined {
    for (const app of this.apps.values()) {
      const key = app.keys.get(keyId);
      if (key !== undefined) return { app, key };
    }
    return undefined;
  }
}
