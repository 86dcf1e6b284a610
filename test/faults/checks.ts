import { type Entry, isUnresolved, openText } from "./state";
import { isAlike, type LiveObject, looksOf } from "./watch";

/** Everything that a person was told, and everything that the checks need of the past. */
export interface Memory {
  /** Ids that stood in the state once. */
  known: Set<string>;
  /** Objects of somebody else, each with the app it stands in, if any. */
  foreign: Map<string, string>;
  told: string;
}

/** Objects that exist and that the state does not hold, by what that means. */
export function unaccounted(
  live: readonly LiveObject[],
  entries: readonly Entry[],
  memory: Memory,
  interrupted: readonly Omit<LiveObject, "id">[] = [],
) {
  const held = new Set(entries.filter((entry) => !entry.pendingReplacement).map(({ id }) => id));
  const stray = live.filter(({ id }) => !held.has(id) && !memory.foreign.has(id));
  const uncovered = stray.filter((object) => !entries.some((entry) => covers(entry, object)));
  // Errors name objects of the state as well: that is no excuse for forgetting one.
  const lost = uncovered.filter(({ id }) => memory.known.has(id));
  const strange = uncovered.filter(({ id }) => !memory.known.has(id));
  const isAbandoned = (object: LiveObject) => interrupted.some((create) => isAlike(create, object));
  const unknown = strange.filter((object) => !isAbandoned(object));
  const named = unknown.filter(({ id }) => memory.told.includes(id));
  const others = unknown.filter(({ id }) => !memory.told.includes(id));
  const hasTwin = (object: LiveObject) =>
    live.some((twin) => held.has(twin.id) && isAlike(twin, object)) ||
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
  if (!isUnresolved(entry)) return false;
  const { appId = "" } = entry.inputs;
  return isAlike({ appId: String(appId), ...looksOf(entry.kind, entry.inputs) }, object);
}

/** Where secrets stand that must not: texts that people see, and the state outside its encrypted parts. */
export function leaks(
  secrets: ReadonlySet<string>,
  texts: Readonly<Record<string, string>>,
  entries: readonly Entry[],
): string[] {
  const places = { ...texts, state: entries.map(openText).join("\n") };
  return Object.entries(places).flatMap(([place, text]) => {
    const secret = [...secrets].some((value) => text.includes(value));
    return secret || /\beyJ[\w-]+\.[\w-]+\.[\w-]+/.test(text) ? [place] : [];
  });
}
