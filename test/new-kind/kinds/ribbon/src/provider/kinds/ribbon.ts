import { z } from "zod";
import { kind } from "../kind";
import { defaultName, id, name, nameArg } from "./fields";

export const ribbon = kind({
  label: "ribbon",
  inputs: z.strictObject({ appId: id, name, color: z.enum(["red", "blue"]) }),
  defaults: defaultName,
  address: z.object({ appId: id }),
  notReturned: ["appId"],
  outputs: ["secret"],
  requiredOutputs: ["secret"],
  immutableOutputs: ["secret"],
  secrets: ["secret"],
  replaceOn: ["appId", "name"],
  create: (smooch, { appId, ...ribbon }) => smooch.ribbons.create(appId, ribbon),
  read: (smooch, id, { appId }) => smooch.ribbons.get(appId, id),
  siblings: (smooch, { appId }) => smooch.ribbons.list(appId),
  matchKey: ({ name }) => name,
  update: (smooch, id, { appId }, { color }) => smooch.ribbons.update(appId, id, { color }),
  delete: (smooch, id, { appId }) => smooch.ribbons.delete(appId, id),
  appOf: ({ appId }) => appId,
  inventory: {
    describe: ({ name, color }) => ({ name, type: color }),
    unowned: {
      title: "Ribbons that no stack owns",
      fix: "Adopt those in use, and delete the others with --delete.",
      deletedWith: "delete",
    },
    exportArgs: ({ name, color }, context) => ({ ...nameArg(name, context), color }),
  },
});
