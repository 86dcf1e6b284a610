import { z } from "zod";
import { versionsOf } from "../../smooch/endpoint";
import { switchboardIntegration as endpoint } from "../../smooch/endpoints/switchboard-integration";
import { deletable } from "../inventory";
import { kind } from "../kind";
import { withoutBlank } from "../values";
import { defaultName, id, nameArg } from "./fields";
import { switchboard } from "./switchboard";
import { entryFields, entryName, targetArgs, targetFailures } from "./switchboard-entry";

const address = { appId: id, switchboardId: id };

export const switchboardIntegration = kind({
  label: "switchboard integration",
  in: versionsOf(endpoint),
  inputs: z.strictObject({
    ...address,
    name: entryName,
    ...entryFields,
    nextSwitchboardIntegrationId: id.optional(),
  }),
  defaults: defaultName,
  address: z.object(address),
  notReturned: Object.keys(address),
  outputs: [],
  requiredOutputs: [],
  secrets: [],
  validate: (inputs) => ({ failures: targetFailures("", inputs) }),
  replaceOn: Object.keys(address),
  limit: 10,
  emptyValues: { nextSwitchboardIntegrationId: "", messageHistoryCount: 0 },
  create: (smooch, { appId, switchboardId, ...entry }) =>
    smooch.switchboardIntegrations.create({ appId, switchboardId }, entry),
  read: (smooch, id, address) => smooch.switchboardIntegrations.get(address, id),
  siblings: (smooch, address) => smooch.switchboardIntegrations.list(address),
  matchKey: ({ name }) => name,
  update: (smooch, id, address, { appId: _, switchboardId: __, ...change }) =>
    smooch.switchboardIntegrations.update(address, id, change),
  delete: (smooch, id, address) => smooch.switchboardIntegrations.delete(address, id),
  appOf: ({ appId }) => appId,
  holder: { kind: switchboard, idOf: ({ switchboardId }) => switchboardId },
  inventory: {
    describe: ({ name, integrationType }) => ({ name, type: integrationType }),
    unowned: deletable("Switchboard integrations that no stack owns"),
    isExportedWithin: true,
    exportArgs: (
      { name, deliverStandbyEvents, nextSwitchboardIntegrationId, messageHistoryCount, ...target },
      context,
    ) =>
      withoutBlank({
        ...nameArg(name, context),
        ...targetArgs(target),
        deliverStandbyEvents,
        nextSwitchboardIntegrationId,
        messageHistoryCount,
      }),
  },
});
