import type { Context } from "../context";
import { appNotFound, badRequest, paymentRequired } from "../errors";
import { requireFittingMetadata } from "../fields";
import type { AccountKey } from "./account";
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
  /** `null` removes it, and one value of it where updates merge. */
  readonly metadata?: MetadataPatch | null | undefined;
}

type MetadataPatch = { readonly [name: string]: Metadata[string] | null };

export interface NewApp extends AppChange {
  readonly name: string;
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
  { accountId, grantedApps }: AccountKey,
  given: NewApp,
  id = identifiers.objectId(),
): App {
  if (store.appsOf(accountId).length >= rules.maxApps) {
    throw paymentRequired(
      `The account's plan allows ${rules.maxApps} apps and it has them already. Delete an app or upgrade the plan.`,
    );
  }
  const app: App = {
    id,
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
  grantedApps?.add(app.id);
  return app;
}

export function getApp({ store }: Context, key: AccountKey, appId: string): App {
  const app = store.apps.get(appId);
  if (app === undefined || !mayUse(key, app)) throw appNotFound();
  return app;
}

/** The account's apps that a key may use. */
export function listApps({ store }: Context, key: AccountKey): App[] {
  return store.appsOf(key.accountId).filter((app) => mayUse(key, app));
}

function mayUse({ accountId, grantedApps, revokedApps }: AccountKey, app: App): boolean {
  return app.accountId === accountId && grantedApps?.has(app.id) !== false && !revokedApps.has(app.id);
}

// The documents leave open what an update does inside these two: `settings` merges key by key, the profile decides about
// `metadata`.
export function updateApp(
  { history, profile }: Context,
  app: App,
  { name, settings, metadata }: AppChange,
): void {
  const merged = mergeSettings(app.settings, settings);
  const before = profile.metadata === "merge" ? app.metadata : undefined;
  const changed = metadata === undefined ? app.metadata : mergeMetadata(before, metadata);
  history.beforeListWrite(app);
  app.name = name ?? app.name;
  app.settings = merged;
  app.metadata = changed;
}

function mergeMetadata(before: Metadata = {}, patch: MetadataPatch | null): Metadata | undefined {
  if (patch === null) return undefined;
  const entries = Object.entries({ ...before, ...patch }).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  const merged = Object.fromEntries(entries);
  requireFittingMetadata(merged);
  return merged;
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
