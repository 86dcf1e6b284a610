import { idInput, type KindName, kinds, parentInputs, rootName } from "../../../kinds";
import { printable } from "../../../printable";
import { existsIn, type Identified, type Properties } from "../../../provider/kind";
import { definitions } from "../../../provider/kinds";
import { pick } from "../../../provider/values";
import { type ApiVersion, apiVersions } from "../../../smooch/api-version";
import type { SmoochClient } from "../../../smooch/client";
import type { App } from "../../../smooch/endpoints/app";
import { asSmoochError } from "../../../smooch/errors";
import type { Unreadable } from "../../../smooch/listing";

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

/** All objects of a kind, in one place or several. */
interface List {
  kind: KindName;
  /** The objects, with the ids of what they belong to. */
  objects: Identified[];
  /** Ids of everything that the configured API version lists, readable or not. */
  ids: ReadonlySet<string>;
  unread: Unread[];
}

/** Reads all objects of these kinds, parents before their children; `root` holds the outermost of them. */
export async function readTree(
  smooch: SmoochClient,
  kinds: readonly KindName[],
  root?: Pick<List, "kind" | "objects">,
  app?: Named,
): Promise<List[]> {
  const reading = new Map<KindName, Promise<Pick<List, "kind" | "objects">>>();
  if (root !== undefined) reading.set(root.kind, Promise.resolve(root));
  const lists = kinds
    .filter((kind) => existsIn(definitions[kind], smooch.version))
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
