import pLimit from "p-limit";
import {
  appContents,
  byPlural,
  type ChildName,
  childNames,
  type KindName,
  outsideApps,
  rootName,
} from "../../../kinds";
import { printable } from "../../../printable";
import { existsIn, type Identified } from "../../../provider/kind";
import { definitions } from "../../../provider/kinds";
import type { SmoochClient } from "../../../smooch/client";
import type { App } from "../../../smooch/endpoints/app";
import { asSmoochError } from "../../../smooch/errors";
import { aliasOf } from "./aliases";
import { type AppContents, type Children, type OutsideObject, oldestFirst, withoutSecrets } from "./contents";
import { type Named, readTree, type Unread } from "./tree";

export interface Reading {
  /** Ids of apps, or patterns for their names; empty means all. */
  appFilter: readonly string[];
  /** The id of the credential's key if it is an app key, which can read what is in that app, except its keys. */
  keyOfApp?: string | undefined;
  /** Called after each app. */
  progress(done: number, total: number, app: App): void;
}

export interface Read {
  /** Every app of the account, whether or not it matches the filter. */
  listed: Named[];
  apps: AppContents[];
  /** What is in no app; empty if only some apps are read. */
  outside: OutsideObject[];
  unread: Unread[];
}

/** Reads an account's apps with all their children or, with an app key, what that key may read of its app. */
export async function readAccount(
  smooch: SmoochClient,
  { appFilter, progress, keyOfApp }: Reading,
): Promise<Read> {
  if (keyOfApp !== undefined) return readOneApp(smooch, keyOfApp, appFilter);
  const { items, unreadable } = await smooch.apps.list();
  const apps = oldestFirst(items.filter((app) => matchesFilter(app, appFilter)));
  const nameless = unreadable.map(({ id, problem }) => ({ id, name: "", problem }));
  const listed: Named[] = [...items, ...nameless.map(({ id, name }) => ({ id, name }))];

  const unread: Unread[] = nameless
    .filter((app) => matchesFilter(app, appFilter))
    .map(({ id, name, problem }) => ({
      app: { id, name },
      exist: true,
      message: `app ${id}, as Smooch returns it: ${printable(problem)}.`,
    }));
  // The client has its own limit for calls; this one reports a failure early, instead of after thousands of calls.
  const limit = pLimit(4);
  let done = 0;
  const contents = apps.map((app) =>
    limit(async () => {
      const read = await readApp(smooch, app, unread);
      done += 1;
      progress(done, apps.length, app);
      return read;
    }),
  );
  try {
    const [read, outside] = await Promise.all([
      Promise.all(contents),
      appFilter.length === 0 ? readOutside(smooch, unread) : [],
    ]);
    return { listed, apps: read.flatMap((contents) => contents ?? []), outside, unread };
  } catch (error) {
    limit.clearQueue();
    throw error;
  }
}

async function readOneApp(smooch: SmoochClient, keyId: string, appFilter: readonly string[]): Promise<Read> {
  const [id, another] = appFilter;
  if (id === undefined || another !== undefined || !/^[\w-]+$/.test(id)) {
    throw new Error(
      `${keyId} is a key of an app, and does not list apps: name the one that it belongs to with --app <id>`,
    );
  }
  const app = { id, name: "" };
  const needsAccountKey = (kind: KindName) => definitions[kind].needsAccountKey === true;
  const hidden = appContents.filter(needsAccountKey);
  const message = `app ${id} itself and its ${namesOf(hidden)}: ${keyId} is a key of the app, and those need an account key.`;
  const unread: Unread[] = [{ app, kinds: [rootName, ...hidden], exist: false, message }];
  const readable = appContents.filter((kind) => !needsAccountKey(kind));
  const children = await readChildren(smooch, app, readable, unread);
  return { listed: [app], apps: [{ app, isPartial: true, ...children }], outside: [], unread };
}

/** A filter without any match is a mistake. */
export function requireMatchingApp({ listed }: Pick<Read, "listed">, appFilter: readonly string[]): void {
  if (listed.some((app) => matchesFilter(app, appFilter)) || appFilter.length === 0) return;
  throw new Error(`no app matches --app ${appFilter.join(" or --app ")} (the account has ${listed.length})`);
}

/** Matches an id, or a name in which `*` stands for anything; case-insensitive. */
export function matchesFilter({ id, name }: Named, appFilter: readonly string[]): boolean {
  const matches = (pattern: string) => {
    const parts = pattern.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
    return pattern === id || new RegExp(`^${parts.join(".*")}$`, "isu").test(name);
  };
  return appFilter.length === 0 || appFilter.some(matches);
}

/** Returns undefined and adds to `unread` if the app has been deleted since it was listed. */
async function readApp(smooch: SmoochClient, app: App, unread: Unread[]): Promise<AppContents | undefined> {
  try {
    return { app, ...(await readChildren(smooch, app, appContents, unread)) };
  } catch (error) {
    if (asSmoochError(error).status !== 404) throw error;
    const message = `app ${app.id} (${printable(app.name)}) was deleted while it was read, or cannot be seen.`;
    unread.push({ app, exist: true, message });
    return undefined;
  }
}

async function readChildren(
  smooch: SmoochClient,
  app: Named,
  readable: readonly ChildName[],
  unread: Unread[],
): Promise<Children> {
  const lists = await readTree(smooch, readable, { kind: rootName, objects: [{ id: app.id }] }, app);
  unread.push(...lists.flatMap((list) => list.unread));
  const idsOf = (kind: KindName) => lists.find((list) => list.kind === kind)?.ids;
  const isOfKind = (kind: KindName, object: Identified) => {
    const alias = aliasOf(kind, object);
    return (
      alias === undefined || (smooch.version === alias.version && idsOf(alias.kind)?.has(object.id) !== true)
    );
  };
  return byPlural(childNames, (kind) => {
    const objects = lists.find((list) => list.kind === kind)?.objects ?? [];
    return objects.filter((object) => isOfKind(kind, object)).map((object) => withoutSecrets(kind, object));
  });
}

/** What is in no app. Only an account key may read it. */
async function readOutside(smooch: SmoochClient, unread: Unread[]): Promise<OutsideObject[]> {
  const kinds = outsideApps.filter((kind) => existsIn(definitions[kind], smooch.version));
  try {
    const lists = await readTree(smooch, kinds);
    unread.push(...lists.flatMap((list) => list.unread));
    return lists.flatMap(({ kind, objects }) =>
      oldestFirst(objects).map((object) => ({ kind, object: withoutSecrets(kind, object) })),
    );
  } catch (caught) {
    const error = asSmoochError(caught);
    if (error.status !== 401 && error.status !== 403) throw error;
    unread.push({ kinds, exist: false, message: `${namesOf(kinds)}: they need an account key (act_…).` });
    return [];
  }
}

function namesOf(kinds: readonly KindName[]): string {
  return new Intl.ListFormat("en-GB").format(kinds.map((kind) => `${definitions[kind].label}s`));
}
