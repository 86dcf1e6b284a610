import { ifFound } from "../../smooch/errors";
import { createdAt } from "../../smooch/ids";
import { minListings, pauseBetween } from "../../smooch/listing";
import type { Context } from "../context";
import type { Identified, Kind } from "../kind";

/** When an object may have been created, in milliseconds on this machine's clock. */
export interface CreationWindow {
  from: number;
  /** Absent: until now. */
  until?: number | undefined;
  /** How far Smooch's clock was ahead of this machine's. Absent: use the current difference. */
  aheadMs?: number | undefined;
  /** Ids of objects created in the window that are known to belong to something else. */
  others?: readonly string[] | undefined;
}

/** What to search for: the kind, where, which match key, and when the objects were created. */
export interface Search {
  kind: Kind;
  context: Context;
  address: object;
  isAlike(matchKey: string): boolean;
  window: CreationWindow;
}

export interface SearchResult {
  matches: Identified[];
  /** What would hold the matches does not exist, or the response is stale. */
  isHolderMissing: boolean;
}

/** How far Smooch's clock is ahead of this machine's, at least; undefined before the first response. */
export function clockAhead({ smooch }: Pick<Context, "smooch">): number | undefined {
  const serverNow = smooch.serverNow();
  return serverNow === undefined ? undefined : serverNow - smooch.host.now();
}

/**
 * Finds the objects that a create may have made within the window: same match key, and not known to belong to anything
 * else. Smooch's clock is read after the list, whose response updates it.
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
  // An object that the list returns incompletely may be a match, so it is read by id; if that fails, so does the
  // search.
  for (const { id } of siblings?.unreadable.filter(isPossibleOne) ?? []) {
    const remote = await ifFound(kind.read(context.smooch, id, address));
    if (remote !== undefined) possible.push(remote);
  }
  const matches = possible.filter((sibling) => isAlike(kind.matchKey(sibling)));
  return { matches, isHolderMissing: siblings === undefined };
}

/** Whether the object may have been created within the window and is not known to belong to anything else. */
export function isPossible(
  context: Context,
  { from, until, aheadMs, others = [] }: CreationWindow,
  id: string,
): boolean {
  if (context.session.owned.has(id) || others.includes(id)) return false;
  const created = createdAt(id);
  if (created === undefined) return true;
  const ahead = aheadMs ?? clockAhead(context) ?? 0;
  // An id's time is cut to whole seconds: the object was created within the second that starts there.
  return created + 1000 > from + ahead && (until === undefined || created + 1000 <= until + ahead);
}

/**
 * Searches until there is a match, otherwise at least three times and for as long as a request may still take effect.
 */
export async function pollForMatches(search: Search, waitMs: number): Promise<SearchResult> {
  const { host } = search.context.smooch;
  const deadline = host.now() + waitMs;
  for (let listings = 1; ; listings++) {
    const result = await findMatches(search);
    if (result.matches.length > 0 || (listings >= minListings && host.now() >= deadline)) return result;
    await pauseBetween(host, listings);
  }
}

/**
 * The same, but always waits to the end: a user who is asked which objects are theirs must see everything that the
 * request may have created. What it finds is added to `found` at once, for the case that a later list fails.
 */
export async function pollForAllMatches(
  search: Search,
  waitMs: number,
  found: Identified[] = [],
): Promise<SearchResult> {
  const { host } = search.context.smooch;
  const deadline = host.now() + waitMs;
  const early = await pollForMatches(search, waitMs);
  if (early.matches.length === 0) return early;
  found.push(...early.matches);
  await host.sleep(Math.max(0, deadline - host.now()));
  return { ...early, matches: await addMatches(search, found) };
}

/** Adds the matches in further lists to those so far. */
export async function addMatches(search: Search, matches: Identified[]): Promise<Identified[]> {
  const { host } = search.context.smooch;
  for (let listings = 1; listings < minListings; listings++) {
    await pauseBetween(host, listings);
    const later = await findMatches(search);
    matches.push(...later.matches.filter(({ id }) => matches.every((match) => match.id !== id)));
  }
  return matches;
}
