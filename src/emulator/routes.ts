import type { ApiVersion } from "./api-version";
import { conversationRoutesOf } from "./conversations/routes";
import { kinds } from "./kinds/index";
import type { Kinds } from "./kinds/kind";
import type { Route } from "./route";

export type Routes = { readonly [V in ApiVersion]: readonly Route[] };

/** Every operation on objects of these kinds and on conversations. */
export function routesOf(table: Kinds): Routes {
  const of = (version: ApiVersion) => [
    ...Object.values(table).flatMap((kind) => kind.routes(version)),
    ...conversationRoutesOf(version),
  ];
  return { v1: of("v1"), "v1.1": of("v1.1"), v2: of("v2") };
}

export const routes = routesOf(kinds);
