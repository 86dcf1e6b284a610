import { type KindName, secretSignature, signatureKey } from "../../../src/kinds";
import type { Properties } from "../../../src/provider/kind";
import { isPlainObject } from "../../../src/provider/values";
import { isSecretInput } from "../program/channels";

/** One resource in the state. */
export interface Entry {
  /** Set if the state is Pulumi's own. */
  urn?: string;
  name: string;
  kind: KindName;
  /** The names of the resources that it depends on, by the input that contains their ids. */
  references: Readonly<Record<string, readonly string[]>>;
  id: string;
  /** Secrets are marked, in inputs and in outputs. */
  inputs: Properties;
  /** As the provider returned them. */
  outputs: Properties;
  initErrors: readonly string[];
  /** Replaced, but not yet deleted. */
  pendingDelete: boolean;
  /** Deleted, but its replacement has not been created yet. */
  pendingReplacement: boolean;
}

/** The current entry of the program's resource of that name. */
export function currentEntry(entries: readonly Entry[], name: string): Entry | undefined {
  return entries.find((entry) => entry.name === name && !entry.pendingDelete);
}

/** Whether the outcome of the create is unknown: such an entry owns no object. */
export function isUnresolved({ id }: Entry): boolean {
  return id.startsWith("unresolved:");
}

/** Declared inputs with the secrets marked, as the resource class does; Pulumi keeps the marks. */
export function markSecrets(inputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, isSecretInput(name) ? marked(value) : value]),
  );
}

/** A secret in the state. */
export function marked(value: unknown): Properties {
  return { [signatureKey]: secretSignature, value };
}

/** As the engine passes them to the provider: secrets are plain values. */
export function unwrapped(properties: Properties): Properties {
  const plain: Properties = {};
  for (const name of Object.keys(properties)) {
    const value = properties[name];
    plain[name] = isMarked(value) ? value.value : value;
  }
  return plain;
}

/** Everything that the state holds in plain text. */
export function plainText({ inputs, outputs, initErrors, id }: Entry): string {
  return JSON.stringify([id, unmarked(inputs), unmarked(outputs), initErrors]);
}

function unmarked(properties: Properties): Properties {
  const plain: Properties = {};
  for (const name of Object.keys(properties)) if (!isMarked(properties[name])) plain[name] = properties[name];
  return plain;
}

export function sameJson(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function isMarked(value: unknown): value is Properties {
  return isPlainObject(value) && value[signatureKey] === secretSignature;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).map(([name, entry]): [string, unknown] => [name, sorted(entry)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
