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
  given: { readonly id?: string | undefined; readonly secret?: string | undefined } = {},
): AccountKey {
  if (!store.accounts.has(accountId)) throw new Error(`The emulator has no account ${accountId}.`);
  const key: AccountKey = {
    id: given.id ?? `act_${identifiers.objectId()}`,
    accountId,
    secret: given.secret ?? identifiers.secret(),
  };
  store.accountKeys.set(key.id, key);
  return key;
}

export function revokeAccountKey(store: Store, keyId: string): void {
  if (!store.accountKeys.delete(keyId)) throw new Error(`The emulator has no account key ${keyId}.`);
}
