import type { Api } from "./api";
import { type Endpoint, formIn, learned } from "./endpoint";
import { type Body, isConfirmation, joinPath, open, type Request, request } from "./request";

/** The format of an object without an id in one API version. Every app has one, e.g. its menu. */
export interface SingletonForm<T, New> {
  read(wire: unknown): T;
  write(object: New): Body;
  /** Path segment below the app, and the property that holds the object in responses. Default: the label. */
  segment?: string;
  envelope?: string;
}

/** Operations on objects without their own ids. */
export function singletonInApps<T, New>(api: Api, kind: Endpoint<T, SingletonForm<T, New>>) {
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
  const parse = (body: unknown): T => form().read(open(body, form().envelope ?? label));
  return {
    get: (appId: string): Promise<T> =>
      learned(api, kind, api.send(call(appId, { operation: "read", method: "GET", parse }))),
    put: (appId: string, object: New): Promise<T> => {
      const body = form().write(object);
      return learned(
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
