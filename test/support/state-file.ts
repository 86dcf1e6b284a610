import { join } from "node:path";
import { reveal } from "./secrets";

/** A resource in a state file. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  /** A replaced object that Pulumi still has to delete. */
  delete?: boolean;
  /** Deleted, but its replacement has not been created yet. */
  pendingReplacement?: boolean;
  initErrors?: string[];
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

interface StateFile {
  checkpoint: {
    latest?: {
      resources?: StateResource[];
      pending_operations?: { resource: { urn: string }; type: string }[];
      secrets_providers?: { state: { salt: string } };
    };
  };
}

const isStack = ({ type }: StateResource) => type === "pulumi:pulumi:Stack";
const isOurs = ({ type }: StateResource) => /^(pulumi-nodejs:dynamic\/)?smooch:/.test(type);

const parse = (stateFile: string) => JSON.parse(stateFile) as StateFile;
const allIn = ({ checkpoint }: StateFile) => checkpoint.latest?.resources ?? [];

/** Where the backend in a folder (`cliEnvironment`) keeps a stack's state. */
export function stateFileOf(folder: string, stack = "test", project = "test"): string {
  return join(folder, "backend", ".pulumi", "stacks", project, `${stack}.json`);
}

/** This package's resources in the contents of a state file. */
export const resourcesIn = (stateFile: string) => allIn(parse(stateFile)).filter(isOurs);

/** The same with secrets in plain text, or what `show` makes of each. */
export async function revealedIn(
  stateFile: string,
  show?: (secret: unknown) => unknown,
): Promise<StateResource[]> {
  return (await allRevealed(stateFile, show)).filter(isOurs);
}

/** The stack's outputs in the contents of a state file, with secrets in plain text. */
export async function outputsIn(stateFile: string): Promise<Record<string, unknown>> {
  const outputs = (await allRevealed(stateFile)).find(isStack)?.outputs;
  if (outputs === undefined) throw new Error(`the state has no outputs of the stack: ${stateFile}`);
  return outputs;
}

/** The URNs of creates that have begun and not ended. */
export function pendingCreatesIn(stateFile: string): string[] {
  const { pending_operations: pending = [] } = parse(stateFile).checkpoint.latest ?? {};
  return pending.filter(({ type }) => type === "creating").map(({ resource }) => resource.urn);
}

/** The contents of a state file with this package's resources changed. */
export function edited(stateFile: string, edit: (resources: StateResource[]) => void): string {
  const state = parse(stateFile);
  edit(allIn(state).filter(isOurs));
  return JSON.stringify(state);
}

async function allRevealed(stateFile: string, show?: (secret: unknown) => unknown): Promise<StateResource[]> {
  const state = parse(stateFile);
  const salt = state.checkpoint.latest?.secrets_providers?.state.salt;
  const resources = allIn(state);
  return salt === undefined ? resources : reveal(resources, salt, show);
}
