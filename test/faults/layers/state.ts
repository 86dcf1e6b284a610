import type { KindName } from "../../../src/kinds";
import type { Properties } from "../../../src/provider/kind";
import { isPlainObject } from "../../../src/provider/values";
import { isSecretInput } from "../program/channels";

/** One resource in the state. */
export interface Entry {
  /** Set if Pulumi itself keeps the state. */
  urn?: string;
  name: string;
  kind: KindName;
  /** The resource that it depends on. */
  dependsOn?: string;
  id: string;
  /** Secrets are marked, in inputs and in outputs. */
  inputs: Properties;
  /** As the provider returned them. */
  outputs: Properties;
  initErrors: readonly string[];
  /** Replaced, and not deleted yet. */
  pendingDelete: boolean;
  /** Deleted, and its replacement not made yet. */
  pendingReplacement: boolean;
}

const secretMark = "4dabf18193072939515e22adb298388d";
const secretValue = "1b47061264138c4ac30d75fd1eb44270";

/** The current entry of the program's resource of that name. */
export function inUse(entries: readonly Entry[], name: string): Entry | undefined {
  return entries.find((entry) => entry.name === name && !entry.pendingDelete);
}

/** Whether the outcome of the create is unknown: the entry has no object of its own. */
export function isUnresolved({ id }: Entry): boolean {
  return id.startsWith("unresolved:");
}

/** Declared inputs with the secrets marked: the resource class makes them secrets, and Pulumi keeps them secret. */
export function sealed(inputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      name,
      isSecretInput(name) ? { [secretMark]: secretValue, value } : value,
    ]),
  );
}

/** As the engine passes them back to the provider: secrets are plain values again. */
export function unwrapped(properties: Properties): Properties {
  const plain: Properties = {};
  for (const name of Object.keys(properties)) {
    const value = properties[name];
    plain[name] = isMarked(value) ? value.value : value;
  }
  return plain;
}

/** Everything that the state holds in plain text. */
export function openText({ inputs, outputs, initErrors, id }: Entry): string {
  return JSON.stringify([id, unmarked(inputs), unmarked(outputs), initErrors]);
}

function unmarked(properties: Properties): Properties {
  const open: Properties = {};
  for (const name of Object.keys(properties)) if (!isMarked(properties[name])) open[name] = properties[name];
  return open;
}

export function sameJson(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function isMarked(value: unknown): value is Properties {
  return isPlainObject(value) && value[secretMark] === secretValue;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).map(([name, entry]): [string, unknown] => [name, sorted(entry)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
