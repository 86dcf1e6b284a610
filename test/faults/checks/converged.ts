import type { EmulatorSnapshot } from "../../../src/emulator/snapshot";
import type { Properties } from "../../../src/provider/kind";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { currentEntry, type Entry, sameJson, unwrapped } from "../layers/state";
import { fieldsOf, isSecretInput } from "../program/channels";
import { type Program, without } from "../program/program";
import { resolved } from "../program/references";
import { snapshotOf, webhookId } from "./watch";

/** Differences between the state and Smooch; empty if there are none. */
export function differencesFromSmooch(
  entries: readonly Entry[],
  snapshot: EmulatorSnapshot,
  version: ApiVersion,
): string[] {
  return entries.flatMap((entry) => {
    const recorded = unwrapped(entry.outputs);
    const actual = find(entry, recorded, snapshot, version);
    if (actual === undefined) return [`${entry.name} ${entry.id} does not exist`];
    const wrong = Object.keys(actual).filter(
      (property) => !matches(property, recorded[property], actual[property]),
    );
    return wrong.map((property) => {
      const show = (value: unknown) => (isSecret(property) ? "a different secret" : JSON.stringify(value));
      return `${property} of ${entry.name} is ${show(actual[property])}, not ${show(recorded[property])}`;
    });
  });
}

/** What the program declares but the state lacks: Pulumi's previews only compare with the previous inputs. */
export function differencesFromProgram(program: Program, entries: readonly Entry[]): string[] {
  return program.flatMap((declared) => {
    const { name } = declared;
    const inputs = resolved(declared.inputs, (other) => currentEntry(entries, other)?.id);
    const recorded = unwrapped(currentEntry(entries, name)?.outputs ?? {});
    const missing = Object.keys(inputs).filter(
      (property) => !matches(property, inputs[property], recorded[property]),
    );
    return missing.map((property) => `${property} of ${name} is not the declared value`);
  });
}

/** The object's managed properties, by their names in the resource. */
function find(
  entry: Entry,
  recorded: Properties,
  snapshot: EmulatorSnapshot,
  version: ApiVersion,
): Properties | undefined {
  switch (entry.kind) {
    case "app": {
      const found = snapshot.apps.find(({ id }) => id === entry.id);
      if (found === undefined) return undefined;
      const { id: _, accountId: __, appToken, ...rest } = found;
      // v2 has no tokens.
      return { ...rest, ...(version !== "v2" && { appToken }) };
    }
    case "webhook":
      return findWebhook(entry, snapshot);
    case "integration":
      return findIntegration(entry, recorded, snapshot, version);
    case "switchboard":
      return findSwitchboard(entry, recorded, snapshot);
    case "switchboardIntegration": {
      const { integrationId, integrationType, deliverStandbyEvents, ...found } =
        findObject(entry, snapshot) ?? {};
      const others = { nextSwitchboardIntegrationId: undefined, messageHistoryCount: undefined };
      const linked = declaredOf({ integrationId, integrationType, deliverStandbyEvents }, recorded);
      return found.name === undefined ? undefined : { ...others, ...found, ...linked };
    }
    case "menu":
      return findMenu(entry, recorded, snapshot);
    default:
      return findObject(entry, snapshot);
  }
}

function findObject({ kind, id }: Entry, snapshot: EmulatorSnapshot): Properties | undefined {
  const found = snapshotOf(snapshot, kind).find((object) => object.id === id);
  return found && without(without(found, "id"), "accountId");
}

/** Smooch returns values of these that the program need not declare. */
function declaredOf(actual: Properties, recorded: Properties): Properties {
  return Object.fromEntries(Object.entries(actual).filter(([name]) => recorded[name] !== undefined));
}

