import type { SmoochError } from "../smooch/errors";
import type { Context } from "./context";
import { AmbiguityError, DamagedStateError, PartialFailure } from "./failures";
import type { Identified, Kind, Properties } from "./kind";
import { findCandidates, findPatiently, nowOnServer, type Period } from "./search";
import { markSeen, toInputs } from "./state";
import { isPlainObject } from "./values";

/**
 * A create of which nobody knows what it did: its answer was lost, and looking failed or found too much. The state
 * keeps it, with the period in which the object was made if it was, so that a later command can look again.
 */
const mark = "__unresolved";
const idPrefix = "unresolved:";

/** Every second in which the object can have been made is over then: nothing made later is mistaken for it. */
const settleMs = 3000;

export async function toUnresolved(
  noun: string,
  context: Context,
  properties: Properties,
  from: () => number,
  lost: SmoochError,
  found: readonly Identified[] = [],
): Promise<PartialFailure> {
  await context.smooch.host.sleep(settleMs);
  const period = { from: from(), until: nowOnServer(context) };
  const several = found.length > 0 ? ` Several that could be it exist: ${listIds(found)}.` : "";
  return new PartialFailure(
    `${idPrefix}${new Date(period.from).toISOString()}`,
    { ...markSeen(properties, context.credential), [mark]: period },
    `${lost.summary} Nobody knows whether that ${noun} exists now.${several} The next \`pulumi up\` or \`pulumi destroy\` looks again, and deletes it if it is there before anything else is made.`,
  );
}

export function isUnresolved(id: string): boolean {
  return id.startsWith(idPrefix);
}

/** The object after all, if there is exactly one that could be it. */
export async function findUnresolved<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  context: Context,
  id: string,
  state: Properties,
): Promise<R | undefined> {
  const period = periodOf(kind.noun, id, state);
  const candidates = await findCandidates(kind, context, inputsOf(kind, state), () => period);
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Deletes the object if it is there. True when there was none. */
export async function deleteUnresolved<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  context: Context,
  id: string,
  state: Properties,
): Promise<boolean> {
  const inputs = inputsOf(kind, state);
  const period = periodOf(kind.noun, id, state);
  const candidates = await findPatiently(kind, context, inputs, () => period);
  if (candidates.length > 1) {
    throw new AmbiguityError(kind.noun, listIds(candidates));
  }
  for (const found of candidates) await kind.delete(context.smooch, found.id, kind.address.parse(inputs));
  return candidates.length === 0;
}

export function listIds(objects: readonly Identified[]): string {
  return objects.map(({ id }) => id).join(", ");
}

function inputsOf<I extends object>(kind: Pick<Kind<I>, "inputs">, state: Properties): I {
  return kind.inputs.parse(toInputs(kind, state));
}

function periodOf(noun: string, id: string, state: Properties): Period {
  const period = state[mark];
  if (!isPlainObject(period) || typeof period.from !== "number" || typeof period.until !== "number") {
    throw new DamagedStateError(noun, id, mark);
  }
  return { from: period.from, until: period.until };
}
