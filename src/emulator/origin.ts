import type { IncomingHttpHeaders } from "node:http";

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Why to refuse a request that another site's page made a browser send; undefined for all other requests. Also checks
 * the Host header, because a foreign name can be made to resolve to this machine.
 */
export function foreignness(headers: IncomingHttpHeaders): string | undefined {
  const { host = "", origin } = headers;
  if (!isLoopback(`http://${host}`)) return "the Host header does not name this machine";
  if (origin !== undefined && !isLoopback(origin)) return "the Origin header names another site";
  if (headers["sec-fetch-site"] === "cross-site") return "it comes from another site's page";
  return undefined;
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && loopback.has(new URL(url).hostname);
}
