import { definitions } from "../../../src/provider/kinds";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { currentEntry, type Entry, unwrapped } from "../layers/state";
import { isReplaced } from "../program/channels";
import { type Declared, holdersOf, type Program } from "../program/program";
import { resolved } from "../program/references";
import { holderInputs } from "../program/schema-inputs";

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

/**
 * Some objects are deleted before their replacement is created, with what they hold, so they are missing until that
 * succeeds.
 */
export function isBeingReplaced(stack: Stack, id: string, declared: Declared): boolean {
  const { entries } = stack;
  const holders = stack.program.filter(({ name }) => holdersOf(declared).includes(name));
  const isDeletedFirst = [declared, ...holders].some(
    ({ kind }) => definitions[kind].deleteBeforeReplace !== undefined,
  );
  const isHolderReplaced = () =>
    holders.some((holder) => {
      const entry = currentEntry(entries, holder.name);
      return entry !== undefined && isBeingReplaced(stack, entry.id, holder);
    });
  const own = entries.filter((entry) => entry.name === declared.name);
  return (
    isDeletedFirst &&
    own.every(
      (entry) =>
        entry.pendingReplacement ||
        entry.id !== id ||
        willBeReplaced(stack, entry, declared) ||
        isHolderReplaced(),
    )
  );
}

/** Whether the current program replaces the resource's object. */
function willBeReplaced({ version, entries }: Stack, entry: Entry, declared: Declared): boolean {
  const olds = unwrapped(entry.inputs);
  const news = resolved(declared.inputs, (name) => currentEntry(entries, name)?.id);
  if (holderInputs(declared.kind).some((input) => olds[input] !== news[input])) return true;
  switch (declared.kind) {
    case "webhook":
      return olds.version !== (declared.inputs.version ?? version);
    case "integration":
      return isReplaced(olds, declared.inputs, version);
    default:
      return false;
  }
}
