import type { Api } from "./api";
import { callsOf } from "./collection";
import { type Endpoint, formIn, learned } from "./endpoint";
import { app } from "./endpoints/app";
import { ifFound } from "./errors";
import { AbsentError, MisfitError } from "./fit";
import type { Listing } from "./listing";
import { type Place, pathTo } from "./place";
import { type Body, isConfirmation, open, type Request, request } from "./request";

/** The format of an object without an id in one API version. What holds it has one at most, e.g. an app its menu. */
export interface SingletonForm<T, New> {
  /** Returns undefined if the response shows that there is no object. */
  read(wire: unknown): T | undefined;
  write(object: New): Body;
  /** Path segment below the app, and the property that holds the object in responses. Default: the label. */
  segment?: string;
  envelope?: string;
}

/**
 * Operations on objects without their own ids. Their ids here are the label and the id of what holds them, which tell
 * them apart like all other objects. `placeOf` derives the holder from an address, which has the app's id.
 */
export function singletonIn<Address extends { appId: string }, T extends object, New>(
  api: Api,
  kind: Endpoint<T, SingletonForm<T, New>>,
  placeOf: (address: Address) => Place,
) {
  const { version } = api;
  const { label } = kind;
  const form = () => formIn(kind, version);
  const call = <Answer>(
    address: Address,
    wire: Pick<Request<Answer>, "operation" | "method" | "body" | "sensitive" | "parse">,
  ) => {
    const place = placeOf(address);
    const path = pathTo(version, place, form().segment ?? label);
    return request(version, { resource: `the ${label} of ${place.name}`, path, ...wire });
  };
  type Identified = T & { id: string };
  const idAt = (address: Address) => `${label}-${placeOf(address).path.at(-1)}`;
  const find = (address: Address, body: unknown): Identified | undefined => {
    const object = form().read(open(body, form().envelope ?? label));
    return object && { ...object, id: idAt(address) };
  };
  const reader = (address: Address) => (body: unknown) => {
    const object = find(address, body);
    if (object === undefined) throw new AbsentError();
    return object;
  };
  const lister =
    (address: Address) =>
    (body: unknown): Listing<Identified> => {
      try {
        const object = find(address, body);
        return { items: object === undefined ? [] : [object], unreadable: [] };
      } catch (error) {
        if (!(error instanceof MisfitError) || error.problem === undefined) throw error;
        return { items: [], unreadable: [{ id: idAt(address), problem: error.problem }] };
      }
    };
  const get = (address: Address) =>
    learned<Identified>(
      api,
      kind,
      api.send(call(address, { operation: "read", method: "GET", parse: reader(address) })),
    );
  return {
    get,
    /** Lists one object, or none if the app exists without one. */
    async list(address: Address): Promise<Listing<Identified>> {
      const request = call(address, { operation: "read", method: "GET", parse: lister(address) });
      const listing = await ifFound(api.send(request));
      for (const object of listing?.items ?? []) api.learn(kind.secrets?.(object) ?? []);
      if (listing !== undefined) return listing;
      await api.send(callsOf(version, app).get(address.appId));
      return { items: [], unreadable: [] };
    },
    put(address: Address, object: New): Promise<Identified> {
      const body = form().write(object);
      const parse = reader(address);
      return learned<Identified>(
        api,
        kind,
        api.send(call(address, { operation: "update", method: "PUT", ...body, parse })),
      );
    },
    /** Returns whether the API confirmed the deletion as documented. */
    delete: (address: Address): Promise<boolean> =>
      api.send(call(address, { operation: "delete", method: "DELETE", parse: isConfirmation })),
  };
}