function findSwitchboard(
  entry: Entry,
  recorded: Properties,
  snapshot: EmulatorSnapshot,
): Properties | undefined {
  const found = snapshot.switchboards.find(({ id }) => id === entry.id);
  if (found === undefined) return undefined;
  const { appId, enabled, defaultSwitchboardIntegrationId: start } = found;
  const entries = snapshot.switchboardIntegrations.filter(({ switchboardId }) => switchboardId === entry.id);
  const nameOf = (id: string | undefined) => entries.find((one) => one.id === id)?.name;
  const declared = Object(recorded.integrations) as Record<string, Properties>;
  const integrations = entries.map(
    ({ name, nextSwitchboardIntegrationId: next, messageHistoryCount, ...rest }) => [
      name,
      {
        ...declaredOf({ ...rest }, declared[name] ?? {}),
        next: nameOf(next),
        messageHistoryCount,
      },
    ],
  );
  const isInline = recorded.integrations !== undefined;
  return {
    appId,
    ...declaredOf({ enabled, defaultIntegration: nameOf(start) }, recorded),
    ...(isInline && {
      integrations: Object.fromEntries(integrations),
      // A list, so that two with one name show.
      integrationIds: entries.map(({ name, id }) => [name, id]),
    }),
  };
}

/** Smooch gives every item an id. */
function findMenu(entry: Entry, recorded: Properties, snapshot: EmulatorSnapshot): Properties | undefined {
  const { items, settings, ...found } = findObject(entry, snapshot) ?? {};
  if (items === undefined) return undefined;
  const { inputEnabled } = Object(settings);
  return { ...found, items: withoutIds(items), ...declaredOf({ inputEnabled }, recorded) };
}

function withoutIds(items: unknown): unknown {
  if (!Array.isArray(items)) return items;
  return items.map((item: Properties) => ({ ...without(item, "id"), items: withoutIds(item.items) }));
}

function findWebhook({ id }: Entry, { webhooks, integrations }: EmulatorSnapshot): Properties | undefined {
  const found = webhooks.find((webhook) => webhookId(webhook) === id);
  if (found === undefined) return undefined;
  const { appId, target, triggers, secret, version, includeFullUser, includeFullSource } = found;
  const integration = integrations.find((one) => one.id === found.integrationId);
  return {
    ...{ appId, target, triggers, secret, version, includeFullUser, includeClient: includeFullSource },
    ...(version === "v2" && { webhookId: found.id, displayName: integration?.displayName }),
  };
}

function findIntegration(
  { id }: Entry,
  recorded: Properties,
  { webhooks, integrations }: EmulatorSnapshot,
  version: ApiVersion,
): Properties | undefined {
  const found = integrations.find((integration) => integration.id === id);
  if (found === undefined) return undefined;
  const { appId, type, displayName, fields } = found;
  const inner = webhooks.find(({ integrationId }) => integrationId === id);
  const declared = Object.entries(fieldsOf(type, version)).filter(([name]) => recorded[name] !== undefined);
  // Older API versions return a channel's own secret only once, and that response may have been lost.
  const isReturned = recorded.webhookSecret !== undefined || version === "v2";
  return {
    ...{ appId, type, displayName },
    ...Object.fromEntries(declared.map(([name, { wire = name }]) => [name, fields[wire]])),
    ...(isReturned && { webhookSecret: inner?.secret ?? fields.webhookSecret }),
    ...(inner && { webhooks: [{ target: inner.target, triggers: inner.triggers }] }),
  };
}

function matches(property: string, recorded: unknown, actual: unknown): boolean {
  // Settings and metadata that the program does not declare are not managed.
  if (property === "metadata" && recorded === undefined) return true;
  if (property === "settings") {
    if (recorded === undefined) return true;
    const part = Object.keys(recorded as Properties).map((name) => [name, (actual as Properties)?.[name]]);
    return sameJson(recorded, Object.fromEntries(part));
  }
  if (property === "integrationIds") return sameJson(asSet(Object.entries(Object(recorded))), asSet(actual));
  if (property === "triggers") return sameJson(asSet(recorded), asSet(actual));
  // An undeclared value equals an empty one.
  return sameJson(recorded || null, actual || null);
}

function asSet(list: unknown): unknown {
  return Array.isArray(list) ? [...list].sort() : list;
}

function isSecret(property: string): boolean {
  return isSecretInput(property) || property === "secret" || property === "webhookSecret";
}
