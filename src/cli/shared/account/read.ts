import pLimit from "p-limit";
import { byPlural, type ChildName, childNames, type KindName, kindNames } from "../../../kinds";
import { printable } from "../../../printable";
import type { Identified } from "../../../provider/kind";
import { definitions } from "../../../provider/kinds";
import { type ApiVersion, apiVersions } from "../../../smooch/api-version";
import type { SmoochClient } from "../../../smooch/client";
import type { App } from "../../../smooch/endpoints/app";
import { asSmoochError } from "../../../smooch/errors";
import type { Unreadable } from "../../../smooch/listing";
import { aliasOf } from "./aliases";
import { type AppContents, type Children, oldestFirst, withoutSecrets } from "./contents";

export interface Reading {
  /** Ids of apps, or patterns for their names; empty means all. */
  appFilter: readonly string[];
  /** The id of the credential's key if it is an app key, which can read that app's webhooks and integrations. */
  keyOfApp?: string | undefined;
  /** Called after each app. */
  progress(done: number, total: number, app: App): void;
}

export interface Read {
  /** Every app of the account, whether or not it matches the filter. */
  listed: Named[];
  apps: AppContents[];
  unread: Unread[];
}

/** An app; the name is empty if the app cannot be read. */
export type Named = Pick<App, "id" | "name">;

/** Something that could not be read. */
export interface Unread {
  app: Named;
  /** The only unreadable object, if the others could be read. */
  object?: { kind: KindName; id: string };
  /** The unreadable kinds; undefined means the whole app. */
  kinds?: readonly KindName[];
  /** The API version that created them; undefined if that does not matter. */
  madeBy?: ApiVersion;
  /** Whether they certainly exist. */
  exist: boolean;
  /** What and why; continues `Left out:`. */
  message: string;
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
    return { listed, apps: (await Promise.all(contents)).flatMap((read) => read ?? []), unread };
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
  const hidden = childNames.filter(needsAccountKey).map((kind) => `${definitions[kind].label}s`);
  const message = `app ${id} itself and its ${hidden.join(" and ")}: ${keyId} is a key of the app, and those need an account key.`;
  const unread: Unread[] = [{ app, kinds: kindNames.filter(needsAccountKey), exist: false, message }];
  const readable = childNames.filter((kind) => !needsAccountKey(kind));
  const children = await readChildren(smooch, app, readable, unread);
  return { listed: [app], apps: [{ app, isPartial: true, ...children }], unread };
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
    return { app, ...(await readChildren(smooch, app, childNames, unread)) };
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
  const lists = await Promise.all(readable.map((kind) => listAll(smooch, kind, app)));
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

interface List {
  kind: KindName;
  objects: Identified[];
  /** Ids of everything that the configured API version lists, readable or not. */
  ids: ReadonlySet<string>;
  unread: Unread[];
}

/**
 * All objects of a kind in an app. A kind bound to API versions is read through each of them, because only there do its
 * objects have the ids and fields they are managed by. The latest version is always included: older ones do not list
 * what it created.
 */
async function listAll(smooch: SmoochClient, kind: ChildName, app: Named): Promise<List> {
  const { siblings, boundVersion, label } = definitions[kind];
  const list = (version: ApiVersion) => siblings(smooch, { appId: app.id, version });
  const listed = await list(smooch.version);
  const ids = new Set([...listed.items, ...listed.unreadable].map(({ id }) => id));
  if (boundVersion === undefined) {
    return { kind, objects: listed.items, ids, unread: listed.unreadable.map(noteUnreadable(kind, app)) };
  }
  const madeBy = (version: ApiVersion, items: Identified[]) =>
    items.filter((object) => boundVersion(object) === version);
  const seen = new Set(listed.items.flatMap((object) => boundVersion(object) ?? []));
  const others = new Set<ApiVersion>([...seen, ...apiVersions.slice(-1)]);
  others.delete(smooch.version);
  const unread: Unread[] = [];
  const more = await Promise.all(
    [...others].map(async (version) => {
      try {
        const { items, unreadable } = await list(version);
        return { items: madeBy(version, items), unreadable };
      } catch (caught) {
        const error = asSmoochError(caught);
        // Zendesk hosts have no older API versions. A temporary failure ends the whole read instead.
        if (error.retryable) throw error;
        const message = `the ${label}s of app ${app.id} that API ${version} made. ${error.summary}`;
        unread.push({ app, kinds: [kind], madeBy: version, exist: seen.has(version), message });
        return { items: [], unreadable: [] };
      }
    }),
  );
  const objects = [...madeBy(smooch.version, listed.items), ...more.flatMap(({ items }) => items)];
  // Several API versions may list the same object, and only one of them completely.
  const inPart = [listed, ...more].flatMap(({ unreadable }) => unreadable);
  const unreadable = new Map(inPart.map((one) => [one.id, one]));
  for (const { id } of objects) unreadable.delete(id);
  return {
    kind,
    objects,
    ids,
    unread: [...unread, ...[...unreadable.values()].map(noteUnreadable(kind, app))],
  };
}

function noteUnreadable(kind: KindName, app: Named): (object: Unreadable) => Unread {
  return ({ id, problem }) => ({
    app,
    object: { kind, id },
    exist: true,
    message: `${definitions[kind].label} ${id} of app ${app.id}, as Smooch returns it: ${printable(problem)}.`,
  });
}
