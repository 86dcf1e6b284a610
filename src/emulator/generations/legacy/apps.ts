import { z } from "zod";
import type { AccountCall, AppCall } from "../../access";
import { withAccount, withAccountApp, withApp } from "../../access";
import { metadata, metadataPatch, text } from "../../fields";
import { parseBody, parseQuery } from "../../input";
import type { App } from "../../objects/app";
import { createApp, deleteApp, listApps, updateApp } from "../../objects/app";
import type { Answer, Route } from "../../route";
import type { Dialect } from "./dialect";
import { cutPage, pageQuery, pageWire } from "./page";

interface AppWire {
  readonly _id: string;
  readonly appToken: string;
  readonly name: string;
  readonly settings: Partial<App["settings"]>;
  readonly metadata?: App["metadata"];
}

export function appRoutes({ version, settings, appReadsItself }: Dialect): Route[] {
  const apps = `/${version}/apps`;
  const path = `${apps}/{appId}`;

  // Unknown fields are refused: whether v1 honours what came later is not settled (legacy.md 9.2), and a field that is
  // silently dropped here would be a mistake found in production.
  const changeWire = z.strictObject({
    name: text.optional(),
    settings: settings.wire.optional(),
    metadata: metadata.optional(),
  });
  const mergeWire = changeWire.extend({ metadata: metadataPatch });
  const createWire = changeWire.extend({ name: text });

  function create({ context, accountKey, request }: AccountCall): Answer {
    const app = createApp(context, accountKey, parseBody(createWire, request));
    return { status: 201, body: { app: writeApp(app) } };
  }

  function list({ context, accountKey, request }: AccountCall): Answer {
    const page = parseQuery(pageWire, request);
    const { items, ...rest } = cutPage(listApps(context, accountKey), page);
    return { status: 200, body: { apps: items.map(writeApp), ...rest } };
  }

  function get({ app }: AppCall): Answer {
    return { status: 200, body: { app: writeApp(app) } };
  }

  function update({ context, app, request }: AppCall): Answer {
    const wire = context.profile.metadata === "merge" ? mergeWire : changeWire;
    updateApp(context, app, parseBody(wire, request));
    return { status: 200, body: { app: writeApp(app) } };
  }

  function remove({ context, app }: AppCall): Answer {
    deleteApp(context, app);
    return { status: 200, body: {} };
  }

  function writeApp({ id, token, name, settings: all, metadata }: App): AppWire {
    const known = settings.names.map((setting) => [setting, all[setting]]);
    return { _id: id, appToken: token, name, settings: Object.fromEntries(known), metadata };
  }

  const ofItself = appReadsItself ? withApp : withAccountApp;
  return [
    { operation: "createApp", method: "POST", path: apps, query: [], answer: withAccount(create) },
    { operation: "listApps", method: "GET", path: apps, query: pageQuery, answer: withAccount(list) },
    { operation: "getApp", method: "GET", path, query: [], answer: ofItself(get) },
    { operation: "updateApp", method: "PUT", path, query: [], answer: withAccountApp(update) },
    { operation: "deleteApp", method: "DELETE", path, query: [], answer: withAccountApp(remove) },
  ];
}
