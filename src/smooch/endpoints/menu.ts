import { z } from "zod";
import type { Api } from "../api";
import type { Endpoint } from "../endpoint";
import { optional, requireFit } from "../fit";
import { inApp, inside } from "../place";
import { type SingletonForm, singletonIn } from "../singleton";

export interface MenuItem {
  /** `link`, `postback` or `submenu`. */
  type: string;
  text: string;
  uri?: string | undefined;
  payload?: string | undefined;
  items?: MenuItem[] | undefined;
}

export interface Menu {
  items: MenuItem[];
  /** Whether users can also type; in Messenger only. */
  inputEnabled?: boolean | undefined;
}

/** The app's menu or, with an integration, the one that replaces it there. */
export interface Address {
  appId: string;
  integrationId?: string | undefined;
}

/** Other fields, such as the ids that Smooch gives items, are dropped. */
const item: z.ZodType<MenuItem> = z.lazy(() =>
  z.object({
    type: z.string(),
    text: z.string(),
    uri: optional(z.string()),
    payload: optional(z.string()),
    items: optional(z.array(item)),
  }),
);

const wire = z.object({
  items: z.array(item).nullish(),
  settings: z.object({ inputEnabled: optional(z.boolean()) }).nullish(),
});

const legacy: SingletonForm<Menu, Menu> = {
  read(body) {
    const { items, settings } = requireFit(wire, body);
    // A deleted menu is returned without items.
    if (!items?.length) return undefined;
    return { items, inputEnabled: settings?.inputEnabled };
  },
  write: ({ items, inputEnabled }) => ({
    body: { items, ...(inputEnabled !== undefined && { settings: { inputEnabled } }) },
  }),
};

export const menu: Endpoint<Menu, SingletonForm<Menu, Menu>> = {
  label: "menu",
  forms: { v1: legacy, "v1.1": legacy },
};

export const menus = (api: Api) =>
  singletonIn(api, menu, ({ appId, integrationId }: Address) =>
    integrationId === undefined ? inApp(appId) : inside(inApp(appId), "integration", integrationId),
  );
