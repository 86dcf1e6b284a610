import { accepts, at, decides, responds } from "../answers";
import type { Json, Made, Part, Step, Words } from "../step";
import { deleted, get, post, put, type Rest, refused, remove, shows } from "./common";

const menu = (as: string): Made => ({
  label: "menu",
  as,
  envelope: "menu",
  isSingleton: true,
  isUnnamed: true,
});

const link = { type: "link", text: "link {mark}", uri: "https://example.com/{mark}" };
const postback = { type: "postback", text: "postback {mark}", payload: "p" };
const submenu = (items: Json) => ({ type: "submenu", text: "more {mark}", items });

export function menus({ app }: Words): Part {
  const path = `${app}/menu`;
  const set = (name: string, items: readonly Json[], rest: Rest) =>
    put(name, path, { body: { items }, makes: menu("menu"), ...rest });
  return {
    name: "menus",
    source: "legacy.md#menus",
    needs: "own app",
    steps: [
      get("menus: read that of a new app", path, {
        question: decides("The menu of an app that has none", (body) =>
          Object(at(body, "menu.items")).length === 0 ? "has no items" : "is in another form",
        ),
      }),
      set("menus: set", [link, submenu([postback])], {
        documented: shows({ menu: { items: [link, submenu([postback])] } }),
      }),
      get("menus: read", path, { documented: shows({ menu: { items: [link, submenu([postback])] } }) }),
      set("menus: replace", [postback], { documented: shows({ menu: { items: [postback] } }) }),
      set("menus: four items", [link, link, link, link], { documented: refused }),
      set("menus: without items", [], { question: accepts("A menu without items") }),
      set("menus: three levels", [submenu([submenu([postback])])], {
        question: accepts("A menu with three levels"),
      }),
      set("menus: a uri that is none", [{ ...link, uri: "anything" }], {
        question: accepts("A menu item whose uri is any text"),
      }),
      set("menus: an item with the fields of another type", [{ ...link, payload: "p" }], {
        question: accepts("`uri`, `payload` or `items` in a menu item of another type"),
      }),
      set("menus: an item with an id", [{ ...link, _id: "{mark}{mark}" }], {
        question: accepts("`_id` in a menu item"),
      }),
      ...ofIntegration(app),
      remove("menus: delete", path, { documented: deleted }),
      remove("menus: delete again", path, { question: responds("A second DELETE of an app's menu") }),
    ],
  };
}

function ofIntegration(app: string): Step[] {
  const path = `${app}/integrations/{web}/menu`;
  const given = { body: { items: [postback] }, makes: menu("menuOfWeb") };
  return [
    get("menus: read that of an integration without one", path, {
      question: responds("The menu of an integration that has none"),
    }),
    put("menus: set that of an integration", path, {
      ...given,
      documented: shows({ menu: { items: [postback] } }),
    }),
    post("menus: create that of an integration again", path, {
      ...given,
      question: responds("`POST` of an integration's menu that exists"),
    }),
    remove("menus: delete that of an integration", path, { documented: deleted }),
    remove("menus: delete that of an integration again", path, {
      question: responds("DELETE of the menu of an integration that has none"),
    }),
  ];
}
