import { z } from "zod";
import {
  type ChannelField,
  channelFields,
  channelOf,
  fieldNames,
  secretChannelFields,
} from "../../smooch/channels";
import type { SmoochClient } from "../../smooch/client";
import type { NewIntegration } from "../../smooch/endpoints/integration";
import { deletable } from "../inventory";
import { type Kind, kind } from "../kind";
import { isPlainObject, nonEmptyString } from "../values";
import { credentialsOf, declareChannel, replacedFields, validateChannel } from "./channels";
import { color, flag, id, name, targetUrl, webhookTriggers } from "./fields";
import { adviseOnTarget } from "./target";
import { validateTriggers } from "./triggers";

const anyObject = z.record(z.string(), z.unknown(), "must be an object");
const innerWebhook = z.strictObject({
  target: targetUrl,
  triggers: webhookTriggers,
  includeFullUser: flag.optional(),
  includeFullSource: flag.optional(),
});

function schemaOf({ is, clearable, min = clearable ? 0 : 1 }: ChannelField): z.ZodType {
  switch (is) {
    case "string":
      return z
        .string("must be a string")
        .min(min, min > 1 ? `must have at least ${min} characters` : "must not be empty");
    case "color":
      return color;
    case "boolean":
      return flag;
    case "strings":
      return z.array(z.string("must be a string").min(1, "must not be empty"), "must be a list");
    case "object":
      return anyObject;
    case "objects":
      return z.array(innerWebhook, "must be a list").length(1, "must contain exactly one webhook");
    default:
      return z.enum(is, `must be ${is.join(" or ")}`);
  }
}

const fields = Object.fromEntries(
  [...channelFields].map(([name, field]) => [name, schemaOf(field).optional()]),
);
/** The fields of all channels together. They come from a table, so only the others have types of their own. */
const inputs: Kind<NewIntegration & { appId: string }>["inputs"] = z.strictObject({
  ...fields,
  appId: id,
  type: id,
  displayName: name.optional(),
  fields: anyObject.optional(),
  secretFields: anyObject.optional(),
});

/** Older API versions return a custom integration without its webhook, which would look like drift. */
function clientFor(type: string, smooch: SmoochClient): SmoochClient {
  return type === "custom" ? smooch.in("v2") : smooch;
}

export const integration = kind({
  label: "integration",
  inputs,
  validate: (inputs, context) => {
    const { failures = [] } = validateChannel(inputs, context);
    const [inner] = Array.isArray(inputs.webhooks) ? inputs.webhooks : [];
    const triggers = isPlainObject(inner) ? inner.triggers : undefined;
    const inTriggers = validateTriggers("webhooks.0.triggers", triggers, "v2");
    return { failures: [...failures, ...inTriggers.failures], warnings: inTriggers.warnings };
  },
  isHidden: (input, version, { type }) =>
    type !== "custom" && channelFields.get(input)?.in?.includes(version) === false,
  address: z.object({ appId: id, type: id }),
  findAddress: async (smooch, integrationId, { appId }) => {
    const { type } = await smooch.integrations.get(id.parse(appId), integrationId);
    return { type };
  },
  notReturned: ["appId"],
  outputs: ["status", "webhookSecret", "details"],
  requiredOutputs: [],
  secrets: [...secretChannelFields, "webhookSecret"],
  writeOnly: [...fieldNames(({ writeOnly }) => writeOnly), "fields", "secretFields"],
  replaceOn: ({ type }, version) => ["appId", "type", ...replacedFields(type, version)],
  // Presumably, an account with the channel's provider should only be connected once (docs/api/v2.md).
  deleteBeforeReplace: () => true,
  partiallyManaged: ["prechatCapture", "webhooks"],
  unorderedLists: ["triggers"],
  // Smooch may not tell it; then the declared one counts.
  observe: {
    defaultResponderId: (declared, actual) => (actual === undefined ? declared : actual || undefined),
  },
  emptyValues: { displayName: "", defaultResponderId: "" },
  advise: (error, inputs) => {
    if (error.status !== 400) return undefined;
    if (inputs.type === "custom") return adviseOnTarget(error);
    if (!Object.keys(inputs).some((name) => secretChannelFields.includes(name))) return undefined;
    return "Smooch tries the credentials with the channel's own service: check them there, and that the account is not connected to another app.";
  },
  create: (smooch, { appId, ...integration }) => smooch.integrations.create(appId, integration),
  read: (smooch, id, { appId, type }) => clientFor(type, smooch).integrations.get(appId, id),
  siblings: (smooch, { appId, type }) => clientFor(type, smooch).integrations.list(appId),
  // Custom integrations also have a target, which distinguishes them from the webhooks of the same run.
  matchKey: ({ type, displayName, webhooks }) =>
    JSON.stringify([type, displayName ?? "", Array.isArray(webhooks) ? webhooks[0]?.target : ""]),
  update: (smooch, id, { appId, type }, { appId: _, ...change }) =>
    clientFor(type, smooch).integrations.update(appId, id, { ...change, type }),
  delete: (smooch, id, { appId, type }) => clientFor(type, smooch).integrations.delete(appId, id),
  appOf: ({ appId }) => appId,
  inventory: {
    describe: ({ displayName, type }) => ({ name: nonEmptyString(displayName), type }),
    unowned: deletable("Live integrations that no stack owns"),
    whyUnlisted: ({ type }, version) => {
      // A custom integration is listed with the webhooks, in every API version.
      const channel = type === "custom" ? undefined : channelOf(type);
      if (channel === undefined || channel.in.includes(version)) return undefined;
      return `API ${version} has no integrations of type ${String(type)}: audit with smooch:apiVersion ${channel.in.at(-1)}`;
    },
    exportArgs: (integration, { version }) => declareChannel(integration, version),
    exportCredentials: ({ type }, version) => credentialsOf(type, version),
    exportProblem: ({ type }) => (type === "custom" ? "it does not have exactly one webhook" : undefined),
  },
});
