import { z } from "zod";
import type { AnyChildType, OwnerType } from "./children";
import { type Account, type AccountKey, type App, savedApp } from "./model";
import { Store } from "./store";

/** All objects, including their secrets, as a string for {@link readSaved}. */
export function writeSaved({ accounts, accountKeys, apps }: Store): string {
  const saved = {
    version: 1,
    accounts: [...accounts.values()].map(writeOwner),
    accountKeys: [...accountKeys.values()],
    apps: [...apps.values()].map(writeOwner),
  };
  const plain = (_: string, value: unknown) => (value instanceof Set ? [...value] : value);
  return `${JSON.stringify(saved, plain, 1)}\n`;
}

function writeOwner({ children, ...owner }: Account | App): object {
  return { ...owner, ...Object.fromEntries(children.map(({ name, items }) => [name, items()])) };
}

/** Throws if the string is not a saved state. */
export function readSaved(text: string, types: readonly AnyChildType[]): Store {
  try {
    const { accounts, accountKeys, apps } = schema.parse(JSON.parse(text));
    const restore = (owner: OwnerType, saved: Saved) =>
      types.filter((type) => type.owner === owner).map((type) => type.restore(saved[type.name]));
    return new Store(
      byId(accounts.map(({ id, ...rest }) => ({ id, children: restore("account", rest) }))),
      byId(accountKeys),
      byId(apps.map((app) => ({ ...savedApp.parse(app), children: restore("app", app) }))),
    );
  } catch {
    // No `cause`: it would quote the state, including its secrets.
    throw new Error("The saved state was not written by this version of the emulator.");
  }
}

type Saved = Readonly<Record<string, unknown>>;

function byId<T extends { readonly id: string }>(objects: readonly T[]): Map<string, T> {
  return new Map(objects.map((object) => [object.id, object]));
}

const setOf = z.array(z.string()).transform((values) => new Set(values));

/** An account or app, with its children. */
const owner = z.looseObject({ id: z.string() });

const accountKey: z.ZodType<AccountKey> = z.object({
  id: z.string(),
  accountId: z.string(),
  secret: z.string(),
  isGiven: z.boolean(),
  // Absent if the key may use all apps.
  grantedApps: setOf.optional().transform((apps) => apps),
  revokedApps: setOf,
});

const schema = z.object({
  version: z.literal(1),
  accounts: z.array(owner),
  accountKeys: z.array(accountKey),
  apps: z.array(owner),
});
