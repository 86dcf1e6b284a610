import { z } from "zod";
import { versionsOf } from "../../smooch/endpoint";
import { serviceAccountKey as endpoint } from "../../smooch/endpoints/service-account-key";
import { kind } from "../kind";
import { id } from "./fields";
import { derivedJwt, secretKeyInputs, secretKeyInventory, secretKeyRules } from "./secret-key";
import { serviceAccount } from "./service-account";

const address = { serviceAccountId: id };

export const serviceAccountKey = kind({
  ...secretKeyRules,
  label: "service account key",
  in: versionsOf(endpoint),
  needsAccountKey: true,
  inputs: z.strictObject({ ...address, ...secretKeyInputs }),
  address: z.object(address),
  notReturned: [...Object.keys(address), "keepers", "rotateAfterDays"],
  derived: derivedJwt("account"),
  replaceOn: [...Object.keys(address), "name", "keepers"],
  create: (smooch, { serviceAccountId, name }) =>
    smooch.serviceAccountKeys.create({ serviceAccountId }, { name }),
  read: (smooch, id, address) => smooch.serviceAccountKeys.get(address, id),
  siblings: (smooch, address) => smooch.serviceAccountKeys.list(address),
  delete: (smooch, id, address) => smooch.serviceAccountKeys.delete(address, id),
  holder: { kind: serviceAccount, idOf: ({ serviceAccountId }) => serviceAccountId },
  isRevoked: async (smooch, keyId, _, { secret }) =>
    typeof secret === "string" && smooch.serviceAccountKeys.isRefused({ keyId, secret }),
  inventory: secretKeyInventory("Live service account keys that no stack owns"),
});
