import { z } from "zod";
import { wholeNumber } from "../../fields";

export const pageQuery = ["limit", "offset"];

// legacy.md 2.1 and 9.20
export const pageWire = z.object({
  limit: wholeNumber(1, 100).default(25),
  offset: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(0),
});

interface Page<Item> {
  readonly items: Item[];
  readonly hasMore: boolean;
  readonly offset: number;
}

export function cutPage<Item>(all: readonly Item[], { limit, offset }: z.infer<typeof pageWire>): Page<Item> {
  return { items: all.slice(offset, offset + limit), hasMore: offset + limit < all.length, offset };
}
