import { kind } from "../kind";
import { id } from "./fields";
import { derivedJwt, secretKeyInventory, secretKeyRules } from "./secret-key";

export const key = kind({
  ...secretKeyRules({ appId: id }),
  label: "key",
  needsAccountKey: true,
  derived: derivedJwt("app"),
  create: (smooch, { appId, name }) => smooch.keys.create(appId, { name }),
  read: (smooch, id, { appId }) => smooch.keys.get(appId, id),
  siblings: (smooch, { appId }) => smooch.keys.list(appId),
  delete: (smooch, id, { appId }) => smooch.keys.delete(appId, id),
  appOf: ({ appId }) => appId,
  isRevoked: async (smooch, keyId, { appId }, { secret }) =>
    typeof secret === "string" && smooch.keys.isRefused(appId, { keyId, secret }),
  inventory: secretKeyInventory("Live keys that no stack owns"),
});
