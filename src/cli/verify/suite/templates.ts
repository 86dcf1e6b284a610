import { accepts, at, decides } from "../answers";
import type { Json, Made, Part, Words } from "../step";
import { deletion, get } from "./common";

const template = (as: string): Made => ({ label: "template", as, envelope: "template" });
const message = { role: "appMaker", type: "text", text: "Hello" };

/** Templates are separate objects that nothing in a live app uses by itself. */
export function templates({ app, id }: Words): Part {
  const path = `${app}/templates`;
  const one = `${path}/{template}`;
  const create = (as: string, name: string, message: Json) => ({
    method: "POST" as const,
    path,
    body: { name, message },
    makes: template(as),
  });
  const shown = { [id]: "{template}", name: "template {mark}", message };
  return {
    name: "templates",
    source: "legacy.md#templates",
    needs: "any app",
    steps: [
      {
        name: "templates: create",
        ...create("template", "template {mark}", message),
        documented: { status: [201], body: { template: { ...shown, [id]: "$id" } } },
      },
      get("templates: read", one, {
        documented: { status: [200], body: { template: shown } },
      }),
      {
        name: "templates: create one with a postback",
        ...create("template2", "second {mark}", {
          ...message,
          metadata: { kept: "yes" },
          actions: [{ type: "postback", text: "Buy", payload: "buy" }],
        }),
        documented: { status: [201] },
        question: decides("Other fields of a template's message", (body) =>
          at(body, "template.message.metadata.kept") === "yes" ? "are kept" : "are dropped",
        ),
      },
      get("templates: list a page", `${path}?limit=1`, {
        listsOthers: true,
        documented: { status: [200], body: { templates: "$list", hasMore: true } },
      }),
      get("templates: list", `${path}?limit=100`, {
        listsOthers: true,
        documented: { status: [200], body: { templates: { $has: shown } } },
      }),
      {
        name: "templates: create one with the same name",
        ...create("template3", "template {mark}", message),
        question: accepts("A second template with the same name"),
      },
      {
        name: "templates: create one without a message",
        method: "POST",
        path,
        body: { name: "empty {mark}" },
        makes: template("templateEmpty"),
        documented: { status: [400] },
      },
      {
        name: "templates: create one whose message has no role",
        ...create("template4", "roleless {mark}", { type: "text", text: "Hello" }),
        question: accepts("The message of a template without a role"),
      },
      {
        name: "templates: rename",
        method: "PUT",
        path: one,
        body: { name: "renamed {mark}" },
        documented: { status: [200], body: { template: { ...shown, name: "renamed {mark}" } } },
      },
      {
        name: "templates: change nothing",
        method: "PUT",
        path: one,
        body: {},
        question: accepts("An update of a template without a field"),
      },
      ...deletion("templates", path, one),
    ],
  };
}
