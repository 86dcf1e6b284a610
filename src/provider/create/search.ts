import { ifFound } from "../../smooch/errors";
import { createdAt } from "../../smooch/ids";
import { backoff } from "../../smooch/retry";
import type { Context } from "../context";
import type { Identified, Kind } from "../kind";
import type { CreationWindow } from "./window";

/** The objects to search for: of which kind, where, what they have in common, and when they were created. */
export interface Search {
  kind: Kind;
  context: Context;
  address: object;
  isAlike(matchKey: string): boolean;
  window: CreationWindow;
}

export interface SearchResult {
  matches: Identified[];
  /** There is no app in which a match could be, or the answer is stale. */
  isAppMissing: boolean;
}

/** How far Smooch's clock is ahead of this machine's, at least; undefined before the first answer. */
export function clockAhead({ smooch }: Pick<Context, "smooch">): number | undefined {
  const serverNow = smooch.serverNow();
  return serverNow === undefined ? undefined : serverNow - smooch.host.now();
}

/**
 * Finds the objects that a create can have made in the window: alike, and not known to be another's. Smooch's clock is
 * read after the listing, which brings it up to date.
 */
export async function findMatches({
  kind,
  context,
  address,
  isAlike,
  window,
}: Search): Promise<SearchResult> {
  const siblings = await ifFound(kind.siblings(context.smooch, address));
  const isPossibleOne = ({ id }: Identified) => isPossible(context, window, id);
  const possible = siblings?.items.filter(isPossibleOne) ?? [];
  // An object that the listing shows incompletely may be a match: it is read by its id, or the search fails with it.
  for (const { id } of siblings?.unreadable.filter(isPossibleOne) ?? []) {
    const remote = await ifFound(kind.read(context.smooch, id, address));
    if (remote !== undefined) possible.push(remote);
  }
  const matches = possible.filter((sibling) => isAlike(kind.matchKey(sibling)));
  return { matches, isAppMissing: siblings === undefined };
}

/** Whether the object can have been created in the window, and is not known to be another's. */
export function isPossible(
  context: Context,
  { from, until, aheadMs, others = [] }: CreationWindow,
  id: string,
): boolean {
  if (context.session.isOwned(id) || others.includes(id)) return false;
  const created = createdAt(id);
  if (created === undefined) return true;
  const ahead = aheadMs ?? clockAhead(context) ?? 0;
  // An id is cut to the second: the object was created within the second that begins there.
  return created + 1000 > from + ahead && (until === undefined || created + 1000 <= until + ahead);
}

/** A single listing may be stale. */
const minListings = 3;

/** Searches until something matches; otherwise three times, and for as long as a request may still take effect. */
export async function pollForMatches(search: Search, waitMs: number): Promise<SearchResult> {
  const { host } = search.context.smooch;
  const deadline = host.now() + waitMs;
  for (let listings = 1; ; listings++) {
    const result = await findMatches(search);
    if (result.matches.length > 0 || (listings >= minListings && host.now() >= deadline)) return result;
    await host.sleep(250 + backoff(listings, host.random));
  }
}

/**
 * Does the same, but waits to the end even if something matches: a person who is asked whether it is theirs has to see
 * everything that the request can have made.
 */
export async function pollForAllMatches(search: Search, waitMs: number): Promise<SearchResult> {
  const { host } = search.context.smooch;
  const deadline = host.now() + waitMs;
  const early = await pollForMatches(search, waitMs);
  if (early.matches.length === 0) return early;
  await host.sleep(Math.max(0, deadline - host.now()));
  return { ...early, matches: await addMatches(search, early.matches) };
}

/** The matches found so far, in one listing at least, and those that others show now. */
export async function addMatches(search: Search, early: readonly Identified[]): Promise<Identified[]> {
  const { host } = search.context.smooch;
  const matches = [...early];
  for (let listings = 1; listings < minListings; listings++) {
    await host.sleep(250 + backoff(listings, host.random));
    const later = await findMatches(search);
    matches.push(...later.matches.filter(({ id }) => matches.every((match) => match.id !== id)));
  }
  return matches;
}
