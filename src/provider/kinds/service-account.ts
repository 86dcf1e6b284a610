import { z } from "zod";
import { versionsOf } from "../../smooch/endpoint";
import { serviceAccount as endpoint } from "../../smooch/endpoints/service-account";
import { kind } from "../kind";
import { defaultName, name, nameArg } from "./fields";

export const serviceAccount = kind({
  label: "service account",
  in: versionsOf(endpoint),
  needsAccountKey: true,
  inputs: z.strictObject({ name }),
  defaults: defaultName,
  address: z.object({}),
  notReturned: [],
  outputs: [],
  requiredOutputs: [],
  secrets: [],
  replaceOn: [],
  create: (smooch, account) => smooch.serviceAccounts.create({}, account),
  read: (smooch, id) => smooch.serviceAccounts.get({}, id),
  siblings: (smooch) => smooch.serviceAccounts.list({}),
  matchKey: ({ name }) => name,
  update: (smooch, id, _, change) => smooch.serviceAccounts.update({}, id, change),
  delete: (smooch, id) => smooch.serviceAccounts.delete({}, id),
  inventory: {
    describe: ({ name }) => ({ name }),
    unowned: {
      title: "Service accounts that no stack owns",
      fix: "Adopt those in use, and delete the others with --delete, which revokes their keys. If a stack is missing here, add it with --stack or --state.",
      deletedWith: "delete",
    },
    exportArgs: ({ name }, context) => nameArg(name, context),
  },
});
