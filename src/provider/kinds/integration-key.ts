import { z } from "zod";
import { versionsOf } from "../../smooch/endpoint";
import { integrationKey as endpoint } from "../../smooch/endpoints/integration-key";
import { kind } from "../kind";
import { id } from "./fields";
import { integration } from "./integration";
import { derivedJwt, secretKeyInputs, secretKeyInventory, secretKeyRules } from "./secret-key";

const address = { appId: id, integrationId: id };

export const integrationKey = kind({
  ...secretKeyRules,
  label: "integration key",
  in: versionsOf(endpoint),
  inputs: z.strictObject({ ...address, ...secretKeyInputs }),
  address: z.object(address),
  notReturned: [...Object.keys(address), "keepers", "rotateAfterDays"],
  derived: derivedJwt("integration"),
  replaceOn: [...Object.keys(address), "name", "keepers"],
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
