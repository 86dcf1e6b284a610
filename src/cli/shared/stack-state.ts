import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { type KindName, kindOf, rootName, signatureKey } from "../../kinds";
import { isUnresolved } from "../../provider/create/unresolved";
import type { Properties } from "../../provider/kind";
import { isPlainObject } from "../../provider/values";
import { runPulumi } from "./pulumi";
import { parseStackExport, type StackExport, type StackResource } from "./stack-export";

export interface Stack {
  /** As given on the command line. */
  name: string;
  resources: StateResource[];
  /** The resources of operations that were interrupted. */
  pending: StateResource[];
}

/** A resource of this package in a stack's state. */
export interface StateResource {
  stack: string;
  urn: string;
  kind: KindName;
  id: string;
  /** Undefined if the state keeps it secret or has lost it. */
  appId: string | undefined;
  /** The object's properties in the state, with secrets as marked values. */
  properties: Properties;
  /** Whether the program gave it an explicit provider, which may be for another account. */
  hasOwnProvider: boolean;
  /** Only read, with `get`. */
  isExternal: boolean;
  /** What an update did not finish. */
  left: Left[];
}

export type Left =
  | "unresolved"
  | "deleting"
  | "replacing"
  | "failed"
  | "interruptedCreate"
  | "interruptedChange";

/** Throws if one of the stacks does not exist, without reading its state. */
export async function requireStacks(folder: string, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => runPulumi(folder, ["stack", "--show-name", `--stack=${name}`])));
}

/** Reads the resources in the stacks, without secrets. */
export function readStacks(folder: string, names: readonly string[]): Promise<Stack[]> {
  return Promise.all(
    names.map(async (name) => toStack(name, await runPulumi(folder, ["stack", "export", `--stack=${name}`]))),
  );
}

/** Reads the output of `pulumi stack export` from a file, `-` for standard input. */
export async function readStateFile(name: string): Promise<Stack> {
  const content = await (name === "-" ? text(process.stdin) : readFile(name, "utf8")).catch(
    (error: unknown) => {
      throw new Error(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    },
  );
  return toStack(name, content);
}

export function toStack(name: string, content: string): Stack {
  const exported = parseStackExport(content);
  if (exported === undefined) {
    throw new Error(
      `${name} is not the output of \`pulumi stack export\`: create it again with that command`,
    );
  }
  return {
    name,
    resources: exported.resources.flatMap((resource) => toStateResource(name, resource) ?? []),
    pending: pendingIn(name, exported),
  };
}

function pendingIn(name: string, { pending }: StackExport): StateResource[] {
  return pending.flatMap(({ type, resource }) => {
    const held = toStateResource(name, resource);
    const left: Left = type === "creating" ? "interruptedCreate" : "interruptedChange";
    return held === undefined ? [] : [{ ...held, left: [left] }];
  });
}

function toStateResource(stack: string, resource: StackResource): StateResource | undefined {
  const kind = kindOf(resource.type);
  if (kind === undefined) return undefined;
  const { urn, id = "", provider = "", inputs, outputs, external = false } = resource;
  const properties = { ...inputs, ...outputs };
  return {
    stack,
    urn,
    kind,
    id,
    appId: kind === rootName ? id : textOf(properties.appId),
    properties,
    hasOwnProvider: provider !== "" && !/::default(_[^:]*)?::[^:]*$/.test(provider),
    isExternal: external,
    left: leftOf(resource, id),
  };
}

function leftOf({ delete: isDeleted, pendingReplacement, initErrors }: StackResource, id: string): Left[] {
  if (isUnresolved(id)) return ["unresolved"];
  if (isDeleted) return ["deleting"];
  if (pendingReplacement) return ["replacing"];
  return (initErrors ?? []).length > 0 ? ["failed"] : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Whether a value in the state contains a secret. */
export function isSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isSecret);
  if (!isPlainObject(value)) return false;
  return Object.hasOwn(value, signatureKey) || Object.values(value).some(isSecret);
}
