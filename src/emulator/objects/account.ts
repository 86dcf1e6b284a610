import type { Identifiers } from "../identifier";
import type { Store } from "../store";

export interface Account {
  readonly id: string;
}

/** Made by people on their account page; no call of the API makes one (legacy.md 1.2). */
export interface AccountKey {
  readonly id: string;
  readonly accountId: string;
  readonly secret: string;
  /** Whether somebody brought the secret along: it may be a real one. */
  readonly isGiven: boolean;
  /** The apps that a service key was given, and those it made; undefined: all of the account. */
  readonly grantedApps: Set<string> | undefined;
  readonly revokedApps: Set<string>;
}

interface GivenKey {
  readonly id?: string | undefined;
  readonly secret?: string | undefined;
  readonly apps?: readonly string[] | undefined;
}

export function addAccount(store: Store, identifiers: Identifiers): Account {
  const account: Account = { id: identifiers.objectId() };
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

export function addServiceKey(
  store: Store,
  identifiers: Identifiers,
  accountId: string,
  apps: readonly string[] | undefined,
): AccountKey {
  return addAccountKey(store, identifiers, accountId, { id: `svc_${identifiers.objectId()}`, apps });
}

/** Hides one app from a key. */
export function revokeAccess({ accountKeys }: Store, keyId: string, appId: string): void {
  const key = accountKeys.get(keyId);
  if (key === undefined) throw new Error(`The emulator has no account key ${keyId}.`);
  key.revokedApps.add(appId);
}

export function revokeAccountKey(store: Store, keyId: string): void {
  if (!store.accountKeys.delete(keyId)) throw new Error(`The emulator has no account key ${keyId}.`);
}
