import type { Context } from "../context";
import { appNotFound, paymentRequired } from "../errors";
import type { AppUser } from "./appuser";
import { copyAppUser } from "./appuser";
import type { AppKey } from "./key";
import type { Webhook } from "./webhook";

interface AppSettings {
  readonly maskCreditCardNumbers: boolean;
  readonly useAnimalNames: boolean;
}

type AppMetadata = Readonly<Record<string, string | number | boolean>>;

export interface App {
  readonly id: string;
  readonly accountId: string;
  readonly token: string;
  name: string;
  settings: AppSettings;
  metadata: AppMetadata | undefined;
  readonly keys: Map<string, AppKey>;
  readonly webhooks: Map<string, Webhook>;
  readonly users: Map<string, AppUser>;
}

export interface AppChange {
  readonly name?: string | undefined;
  readonly settings?: { readonly [Name in keyof AppSettings]?: AppSettings[Name] | undefined } | undefined;
  readonly metadata?: AppMetadata | undefined;
}

// legacy.md 2.2 and 8.5
const defaultSettings: AppSettings = { maskCreditCardNumbers: true, useAnimalNames: false };

export function createApp(
  { store, identifiers, rules, history }: Context,
  accountId: string,
  given: AppChange & { name: string },
): App {
  if (store.appsOf(accountId).length >= rules.maxApps) {
    throw paymentRequired(
      `The account's plan allows ${rules.maxApps} apps and it has them already. Delete an app or upgrade the plan.`,
    );
  }
  const app: App = {
    id: identifiers.objectId(),
    accountId,
    token: identifiers.appToken(),
    name: given.name,
    settings: defaultSettings,
    metadata: undefined,
    keys: new Map(),
    webhooks: new Map(),
    users: new Map(),
  };
  changeApp(app, given);
  history.beforeListWrite(app);
  store.apps.set(app.id, app);
  return app;
}

export function getApp({ store }: Context, accountId: string, appId: string): App {
  const app = store.apps.get(appId);
  if (app === undefined || app.accountId !== accountId) throw appNotFound();
  return app;
}

export function updateApp({ history }: Context, app: App, change: AppChange): void {
  history.beforeListWrite(app);
  changeApp(app, change);
}

// legacy.md 9.5 leaves open what a PUT does inside these two. Here `settings` merges key by key and `metadata` is
// replaced as a whole: a client that always sends the whole of both gets the same from either reading.
function changeApp(app: App, change: AppChange): void {
  app.name = change.name ?? app.name;
  app.settings = {
    maskCreditCardNumbers: change.settings?.maskCreditCardNumbers ?? app.settings.maskCreditCardNumbers,
    useAnimalNames: change.settings?.useAnimalNames ?? app.settings.useAnimalNames,
  };
  app.metadata = change.metadata ?? app.metadata;
}

export function deleteApp({ store, history }: Context, app: App): void {
  history.beforeListWrite(app);
  store.apps.delete(app.id);
}

/** A copy that later writes to the app leave as it is. */
export function copyApp(app: App): App {
  const webhooks = [...app.webhooks].map(([id, webhook]) => [id, { ...webhook }] as const);
  const users = [...app.users].map(([id, user]) => [id, copyAppUser(user)] as const);
  return { ...app, keys: new Map(app.keys), webhooks: new Map(webhooks), users: new Map(users) };
}
