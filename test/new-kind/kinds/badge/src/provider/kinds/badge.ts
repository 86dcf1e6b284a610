import { z } from "zod";
import { kind } from "../kind";
import { id } from "./fields";

export const badge = kind({
  label: "badge",
  isSingleton: true,
  inputs: z.strictObject({ appId: id, color: z.enum(["red", "blue"]) }),
  address: z.object({ appId: id }),
  notReturned: ["appId"],
  outputs: [],
  requiredOutputs: [],
  secrets: [],
  replaceOn: ["appId"],
  create: (smooch, { appId, ...badge }) => smooch.badges.put(appId, badge),
  read: (smooch, _, { appId }) => smooch.badges.get(appId),
  siblings: (smooch, { appId }) => smooch.badges.list(appId),
  matchKey: () => "",
  update: (smooch, _, { appId }, { color }) => smooch.badges.put(appId, { color }),
  delete: (smooch, _, { appId }) => smooch.badges.delete(appId),
  appOf: ({ appId }) => appId,
  inventory: {
    describe: ({ color }) => ({ type: color }),
    unowned: {
      title: "Badges that no stack owns",
      fix: "Adopt them, or delete them with --delete.",
      deletedWith: "delete",
    },
    exportArgs: ({ color }) => ({ color }),
  },
});
