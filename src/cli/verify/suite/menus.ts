import { accepts, at, decides, responds } from "../answers";
import type { Json, Made, Part, Step, Words } from "../step";
import { get, remove } from "./common";

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
  const put = (items: readonly Json[]) => ({
    method: "PUT" as const,
    path,
    body: { items },
    makes: menu("menu"),
  });
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
      {
        name: "menus: set",
        ...put([link, submenu([postback])]),
        documented: { status: [200], body: { menu: { items: [link, submenu([postback])] } } },
      },
      get("menus: read", path, {
        documented: { status: [200], body: { menu: { items: [link, submenu([postback])] } } },
      }),
      {
        name: "menus: replace",
        ...put([postback]),
        documented: { status: [200], body: { menu: { items: [postback] } } },
      },
      { name: "menus: four items", ...put([link, link, link, link]), documented: { status: [400] } },
      { name: "menus: without items", ...put([]), question: accepts("A menu without items") },
      {
        name: "menus: three levels",
        ...put([submenu([submenu([postback])])]),
        question: accepts("A menu with three levels"),
      },
      {
        name: "menus: a uri that is none",
        ...put([{ ...link, uri: "anything" }]),
        question: accepts("A menu item whose uri is any text"),
      },
      {
        name: "menus: an item with the fields of another type",
        ...put([{ ...link, payload: "p" }]),
        question: accepts("`uri`, `payload` or `items` in a menu item of another type"),
      },
      {
        name: "menus: an item with an id",
        ...put([{ ...link, _id: "{mark}{mark}" }]),
        question: accepts("`_id` in a menu item"),
      },
      ...ofIntegration(app),
      remove("menus: delete", path, { documented: { status: "deleted" } }),
      remove("menus: delete again", path, {
        question: responds("A second DELETE of an app's menu"),
      }),
    ],
  };
}

function ofIntegration(app: string): Step[] {
  const path = `${app}/integrations/{web}/menu`;
  const set = (method: "PUT" | "POST") => ({
    method,
    path,
    body: { items: [postback] },
    makes: menu("menuOfWeb"),
  });
  return [
    get("menus: read that of an integration without one", path, {
      question: responds("The menu of an integration that has none"),
    }),
    {
      name: "menus: set that of an integration",
      ...set("PUT"),
      documented: { status: [200], body: { menu: { items: [postback] } } },
    },
    {
      name: "menus: create that of an integration again",
      ...set("POST"),
      question: responds("`POST` of an integration's menu that exists"),
    },
    remove("menus: delete that of an integration", path, {
      documented: { status: "deleted" },
    }),
    remove("menus: delete that of an integration again", path, {
      question: responds("DELETE of the menu of an integration that has none"),
    }),
  ];
}
