import { z } from "zod";
import type { Api } from "../api";
import { type ChangeableForm, type Collection, changeableIn } from "../collection";
import { id, objectReader } from "../fit";
import { inApp } from "../place";

export interface NewTemplate {
  name: string;
  /** A message as the API takes it, e.g. `{ role: "appMaker", type: "text", text: "Hello" }`. */
  message: Record<string, unknown>;
}
export interface TemplateChange {
  name?: string | undefined;
  message?: NewTemplate["message"] | undefined;
}
export interface Template extends NewTemplate {
  id: string;
}

type TemplateForm = ChangeableForm<Template, NewTemplate, TemplateChange>;

const write = (body: TemplateChange) => ({ body });

const legacy: TemplateForm = {
  reader: objectReader(
    "_id",
    z.object({ _id: id, name: z.string(), message: z.record(z.string(), z.unknown()) }),
    ({ _id, name, message }) => ({ id: _id, name, message }),
  ),
  write,
  isPaged: true,
  update: ({ api, calls }, id, change) => api.send(calls.update(id, write(change))),
};

export const template: Collection<Template, TemplateForm> = {
  label: "template",
  forms: { v1: legacy, "v1.1": legacy },
};

export const templates = (api: Api) => changeableIn(api, template, inApp);
