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
  create: (smooch, { appId, ...badge }) => smooch.badges.put({ appId }, badge),
  read: (smooch, _, address) => smooch.badges.get(address),
  siblings: (smooch, address) => smooch.badges.list(address),
  matchKey: () => "",
  update: (smooch, _, address, { color }) => smooch.badges.put(address, { color }),
  delete: (smooch, _, address) => smooch.badges.delete(address),
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
