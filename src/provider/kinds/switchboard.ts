import { z } from "zod";
import { versionsOf } from "../../smooch/endpoint";
import { switchboard as endpoint, maxIntegrations } from "../../smooch/endpoints/switchboard";
import { type CheckFailure, kind, type Properties, type ValidationContext } from "../kind";
import { containsUnknown, isPlainObject, pick, withoutBlank } from "../values";
import { flag, id } from "./fields";
import { entryFields, entryName, nameForm, targetArgs, targetFailures } from "./switchboard-entry";

const notAnObject = "must be an object";
const address = z.object({ appId: id });

export const switchboard = kind({
  label: "switchboard",
  in: versionsOf(endpoint),
  isSingleton: true,
  createsEmpty: true,
  inputs: z.strictObject({
    appId: id,
    enabled: flag.optional(),
    defaultIntegration: entryName.optional(),
    integrations: z
      .record(entryName, z.strictObject({ ...entryFields, next: entryName.optional() }, notAnObject), {
        error: ({ code }) => (code === "invalid_key" ? `must have a name of ${nameForm}` : notAnObject),
      })
      .optional(),
  }),
  address,
  notReturned: ["appId"],
  outputs: ["integrationIds"],
  requiredOutputs: [],
  secrets: [],
  validate: (inputs, context) => ({ failures: switchboardFailures(inputs, context) }),
  replaceOn: ["appId"],
  // An app has one at most.
  deleteBeforeReplace: () => true,
  observe: { integrations: observeEntries },
  create: (smooch, { appId }) => smooch.switchboards.create(appId),
  read: (smooch, id, { appId }) => smooch.switchboards.get(appId, id),
  siblings: (smooch, { appId }) => smooch.switchboards.list(appId),
  matchKey: () => "",
  update: (smooch, id, { appId }, { appId: _, ...change }) => smooch.switchboards.update(appId, id, change),
  delete: (smooch, id, { appId }) => smooch.switchboards.delete(appId, id),
  appOf: ({ appId }) => appId,
  inventory: {
    describe: () => ({}),
    unowned: {
      title: "Switchboards that no stack owns",
      fix: "Adopt those in use: Zendesk makes one in its own apps. Delete the others with --delete.",
      deletedWith: "delete",
    },
    partsOf: ({ integrations, integrationIds }) =>
      isPlainObject(integrations) && isPlainObject(integrationIds)
        ? Object.values(integrationIds).map(String)
        : [],
    exportArgs: ({ enabled, defaultIntegration, integrations }) =>
      withoutBlank({
        ...(enabled && { enabled }),
        defaultIntegration,
        integrations: Object.fromEntries(
          Object.entries(integrations).map(([name, { integrationId, integrationType, ...entry }]) => [
            name,
            withoutBlank({ ...targetArgs({ integrationId, integrationType }), ...entry }),
          ]),
        ),
      }),
  },
});

/**
 * The declared integrations are all of them. Smooch returns both the id and the type of each, of which the program
 * declares one, and a value for `deliverStandbyEvents` that it may not declare.
 */
function observeEntries(declared: unknown, actual: unknown): unknown {
  return Object.fromEntries(
    Object.entries(Object(actual)).map(([name, entry]) => {
      const wanted = Object(declared)[name];
      if (!isPlainObject(wanted) || !isPlainObject(entry)) return [name, entry];
      const always = ["next", "messageHistoryCount"];
      return [name, pick(entry, [...Object.keys(wanted), ...always.filter((field) => !(field in wanted))])];
    }),
  );
}

function switchboardFailures(
  { enabled, defaultIntegration, integrations }: Properties,
  { isNew, olds }: ValidationContext,
): CheckFailure[] {
  const failures: CheckFailure[] = [];
  // One that was adopted may have a default that the program does not declare.
  const hadDefault = olds.defaultIntegration !== undefined || !(isNew || olds.enabled === false);
  if (enabled === true && defaultIntegration === undefined && !hadDefault) {
    failures.push({ property: "defaultIntegration", reason: "is required to enable the switchboard" });
  }
  if (integrations === undefined) {
    if (isNew && defaultIntegration !== undefined) {
      const reason = "is required here, because a new switchboard has no integrations";
      failures.push({ property: "integrations", reason });
    }
    return failures;
  }
  if (!isPlainObject(integrations)) return failures;
  const names = Object.keys(integrations);
  if (names.length > maxIntegrations) {
    failures.push({ property: "integrations", reason: `must not have more than ${maxIntegrations} entries` });
  }
  const requireEntry = (property: string, name: unknown) => {
    if (name === undefined || containsUnknown(name) || names.includes(String(name))) return;
    failures.push({ property, reason: "must be the name of one of the integrations" });
  };
  requireEntry("defaultIntegration", defaultIntegration);
  const before = olds.defaultIntegration;
  if (defaultIntegration === undefined && typeof before === "string" && !names.includes(before)) {
    // Smooch can neither unset it nor delete it.
    const reason = "is required, because the integrations no longer include the default one";
    failures.push({ property: "defaultIntegration", reason });
  }
  for (const [name, entry] of Object.entries(integrations)) {
    if (!isPlainObject(entry)) continue;
    failures.push(...targetFailures(`integrations.${name}.`, entry));
    requireEntry(`integrations.${name}.next`, entry.next);
  }
  return failures;
}
