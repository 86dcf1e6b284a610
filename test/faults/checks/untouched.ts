import type { ApiVersion } from "../../../src/smooch/api-version";
import { type Entry, inUse, unwrapped } from "../layers/state";
import { isReplaced } from "../program/channels";
import type { Declared, Program } from "../program/program";

interface Stack {
  program: Program;
  version: ApiVersion;
  entries: readonly Entry[];
  /** Ids of what exists in Smooch. */
  live: ReadonlySet<string>;
}

/**
 * What the program declares is deleted only for a replacement that exists in its place. Of the objects that there were
 * before (their resources' names by their ids), those that are gone otherwise.
 */
export function wronglyGone(stack: Stack, before: ReadonlyMap<string, string>): [id: string, name: string][] {
  const { program, entries, live } = stack;
  return [...before].filter(([id, name]) => {
    const declared = program.find((resource) => resource.name === name);
    if (live.has(id) || declared === undefined) return false;
    const now = inUse(entries, name);
    const isReplacedByNow = now !== undefined && now.id !== id && live.has(now.id);
    return !isReplacedByNow && !isBeingReplaced(stack, id, declared);
  });
}

/** Some go before their successor comes, so they are away while that cannot be made. */
function isBeingReplaced({ entries, version }: Stack, id: string, declared: Declared): boolean {
  const goesFirst = declared.kind === "webhook" || declared.kind === "integration";
  const own = entries.filter((entry) => entry.name === declared.name);
  return (
    goesFirst &&
    own.every(
      (entry) => entry.pendingReplacement || entry.id !== id || isOutdated(entry, declared, entries, version),
    )
  );
}

/** Whether what the program has become makes another object of the resource. */
function isOutdated(
  entry: Entry,
  declared: Declared,
  entries: readonly Entry[],
  version: ApiVersion,
): boolean {
  const olds = unwrapped(entry.inputs);
  const app = entries.find(({ name, id }) => name === declared.app && id === olds.appId);
  if (app === undefined) return true;
  return declared.kind === "webhook"
    ? olds.version !== (declared.inputs.version ?? version)
    : isReplaced(olds, declared.inputs, version);
}
