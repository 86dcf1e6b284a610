import { z } from "zod";
import { wholeNumber } from "../../fields";
import { parseQuery } from "../../input";
import type { Incoming } from "../../route";

export const pageQuery = ["page[after]", "page[before]", "page[size]"];

const cursor = z.string().length(24, { error: "must be an id of 24 characters" }).optional();
const pageWire = z
  .object({
    "page[after]": cursor,
    "page[before]": cursor,
    "page[size]": wholeNumber(1, 100).default(25),
  })
  .refine((page) => page["page[after]"] === undefined || page["page[before]"] === undefined, {
    error: "page[after] and page[before] cannot be given both",
  });

interface Page<Item> {
  readonly items: Item[];
  readonly meta: { readonly hasMore: boolean; readonly afterCursor?: string; readonly beforeCursor?: string };
  readonly links: { readonly next?: string; readonly prev?: string };
}

/** The page that a request asks for, and the way to its neighbours (v2.md 8.3). */
export function cutPage<Item extends { readonly id: string }>(
  all: readonly Item[],
  request: Incoming,
): Page<Item> {
  const page = parseQuery(pageWire, request);
  const { "page[after]": after, "page[before]": before, "page[size]": size } = page;
  const end =
    before === undefined ? undefined : all.findIndex(({ id }) => id === before || isLater(id, before));
  const last = end === undefined || end === -1 ? all.length : end;
  const start =
    before === undefined
      ? all.filter(({ id }) => after !== undefined && !isLater(id, after)).length
      : Math.max(0, last - size);
  const stop = before === undefined ? Math.min(all.length, start + size) : last;
  const items = all.slice(start, stop);
  const afterCursor = stop < all.length ? items.at(-1)?.id : undefined;
  const beforeCursor = start > 0 ? items[0]?.id : undefined;
  return {
    items,
    meta: {
      hasMore: (before === undefined ? afterCursor : beforeCursor) !== undefined,
      ...(afterCursor !== undefined && { afterCursor }),
      ...(beforeCursor !== undefined && { beforeCursor }),
    },
    links: {
      ...(afterCursor !== undefined && { next: link(request, "page[after]", afterCursor) }),
      ...(beforeCursor !== undefined && { prev: link(request, "page[before]", beforeCursor) }),
    },
  };
}

/** Whether one id was drawn after another, so that a page can begin after something that has gone meanwhile. */
function isLater(id: string, other: string): boolean {
  return stamp(id) > stamp(other);
}

// Ids are drawn with the second at their beginning and a counter at their end.
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
