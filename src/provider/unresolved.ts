import { z } from "zod";
import { ifFound, type SmoochError } from "../smooch/errors";
import type { Context } from "./context";
import { AmbiguityError, DamagedStateError, PartialFailure } from "./failures";
import type { Identified, Kind, Properties } from "./kind";
import type { Period } from "./period";
import { clockAhead, findCandidates, findPatiently } from "./search";
import { markSeen, toInputs } from "./state";

/**
 * A create of which nobody knows what it did: its answer was lost, and looking failed or found too much. The state
 * keeps it, with the period in which the object was made if it was, so that a later command can look again.
 */
const mark = "__unresolved";
const idPrefix = "unresolved:";

/** At least: seconds are cut off in ids and dates. */
const settleMs = 3000;

/** What is kept of a create. */
interface Attempted {
  kind: { noun: string };
  context: Context;
  properties: Properties;
  from: number;
  looks: string;
  /** How many of its requests got no answer. */
  lost: number;
}

export async function toUnresolved(
  { kind: { noun }, context, properties, from, looks, lost: requests }: Attempted,
  lost: SmoochError,
  found: readonly Identified[] = [],
): Promise<PartialFailure> {
  const { host } = context.smooch;
  // Everything that its requests can have made is made then, and nothing made later is mistaken for it.
  await host.sleep(Math.max(settleMs, context.patienceMs));
  const others = context.session.made(looks);
  const period = {
    from,
    requests,
    until: host.now(),
    aheadMs: clockAhead(context),
    ...(others.length > 0 && { others }),
  };
  const several = found.length > 0 ? ` Several that could be it exist: ${listIds(found)}.` : "";
  return new PartialFailure(
    // Several creates begin in one millisecond.
    `${idPrefix}${new Date(from).toISOString()}-${Math.floor(host.random() * 1e9)}`,
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
  const candidates = await findCandidates(kind, context, inputsOf(kind, state), period);
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Deletes what the requests made: one object, or as many as they were. True when there was none. */
export async function deleteUnresolved<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  context: Context,
  id: string,
  state: Properties,
): Promise<boolean> {
  const inputs = inputsOf(kind, state);
  const period = periodOf(kind.noun, id, state);
  for (let left = period.requests; left > 0; ) {
    const found = await findPatiently(kind, context, inputs, period);
    if (found.length > left) throw new AmbiguityError(kind.noun, listIds(found));
    if (found.length === 0) return left === period.requests;
    for (const one of found) await ifFound(kind.delete(context.smooch, one.id, kind.address.parse(inputs)));
    for (const one of found) context.session.know(one.id);
    left -= found.length;
  }
  return false;
}

export function listIds(objects: readonly Identified[]): string {
  return objects.map(({ id }) => id).join(", ");
}

function inputsOf<I extends object>(kind: Pick<Kind<I>, "inputs" | "assumed">, state: Properties): I {
  return kind.inputs.parse({ ...kind.assumed, ...toInputs(kind, state) });
}

const markFields = z.object({
  requests: z.number(),
  from: z.number(),
  until: z.number(),
  aheadMs: z.number().optional(),
  others: z.array(z.string()).optional(),
});

function periodOf(noun: string, id: string, state: Properties): Period & { requests: number } {
  const { data } = markFields.safeParse(state[mark]);
  if (data === undefined) throw new DamagedStateError(noun, id, mark);
  return data;
}
