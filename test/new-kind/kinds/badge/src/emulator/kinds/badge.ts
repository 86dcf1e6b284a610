import { z } from "zod";
import { withAccountApp } from "../access";
import type { ApiVersion } from "../api-version";
import { Collection } from "../children";
import { notFound } from "../errors";
import { parseBody } from "../input";
import type { Answer, Route } from "../route";
import { type Kind, snapshotChildren } from "./kind";

const wire = z.strictObject({ color: z.enum(["red", "blue"]) });
const stored = wire.extend({ id: z.string() });

const badges = new Collection<z.infer<typeof stored>>("badges", stored);

export const badge = {
  plural: "badges",
  children: badges,
  visibility: { id: "plain", appId: "plain", color: "plain" },
  routes,
  snapshot: snapshotChildren(badges, ({ color }, appId) => ({ id: `badge-${appId}`, appId, color })),
  summarize: ({ id, appId }: { id: string; appId: string }) => ({ id, appId }),
} as const satisfies Kind;

function routes(apiVersion: ApiVersion): Route[] {
  const path = `/${apiVersion}/apps/{appId}/badge`;
  const get = withAccountApp(({ app }): Answer => {
    const badge = badges.of(app).get(app.id);
    if (badge === undefined) throw notFound("The app has no badge.");
    return { status: 200, body: { badge: { color: badge.color } } };
  });
  const put = withAccountApp(({ app, request }): Answer => {
    const badge = parseBody(wire, request);
    badges.put(app, { ...badge, id: app.id });
    return { status: 200, body: { badge } };
  });
  const remove = withAccountApp(({ app }): Answer => {
    if (!badges.of(app).delete(app.id)) throw notFound("The app has no badge.");
    return { status: 200, body: {} };
  });
  return [
    { operation: "getBadge", method: "GET", path, query: [], answer: get },
    { operation: "putBadge", method: "PUT", path, query: [], answer: put },
    { operation: "deleteBadge", method: "DELETE", path, query: [], answer: remove },
  ];
}
