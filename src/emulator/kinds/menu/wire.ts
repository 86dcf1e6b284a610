import { z } from "zod";
import { text } from "../../fields";
import type { Identifiers } from "../../identifier";
import type { MenuItem } from "./objects";

/** An item as clients send it. */
type NewItem = Omit<MenuItem, "id" | "items"> & { readonly items?: readonly NewItem[] | undefined };

const link = z.strictObject({ type: z.literal("link"), text, uri: text });
const postback = z.strictObject({ type: z.literal("postback"), text, payload: text });

// Messenger, the channel with the deepest menus, shows three levels.
const notAnItem = "must be a link, postback or submenu";
const third = z.discriminatedUnion("type", [link, postback], {
  error: "must be a link or postback: menus have three levels at most",
});
const second = z.discriminatedUnion("type", [link, postback, submenuOf(third)], { error: notAnItem });
const first = z.discriminatedUnion("type", [link, postback, submenuOf(second)], { error: notAnItem });

export const menuWire = z.strictObject({
  items: listOf(first, 3),
  settings: z.strictObject({ inputEnabled: z.boolean() }).default({ inputEnabled: true }),
});

function submenuOf<Item extends z.ZodType<NewItem>>(item: Item) {
  return z.strictObject({ type: z.literal("submenu"), text, items: listOf(item, 5) });
}

function listOf<Item extends z.ZodType<NewItem>>(item: Item, max: number) {
  const error = `must contain 1 to ${max} items`;
  return z.array(item).min(1, { error }).max(max, { error });
}

/** Every write gives all items new ids. */
export function identify(items: readonly NewItem[], identifiers: Identifiers): MenuItem[] {
  return items.map(({ items: inner, ...item }) => ({
    ...item,
    id: identifiers.objectId(),
    ...(inner && { items: identify(inner, identifiers) }),
  }));
}

export function writeItem({ id, items, ...item }: MenuItem): object {
  return { ...item, ...(items && { items: items.map(writeItem) }), _id: id };
}
