import { z } from "zod";
import type { Entry as Note } from "../../../src/provider/crash/journal";
import { createdAt } from "../../../src/smooch/ids";
import { type Entry, isUnresolved } from "../layers/state";
import { identify, isAlike, type LiveObject } from "./watch";

/** What the checks need to remember: the known ids, and everything that a person was told. */
export interface Memory {
  /** Ids that have been in the state. */
  known: Set<string>;
  told: string;
}

/** What is known about creates whose process was killed. */
interface Leftovers {
  /** Those that Pulumi named to the person. */
  interrupted?: readonly Omit<LiveObject, "id">[] | undefined;
  /** Those that the next create of the same resource finds on the disk. */
  notes?: readonly Note[] | undefined;
}

/** Objects of the stack that exist but are not in the state, grouped by what that means. */
export function unaccounted(
  own: readonly LiveObject[],
  entries: readonly Entry[],
  memory: Memory,
  { interrupted = [], notes = [] }: Leftovers,
) {
  const held = new Set(entries.filter((entry) => !entry.pendingReplacement).map(({ id }) => id));
  const stray = own.filter(({ id }) => !held.has(id));
  const uncovered = stray.filter((object) => !entries.some((entry) => covers(entry, object)));
  // Errors also name objects of the state, so a forgotten object is lost even if an error names it.
  const lost = uncovered.filter(({ id }) => memory.known.has(id));
  const strange = uncovered.filter(({ id }) => !memory.known.has(id));
  const isAbandoned = (object: LiveObject) => interrupted.some((create) => isAlike(create, object));
  const unknown = strange.filter((object) => !isAbandoned(object));
  const named = unknown.filter(({ id }) => memory.told.includes(id));
  const isNoted = (object: LiveObject) => notes.some((note) => tells(note, object));
  const others = unknown.filter((object) => !memory.told.includes(object.id) && !isNoted(object));
  const hasTwin = (object: LiveObject) =>
    own.some((twin) => held.has(twin.id) && isAlike(twin, object)) ||
    others.some((twin) => twin.id < object.id && isAlike(twin, object));
  return {
    named,
    /** Made by a create whose process was killed; Pulumi named the resource. */
    abandoned: strange.filter(isAbandoned),
    lost,
    duplicates: others.filter(hasTwin),
    orphans: others.filter((object) => !hasTwin(object)),
  };
}

/** Whether the resource's next command will find the object and stop. */
export function covers(entry: Entry, object: LiveObject): boolean {
  if (!isUnresolved(entry) || !isInWindow(entry, object)) return false;
  const { appId = "" } = entry.inputs;
  return isAlike({ appId: String(appId), ...identify(entry.kind, entry.inputs) }, object);
}

const windowFields = z.object({ from: z.number(), until: z.number(), aheadMs: z.number() });

/** Whether the request can have made the object, according to the clocks of both sides. */
function isInWindow({ outputs }: Entry, { id }: LiveObject): boolean {
  const { data } = windowFields.safeParse(outputs.__unresolved);
  const created = createdAt(id);
  // Without the other side's clock, the request may have made any match.
  if (data === undefined || created === undefined) return true;
  const { from, until, aheadMs } = data;
  return created > from + aheadMs - 2000 && created < until + aheadMs + 1000;
}

/** Whether a person who follows up the note finds the object. */
function tells({ id, kind, address }: Note, object: LiveObject): boolean {
  if (id !== undefined && !id.startsWith("unresolved:")) return id === object.id;
  // A custom integration and its webhook are one thing.
  const isKind = kind === object.kind || (kind === "integration" && object.kind === "webhook");
  return isKind && (address.appId ?? "") === object.appId;
}
