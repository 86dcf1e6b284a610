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
  /** Ids of apps, or patterns of their names; none means all. */
  appFilter: readonly string[];
  /** The id of the key that reads, where it is one of an app: it sees that app's webhooks and integrations. */
  keyOfApp?: string | undefined;
  /** Told after each app. */
  progress(done: number, total: number, app: App): void;
}

export interface Read {
  /** Every app of the account, whether the filter matches it or not. */
  listed: Named[];
  apps: AppContents[];
  unread: Unread[];
}

/** An app; its name is empty where it cannot be read. */
export type Named = Pick<App, "id" | "name">;

/** What could not be read. */
export interface Unread {
  app: Named;
  /** The one object that it is, where all others could be read. */
  object?: { kind: KindName; id: string };
  /** The kinds of which nothing could be read; undefined where it is the whole app. */
  kinds?: readonly KindName[];
  /** The API version that made them; undefined where it is no matter which. */
  madeBy?: ApiVersion;
  /** Whether they are certainly there. */
  exist: boolean;
  /** What and why, as it goes on after `Left out:`. */
  message: string;
}

/** Reads the apps of an account with all that belongs to them; with a key of an app, what it may read of that. */
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
  // The client has a limit of its own for calls; this one keeps a failure from being told after thousands of them.
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

/** A filter that means nothing is a mistake. */
export function requireMatchingApp({ listed }: Pick<Read, "listed">, appFilter: readonly string[]): void {
  if (listed.some((app) => matchesFilter(app, appFilter)) || appFilter.length === 0) return;
  throw new Error(`no app matches --app ${appFilter.join(" or --app ")} (the account has ${listed.length})`);
}

/** An id, or a name in which `*` matches anything; case is ignored. */
export function matchesFilter({ id, name }: Named, appFilter: readonly string[]): boolean {
  const matches = (pattern: string) => {
    const parts = pattern.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
    return pattern === id || new RegExp(`^${parts.join(".*")}$`, "isu").test(name);
  };
  return appFilter.length === 0 || appFilter.some(matches);
}

/** Undefined, and an entry in `unread`, where the app has been deleted since it was listed. */
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
  /** Of all that the API version in use lists, whether it can be read or not. */
  ids: ReadonlySet<string>;
  unread: Unread[];
}

/**
 * All objects of a kind in an app. A kind that is bound to API versions is read through each of them: only there its
 * objects have the ids and the fields by which they are managed. Older versions do not list what the newest made, which
 * is therefore asked in any case.
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
        // Hosts at Zendesk have no older API versions. What may pass ends the reading instead.
        if (error.retryable) throw error;
        const message = `the ${label}s of app ${app.id} that API ${version} made. ${error.summary}`;
        unread.push({ app, kinds: [kind], madeBy: version, exist: seen.has(version), message });
        return { items: [], unreadable: [] };
      }
    }),
  );
  const objects = [...madeBy(smooch.version, listed.items), ...more.flatMap(({ items }) => items)];
  // Several API versions may list the same one, and one of them all of it.
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
