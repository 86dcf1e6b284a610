import { z } from "zod";
import { unresolvedPrefix } from "../../kinds";
import type { SmoochError } from "../../smooch/errors";
import type { Context } from "../context";
import { damagedStateError, InterruptedCreateError, PartialFailure } from "../failures";
import { requireHolderGone, requireSameObserver } from "../gone";
import { type Identified, isRoot, type Kind, type Properties } from "../kind";
import { markSeen, toInputs } from "../state";
import { type CreationWindow, clockAhead, pollForAllMatches } from "./search";

/**
 * A create whose effect is unknown: its response was lost, and the search failed or found matches that are not provably
 * ours. The state keeps an entry with the window in which the object was created, if it was. The entry owns no object.
 */
const mark = "__unresolved";

/** Minimum wait, because ids and dates are cut to whole seconds. */
const settleMs = 3000;

/** What the entry is created from. */
export interface UnresolvedCreate {
  kind: Pick<Kind, "label">;
  context: Context;
  inputs: Properties;
  window: CreationWindow;
  scopedMatchKey: string;
}

export async function toUnresolved(
  { kind: { label }, context, inputs, window: { from }, scopedMatchKey }: UnresolvedCreate,
  lost: SmoochError,
  findMatches: () => Promise<readonly Identified[]> = async () => [],
): Promise<PartialFailure> {
  const { host } = context.smooch;
  // After this wait, the requests have had all their effects, and nothing created later can be confused with them.
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
    // Random, because several creates may start in the same millisecond.
    `${unresolvedPrefix}${new Date(from).toISOString()}-${Math.floor(host.random() * 1e9)}`,
    { ...markSeen(inputs, context.credential), [mark]: window },
    `${lost.summary} It is unknown whether this ${label} exists. ${next}`,
  );
}

export function isUnresolved(id: string): boolean {
  return id.startsWith(unresolvedPrefix);
}

/** Returns if nothing matches the entry; otherwise fails and lists what may be ours, without touching it. */
export async function requireNoMatch(
  kind: Kind,
  context: Context,
  id: string,
  address: object,
  state: Properties,
): Promise<void> {
  const window = windowOf(kind.label, id, state);
  const own = kind.matchKey(kind.inputs.parse(toInputs(kind, state)));
  const isAlike = (matchKey: string) => matchKey === own;
  const target = { id, address, state };
  // Other credentials may not see the object even if it exists.
  if (isRoot(kind)) requireSameObserver(kind.label, context, target);
  const waitMs = window.until + context.patienceMs - context.smooch.host.now();
  const search = { kind, context, address, isAlike, window };
  const { matches, isHolderMissing } = await pollForAllMatches(search, waitMs);
  if (isHolderMissing) await requireHolderGone(kind, context, target);
  if (matches.length > 0)
    throw new InterruptedCreateError(
      `The response to an earlier request to create this ${kind.label} was lost. ${waysOut(kind.label, matches)}`,
    );
}

/** What the user can do about objects that may be ours. */
function waysOut(label: string, matches: readonly Identified[]): string {
  return `The request may have made ${label} ${listIds(matches)}, which cannot be told apart from one that somebody else made. Nothing was taken over or deleted. If it is yours, adopt it (option \`import\`) or delete it in Smooch; if not, forget the request with \`pulumi state delete <urn> --target-dependents\`. Then run the same command again.`;
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
  if (data === undefined) throw damagedStateError(label, id, mark);
  return data;
}
