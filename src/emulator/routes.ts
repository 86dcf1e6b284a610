import { type ApiVersion, apiVersions, byApiVersion } from "./api-version";
import { conversationRoutesOf } from "./conversations/routes";
import { kinds } from "./kinds/index";
import type { Kinds } from "./kinds/kind";
import type { Route } from "./route";

export type Routes = { readonly [V in ApiVersion]: readonly Route[] };

/** Every operation on objects of these kinds and on conversations. */
export function routesOf(table: Kinds): Routes {
  return byApiVersion((version) => [
    ...Object.values(table).flatMap((kind) => kind.routes(version)),
    ...conversationRoutesOf(version),
  ]);
}

export const routes = routesOf(kinds);

interface RouteDescription {
  readonly apiVersion: ApiVersion;
  readonly operation: string;
  readonly method: string;
  /** For example `/v2/apps/{appId}`. */
  readonly path: string;
}

/** Every supported operation. */
export function listRoutes(): RouteDescription[] {
  return apiVersions.flatMap((apiVersion) =>
    routes[apiVersion].map(({ operation, method, path }) => ({ apiVersion, operation, method, path })),
  );
}
