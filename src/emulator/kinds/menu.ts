import { type Access, type AppCall, withAndWithoutApp, withApp } from "../access";
import type { ApiVersion } from "../api-version";
import { notFound } from "../errors";
import { parseBody } from "../input";
import { type Answer, type Route, route } from "../route";
import { type Kind, snapshotChildren } from "./kind";
import { type Menu, type MenuItem, menus } from "./menu/objects";
import { identify, menuWire, writeItem } from "./menu/wire";
import { getLegacyIntegration } from "./webhook/objects";

/** The menu of an app, or of one of its integrations. */
export interface MenuSnapshot {
  /** The id of the app, or of the integration. */
  readonly id: string;
  readonly appId: string;
  /** Absent for the menu of the app. */
  readonly integrationId?: string;
  readonly items: readonly MenuItem[];
  readonly settings: { readonly inputEnabled: boolean };
}

export const menu = {
  plural: "menus",
  children: menus,
  visibility: { id: "plain", appId: "plain", integrationId: "plain", items: "plain", settings: "plain" },
  routes,
  snapshot: snapshotChildren(
    menus,
    ({ id, integrationId, items, inputEnabled }, appId): MenuSnapshot => ({
      id,
      appId,
      ...(integrationId !== undefined && { integrationId }),
      items: structuredClone(items),
      settings: { inputEnabled },
    }),
  ),
  summarize: ({ id, appId, integrationId }: MenuSnapshot) => ({
    id,
    appId,
    ...(integrationId !== undefined && { integrationId }),
  }),
} as const satisfies Kind;

function routes(apiVersion: ApiVersion): Route[] {
  if (apiVersion === "v2") return [];
  const ofIntegration = `/${apiVersion}/apps/{appId}/integrations/{integrationId}/menu`;
  return [
    ...withAndWithoutApp(apiVersion, "/menu", routesOfApp),
    route("getMenu", "GET", ofIntegration, withApp(getOfIntegration)),
    route("createMenu", "POST", ofIntegration, withApp(createOfIntegration)),
    route("putMenu", "PUT", ofIntegration, withApp(putOfIntegration)),
    route("deleteMenu", "DELETE", ofIntegration, withApp(removeOfIntegration)),
  ];
}

function routesOfApp(path: string, allow: Access): Route[] {
  return [
    route("getMenu", "GET", path, allow(getOfApp)),
    route("putMenu", "PUT", path, allow(putOfApp)),
    route("deleteMenu", "DELETE", path, allow(removeOfApp)),
  ];
}

// An app always has a menu, because its DELETE returns an empty one.
const noMenu: Answer = { status: 200, body: { menu: { items: [] } } };

function getOfApp({ app }: AppCall): Answer {
  const menu = menus.of(app).get(app.id);
  return menu === undefined ? noMenu : write(menu);
}

function putOfApp(call: AppCall): Answer {
  return put(call, { id: call.app.id });
}

function removeOfApp({ app }: AppCall): Answer {
  menus.of(app).delete(app.id);
  return noMenu;
}

function getOfIntegration(call: AppCall): Answer {
  return write(findOfIntegration(call));
}

function createOfIntegration(call: AppCall): Answer {
  return { ...putOfIntegration(call), status: 201 };
}

function putOfIntegration(call: AppCall): Answer {
  const { id } = getLegacyIntegration(call.app, call.params("integrationId"));
  return put(call, { id, integrationId: id });
}

function removeOfIntegration(call: AppCall): Answer {
  menus.of(call.app).delete(findOfIntegration(call).id);
  return { status: 200, body: {} };
}

function put({ context, app, request }: AppCall, owner: Pick<Menu, "id" | "integrationId">): Answer {
  const { items, settings } = parseBody(menuWire, request);
  const menu = menus.put(app, {
    ...owner,
    items: identify(items, context.identifiers),
    inputEnabled: settings.inputEnabled,
  });
  return write(menu);
}

/** An integration without its own menu shows the app's, but the API has only its own. */
function findOfIntegration({ app, params }: AppCall): Menu {
  const { id } = getLegacyIntegration(app, params("integrationId"));
  const menu = menus.of(app).get(id);
  if (menu === undefined) throw notFound("The integration has no menu of its own.");
  return menu;
}

function write({ items, inputEnabled }: Menu): Answer {
  return { status: 200, body: { menu: { items: items.map(writeItem), settings: { inputEnabled } } } };
}
