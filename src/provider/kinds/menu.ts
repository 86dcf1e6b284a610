import { z } from "zod";
import { versionsOf } from "../../smooch/endpoint";
import { menu as endpoint } from "../../smooch/endpoints/menu";
import { deletable } from "../inventory";
import { type CheckFailure, kind } from "../kind";
import { isPlainObject, withoutBlank } from "../values";
import { flag, id } from "./fields";

const text = z.string("must be a string").min(1, "must not be empty");

/** The fields of an item, besides those of its submenu. */
const fields = {
  type: z.enum(["link", "postback", "submenu"], "must be link, postback or submenu"),
  text,
  uri: text.optional(),
  payload: text.optional(),
};
/** At most 5 items in a submenu, and 3 at the top. */
const submenu = <Item extends z.ZodType>(item: Item) =>
  z.array(item, "must be a list").min(1, "must have an item").max(5, "must not have more than 5 items");
const notAnObject = "must be an object";
const innermost = z.strictObject(fields, notAnObject);
const middle = z.strictObject({ ...fields, items: submenu(innermost).optional() }, notAnObject);
const outermost = z.strictObject({ ...fields, items: submenu(middle).optional() }, notAnObject);

const address = z.object({ appId: id, integrationId: id.optional() });

export const menu = kind({
  label: "menu",
  in: versionsOf(endpoint),
  isSingleton: true,
  inputs: z.strictObject({
    ...address.shape,
    items: z
      .array(outermost, "must be a list")
      .min(1, "must have an item")
      .max(3, "must not have more than 3 items"),
    inputEnabled: flag.optional(),
  }),
  address,
  findAddress: async (_, menuId, { appId }) => {
    const owner = menuId.replace(/^menu-/, "");
    return owner === appId ? {} : { integrationId: owner };
  },
  notReturned: ["appId", "integrationId"],
  outputs: [],
  requiredOutputs: [],
  secrets: [],
  validate: ({ items }) => ({ failures: itemFailures("items", items) }),
  replaceOn: ["appId", "integrationId"],
  // There is one at most.
  deleteBeforeReplace: () => true,
  create: (smooch, { appId, integrationId, ...menu }) => smooch.menus.put({ appId, integrationId }, menu),
  read: (smooch, _, address) => smooch.menus.get(address),
  siblings: (smooch, address) => smooch.menus.list(address),
  matchKey: () => "",
  replacesWhole: true,
  // What is read only counts where the program declares nothing: it may be stale.
  update: async (smooch, _, address, change) =>
    smooch.menus.put(address, { ...(await smooch.menus.get(address)), ...change }),
  delete: (smooch, _, address) => smooch.menus.delete(address),
  appOf: ({ appId }) => appId,
  inventory: {
    describe: () => ({}),
    unowned: deletable("Menus that no stack owns"),
    alsoIn: "integration",
    exportArgs: ({ items, inputEnabled }) =>
      withoutBlank({ items, ...(inputEnabled === false && { inputEnabled }) }),
  },
});

/** The field that each type of item needs; no item has another's. */
const needed = { link: "uri", postback: "payload", submenu: "items" } as const;

function itemFailures(path: string, items: unknown): CheckFailure[] {
  if (!Array.isArray(items)) return [];
  return items.flatMap((item, index) => {
    const at = `${path}.${index}`;
    if (!isPlainObject(item)) return [];
    const own = Object.entries(needed).find(([type]) => type === item.type)?.[1];
    if (own === undefined) return [];
    const others = Object.values(needed).filter((field) => field !== own && item[field] !== undefined);
    return [
      ...(item[own] === undefined
        ? [{ property: `${at}.${own}`, reason: `is required in an item of type ${item.type}` }]
        : []),
      ...others.map((field) => ({
        property: `${at}.${field}`,
        reason: `is not for an item of type ${item.type}`,
      })),
      ...itemFailures(`${at}.items`, item.items),
    ];
  });
}
