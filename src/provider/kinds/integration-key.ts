import { versionsOf } from "../../smooch/endpoint";
import { integrationKey as endpoint } from "../../smooch/endpoints/integration-key";
import { kind } from "../kind";
import { id } from "./fields";
import { integration } from "./integration";
import { derivedJwt, secretKeyInventory, secretKeyRules } from "./secret-key";

export const integrationKey = kind({
  ...secretKeyRules({ appId: id, integrationId: id }),
  label: "integration key",
  in: versionsOf(endpoint),
  derived: derivedJwt("integration"),
  advise: ({ status }) =>
    status === 400 ? "Only custom integrations have keys: check integrationId." : undefined,
  create: (smooch, { appId, integrationId, name }) =>
    smooch.integrationKeys.create({ appId, integrationId }, { name }),
  read: (smooch, id, address) => smooch.integrationKeys.get(address, id),
  siblings: (smooch, address) => smooch.integrationKeys.list(address),
  delete: (smooch, id, address) => smooch.integrationKeys.delete(address, id),
  appOf: ({ appId }) => appId,
  holder: {
    kind: integration,
    idOf: ({ integrationId }) => integrationId,
    canHold: (integration) => "type" in integration && integration.type === "custom",
  },
  isRevoked: async (smooch, keyId, address, { secret }) =>
    typeof secret === "string" && smooch.integrationKeys.isRefused(address, { keyId, secret }),
  inventory: secretKeyInventory("Live keys of custom integrations that no stack owns"),
});
