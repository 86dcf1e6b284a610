import type { Context } from "./context";
import { badRequest } from "./errors";

/** A request, taken apart. */
export interface Incoming {
  readonly method: string;
  /** The path without its query, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What an operation gets to see. */
export interface Call {
  readonly context: Context;
  readonly request: Incoming;
  /** The values of the path's `{names}`, decoded. */
  readonly params: Params;
}

/** Reads one `{name}` of the path. */
type Params = (name: string) => string;

export interface Answer {
  readonly status: number;
  /** Written as JSON. */
  readonly body: unknown;
}

export interface Route {
  readonly operation: string;
  readonly method: string;
  /** For example `/v1/apps/{appId}`. */
  readonly path: string;
  /** The query parameters it understands. */
  readonly query: readonly string[];
  answer(call: Call): Answer | Promise<Answer>;
}

export interface Match {
  readonly route: Route;
  readonly params: Params;
}

export function findRoute(routes: readonly Route[], method: string, path: string): Match | undefined {
  const given = path.split("/");
  for (const route of routes) {
    if (route.method !== method) continue;
    const wanted = route.path.split("/");
    if (wanted.length !== given.length) continue;
    if (wanted.every((part, index) => matches(part, given[index] ?? ""))) {
      return { route, params: (name) => decode(given[wanted.indexOf(`{${name}}`)]) };
    }
  }
  return undefined;
}

function matches(wanted: string, given: string): boolean {
  return wanted.startsWith("{") ? given !== "" : wanted === given;
}

function decode(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? "");
  } catch {
    throw badRequest("The path is not properly percent-encoded.");
  }
}
