import { versionsOf } from "../../smooch/endpoint";
import { serviceAccountKey as endpoint } from "../../smooch/endpoints/service-account-key";
import { kind } from "../kind";
import { id } from "./fields";
import { derivedJwt, secretKeyInventory, secretKeyRules } from "./secret-key";
import { serviceAccount } from "./service-account";

export const serviceAccountKey = kind({
  ...secretKeyRules({ serviceAccountId: id }),
  label: "service account key",
  in: versionsOf(endpoint),
  needsAccountKey: true,
  derived: derivedJwt("account"),
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
