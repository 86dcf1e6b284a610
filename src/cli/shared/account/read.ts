import pLimit from "p-limit";
import {
  appContents,
  byPlural,
  type ChildName,
  childNames,
  idInput,
  type KindName,
  kinds,
  outsideApps,
  parentInputs,
  rootName,
} from "../../../kinds";
import { printable } from "../../../printable";
import type { Identified, Properties } from "../../../provider/kind";
import { definitions } from "../../../provider/kinds";
import { pick } from "../../../provider/values";
import { type ApiVersion, apiVersions } from "../../../smooch/api-version";
import type { SmoochClient } from "../../../smooch/client";
import type { App } from "../../../smooch/endpoints/app";
import { asSmoochError } from "../../../smooch/errors";
import type { Unreadable } from "../../../smooch/listing";
import { aliasOf } from "./aliases";
import { type AppContents, type Children, type OutsideObject, oldestFirst, withoutSecrets } from "./contents";

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

/** An app; the name is empty if the app cannot be read. */
export type Named = Pick<App, "id" | "name">;

/** Something that could not be read. */
export interface Unread {
  /** Absent for what is in no app. */
  app?: Named;
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
  const kinds = outsideApps.filter((kind) => isIn(kind, smooch.version));
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

/** Whether an API version has such objects. */
function isIn(kind: KindName, version: ApiVersion): boolean {
  return definitions[kind].in?.includes(version) ?? true;
}

interface List {
  kind: KindName;
  /** The objects, with the ids of what they belong to. */
  objects: Identified[];
  /** Ids of everything that the configured API version lists, readable or not. */
  ids: ReadonlySet<string>;
  unread: Unread[];
}

/** Reads all objects of these kinds, parents before their children; `root` holds the outermost of them. */
async function readTree(
  smooch: SmoochClient,
  kinds: readonly KindName[],
  root?: Pick<List, "kind" | "objects">,
  app?: Named,
): Promise<List[]> {
  const reading = new Map<KindName, Promise<Pick<List, "kind" | "objects">>>();
  if (root !== undefined) reading.set(root.kind, Promise.resolve(root));
  const lists = kinds
    .filter((kind) => isIn(kind, smooch.version))
    .map((kind) => {
      const list = readKind(smooch, kind, reading, app);
      reading.set(kind, list);
      return list;
    });
  return Promise.all(lists);
}

/** Reads all objects of a kind in everything that may hold such objects. */
async function readKind(
  smooch: SmoochClient,
  kind: KindName,
  reading: ReadonlyMap<KindName, Promise<Pick<List, "kind" | "objects">>>,
  app: Named | undefined,
): Promise<List> {
  const { parent } = kinds[kind];
  if (parent === undefined) return listAll(smooch, kind, {}, app);
  const { holder, inventory } = definitions[kind];
  const { canHold = () => true } = holder ?? {};
  const listsIn = async (place: KindName) => {
    const objects = (await reading.get(place))?.objects ?? [];
    return Promise.all(
      objects
        .filter((object) => place !== parent || canHold(object))
        .map((object) => listIn(smooch, kind, place, object, app)),
    );
  };
  const { alsoIn } = inventory;
  const lists = [...(await listsIn(parent)), ...(alsoIn === undefined ? [] : await listsIn(alsoIn))];
  return {
    kind,
    objects: lists.flatMap(({ objects }) => objects),
    ids: new Set(lists.flatMap(({ ids }) => [...ids])),
    unread: lists.flatMap(({ unread }) => unread),
  };
}

/** All objects of a kind in one object of another kind. */
async function listIn(
  smooch: SmoochClient,
  kind: KindName,
  place: KindName,
  { id, ...object }: Identified,
  app: Named | undefined,
): Promise<List> {
  const list = listAll(smooch, kind, { ...addressIn(place, object), [idInput(place)]: id }, app);
  return list.catch((caught: unknown) => {
    const error = asSmoochError(caught);
    const none = { kind, objects: [], ids: new Set<string>(), unread: [] };
    // A channel may not support what only some integrations have.
    if (place === definitions[kind].inventory.alsoIn && !error.retryable) return none;
    if (place === rootName || error.status !== 404) throw error;
    const message = `${definitions[place].label} ${id}${ofApp(app)} was deleted while it was read, or cannot be seen.`;
    return {
      ...none,
      unread: [{ ...(app && { app }), object: { kind: place, id }, exist: true, message }],
    };
  });
}

/** The ids of what an object belongs to. */
function addressIn(kind: KindName, object: object): Properties {
  return pick({ ...object }, parentInputs(kind));
}

/**
 * All objects of a kind in one place. A kind bound to API versions is read through each of them, because only there do
 * its objects have the ids and fields they are managed by. The latest version is always included: older ones do not
 * list what it created.
 */
async function listAll(
  smooch: SmoochClient,
  kind: KindName,
  address: Properties,
  app: Named | undefined,
): Promise<List> {
  const { siblings, boundVersion, label } = definitions[kind];
  const list = async (version: ApiVersion) => {
    const { items, unreadable } = await siblings(smooch, { ...address, version });
    return { items: items.map((item) => ({ ...item, ...address })), unreadable };
  };
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
        const message = `the ${label}s${ofApp(app)} that API ${version} made. ${error.summary}`;
        unread.push({
          ...(app && { app }),
          kinds: [kind],
          madeBy: version,
          exist: seen.has(version),
          message,
        });
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

function noteUnreadable(kind: KindName, app: Named | undefined): (object: Unreadable) => Unread {
  return ({ id, problem }) => ({
    ...(app && { app }),
    object: { kind, id },
    exist: true,
    message: `${definitions[kind].label} ${id}${ofApp(app)}, as Smooch returns it: ${printable(problem)}.`,
  });
}

function ofApp(app: Named | undefined): string {
  return app === undefined ? "" : ` of app ${app.id}`;
}
