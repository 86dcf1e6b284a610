import { z } from "zod";
import type { ApiVersion } from "./api-version";
import { wholeNumber } from "./fields";
import { parseQuery } from "./input";
import type { Incoming } from "./route";

/** The paging parameters of an API version. */
export function pageQuery(apiVersion: ApiVersion): string[] {
  return apiVersion === "v2" ? ["page[after]", "page[before]", "page[size]"] : ["limit", "offset"];
}

/** The requested page: by cursor in v2, by offset in v1 and v1.1. */
export function cutPage<Item extends { readonly id: string }>(all: readonly Item[], request: Incoming) {
  if (request.apiVersion !== "v2") return cutByOffset(all, request);
  const page = parseQuery(cursorWire, request);
  return cutByCursor(all, request, page, page["page[size]"]);
}

// The documented page size of messages; `page[size]` has no effect on them.
const messagesPerPage = 100;

/** The requested page of messages in v2: the latest ones unless a cursor says otherwise. */
export function cutNewest<Item extends { readonly id: string }>(all: readonly Item[], request: Incoming) {
  const page = parseQuery(cursorWire, request);
  const isBackwards = page["page[after]"] === undefined;
  return cutByCursor(all, request, page, messagesPerPage, isBackwards);
}

const offsetWire = z.object({
  limit: wholeNumber(1, 100).default(25),
  offset: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(0),
});

function cutByOffset<Item>(all: readonly Item[], request: Incoming) {
  const { limit, offset } = parseQuery(offsetWire, request);
  return { items: all.slice(offset, offset + limit), hasMore: offset + limit < all.length, offset };
}

const cursor = z.string().length(24, { error: "must be an id of 24 characters" }).optional();
const cursorWire = z
  .object({
    "page[after]": cursor,
    "page[before]": cursor,
    "page[size]": wholeNumber(1, 100).default(25),
  })
  .refine((page) => page["page[after]"] === undefined || page["page[before]"] === undefined, {
    error: "page[after] and page[before] cannot be combined",
  });

/** `isBackwards` starts at the end; `page[before]` always does. */
function cutByCursor<Item extends { readonly id: string }>(
  all: readonly Item[],
  request: Incoming,
  { "page[after]": after, "page[before]": before }: z.infer<typeof cursorWire>,
  size: number,
  isBackwards = before !== undefined,
) {
  const last = before === undefined ? all.length : positionOf(all, before);
  const first = after === undefined ? 0 : positionAfter(all, after);
  const start = isBackwards ? Math.max(0, last - size) : first;
  const stop = isBackwards ? last : Math.min(all.length, start + size);
  const items = all.slice(start, stop);
  const afterCursor = stop < all.length ? items.at(-1)?.id : undefined;
  const beforeCursor = start > 0 ? items[0]?.id : undefined;
  return {
    items,
    meta: {
      hasMore: (isBackwards ? beforeCursor : afterCursor) !== undefined,
      ...(afterCursor !== undefined && { afterCursor }),
      ...(beforeCursor !== undefined && { beforeCursor }),
    },
    links: {
      ...(afterCursor !== undefined && { next: link(request, "page[after]", afterCursor) }),
      ...(beforeCursor !== undefined && { prev: link(request, "page[before]", beforeCursor) }),
    },
  };
}

/** The position of an item, or of the next one if it has been deleted since. */
function positionOf(all: readonly { readonly id: string }[], cursor: string): number {
  // Found by its id first: after a shift of the clock, the ids are not in order.
  const exact = all.findIndex(({ id }) => id === cursor);
  const found = exact === -1 ? all.findIndex(({ id }) => isLater(id, cursor)) : exact;
  return found === -1 ? all.length : found;
}

function positionAfter(all: readonly { readonly id: string }[], cursor: string): number {
  const position = positionOf(all, cursor);
  return all[position]?.id === cursor ? position + 1 : position;
}

/** Whether an id was generated after another, which may belong to an object that has been deleted since. */
function isLater(id: string, other: string): boolean {
  return stamp(id) > stamp(other);
}

// Ids start with the creation time in seconds and end with a counter.
function stamp(id: string): string {
  return id.slice(0, 8) + id.slice(18);
}

function link({ headers, path, query }: Incoming, name: string, cursor: string): string {
  const host = headers.get("host");
  const values = [...query].filter(([other]) => other !== "page[after]" && other !== "page[before]");
  const parts = [...values, [name, cursor]].map(
    ([key, value]) => `${key}=${encodeURIComponent(value ?? "")}`,
  );
  return `${host === undefined ? "" : `http://${host}`}${path}?${parts.join("&")}`;
}
