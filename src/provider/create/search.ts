import { ifFound } from "../../smooch/errors";
import { createdAt } from "../../smooch/ids";
import { backoff } from "../../smooch/retry";
import type { Context } from "../context";
import type { Identified, Kind } from "../kind";
import type { CreationWindow } from "./window";

/** How far Smooch's clock is ahead of this machine's, at least; undefined before the first answer. */
export function clockAhead({ smooch }: Pick<Context, "smooch">): number | undefined {
  const serverNow = smooch.serverNow();
  return serverNow === undefined ? undefined : serverNow - smooch.host.now();
}

/** What the object to find looks like, and where it would be. */
export interface Wanted<A extends object> {
  address: A;
  /** By what `Kind.matchKey` gives for an object. */
  isAlike(matchKey: string): boolean;
  window: CreationWindow;
}

/** What a look at the siblings shows. */
export interface Look<R> {
  matches: R[];
  /** There is no app in which a match could be, or the answer is stale. */
  isAppMissing: boolean;
}

/**
 * The objects that a create can have made in the window: alike, and not known to be another's. Smooch's clock is read
 * after the listing, which brings it up to date.
 */
export async function findMatches<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  context: Context,
  { address, isAlike, window }: Wanted<A>,
): Promise<Look<R>> {
  const siblings = await ifFound(kind.siblings(context.smooch, address));
  const isPossibleOne = ({ id }: Identified) => isPossible(context, window, id);
  const possible = siblings?.items.filter(isPossibleOne) ?? [];
  // What the listing shows in part may be the one: its own read tells, or the search fails with its id.
  for (const { id } of siblings?.unreadable.filter(isPossibleOne) ?? []) {
    const remote = await ifFound(kind.read(context.smooch, id, address));
    if (remote !== undefined) possible.push(remote);
  }
  const matches = possible.filter((sibling) => isAlike(kind.matchKey(sibling)));
  return { matches, isAppMissing: siblings === undefined };
}

/** Whether the object can have been made in the window, and is not known to be another's. */
export function isPossible(
  context: Context,
  { from, until, aheadMs, others = [] }: CreationWindow,
  id: string,
): boolean {
  if (context.session.isOwned(id) || others.includes(id)) return false;
  const created = createdAt(id);
  if (created === undefined) return true;
  const ahead = aheadMs ?? clockAhead(context) ?? 0;
  // An id is cut to the second: the object was made within the second that begins there.
  return created + 1000 > from + ahead && (until === undefined || created + 1000 <= until + ahead);
}

/** A single look may get a stale answer. */
const minLooks = 3;

/** Looks until something matches, and otherwise three times, or for as long as a request may still take effect. */
export async function pollForMatches<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  context: Context,
  wanted: Wanted<A>,
  patienceMs: number,
): Promise<Look<R>> {
  const { host } = context.smooch;
  const giveUpAt = host.now() + patienceMs;
  for (let looks = 1; ; looks++) {
    const look = await findMatches(kind, context, wanted);
    if (look.matches.length > 0 || (looks >= minLooks && host.now() >= giveUpAt)) return look;
    await host.sleep(250 + backoff(looks, host.random));
  }
}

/**
 * The same, but to the end of the wait where something matches: a person who is asked whether that is theirs has to see
 * all that the request can have made.
 */
export async function pollForAllMatches<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  context: Context,
  wanted: Wanted<A>,
  patienceMs: number,
): Promise<Look<R>> {
  const { host } = context.smooch;
  const giveUpAt = host.now() + patienceMs;
  const early = await pollForMatches(kind, context, wanted, patienceMs);
  const leftMs = giveUpAt - host.now();
  if (leftMs <= 0) return early;
  await host.sleep(leftMs);
  return { ...early, matches: await addMatches(kind, context, wanted, early.matches) };
}

/** Those that were found already, and what has come since. */
export async function addMatches<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  context: Context,
  wanted: Wanted<A>,
  early: readonly R[],
): Promise<R[]> {
  const late = await findMatches(kind, context, wanted);
  return [...early, ...late.matches.filter(({ id }) => early.every((match) => match.id !== id))];
}
