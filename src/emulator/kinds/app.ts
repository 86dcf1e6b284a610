import { z } from "zod";
import { type AccountCall, type AppCall, withAccount, withAccountApp, withApp } from "../access";
import { isServiceKey, listApps } from "../accounts";
import type { ApiVersion } from "../api-version";
import type { Context } from "../context";
import { badRequest, forbidden, paymentRequired } from "../errors";
import { metadata, metadataPatch, requireFittingMetadata, shortText, text } from "../fields";
import { parseBody } from "../input";
import type { AccountKey, App, AppSettings, Metadata } from "../model";
import { cutPage, pageQuery } from "../page";
import { type Answer, type Incoming, type Route, route } from "../route";
import type { Store } from "../store";
import type { Kind } from "./kind";

export interface AppSnapshot {
  readonly id: string;
  readonly accountId: string;
  readonly appToken: string;
  readonly name: string;
  readonly settings: AppSettings;
  readonly metadata?: { readonly [name: string]: string | number | boolean };
}

export const app = {
  plural: "apps",
  visibility: {
    id: "plain",
    accountId: "plain",
    appToken: "plain",
    name: "plain",
    settings: "plain",
    metadata: "plain",
  },
  routes,
  snapshot: ({ apps }: Store) => [...apps.values()].map(snapshotApp),
  summarize: ({ id, name }: AppSnapshot) => ({ id, name }),
} as const satisfies Kind;

function routes(apiVersion: ApiVersion): Route[] {
  const { readNew, readChange, write, ofItself, updatedBy, changedBy } = wires[apiVersion];
  const filterName = apiVersion === "v2" ? "filter[serviceAccountId]" : "serviceAccountId";
  const path = `/${apiVersion}/apps`;
  const one = `${path}/{appId}`;

  function create({ context, accountKey, request }: AccountCall): Answer {
    return { status: 201, body: { app: write(createApp(context, accountKey, readNew(request))) } };
  }

  function list({ context, accountKey, request }: AccountCall): Answer {
    const wanted = request.query.getAll(filterName).at(-1);
    const apps = appsOf(wanted, listApps(context, accountKey), accountKey);
    const { items, ...rest } = cutPage(apps, request);
    return { status: 200, body: { apps: items.map(write), ...rest } };
  }

  function get({ app }: AppCall): Answer {
    return { status: 200, body: { app: write(app) } };
  }

  function update({ context, app, request }: AppCall): Answer {
    const change = readChange(request, context.profile.metadata === "merge");
    return { status: 200, body: { app: write(updateApp(context, app, change)) } };
  }

  const query = [...pageQuery(apiVersion), filterName];
  return [
    route("createApp", "POST", path, withAccount(create)),
    route("listApps", "GET", path, withAccount(list), query),
    route("getApp", "GET", one, ofItself(get)),
    route("updateApp", updatedBy, one, changedBy(update)),
    route("deleteApp", "DELETE", one, withAccountApp(remove)),
  ];
}

/** Lists only the apps of one service account, which another service account may not do. */
function appsOf(wanted: string | undefined, apps: App[], { id, serviceAccountId: own }: AccountKey): App[] {
  if (wanted === undefined) return apps;
  if (isServiceKey(id) && wanted !== own) {
    throw forbidden("This key belongs to a different service account from the one in the query.");
  }
  return apps.filter(({ serviceAccountId }) => serviceAccountId === wanted);
}

interface AppWire {
  readNew(request: Incoming): NewApp;
  readChange(request: Incoming, merges: boolean): AppChange;
  write(app: App): object;
  readonly ofItself: typeof withApp;
  readonly updatedBy: "PUT" | "PATCH";
  readonly changedBy: typeof withApp;
}

const setting = z.boolean().optional();
const retention = z.int().min(0, { error: "must not be negative" }).optional();

const v1Settings = { maskCreditCardNumbers: setting, useAnimalNames: setting };
const v1_1Settings = {
  ...v1Settings,
  conversationRetentionSeconds: retention,
  echoPostback: setting,
  ignoreAutoConversationStart: setting,
};
const v2Settings = {
  ...v1_1Settings,
  multiConvoEnabled: setting,
  appLocalizationEnabled: setting,
  endSessionEnabled: setting,
  disableConversationReopen: setting,
};

