import type { IncomingHttpHeaders } from "node:http";

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Why a request is refused that a page of another site makes a browser send; undefined for all others. The name of the
 * host tells as well: a foreign name may be made to lead to this machine.
 */
export function foreignness(headers: IncomingHttpHeaders): string | undefined {
  const { host = "", origin } = headers;
  if (!isLoopback(`http://${host}`)) return "the header Host does not name this machine";
  if (origin !== undefined && !isLoopback(origin)) return "the header Origin names another site";
  if (headers["sec-fetch-site"] === "cross-site") return "it comes from a page of another site";
  return undefined;
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && loopback.has(new URL(url).hostname);
}
