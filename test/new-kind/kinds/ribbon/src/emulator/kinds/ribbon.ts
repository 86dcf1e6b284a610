import { z } from "zod";
import { type AppCall, withAccountApp } from "../access";
import type { ApiVersion } from "../api-version";
import { Collection } from "../children";
import { notFound } from "../errors";
import { text } from "../fields";
import { parseBody } from "../input";
import type { Answer, Route } from "../route";
import { type Kind, snapshotChildren } from "./kind";

const stored = z.object({
  id: z.string(),
  name: z.string(),
  color: z.enum(["red", "blue"]),
  secret: z.string(),
});

type Ribbon = z.infer<typeof stored>;

const ribbons = new Collection<Ribbon>("ribbons", stored);

export const ribbon = {
  plural: "ribbons",
  children: ribbons,
  visibility: { id: "plain", appId: "plain", name: "plain", color: "plain", secret: "secret" },
  routes,
  snapshot: snapshotChildren(ribbons, (ribbon, appId) => ({ ...ribbon, appId })),
  summarize: ({ id, appId }: { id: string; appId: string }) => ({ id, appId }),
} as const satisfies Kind;

const newWire = z.strictObject({ name: text, color: stored.shape.color });
const changeWire = z.strictObject({ color: stored.shape.color.optional() });

function routes(apiVersion: ApiVersion): Route[] {
  const path = `/${apiVersion}/apps/{appId}/ribbons`;
  const one = `${path}/{ribbonId}`;
  const method = apiVersion === "v2" ? "PATCH" : "PUT";
  const write = ({ id, ...ribbon }: Ribbon) =>
    apiVersion === "v2" ? { id, ...ribbon } : { _id: id, ...ribbon };
  const answer = (status: number, ribbon: Ribbon): Answer => ({ status, body: { ribbon: write(ribbon) } });

  const create = withAccountApp(({ context: { identifiers }, app, request }) => {
    const ribbon = {
      id: identifiers.objectId(),
      ...parseBody(newWire, request),
      secret: identifiers.secret(),
    };
    ribbons.of(app).set(ribbon.id, ribbon);
    return answer(201, ribbon);
  });
  const list = withAccountApp(({ app }) => ({
    status: 200,
    body: { ribbons: ribbons.listOf(app).map(write) },
  }));
  const get = withAccountApp((call) => answer(200, find(call)));
  const update = withAccountApp((call) => {
    const { color } = parseBody(changeWire, call.request);
    const ribbon = find(call);
    const changed = { ...ribbon, color: color ?? ribbon.color };
    ribbons.of(call.app).set(ribbon.id, changed);
    return answer(200, changed);
  });
  const remove = withAccountApp((call) => {
    ribbons.of(call.app).delete(find(call).id);
    return { status: 200, body: {} };
  });

  return [
    { operation: "createRibbon", method: "POST", path, query: [], answer: create },
    { operation: "listRibbons", method: "GET", path, query: [], answer: list },
    { operation: "getRibbon", method: "GET", path: one, query: [], answer: get },
    { operation: "updateRibbon", method, path: one, query: [], answer: update },
    { operation: "deleteRibbon", method: "DELETE", path: one, query: [], answer: remove },
  ];
}

function find({ app, params }: AppCall): Ribbon {
  const ribbon = ribbons.of(app).get(params("ribbonId"));
  if (ribbon === undefined) throw notFound("The app has no ribbon with this id.");
  return ribbon;
}