/** v1 and v1.1, each with its own settings. */
function legacyWire(settings: z.ZodType<SettingsChange>, names: readonly string[]) {
  // Unknown fields are refused: no documentation says that v1 accepts fields added later, and a silently dropped field
  // would be a mistake found in production.
  const changeWire = z.strictObject({
    name: text.optional(),
    settings: settings.optional(),
    metadata: metadata.optional(),
  });
  const mergeWire = changeWire.extend({ metadata: metadataPatch });
  const createWire = changeWire.extend({ name: text });
  return {
    readNew: (request) => parseBody(createWire, request),
    readChange: (request, merges) => parseBody(merges ? mergeWire : changeWire, request),
    write: ({ id, token, name, settings: all, metadata }) => {
      const own = Object.entries(all).filter(([setting]) => names.includes(setting));
      return { _id: id, appToken: token, name, settings: Object.fromEntries(own), metadata };
    },
    updatedBy: "PUT",
    changedBy: withAccountApp,
  } satisfies Partial<AppWire>;
}

const changeWire = z.strictObject({
  displayName: shortText.optional(),
  settings: z.strictObject(v2Settings).optional(),
  metadata: metadata.nullish(),
});
const mergeWire = changeWire.extend({ metadata: metadataPatch });
const createWire = changeWire.extend({ displayName: shortText });

const wires: { readonly [V in ApiVersion]: AppWire } = {
  v1: { ...legacyWire(z.strictObject(v1Settings), Object.keys(v1Settings)), ofItself: withAccountApp },
  "v1.1": { ...legacyWire(z.strictObject(v1_1Settings), Object.keys(v1_1Settings)), ofItself: withApp },
  v2: {
    readNew: (request) => {
      const { displayName, ...given } = parseBody(createWire, request);
      return { ...given, name: displayName };
    },
    readChange: (request, merges) => {
      const { displayName, ...change } = parseBody(merges ? mergeWire : changeWire, request);
      return { ...change, name: displayName };
    },
    // `subdomain` is omitted: accounts that can create apps have none.
    write: ({ id, name, settings, metadata }) => ({ id, displayName: name, settings, metadata }),
    ofItself: withApp,
    updatedBy: "PATCH",
    changedBy: withApp,
  },
};

type SettingsChange = { readonly [Name in keyof AppSettings]?: AppSettings[Name] | undefined };
type MetadataPatch = { readonly [name: string]: Metadata[string] | null };

interface AppChange {
  readonly name?: string | undefined;
  readonly settings?: SettingsChange | undefined;
  /** `null` removes all metadata, or a single key where updates merge. */
  readonly metadata?: MetadataPatch | null | undefined;
}

interface NewApp extends AppChange {
  readonly name: string;
  readonly metadata?: Metadata | null | undefined;
}

const defaultSettings: AppSettings = {
  maskCreditCardNumbers: true,
  useAnimalNames: false,
  echoPostback: false,
  multiConvoEnabled: false,
  appLocalizationEnabled: true,
};

export function createApp(
  { store, identifiers, rules, newChildren }: Context,
  { accountId, serviceAccountId, grantedApps }: AccountKey,
  given: NewApp,
  id = identifiers.objectId(),
): App {
  if (store.appsOf(accountId).length >= rules.maxApps) {
    throw paymentRequired(
      `The account's plan allows ${rules.maxApps} apps, and the account already has that many. Delete an app or upgrade the plan.`,
    );
  }
  const app: App = {
    id,
    accountId,
    token: identifiers.appToken(),
    name: given.name,
    settings: mergeSettings(defaultSettings, given.settings),
    metadata: given.metadata ?? undefined,
    serviceAccountId,
    children: newChildren("app"),
  };
  store.apps.set(app.id, app);
  grantedApps?.add(app.id);
  return app;
}

// The documentation does not say how an update treats existing keys. Here `settings` are merged key by key; for
// `metadata`, the profile decides.
function updateApp({ store, profile }: Context, app: App, { name, settings, metadata }: AppChange): App {
  const before = profile.metadata === "merge" ? app.metadata : undefined;
  const updated: App = {
    ...app,
    name: name ?? app.name,
    settings: mergeSettings(app.settings, settings),
    metadata: metadata === undefined ? app.metadata : mergeMetadata(before, metadata),
  };
  store.apps.set(app.id, updated);
  return updated;
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

function remove({ context, app }: AppCall): Answer {
  context.store.apps.delete(app.id);
  return { status: 200, body: {} };
}

function snapshotApp({ id, accountId, token, name, settings, metadata }: App): AppSnapshot {
  return {
    id,
    accountId,
    appToken: token,
    name,
    settings: { ...settings },
    ...(metadata && { metadata: { ...metadata } }),
  };
}
