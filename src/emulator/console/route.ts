import type { Call, Route } from "../route";

export const consolePath = "/_emulator/console/";

/** A route of the console. `path` comes below {@link consolePath}. */
export function consoleRoute(
  method: string,
  path: string,
  act: (call: Call) => object,
  query: readonly string[] = [],
): Route {
  const answer: Route["answer"] = (call) => ({ status: 200, body: act(call) });
  return { operation: "console", method, path: consolePath + path, query, answer };
}
