import type { Context } from "./context";
import { ApiError } from "./errors";
import type { Identifiers } from "./identifier";
import type { Account, AccountKey, App } from "./model";
import type { Store } from "./store";

interface GivenKey {
  readonly id?: string | undefined;
  readonly secret?: string | undefined;
  readonly apps?: readonly string[] | undefined;
}

export function addAccount({ store, identifiers, newChildren }: Context): Account {
  const account: Account = { id: identifiers.objectId(), children: newChildren("account") };
  store.accounts.set(account.id, account);
  return account;
}

export function addAccountKey(
  store: Store,
  identifiers: Identifiers,
  accountId: string,
  given: GivenKey = {},
): AccountKey {
  if (!store.accounts.has(accountId)) throw new Error(`The emulator has no account ${accountId}.`);
  const key: AccountKey = {
    id: given.id ?? `act_${identifiers.objectId()}`,
    accountId,
    secret: given.secret ?? identifiers.secret(),
    isGiven: given.secret !== undefined,
    grantedApps: given.apps && new Set(given.apps),
    revokedApps: new Set(),
  };
  store.accountKeys.set(key.id, key);
  return key;
}

export function isServiceKey(keyId: string): boolean {
  return keyId.startsWith("svc_");
}

/** The key's account. A stale read may not know a new one yet, which then has nothing. */
export function getAccount({ store, newChildren }: Context, { accountId }: AccountKey): Account {
  return store.accounts.get(accountId) ?? { id: accountId, children: newChildren("account") };
}

/** Returns the app if it belongs to the key's account and the key may use it; throws a 404 otherwise. */
export function getApp({ store }: Context, key: AccountKey, appId: string): App {
  const app = store.apps.get(appId);
  if (app === undefined || !mayUse(key, app)) throw appNotFound();
  return app;
}

/** The account's apps that the key may use. */
export function listApps({ store }: Context, key: AccountKey): App[] {
  return store.appsOf(key.accountId).filter((app) => mayUse(key, app));
}

/** Throws a 404 if the app was deleted while the operation was waiting. */
export function requireExisting({ store }: Context, app: App): void {
  if (!store.holds(app)) throw appNotFound();
}

function mayUse({ accountId, serviceAccountId, grantedApps, revokedApps }: AccountKey, app: App): boolean {
  return (
    app.accountId === accountId &&
    (serviceAccountId === undefined || app.serviceAccountId === serviceAccountId) &&
    grantedApps?.has(app.id) !== false &&
    !revokedApps.has(app.id)
  );
}

function appNotFound(): ApiError {
  return new ApiError(404, "app_not_found", "There is no app with this id in the account.");
}
