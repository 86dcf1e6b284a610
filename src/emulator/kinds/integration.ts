import { z } from "zod";
import { type AppCall, withApp } from "../access";
import type { ApiVersion } from "../api-version";
import { badRequest } from "../errors";
import { shortText } from "../fields";
import { parseBody } from "../input";
import type { App } from "../model";
import { cutPage, pageQuery } from "../page";
import { type Answer, type Incoming, type Route, route } from "../route";
import {
  type Channel,
  type Channels,
  parseChange,
  parseCreation,
  typeReader,
  writeFields,
} from "./integration/channel";
import { v1_1Channels, v1Channels } from "./integration/channels-legacy";
import { v2Channels } from "./integration/channels-v2";
import { deleteIntegration } from "./integration/deletion";
import {
  createIntegration,
  type Fields,
  getIntegration,
  type Integration,
  type IntegrationChange,
  integrationNotFound,
  integrations,
  updateIntegration,
} from "./integration/objects";
import { fieldVisibility } from "./integration/visibility";
import { type Kind, snapshotChildren } from "./kind";
import { writeResponder } from "./switchboard/responder";
import { createWebhook, isLegacyIntegration, webhooksOf } from "./webhook/objects";
import { newWebhookWire, writeWebhook } from "./webhook/wire";

/** A connected channel, or a webhook's `custom` integration: every webhook has one, in every API version. */
export interface IntegrationSnapshot {
  readonly id: string;
  readonly appId: string;
  /** The type's name in v2: `android` for `fcm`, `ios` for `apn`. */
  readonly type: string;
  /** Absent if it was never set, null if it was removed. */
  readonly displayName?: string | null;
  /** The given fields, including secrets, and those added by Smooch. */
  readonly fields: { readonly [name: string]: unknown };
}

export const integration = {
  plural: "integrations",
  children: integrations,
  visibility: { id: "plain", appId: "plain", type: "plain", displayName: "plain", fields: fieldVisibility },
  routes: (apiVersion: ApiVersion) => routes(apiVersion, apis[apiVersion]),
  snapshot: snapshotChildren(
    integrations,
    ({ id, type, displayName, fields }, appId): IntegrationSnapshot => ({
      id,
      appId,
      type,
      ...(displayName !== undefined && { displayName }),
      fields: { ...fields },
    }),
  ),
  summarize: ({ id, appId, type }: IntegrationSnapshot) => ({ id, appId, type }),
} as const satisfies Kind;

function routes(apiVersion: ApiVersion, api: IntegrationApi): Route[] {
  const path = `/${apiVersion}/apps/{appId}/integrations`;
  const one = `${path}/{integrationId}`;

  async function create(call: AppCall): Promise<Answer> {
    const { integration, created } = await api.create(call);
    const body = { integration: api.write(call.app, integration, { created }) };
    return { status: created ? 201 : 200, body };
  }

  function list({ app, request }: AppCall): Answer {
    const types = request.query.getAll(api.typeFilter).at(-1)?.split(",");
    const seen = integrations
      .listOf(app)
      .filter((each) => api.isSeen(app, each) && types?.includes(api.nameType(each.type)) !== false);
    const { items, ...rest } = api.hasPages ? cutPage(seen, request) : { items: seen };
    const written = items.map((each) => api.write(app, each, { created: false }));
    return { status: 200, body: { integrations: written, ...rest } };
  }

  function get(call: AppCall): Answer {
    return { status: 200, body: { integration: api.write(call.app, find(call), { created: false }) } };
  }

  function update(call: AppCall): Answer {
    const { app, request } = call;
    const before = find(call);
    const updated = updateIntegration(app, before, api.readChange(request, before));
    return { status: 200, body: { integration: api.write(app, updated, { created: false }) } };
  }

  function remove(call: AppCall): Answer {
    deleteIntegration(call.app, find(call).id);
    return { status: 200, body: {} };
  }

  function find({ app, params }: AppCall): Integration {
    const integration = getIntegration(app, params("integrationId"));
    if (!api.isSeen(app, integration)) throw integrationNotFound();
    return integration;
  }

  const query = [api.typeFilter, ...(api.hasPages ? pageQuery(apiVersion) : [])];
  return [
    route("createIntegration", "POST", path, withApp(create)),
    route("listIntegrations", "GET", path, withApp(list), query),
    route("getIntegration", "GET", one, withApp(get)),
    route("updateIntegration", api.updatedBy, one, withApp(update)),
    route("deleteIntegration", "DELETE", one, withApp(remove)),
  ];
}

interface Created {
  readonly integration: Integration;
  readonly created: boolean;
}

/** What differs between API versions. */
interface IntegrationApi {
  create(call: AppCall): Created | Promise<Created>;
  readChange(request: Incoming, integration: Integration): IntegrationChange;
  isSeen(app: App, integration: Integration): boolean;
  nameType(type: string): string;
  write(app: App, integration: Integration, when: { readonly created: boolean }): object;
  readonly updatedBy: "PUT" | "PATCH";
  readonly hasPages: boolean;
  readonly typeFilter: string;
}

