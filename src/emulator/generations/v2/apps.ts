import { z } from "zod";
import type { AccountCall, AppCall } from "../../access";
import { withAccount, withAccountApp, withApp } from "../../access";
import { metadata, metadataPatch, shortText } from "../../fields";
import { parseBody } from "../../input";
import type { App, AppSettings } from "../../objects/app";
import { createApp, deleteApp, listApps, updateApp } from "../../objects/app";
import type { Answer, Route } from "../../route";
import { cutPage, pageQuery } from "./page";

const apps = "/v2/apps";
const path = `${apps}/{appId}`;

/** All service accounts see the same apps here. */
const listQuery = [...pageQuery, "filter[serviceAccountId]"];

export const appRoutes: readonly Route[] = [
  { operation: "createApp", method: "POST", path: apps, query: [], answer: withAccount(create) },
  { operation: "listApps", method: "GET", path: apps, query: listQuery, answer: withAccount(list) },
  { operation: "getApp", method: "GET", path, query: [], answer: withApp(get) },
  { operation: "updateApp", method: "PATCH", path, query: [], answer: withApp(update) },
  { operation: "deleteApp", method: "DELETE", path, query: [], answer: withAccountApp(remove) },
];

const setting = z.boolean().optional();
const changeWire = z.strictObject({
  displayName: shortText.optional(),
  settings: z
    .strictObject({
      conversationRetentionSeconds: z.int().min(0, { error: "must not be negative" }).optional(),
      maskCreditCardNumbers: setting,
      useAnimalNames: setting,
      echoPostback: setting,
      ignoreAutoConversationStart: setting,
      multiConvoEnabled: setting,
      appLocalizationEnabled: setting,
      endSessionEnabled: setting,
      disableConversationReopen: setting,
    })
    .optional(),
  metadata: metadata.nullish(),
});
const mergeWire = changeWire.extend({ metadata: metadataPatch });
const createWire = changeWire.extend({ displayName: shortText });

/** `subdomain` is left out: an account that can make apps has none (v2.md 1.2). */
interface AppWire {
  readonly id: string;
  readonly displayName: string;
  readonly settings: AppSettings;
  readonly metadata: App["metadata"];
}

function create({ context, accountKey, request }: AccountCall): Answer {
  const { displayName, ...given } = parseBody(createWire, request);
  const app = createApp(context, accountKey, { ...given, name: displayName });
  return { status: 201, body: { app: writeApp(app) } };
}

function list({ context, accountKey, request }: AccountCall): Answer {
  const { items, ...rest } = cutPage(listApps(context, accountKey), request);
  return { status: 200, body: { apps: items.map(writeApp), ...rest } };
}

function get({ app }: AppCall): Answer {
  return { status: 200, body: { app: writeApp(app) } };
}

function update({ context, app, request }: AppCall): Answer {
  const wire = context.profile.metadata === "merge" ? mergeWire : changeWire;
  const { displayName, ...change } = parseBody(wire, request);
  updateApp(context, app, { ...change, name: displayName });
  return { status: 200, body: { app: writeApp(app) } };
}

function remove({ context, app }: AppCall): Answer {
  deleteApp(context, app);
  return { status: 200, body: {} };
}

function writeApp({ id, name, settings, metadata }: App): AppWire {
  return { id, displayName: name, settings, metadata };
}
