import { z } from "zod";
import { versionsOf } from "../../smooch/endpoint";
import { template as endpoint } from "../../smooch/endpoints/template";
import { deletable } from "../inventory";
import { kind } from "../kind";
import { isPlainObject } from "../values";
import { defaultName, id, name, nameArg } from "./fields";

const address = z.object({ appId: id });

export const template = kind({
  label: "template",
  in: versionsOf(endpoint),
  inputs: z.strictObject({
    appId: id,
    name,
    message: z.record(z.string(), z.unknown(), "must be an object"),
  }),
  defaults: defaultName,
  address,
  notReturned: ["appId"],
  outputs: [],
  requiredOutputs: [],
  secrets: [],
  replaceOn: ["appId"],
  observe: { message: withoutAdded },
  create: (smooch, { appId, ...template }) => smooch.templates.create(appId, template),
  read: (smooch, id, { appId }) => smooch.templates.get(appId, id),
  siblings: (smooch, { appId }) => smooch.templates.list(appId),
  matchKey: ({ name }) => name,
  update: (smooch, id, { appId }, { appId: _, ...change }) => smooch.templates.update(appId, id, change),
  delete: (smooch, id, { appId }) => smooch.templates.delete(appId, id),
  appOf: ({ appId }) => appId,
  inventory: {
    describe: ({ name }) => ({ name }),
    unowned: deletable("Message templates that no stack owns"),
    exportArgs: ({ name, message }, context) => ({
      ...nameArg(name, context),
      message: withoutAdded({}, message),
    }),
  },
});

/**
 * A message without what Smooch adds to it: the size of media, and an empty `uri` to actions without one. What is
 * declared stays.
 */
function withoutAdded(declared: unknown, actual: unknown): unknown {
  if (Array.isArray(actual))
    return actual.map((item, index) =>
      withoutAdded(Array.isArray(declared) ? declared[index] : undefined, item),
    );
  if (!isPlainObject(actual)) return actual;
  const known = isPlainObject(declared) ? declared : {};
  const isAdded = (name: string, part: unknown) =>
    !Object.hasOwn(known, name) &&
    (name === "mediaSize" || name === "_id" || (name === "uri" && part === ""));
  const parts = Object.entries(actual).filter(([name, part]) => !isAdded(name, part));
  return Object.fromEntries(parts.map(([name, part]) => [name, withoutAdded(known[name], part)]));
}
