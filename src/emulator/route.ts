import type { Context } from "./context";
import { badRequest, unknownRequest } from "./errors";
import type { EmulatorRequest } from "./exchange";
import type { Profile } from "./profile";
import type { Version } from "./version";
import { findVersion } from "./version";

/** A request, taken apart. */
export interface Incoming {
  readonly method: string;
  /** The path without its query, still percent-encoded. */
  readonly path: string;
  /** The same without the `/sc` that a Zendesk host puts in front (v2.md 1.1). */
  readonly apiPath: string;
  /** The generation that the path names; undefined when it names none. */
  readonly version: Version | undefined;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** What happens to fields of the body that nobody knows. */
  readonly unknownFields: Profile["unknownFields"];
}

export function takeApart(
  { method, url, headers, body = "" }: EmulatorRequest,
  { unknownFields }: Profile,
): Incoming {
  const start = url.indexOf("?");
  const [path, query] = start === -1 ? [url, ""] : [url.slice(0, start), url.slice(start + 1)];
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name.toLowerCase(), value]],
  );
  const apiPath = path.startsWith("/sc/") ? path.slice("/sc".length) : path;
  return {
    method: method.toUpperCase(),
    path,
    apiPath,
    version: findVersion(apiPath),
    query: new URLSearchParams(query),
    headers: new Map(given),
    body,
    unknownFields,
  };
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
  /** Written as JSON; absent: there is no body. */
  readonly body?: unknown;
  /** Plain text in its place. */
  readonly text?: string;
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

export function findRoute(routes: readonly Route[], { method, apiPath }: Incoming): Match | undefined {
  const given = apiPath.split("/");
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

export function requireKnown({ query }: Incoming, match: Match | undefined): asserts match is Match {
  if (match === undefined) throw unknownRequest("No operation it plays has this method and path.");
  const stranger = [...query.keys()].find((name) => !match.route.query.includes(name));
  if (stranger !== undefined) throw unknownRequest("It does not play all of the query's parameters.");
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