const displayName = shortText.nullable();
const givenName = displayName.optional();
const noFields: Channel["fields"] = {};
const unknownChannel: Channel = { fields: noFields };

function splitName({ displayName: given, ...fields }: Fields): IntegrationChange {
  return { displayName: givenName.parse(given), fields };
}

const v2NameField: Channel["fields"] = {
  displayName: { wire: displayName, sent: "always", shown: "never" },
};

/** Fields of all types except `custom` and those that v2 cannot create. */
const v2CommonFields: Channel["fields"] = {
  ...v2NameField,
  // An id that names no switchboard integration is accepted, and has no effect.
  defaultResponderId: { wire: z.string().min(1).nullable(), sent: "always", shown: "never" },
  showAIDisclaimer: { wire: z.boolean(), sent: "always", fallback: true },
};

const readV2Type = typeReader([...Object.keys(v2Channels), "custom"]);
const customWire = z.strictObject({
  type: z.string(),
  displayName: displayName.optional(),
  webhooks: z.array(newWebhookWire).length(1, { error: "must contain exactly one webhook" }),
});

const v2: IntegrationApi = {
  create: (call) => {
    const type = readV2Type(call.request);
    const channel = v2Channels[type];
    if (channel === undefined) return createCustom(call);
    const { context, app, request } = call;
    const given = splitName(parseCreation(request, channel, v2CommonFields));
    return { integration: createIntegration(context, app, { type, ...given }), created: true };
  },
  readChange: (request, { type }) => {
    const channel = v2Channels[type];
    // Only the name of a custom integration can be changed.
    const fields = channel ? v2CommonFields : v2NameField;
    return splitName(parseChange(request, channel ?? unknownChannel, fields));
  },
  isSeen: () => true,
  nameType: (type) => type,
  write: (app, integration, when) => {
    const { id, type, displayName, fields } = integration;
    const channel = v2Channels[type];
    return {
      id,
      type,
      status: "active",
      displayName,
      ...(channel && writeFields(integration, { ...v2CommonFields, ...channel.fields }, when)),
      ...(channel && { defaultResponder: writeResponder(app, fields.defaultResponderId) }),
      // Empty if its webhook was deleted separately.
      ...(type === "custom" && { webhooks: webhooksOf(app, id).map(writeWebhook) }),
    };
  },
  updatedBy: "PATCH",
  hasPages: true,
  typeFilter: "filter[types]",
};

/** Creates a custom integration together with its webhook. */
async function createCustom({ context, app, request }: AppCall): Promise<Created> {
  const { displayName, webhooks } = parseBody(customWire, request);
  const [given] = webhooks;
  if (given === undefined) throw new Error("The schema does not allow an empty list.");
  const { webhook, created } = await createWebhook(context, app, { ...given, version: "v2" }, displayName);
  return { integration: getIntegration(app, webhook.integrationId), created };
}

/** `fixedNames` are the types that cannot be renamed. */
function legacy(
  channels: Channels,
  fixedNames: readonly string[],
  hasNamesAndPages: boolean,
): IntegrationApi {
  const nameField = hasNamesAndPages
    ? { displayName: { wire: displayName, sent: "always" } as const }
    : noFields;
  const typesByName = new Map(Object.keys(channels).map((type) => [nameLegacyType(type), type]));
  const readType = typeReader([...typesByName.keys()]);

  return {
    create: ({ context, app, request }) => {
      const type = typesByName.get(readType(request)) ?? "";
      const given = splitName(parseCreation(request, channels[type] ?? unknownChannel, nameField));
      requireOnlyWeb(app, type);
      return { integration: createIntegration(context, app, { type, ...given }), created: true };
    },
    readChange: (request, { type }) => {
      const common = fixedNames.includes(type) ? noFields : nameField;
      return splitName(parseChange(request, channels[type] ?? unknownChannel, common));
    },
    isSeen: isLegacyIntegration,
    nameType: nameLegacyType,
    // A type added later has only the fields that all types have.
    write: (_, integration, when) => ({
      _id: integration.id,
      type: nameLegacyType(integration.type),
      status: "active",
      displayName: hasNamesAndPages ? integration.displayName : undefined,
      ...writeFields(integration, channels[integration.type]?.fields ?? noFields, when),
    }),
    updatedBy: "PUT",
    hasPages: hasNamesAndPages,
    typeFilter: "types",
  };
}

function nameLegacyType(type: string): string {
  return legacyNames[type] ?? type;
}

const legacyNames: { readonly [type: string]: string } = { android: "fcm", ios: "apn" };

function requireOnlyWeb(app: App, type: string): void {
  if (type !== "web") return;
  if (integrations.listOf(app).some((integration) => integration.type === "web")) {
    throw badRequest("The app already has a web integration, and only one is allowed. Update that one.");
  }
}

const apis: { readonly [V in ApiVersion]: IntegrationApi } = {
  v1: legacy(v1Channels, [], false),
  "v1.1": legacy(v1_1Channels, ["ios"], true),
  v2,
};
