import type { Context } from "../context";
import { appNotFound, badRequest, paymentRequired } from "../errors";
import type { Conversation } from "./conversation";
import { copyConversation } from "./conversation";
import type { Integration } from "./integration";
import type { AppKey } from "./key";
import type { User } from "./user";
import type { Webhook } from "./webhook";

export interface AppSettings {
  readonly maskCreditCardNumbers: boolean;
  readonly useAnimalNames: boolean;
  readonly echoPostback: boolean;
  readonly multiConvoEnabled: boolean;
  readonly appLocalizationEnabled: boolean;
  readonly conversationRetentionSeconds?: number | undefined;
  readonly ignoreAutoConversationStart?: boolean | undefined;
  readonly endSessionEnabled?: boolean | undefined;
  readonly disableConversationReopen?: boolean | undefined;
}

/** Flat, as apps and users carry it. */
export type Metadata = Readonly<Record<string, string | number | boolean>>;

export interface App {
  readonly id: string;
  readonly accountId: string;
  readonly token: string;
  name: string;
  settings: AppSettings;
  metadata: Metadata | undefined;
  readonly keys: Map<string, AppKey>;
  readonly integrations: Map<string, Integration>;
  readonly webhooks: Map<string, Webhook>;
  readonly users: Map<string, User>;
  readonly conversations: Map<string, Conversation>;
}

export type SettingsChange = { readonly [Name in keyof AppSettings]?: AppSettings[Name] | undefined };

export interface AppChange {
  readonly name?: string | undefined;
  readonly settings?: SettingsChange | undefined;
  /** `null` takes it away. */
  readonly metadata?: Metadata | null | undefined;
}

// legacy.md 2.2 and 8.5, v2.md 2
const defaultSettings: AppSettings = {
  maskCreditCardNumbers: true,
  useAnimalNames: false,
  echoPostback: false,
  multiConvoEnabled: false,
  appLocalizationEnabled: true,
};

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
    settings: mergeSettings(defaultSettings, given.settings),
    metadata: given.metadata ?? undefined,
    keys: new Map(),
    integrations: new Map(),
    webhooks: new Map(),
    users: new Map(),
    conversations: new Map(),
  };
  history.beforeListWrite(app);
  store.apps.set(app.id, app);
  return app;
}

export function getApp({ store }: Context, accountId: string, appId: string): App {
  const app = store.apps.get(appId);
  if (app === undefined || app.accountId !== accountId) throw appNotFound();
  return app;
}

// legacy.md 9.5 and v2.md 2 leave open what an update does inside these two. Here `settings` merges key by key and
// `metadata` is replaced as a whole: a client that always sends the whole of both gets the same from either reading.
export function updateApp({ history }: Context, app: App, { name, settings, metadata }: AppChange): void {
  const merged = mergeSettings(app.settings, settings);
  history.beforeListWrite(app);
  app.name = name ?? app.name;
  app.settings = merged;
  if (metadata !== undefined) app.metadata = metadata ?? undefined;
}

function mergeSettings(before: AppSettings, change: SettingsChange = {}): AppSettings {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const after: AppSettings = { ...before, ...Object.fromEntries(given) };
  // v2.md 2
  if (before.multiConvoEnabled && !after.multiConvoEnabled) {
    throw badRequest("settings.multiConvoEnabled: cannot be turned off once it is on");
  }
  for (const name of ["endSessionEnabled", "disableConversationReopen"] as const) {
    if (after[name] === true && !after.multiConvoEnabled) {
      throw badRequest(`settings.${name}: needs multiConvoEnabled`);
    }
  }
  return after;
}

export function deleteApp({ store, history }: Context, app: App): void {
  history.beforeListWrite(app);
  store.apps.delete(app.id);
}

/** A copy that later writes to the app leave as it is. */
export function copyApp(app: App): App {
  const integrations = [...app.integrations].map(([id, integration]) => [id, { ...integration }] as const);
  const webhooks = [...app.webhooks].map(([id, webhook]) => [id, { ...webhook }] as const);
  const conversations = [...app.conversations].map(([id, each]) => [id, copyConversation(each)] as const);
  return {
    ...app,
    keys: new Map(app.keys),
    integrations: new Map(integrations),
    webhooks: new Map(webhooks),
    users: new Map(app.users),
    conversations: new Map(conversations),
  };
}
