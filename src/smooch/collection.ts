import { z } from "zod";
import type { Api } from "./api";
import type { ApiVersion } from "./api-version";
import type { Call, Query } from "./call";
import { dialects } from "./dialect";
import { type Endpoint, formIn, learned } from "./endpoint";
import { asSmoochError, IncompleteCreateError } from "./errors";
import { AbsentError, type Created, type ObjectReader, requireFit } from "./fit";
import type { Listing, Page } from "./listing";
import { account, type Place, pathTo } from "./place";
import { type Body, isConfirmation, joinPath, open, request } from "./request";

/** Objects with their own ids, e.g. an app's keys. */
export interface Collection<T extends { id: string }, F> extends Endpoint<T, F> {
  /** Whether the response to a list or create contains everything that a single read does. Default: always. */
  isComplete?(object: T): boolean;
}

/** The format of objects without updates in one API version. */
export interface Form<T, New> {
  reader: ObjectReader<T>;
  /** Reads new objects and lists, if those have stricter requirements. Default: `reader`. */
  strictReader?: ObjectReader<T>;
  /** The body of a create; some calls have none. */
  write(object: New): Partial<Body>;
  /** Lists are paged. */
  isPaged?: boolean;
  /** Extra query parameters for lists. */
  filter?: Query;
  /** Whether a list item belongs to this kind at all. */
  isOne?(wire: unknown): boolean;
  /** The API has no call to read a single object: it is read from the list. */
  isListedOnly?: boolean;
  /**
   * Path segment below what holds the objects, and the property that holds an object in responses. Default: derived
   * from the label.
   */
  segment?: string;
  envelope?: string;
}

/** The format of objects with updates in one API version. */
export interface ChangeableForm<T, New, Change> extends Form<T, New> {
  update(scope: Scope<T>, id: string, change: Change): Promise<T>;
}

/** What an update has access to. */
export interface Scope<T> {
  api: Api;
  place: Place;
  calls: Calls<T>;
}

export interface Calls<T> {
  path: string;
  create(body: Partial<Body>): Call<Created<T>>;
  list(from?: string): Call<Page<T>>;
  get(id: string): Call<T>;
  update(id: string, body: Partial<Body>): Call<T>;
  delete(id: string): Call<boolean>;
}

const anyList = z.array(z.unknown());

/** The calls for the objects in a place. */
export function callsOf<T extends { id: string }, New>(
  version: ApiVersion,
  collection: Collection<T, Form<T, New>>,
  place: Place = account,
): Calls<T> {
  const { label } = collection;
  const form = formIn(collection, version);
  const {
    segment = `${label}s`,
    envelope: one = label,
    reader,
    strictReader = reader,
    isOne = () => true,
  } = form;
  const path = pathTo(version, place, segment);
  const [of, within] = place === account ? ["", ""] : [` of ${place.name}`, ` in ${place.name}`];
  const isListedOnly = form.isListedOnly === true;
  const pickItem = (body: unknown, id: string): unknown => {
    const wire = requireFit(anyList, open(body, `${one}s`)).find((item) => reader.idOf(item) === id);
    if (wire === undefined) throw new AbsentError();
    return wire;
  };
  return {
    path,
    // The new object's inputs are not used to describe it in messages: any of them may be secret.
    create: (body) =>
      request(version, {
        operation: "create",
        resource: `${/^[aeiou]/.test(label) ? "an" : "a"} ${label}${within}`,
        method: "POST",
        path,
        ...body,
        parse: (body) => strictReader.created(open(body, one)),
      }),
    list(from) {
      const pageQuery = form.isPaged || from !== undefined ? dialects[version].pageQuery(from) : undefined;
      const query = pageQuery && { ...pageQuery, ...form.filter };
      return request(version, {
        operation: "list",
        resource: `${label}s${of}`,
        method: "GET",
        path,
        query,
        parse(body) {
          const wires = requireFit(anyList, open(body, `${one}s`));
          const ids = wires.flatMap((wire) => reader.idOf(wire) ?? []);
          const next = dialects[version].nextPage(body, ids, query);
          return { ...strictReader.list(wires.filter(isOne)), ids, next };
        },
      });
    },
    get: (id) =>
      request(version, {
        operation: "read",
        resource: `${label} ${id}${of}`,
        method: "GET",
        path: isListedOnly ? path : joinPath(path, id),
        parse: (body) => reader.one(isListedOnly ? pickItem(body, id) : open(body, one)),
      }),
    update: (id, body) =>
      request(version, {
        operation: "update",
        resource: `${label} ${id}${of}`,
        method: dialects[version].updateMethod,
        path: joinPath(path, id),
        ...body,
        parse: (body) => reader.one(open(body, one)),
      }),
    /** Returns whether the API confirmed the deletion as documented. */
    delete: (id) =>
      request(version, {
        operation: "delete",
        resource: `${label} ${id}${of}`,
        method: "DELETE",
        path: joinPath(path, id),
        parse: isConfirmation,
      }),
  };
}

/** Operations on the objects without updates in a place. */
export function collection<T extends { id: string }, New>(
  api: Api,
  kind: Collection<T, Form<T, New>>,
  place: Place = account,
) {
  const { isComplete = () => true } = kind;
  const calls = () => callsOf(api.version, kind, place);
  const get = (id: string): Promise<T> => {
    const { get, list } = calls();
    const read = api.read({
      id,
      one: get(id),
      page: list,
      // What an object holds fits on one page; an account may have many pages of unrelated apps.
      worthwhileFrom: place === account ? 4 : 1,
      isComplete,
    });
    return learned(api, kind, read);
  };
  const create = async (object: New): Promise<T> => {
    const call = calls().create(formIn(kind, api.version).write(object));
    const created = await api.send(call);
    if ("object" in created && isComplete(created.object)) return created.object;
    const { id } = "object" in created ? created.object : created;
    return get(id).catch((error) => {
      throw new IncompleteCreateError(id, asSmoochError(error), call.subject.resource);
    });
  };
  return {
    get,
    create: (object: New): Promise<T> => learned(api, kind, create(object)),
    async list(): Promise<Listing<T>> {
      const listing = await api.listAll(calls().list);
      for (const object of listing.items) api.learn(kind.secrets?.(object) ?? []);
      return listing;
    },
    /** Returns whether the API confirmed the deletion as documented. */
    delete: (id: string): Promise<boolean> => api.send(calls().delete(id)),
  };
}

/** The same for the objects in all places that `placeOf` derives from an address. */
export function collectionIn<Address, T extends { id: string }, New>(
  api: Api,
  kind: Collection<T, Form<T, New>>,
  placeOf: (address: Address) => Place,
) {
  const of = (address: Address) => collection(api, kind, placeOf(address));
  return {
    create: (address: Address, object: New) => of(address).create(object),
    list: (address: Address) => of(address).list(),
    get: (address: Address, id: string) => of(address).get(id),
    delete: (address: Address, id: string) => of(address).delete(id),
  };
}

/** The same for objects with updates. */
export function changeableIn<Address, T extends { id: string }, New, Change>(
  api: Api,
  kind: Collection<T, ChangeableForm<T, New, Change>>,
  placeOf: (address: Address) => Place,
) {
  return {
    ...collectionIn(api, kind, placeOf),
    update(address: Address, id: string, change: Change): Promise<T> {
      const place = placeOf(address);
      const scope = { api, place, calls: callsOf(api.version, kind, place) };
      return learned(api, kind, formIn(kind, api.version).update(scope, id, change));
    },
  };
}
