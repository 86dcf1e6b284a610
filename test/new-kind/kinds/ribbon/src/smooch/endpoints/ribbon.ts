import { z } from "zod";
import type { Api } from "../api";
import { type ChangeableForm, type Collection, changeableIn } from "../collection";
import { id, objectReader, readableSecret } from "../fit";
import { inApp } from "../place";

type Color = "red" | "blue";

export interface NewRibbon {
  name: string;
  color: Color;
}
export interface RibbonChange {
  color?: Color | undefined;
}
export interface Ribbon extends NewRibbon {
  id: string;
  secret?: string | undefined;
}

type RibbonForm = ChangeableForm<Ribbon, NewRibbon, RibbonChange>;

const parts = { name: z.string(), color: z.enum(["red", "blue"]), secret: readableSecret };

const write = (ribbon: NewRibbon | RibbonChange) => ({ body: ribbon });
const update: RibbonForm["update"] = ({ api, calls }, id, change) =>
  api.send(calls.update(id, write(change)));

const legacy: RibbonForm = {
  reader: objectReader("_id", z.object({ _id: id, ...parts }), ({ _id, ...ribbon }) => ({
    id: _id,
    ...ribbon,
  })),
  write,
  update,
};

const v2: RibbonForm = {
  reader: objectReader("id", z.object({ id, ...parts }), (ribbon) => ribbon),
  write,
  update,
};

const ribbon: Collection<Ribbon, RibbonForm> = {
  label: "ribbon",
  forms: { v1: legacy, "v1.1": legacy, v2 },
  secrets: ({ secret }) => [secret],
  isComplete: ({ secret }) => secret !== undefined,
};

export const ribbons = (api: Api) => changeableIn(api, ribbon, inApp);
