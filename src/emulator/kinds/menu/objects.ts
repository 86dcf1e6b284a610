import { z } from "zod";
import { Collection } from "../../children";
import type { Stored } from "../../fields";

export interface MenuItem {
  readonly id: string;
  readonly type: "link" | "postback" | "submenu";
  readonly text: string;
  readonly uri?: string | undefined;
  readonly payload?: string | undefined;
  readonly items?: readonly MenuItem[] | undefined;
}

const savedItem: z.ZodType<MenuItem> = z.object({
  id: z.string(),
  type: z.enum(["link", "postback", "submenu"]),
  text: z.string(),
  uri: z.string().optional(),
  payload: z.string().optional(),
  items: z.array(z.lazy(() => savedItem)).optional(),
});

const savedMenu = z.object({
  /** The id of the app or integration, because a menu has none of its own. */
  id: z.string(),
  integrationId: z.string().optional(),
  items: z.array(savedItem),
  inputEnabled: z.boolean(),
});

/** The menu of an app, or of one of its integrations. */
export interface Menu extends Stored<typeof savedMenu> {}

export const menus = new Collection<Menu>("menus", savedMenu);
