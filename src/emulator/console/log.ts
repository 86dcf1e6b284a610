import { z } from "zod";
import { wholeNumber } from "../fields";
import { parseQuery } from "../input";
import type { Incoming } from "../route";

/** The query parameters of the console's lists. */
export const listQuery = ["search", "limit"];

const maxListed = 1000;

const wire = z.object({
  search: z.string().default(""),
  limit: wholeNumber(1, maxListed).default(200),
});

interface Listed<Entry> {
  readonly entries: Entry[];
  readonly hasMore: boolean;
}

/** Lists entries, newest first. `toText` returns what the search looks in. */
export function listNewest<Entry extends object>(
  entries: readonly Entry[],
  request: Incoming,
  toText: (entry: Entry) => string,
): Listed<Entry> {
  const { search, limit } = parseQuery(wire, request);
  const wanted = search.trim().toLowerCase();
  const found: Entry[] = [];
  for (const entry of entries.toReversed()) {
    if (!toText(entry).toLowerCase().includes(wanted)) continue;
    if (found.length === limit) return { entries: found, hasMore: true };
    found.push(entry);
  }
  return { entries: found, hasMore: false };
}

/** The beginning of a text that is too long to show. */
export function cut(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}
