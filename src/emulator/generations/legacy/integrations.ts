import { z } from "zod";
import type { AppCall } from "../../access";
import { withApp } from "../../access";
import type { Channel } from "../../channel";
import { parseChange, parseCreation, typeReader, writeFields } from "../../channel";
import { badRequest, integrationNotFound } from "../../errors";
import { shortText } from "../../fields";
import { parseQuery } from "../../input";
import type { App } from "../../objects/app";
import type { Fields, Integration } from "../../objects/integration";
import {
  createIntegration,
  deleteIntegration,
  getIntegration,
  updateIntegration,
  webhooksOf,
} from "../../objects/integration";
import type { Answer, Route } from "../../route";
import type { Dialect } from "./dialect";
import { cutPage, pageQuery, pageWire } from "./page";

/** Where the store's name for a type is not the older generations' (v2.md 10.5). */
const oldNames: { readonly [type: string]: string } = { android: "fcm", ios: "apn" };

const typesWire = z.object({ types: z.string().optional() });
const displayName = shortText.nullable();
const givenName = displayName.optional();
const displayNameField: Channel["fields"] = { displayName: { wire: displayName, sent: "always" } };

export function integrationRoutes({ version, integrations }: Dialect): Route[] {
  const { channels, hasNamesAndPages, fixedNames } = integrations;
  const path = `/${version}/apps/{appId}/integrations`;
  const one = `${path}/{integrationId}`;
  const nameField = hasNamesAndPages ? displayNameField : noFields;
  const typesByOldName = new Map(Object.keys(channels).map((type) => [writeType(type), type]));

  const readType = typeReader([...typesByOldName.keys()]);

  function create({ context, app, request }: AppCall): Answer {
    const type = typesByOldName.get(readType(request)) ?? "";
    const fields = parseCreation(request, channels[type] ?? unknownChannel, nameField);
    requireOnlyWeb(app, type);
    const integration = createIntegration(context, app, { type, ...splitName(fields) });
    return { status: 201, body: { integration: writeIntegration(integration, { created: true }) } };
  }

  function list({ app, request }: AppCall): Answer {
    const { types } = parseQuery(typesWire, request);
    const wanted = types?.split(",");
    const seen = [...app.integrations.values()].filter(
      (each) => isSeen(app, each) && wanted?.includes(writeType(each.type)) !== false,
    );
    const write = (each: Integration) => writeIntegration(each, { created: false });
    if (!hasNamesAndPages) return { status: 200, body: { integrations: seen.map(write) } };
    const { items, ...rest } = cutPage(seen, parseQuery(pageWire, request));
    return { status: 200, body: { integrations: items.map(write), ...rest } };
  }

  function get({ app, params }: AppCall): Answer {
    const integration = find(app, params("integrationId"));
    return { status: 200, body: { integration: writeIntegration(integration, { created: false }) } };
  }

  function update({ context, app, params, request }: AppCall): Answer {
    const integration = find(app, params("integrationId"));
    const channel = channels[integration.type] ?? unknownChannel;
    const common = fixedNames.includes(integration.type) ? noFields : nameField;
    updateIntegration(context, app, integration, splitName(parseChange(request, channel, common)));
    return { status: 200, body: { integration: writeIntegration(integration, { created: false }) } };
  }

  function remove({ context, app, params }: AppCall): Answer {
    deleteIntegration(context, app, find(app, params("integrationId")));
    return { status: 200, body: {} };
  }

  // A type that came later is shown with what all types have (legacy.md 1.1).
  function writeIntegration(integration: Integration, when: { created: boolean }) {
    const { id, type, displayName } = integration;
    const { fields } = channels[type] ?? unknownChannel;
    return {
      _id: id,
      type: writeType(type),
      status: "active",
      displayName: hasNamesAndPages ? displayName : undefined,
      ...writeFields(integration, fields, when),
    };
  }

  const query = ["types", ...(hasNamesAndPages ? pageQuery : [])];
  return [
    { operation: "createIntegration", method: "POST", path, query: [], answer: withApp(create) },
    { operation: "listIntegrations", method: "GET", path, query, answer: withApp(list) },
    { operation: "getIntegration", method: "GET", path: one, query: [], answer: withApp(get) },
    { operation: "updateIntegration", method: "PUT", path: one, query: [], answer: withApp(update) },
    { operation: "deleteIntegration", method: "DELETE", path: one, query: [], answer: withApp(remove) },
  ];
}

const noFields: Channel["fields"] = {};
const unknownChannel: Channel = { fields: noFields };

function writeType(type: string): string {
  return oldNames[type] ?? type;
}

function splitName({ displayName: given, ...fields }: Fields) {
  return { displayName: givenName.parse(given), fields };
}

/** What was made as a webhook is a webhook to the older generations, and no integration. */
function isSeen(app: App, { id }: Integration): boolean {
  return webhooksOf(app, id).every(({ version }) => version === "v2");
}

function find(app: App, integrationId: string): Integration {
  const integration = getIntegration(app, integrationId);
  if (!isSeen(app, integration)) throw integrationNotFound();
  return integration;
}

// legacy.md 5.2
function requireOnlyWeb(app: App, type: string): void {
  if (type !== "web") return;
  if ([...app.integrations.values()].some((integration) => integration.type === "web")) {
    throw badRequest("The app already has a web integration, and it may have one only. Change that one.");
  }
}
