import type { EmulatorSnapshot } from "../../../src/emulator/snapshot";
import type { Properties } from "../../../src/provider/kind";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { type Entry, inUse, sameJson, unwrapped } from "../layers/state";
import { fieldsOf, isSecretInput } from "../program/channels";
import { type Program, without } from "../program/program";
import { webhookId } from "./watch";

/** Differences between the state and Smooch; empty if there are none. */
export function differencesFromSmooch(
  entries: readonly Entry[],
  snapshot: EmulatorSnapshot,
  version: ApiVersion,
): string[] {
  return entries.flatMap((entry) => {
    const held = unwrapped(entry.outputs);
    const actual = find(entry, held, snapshot, version);
    if (actual === undefined) return [`${entry.name} ${entry.id} does not exist`];
    const wrong = Object.keys(actual).filter((property) => !isAs(property, held[property], actual[property]));
    return wrong.map((property) => {
      const show = (value: unknown) => (isSecret(property) ? "another secret" : JSON.stringify(value));
      return `${property} of ${entry.name} is ${show(actual[property])}, not ${show(held[property])}`;
    });
  });
}

/** What the program declares and the state lacks: Pulumi's previews compare only with what was declared before. */
export function differencesFromProgram(program: Program, entries: readonly Entry[]): string[] {
  return program.flatMap(({ name, inputs }) => {
    const held = unwrapped(inUse(entries, name)?.outputs ?? {});
    const missing = Object.keys(inputs).filter(
      (property) => !isAs(property, inputs[property], held[property]),
    );
    return missing.map((property) => `${property} of ${name} is not as declared`);
  });
}

/** The object's managed properties, under the names that its resource uses. */
function find(
  entry: Entry,
  held: Properties,
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
      return findIntegration(entry, held, snapshot, version);
    default: {
      const found = snapshot[`${entry.kind}s`].find(({ id }) => id === entry.id);
      return found && without({ ...found }, "id");
    }
  }
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
  held: Properties,
  { webhooks, integrations }: EmulatorSnapshot,
  version: ApiVersion,
): Properties | undefined {
  const found = integrations.find((integration) => integration.id === id);
  if (found === undefined) return undefined;
  const { appId, type, displayName, fields } = found;
  const inner = webhooks.find(({ integrationId }) => integrationId === id);
  const declared = Object.entries(fieldsOf(type, version)).filter(([name]) => held[name] !== undefined);
  // Older API versions return a channel's own secret only once, and that response may have been lost.
  const isTold = held.webhookSecret !== undefined || version === "v2";
  return {
    ...{ appId, type, displayName },
    ...Object.fromEntries(declared.map(([name, { wire = name }]) => [name, fields[wire]])),
    ...(isTold && { webhookSecret: inner?.secret ?? fields.webhookSecret }),
    ...(inner && { webhooks: [{ target: inner.target, triggers: inner.triggers }] }),
  };
}

function isAs(property: string, held: unknown, actual: unknown): boolean {
  // Settings and metadata that the program does not declare are not managed.
  if (property === "metadata" && held === undefined) return true;
  if (property === "settings") {
    if (held === undefined) return true;
    const part = Object.keys(held as Properties).map((name) => [name, (actual as Properties)?.[name]]);
    return sameJson(held, Object.fromEntries(part));
  }
  if (property === "triggers") return sameJson(asSet(held), asSet(actual));
  // A value that is not declared equals an empty one.
  return sameJson(held || null, actual || null);
}

function asSet(list: unknown): unknown {
  return Array.isArray(list) ? [...list].sort() : list;
}

function isSecret(property: string): boolean {
  return isSecretInput(property) || property === "secret" || property === "webhookSecret";
}
