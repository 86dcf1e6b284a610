import { type ApiVersion, findApiVersion } from "./api-version";
import type { Context } from "./context";
import { badRequest, unknownRequest } from "./errors";
import type { EmulatorRequest } from "./exchange";
import type { Profile } from "./profile";

/** A parsed request. */
export interface Incoming {
  readonly method: string;
  /** The path without its query, still percent-encoded. */
  readonly path: string;
  /** The path without the `/sc` prefix of Zendesk hosts. */
  readonly apiPath: string;
  /** The API version in the path, if any. */
  readonly apiVersion: ApiVersion | undefined;
  readonly query: URLSearchParams;
  /** Header names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** How to treat unknown fields in the body. */
  readonly unknownFields: Profile["unknownFields"];
}

export function parseRequest(
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
    apiVersion: findApiVersion(apiPath),
    query: new URLSearchParams(query),
    headers: new Map(given),
    body,
    unknownFields,
  };
}

/** What an operation receives. */
export interface Call {
  readonly context: Context;
  readonly request: Incoming;
  /** Reads a `{name}` of the path, decoded. */
  readonly params: Params;
}

/** Reads a `{name}` of the path. */
type Params = (name: string) => string;

export interface Answer {
  readonly status: number;
  /** Sent as JSON; absent means no body. */
  readonly body?: unknown;
  /** Sent as plain text instead. */
  readonly text?: string;
  /** Sent instead; `headers` then say what they are. */
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly operation: string;
  readonly method: string;
  /** For example `/v1/apps/{appId}`. */
  readonly path: string;
  /** The supported query parameters. */
  readonly query: readonly string[];
  answer(call: Call): Answer | Promise<Answer>;
}

export function route(
  operation: string,
  method: string,
  path: string,
  answer: Route["answer"],
  query: readonly string[] = [],
): Route {
  return { operation, method, path, query, answer };
}

export interface Match {
  readonly route: Route;
  readonly params: Params;
}

export function findRoute(routes: readonly Route[], { method, apiPath }: Incoming): Match | undefined {
  const given = apiPath.split("/");
  for (const route of routes) {
    if (route.method !== method) continue;
    const parts = route.path.split("/");
    if (parts.length !== given.length) continue;
    if (parts.every((part, index) => matches(part, given[index] ?? ""))) {
      return { route, params: (name) => decode(given[parts.indexOf(`{${name}}`)]) };
    }
  }
  return undefined;
}

export function requireKnown({ query }: Incoming, match: Match | undefined): asserts match is Match {
  if (match === undefined) throw unknownRequest("It has no operation with this method and path.");
  const isSupported = [...query.keys()].every((name) => match.route.query.includes(name));
  if (!isSupported) throw unknownRequest("It does not support all of the query's parameters.");
}

function matches(part: string, given: string): boolean {
  return part.startsWith("{") ? given !== "" : part === given;
}

function decode(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? "");
  } catch {
    throw badRequest("The path is not properly percent-encoded.");
  }
}
