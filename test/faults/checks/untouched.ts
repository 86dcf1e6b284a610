import type { ApiVersion } from "../../../src/smooch/api-version";
import { currentEntry, type Entry, unwrapped } from "../layers/state";
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
 * A declared object may be deleted only if a replacement exists. Returns the objects in `before` (resource names
 * by id) that are gone for any other reason.
 */
export function wronglyGone(stack: Stack, before: ReadonlyMap<string, string>): [id: string, name: string][] {
  const { program, entries, live } = stack;
  return [...before].filter(([id, name]) => {
    const declared = program.find((resource) => resource.name === name);
    if (live.has(id) || declared === undefined) return false;
    const now = currentEntry(entries, name);
    const isReplacedByNow = now !== undefined && now.id !== id && live.has(now.id);
    return !isReplacedByNow && !isBeingReplaced(stack, id, declared);
  });
}

/** Some kinds are deleted before their replacement is created, so they are missing until that succeeds. */
function isBeingReplaced({ entries, version }: Stack, id: string, declared: Declared): boolean {
  const isDeletedFirst = declared.kind === "webhook" || declared.kind === "integration";
  const own = entries.filter((entry) => entry.name === declared.name);
  return (
    isDeletedFirst &&
    own.every(
      (entry) =>
        entry.pendingReplacement || entry.id !== id || willBeReplaced(entry, declared, entries, version),
    )
  );
}

/** Whether the current program replaces the resource's object. */
function willBeReplaced(
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
