import { z } from "zod";
import { unresolvedPrefix } from "../../kinds";
import type { SmoochError } from "../../smooch/errors";
import type { Context } from "../context";
import { DamagedStateError, InterruptedCreateError, PartialFailure } from "../failures";
import { requireAppGone, requireSameObserver } from "../gone";
import type { Identified, Kind, Properties } from "../kind";
import { markSeen, toInputs } from "../state";
import { clockAhead, pollForAllMatches } from "./search";
import type { CreationWindow } from "./window";

/**
 * A create whose effect is unknown: its answer was lost, and looking failed, or found what cannot be proven ours. The
 * state keeps an entry for it, with the window in which the object was made if it was. The entry claims nothing.
 */
const mark = "__unresolved";

/** At least: seconds are cut off in ids and dates. */
const settleMs = 3000;

/** What is kept of a create. */
interface Attempted {
  kind: { label: string };
  context: Context;
  properties: Properties;
  from: number;
  scopedMatchKey: string;
}

export async function toUnresolved(
  { kind: { label }, context, properties, from, scopedMatchKey }: Attempted,
  lost: SmoochError,
  findMatches: () => Promise<readonly Identified[]> = async () => [],
): Promise<PartialFailure> {
  const { host } = context.smooch;
  // Whatever the requests make is made by then, and nothing made later is mistaken for it.
  await host.sleep(Math.max(settleMs, context.patienceMs));
  const matches = await findMatches();
  const others = context.session.made(scopedMatchKey);
  const window = {
    from,
    until: host.now(),
    aheadMs: clockAhead(context),
    ...(others.length > 0 && { others }),
  };
  const next =
    matches.length > 0
      ? waysOut(label, matches)
      : "The next `pulumi up` or `pulumi destroy` looks for it, and stops if it finds one.";
  return new PartialFailure(
    // Several creates begin in one millisecond.
    `${unresolvedPrefix}${new Date(from).toISOString()}-${Math.floor(host.random() * 1e9)}`,
    { ...markSeen(properties, context.credential), [mark]: window },
    `${lost.summary} It is unknown whether this ${label} exists. ${next}`,
  );
}

export function isUnresolved(id: string): boolean {
  return id.startsWith(unresolvedPrefix);
}

/** Forgets the entry where nothing matches it; otherwise stops and names what may be ours, without touching it. */
export async function requireNoMatch<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  context: Context,
  id: string,
  address: A,
  state: Properties,
): Promise<void> {
  const window = windowOf(kind.label, id, state);
  const own = kind.matchKey(kind.inputs.parse({ ...kind.assumed, ...toInputs(kind, state) }));
  const isAlike = (matchKey: string) => matchKey === own;
  const target = { id, address, state };
  // Where other credentials see nothing, it may be there all the same.
  if (kind.appOf === undefined) requireSameObserver(kind.label, context, target);
  const patienceMs = window.until + context.patienceMs - context.smooch.host.now();
  const wanted = { address, isAlike, window };
  const { matches, isAppMissing } = await pollForAllMatches(kind, context, wanted, patienceMs);
  if (isAppMissing) await requireAppGone(kind, context, target);
  if (matches.length > 0)
    throw new InterruptedCreateError(
      `The answer to an earlier request to create this ${kind.label} was lost. ${waysOut(kind.label, matches)}`,
    );
}

/** What a person can do about objects that may be ours. */
function waysOut(label: string, matches: readonly Identified[]): string {
  return `The request may have made ${label} ${listIds(matches)}, which cannot be told from one that somebody else made. Nothing was taken over or deleted. If it is yours, adopt it (option \`import\`) or delete it in Smooch; if not, forget the request with \`pulumi state delete <urn> --target-dependents\`. Then run the same command again.`;
}

export function listIds(objects: readonly Identified[]): string {
  return objects.map(({ id }) => id).join(", ");
}

const windowFields = z.object({
  from: z.number(),
  until: z.number(),
  aheadMs: z.number().optional(),
  others: z.array(z.string()).optional(),
});

function windowOf(label: string, id: string, state: Properties): CreationWindow & { until: number } {
  const { data } = windowFields.safeParse(state[mark]);
  if (data === undefined) throw new DamagedStateError(label, id, mark);
  return data;
}
