import { addAccount, addAccountKey } from "./accounts";
import type { Context } from "./context";
import { createApp } from "./kinds/app";
import { keys } from "./kinds/key";
import type { AccountKey } from "./model";
import type { EmulatorOptions } from "./options";

type Given = Pick<EmulatorOptions, "accountKeyId" | "accountKeySecret" | "secondKey" | "app">;

/** Creates the first account, its key and the objects in the options, unless a saved state already has them. */
export function openAccount(context: Context, given: Given): AccountKey {
  const { store, identifiers } = context;
  const { accountKeyId: id, accountKeySecret: secret } = given;
  const account = [...store.accounts.values()][0] ?? addAccount(context);
  const keys = () => [...store.accountKeys.values()].filter(({ accountId }) => accountId === account.id);
  const [saved] = keys();
  const key =
    saved === undefined || id !== undefined || secret !== undefined
      ? addAccountKey(store, identifiers, account.id, { id, secret })
      : saved;
  if (given.secondKey && keys().length < 2) addAccountKey(store, identifiers, account.id);
  openApp(context, key, given.app);
  return key;
}

/** Creates the initial app, with its key. */
export function openApp(context: Context, owner: AccountKey, given: EmulatorOptions["app"]): void {
  if (given === undefined) return;
  const { id, keyId, keySecret: secret } = given;
  const app = context.store.apps.get(id) ?? createApp(context, owner, { name: "Emulator app" }, id);
  keys.put(app, { id: keyId, name: "Emulator key", secret, isGiven: true });
}
