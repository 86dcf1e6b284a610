import { accepts, at, decides } from "../answers";
import type { Made, Part, Words } from "../step";
import { creates, deletion, get, post, put, refused, shows } from "./common";

const template = (as: string): Made => ({ label: "template", as, envelope: "template" });
const message = { role: "appMaker", type: "text", text: "Hello" };

/** Templates are separate objects that nothing in a live app uses by itself. */
export function templates({ app, id }: Words): Part {
  const path = `${app}/templates`;
  const one = `${path}/{template}`;
  const shown = { [id]: "{template}", name: "template {mark}", message };
  return {
    name: "templates",
    source: "legacy.md#templates",
    needs: "any app",
    steps: [
      post("templates: create", path, {
        body: { name: "template {mark}", message },
        makes: template("template"),
        documented: creates({ template: { ...shown, [id]: "$id" } }),
      }),
      get("templates: read", one, { documented: shows({ template: shown }) }),
      post("templates: create one with a postback", path, {
        body: {
          name: "second {mark}",
          message: {
            ...message,
            metadata: { kept: "yes" },
            actions: [{ type: "postback", text: "Buy", payload: "buy" }],
          },
        },
        makes: template("template2"),
        documented: { status: [201] },
        question: decides("Other fields of a template's message", (body) =>
          at(body, "template.message.metadata.kept") === "yes" ? "are kept" : "are dropped",
        ),
      }),
      get("templates: list a page", `${path}?limit=1`, {
        listsOthers: true,
        documented: shows({ templates: "$list", hasMore: true }),
      }),
      get("templates: list", `${path}?limit=100`, {
        listsOthers: true,
        documented: shows({ templates: { $has: shown } }),
      }),
      post("templates: create one with the same name", path, {
        body: { name: "template {mark}", message },
        makes: template("template3"),
        question: accepts("A second template with the same name"),
      }),
      post("templates: create one without a message", path, {
        body: { name: "empty {mark}" },
        makes: template("templateEmpty"),
        documented: refused,
      }),
      post("templates: create one whose message has no role", path, {
        body: { name: "roleless {mark}", message: { type: "text", text: "Hello" } },
        makes: template("template4"),
        question: accepts("The message of a template without a role"),
      }),
      put("templates: rename", one, {
        body: { name: "renamed {mark}" },
        documented: shows({ template: { ...shown, name: "renamed {mark}" } }),
      }),
      put("templates: change nothing", one, {
        body: {},
        question: accepts("An update of a template without a field"),
      }),
      ...deletion("templates", path, one),
    ],
  };
}
