import { z } from "zod";
import type { Entry as Note } from "../../../src/provider/crash/journal";
import { definitions } from "../../../src/provider/kinds";
import { createdAt } from "../../../src/smooch/ids";
import { type Entry, isUnresolved } from "../layers/state";
import { holderInputs } from "../program/schema-inputs";
import { identify, isAlike, type Likeness, type LiveObject } from "./watch";

/** What the checks remember: the known ids, and all error messages so far. */
export interface Memory {
  /** Ids that have been in the state. */
  known: Set<string>;
  messages: string;
}

/** What is known about creates whose process was killed. */
interface Leftovers {
  /** Those whose resources Pulumi named. */
  interrupted?: readonly Likeness[] | undefined;
  /** Those for which the next create of the same resource finds a journal entry on disk. */
  notes?: readonly Note[] | undefined;
}

/** Objects of the stack that exist but are not in the state, grouped by their cause. */
export function unaccounted(
  own: readonly LiveObject[],
  entries: readonly Entry[],
  memory: Memory,
  { interrupted = [], notes = [] }: Leftovers,
) {
  const inState = new Set(entries.filter((entry) => !entry.pendingReplacement).map(({ id }) => id));
  const stray = own.filter(({ id }) => !inState.has(id));
  const uncovered = stray.filter((object) => !entries.some((entry) => covers(entry, object)));
  // Errors also name objects in the state, so a dropped object counts as lost even if an error names it.
  const lost = uncovered.filter(({ id }) => memory.known.has(id));
  const neverRecorded = uncovered.filter(({ id }) => !memory.known.has(id));
  const isAbandoned = (object: LiveObject) => interrupted.some((create) => isAlike(create, object));
  const unknown = neverRecorded.filter((object) => !isAbandoned(object));
  const named = unknown.filter(({ id }) => memory.messages.includes(id));
  const hasNote = (object: LiveObject) => notes.some((note) => mayReferTo(note, object));
  const others = unknown.filter((object) => !memory.messages.includes(object.id) && !hasNote(object));
  const hasDuplicate = (object: LiveObject) =>
    own.some((other) => inState.has(other.id) && isAlike(other, object)) ||
    others.some((other) => other.id < object.id && isAlike(other, object));
  return {
    named,
    /** Made by a create whose process was killed; Pulumi named the resource. */
    abandoned: neverRecorded.filter(isAbandoned),
    lost,
    duplicates: others.filter(hasDuplicate),
    orphans: others.filter((object) => !hasDuplicate(object)),
  };
}

/** Whether the resource's next command will find the object and stop. */
export function covers(entry: Entry, object: LiveObject): boolean {
  if (!isUnresolved(entry) || !isInWindow(entry, object)) return false;
  return isAlike(identify(entry.kind, entry.inputs), object);
}

const windowFields = z.object({ from: z.number(), until: z.number(), aheadMs: z.number() });

/** Whether the request can have made the object, according to both clocks. */
function isInWindow({ outputs }: Entry, { id }: LiveObject): boolean {
  const { data } = windowFields.safeParse(outputs.__unresolved);
  const created = createdAt(id);
  // Without the time on Smooch's clock, the request may have made any match.
  if (data === undefined || created === undefined) return true;
  const { from, until, aheadMs } = data;
  return created > from + aheadMs - 2000 && created < until + aheadMs + 1000;
}

/** Whether a person who investigates the note finds the object. */
function mayReferTo({ id, kind, address }: Note, object: LiveObject): boolean {
  if (id !== undefined && !id.startsWith("unresolved:")) return id === object.id;
  // A custom integration and its webhook count as one object.
  const isKind =
    kind === definitions[object.kind].label || (kind === "integration" && object.kind === "webhook");
  const holders = holderInputs(object.kind).flatMap((input) => address[input] ?? []);
  return isKind && holders.join() === object.holders.join();
}
