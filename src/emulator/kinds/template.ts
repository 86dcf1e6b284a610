import { z } from "zod";
import { type Access, type AppCall, withAndWithoutApp } from "../access";
import type { ApiVersion } from "../api-version";
import { Collection } from "../children";
import { conflict, notFound } from "../errors";
import { type Stored, text } from "../fields";
import { parseBody } from "../input";
import type { App } from "../model";
import { cutPage, pageQuery } from "../page";
import { type Answer, type Route, route } from "../route";
import { type Kind, snapshotChildren } from "./kind";
import { message, normalize } from "./template/message";

const savedTemplate = z.object({
  id: z.string(),
  name: z.string(),
  message: z.record(z.string(), z.unknown()),
});

/** A message that can be sent by its name. */
export interface Template extends Stored<typeof savedTemplate> {}

const templates = new Collection<Template>("templates", savedTemplate);

export interface TemplateSnapshot {
  readonly id: string;
  readonly appId: string;
  readonly name: string;
  /** As the server normalized it. */
  readonly message: { readonly [field: string]: unknown };
}

export const template = {
  plural: "templates",
  children: templates,
  visibility: { id: "plain", appId: "plain", name: "plain", message: "plain" },
  routes,
  snapshot: snapshotChildren(
    templates,
    ({ message, ...template }, appId): TemplateSnapshot => ({
      ...template,
      appId,
      message: structuredClone(message),
    }),
  ),
  summarize: ({ id, appId, name }: TemplateSnapshot) => ({ id, appId, name }),
} as const satisfies Kind;

function routes(apiVersion: ApiVersion): Route[] {
  if (apiVersion === "v2") return [];
  return withAndWithoutApp(apiVersion, "/templates", routesUnder);
}

function routesUnder(path: string, allow: Access): Route[] {
  const one = `${path}/{templateId}`;
  return [
    route("createTemplate", "POST", path, allow(create)),
    route("listTemplates", "GET", path, allow(list), pageQuery("v1")),
    route("getTemplate", "GET", one, allow(get)),
    route("updateTemplate", "PUT", one, allow(update)),
    route("deleteTemplate", "DELETE", one, allow(remove)),
  ];
}

const createWire = z.strictObject({ name: text, message });
const changeWire = createWire
  .partial()
  .refine(({ name, message }) => name !== undefined || message !== undefined, {
    error: "must contain name or message",
  });

function create({ context, app, request }: AppCall): Answer {
  const { name, message } = parseBody(createWire, request);
  requireFreeName(app, name);
  return save(app, 201, { id: context.identifiers.objectId(), name, message: normalize(message) });
}

function list({ app, request }: AppCall): Answer {
  const { items, ...rest } = cutPage(templates.listOf(app), request);
  return { status: 200, body: { templates: items.map(write), ...rest } };
}

function get(call: AppCall): Answer {
  return { status: 200, body: { template: write(find(call)) } };
}

function update(call: AppCall): Answer {
  const { app, request } = call;
  const template = find(call);
  const { name = template.name, message } = parseBody(changeWire, request);
  if (name !== template.name) requireFreeName(app, name);
  return save(app, 200, {
    ...template,
    name,
    message: message === undefined ? template.message : normalize(message),
  });
}

function remove(call: AppCall): Answer {
  templates.of(call.app).delete(find(call).id);
  return { status: 200, body: {} };
}

function find({ app, params }: AppCall): Template {
  const template = templates.of(app).get(params("templateId"));
  if (template === undefined) throw notFound("The app has no template with this id.");
  return template;
}

function save(app: App, status: number, template: Template): Answer {
  templates.put(app, template);
  return { status, body: { template: write(template) } };
}

// Messages refer to a template by its name, so two cannot have the same one.
function requireFreeName(app: App, name: string): void {
  if (templates.listOf(app).every((template) => template.name !== name)) return;
  throw conflict("The app already has a template with this name.");
}

function write({ id, name, message }: Template): object {
  return { _id: id, name, message };
}
