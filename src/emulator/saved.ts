import { z } from "zod";
import type { AnyChildType } from "./children";
import { flatObject } from "./fields";
import type { Account, AccountKey, App } from "./model";
import { Store } from "./store";

/** All objects, including their secrets, as a string for {@link readSaved}. */
export function writeSaved({ accounts, accountKeys, apps }: Store): string {
  const saved = {
    version: 1,
    accounts: [...accounts.values()],
    accountKeys: [...accountKeys.values()],
    apps: [...apps.values()].map(writeApp),
  };
  const plain = (_: string, value: unknown) => (value instanceof Set ? [...value] : value);
  return `${JSON.stringify(saved, plain, 1)}\n`;
}

function writeApp({ children, ...app }: App): object {
  return { ...app, ...Object.fromEntries(children.map(({ name, items }) => [name, items()])) };
}

/** Throws if the string is not a saved state. */
export function readSaved(text: string, types: readonly AnyChildType[]): Store {
  try {
    const { accounts, accountKeys, apps } = schema.parse(JSON.parse(text));
    return new Store(byId(accounts), byId(accountKeys), byId(apps.map((app) => readApp(app, types))));
  } catch {
    // No `cause`: it would quote the state, including its secrets.
    throw new Error("The saved state was not written by this version of the emulator.");
  }
}

function readApp(saved: z.infer<typeof appSchema>, types: readonly AnyChildType[]): App {
  const { id, accountId, token, name, settings, metadata, ...rest } = saved;
  const children = types.map((type) => type.restore(rest[type.name]));
  return { id, accountId, token, name, settings, metadata, children };
}

function byId<T extends { readonly id: string }>(objects: readonly T[]): Map<string, T> {
  return new Map(objects.map((object) => [object.id, object]));
}

const setOf = z.array(z.string()).transform((values) => new Set(values));

const account: z.ZodType<Account> = z.object({ id: z.string() });

const accountKey: z.ZodType<AccountKey> = z.object({
  id: z.string(),
  accountId: z.string(),
  secret: z.string(),
  isGiven: z.boolean(),
  // Absent if the key may use all apps.
  grantedApps: setOf.optional().transform((apps) => apps),
  revokedApps: setOf,
});

const appSchema = z.looseObject({
  id: z.string(),
  accountId: z.string(),
  token: z.string(),
  name: z.string(),
  settings: z.object({
    maskCreditCardNumbers: z.boolean(),
    useAnimalNames: z.boolean(),
    echoPostback: z.boolean(),
    multiConvoEnabled: z.boolean(),
    appLocalizationEnabled: z.boolean(),
    conversationRetentionSeconds: z.number().optional(),
    ignoreAutoConversationStart: z.boolean().optional(),
    endSessionEnabled: z.boolean().optional(),
    disableConversationReopen: z.boolean().optional(),
  }),
  metadata: flatObject.optional(),
});

const schema = z.object({
  version: z.literal(1),
  accounts: z.array(account),
  accountKeys: z.array(accountKey),
  apps: z.array(appSchema),
});
