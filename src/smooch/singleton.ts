import type { Api } from "./api";
import { callsOf } from "./collection";
import { type Endpoint, formIn, learned } from "./endpoint";
import { app } from "./endpoints/app";
import { ifFound } from "./errors";
import type { Listing } from "./listing";
import { type Body, isConfirmation, joinPath, open, type Request, request } from "./request";

/** The format of an object without an id in one API version. An app has one at most, e.g. its menu. */
export interface SingletonForm<T, New> {
  read(wire: unknown): T;
  write(object: New): Body;
  /** Path segment below the app, and the property that holds the object in responses. Default: the label. */
  segment?: string;
  envelope?: string;
}

/**
 * Operations on objects without their own ids. Their ids here are the label and the app's id, which tell them apart like
 * all other objects.
 */
export function singletonInApps<T extends object, New>(api: Api, kind: Endpoint<T, SingletonForm<T, New>>) {
  const { version } = api;
  const { label } = kind;
  const form = () => formIn(kind, version);
  const call = <Answer>(
    appId: string,
    wire: Pick<Request<Answer>, "operation" | "method" | "body" | "sensitive" | "parse">,
  ) =>
    request(version, {
      resource: `the ${label} of app ${appId}`,
      path: joinPath(`/${version}/apps`, appId, form().segment ?? label),
      ...wire,
    });
  type Identified = T & { id: string };
  const reader =
    (appId: string) =>
    (body: unknown): Identified => ({
      ...form().read(open(body, form().envelope ?? label)),
      id: `${label}-${appId}`,
    });
  const get = (appId: string) =>
    learned<Identified>(
      api,
      kind,
      api.send(call(appId, { operation: "read", method: "GET", parse: reader(appId) })),
    );
  return {
    get,
    /** Lists one object, or none if the app exists without one. */
    async list(appId: string): Promise<Listing<Identified>> {
      const object = await ifFound(get(appId));
      if (object !== undefined) return { items: [object], unreadable: [] };
      await api.send(callsOf(version, app).get(appId));
      return { items: [], unreadable: [] };
    },
    put(appId: string, object: New): Promise<Identified> {
      const body = form().write(object);
      const parse = reader(appId);
      return learned<Identified>(
        api,
        kind,
        api.send(call(appId, { operation: "update", method: "PUT", ...body, parse })),
      );
    },
    /** Returns whether the API confirmed the deletion as documented. */
    delete: (appId: string): Promise<boolean> =>
      api.send(call(appId, { operation: "delete", method: "DELETE", parse: isConfirmation })),
  };
}
