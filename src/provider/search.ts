import { ifFound } from "../smooch/errors";
import { createdAt } from "../smooch/ids";
import { backoff } from "../smooch/retry";
import type { Context } from "./context";
import type { Identified, Kind } from "./kind";
import type { Period } from "./period";

/** How far Smooch's clock is ahead of this machine's, at least; undefined before the first answer. */
export function clockAhead({ smooch }: Context): number | undefined {
  const serverNow = smooch.serverNow();
  return serverNow === undefined ? undefined : serverNow - smooch.host.now();
}

/**
 * The objects that could be what a create with these inputs made in a period: alike, and nobody else's. Smooch's
 * clock is asked for after the listing, which brings it up to date.
 */
export async function findCandidates<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  context: Context,
  inputs: I,
  period: Period,
): Promise<R[]> {
  // Where the parent is gone nothing can be; if its 404 is a stale answer, the next look tells.
  const address = kind.address.parse(inputs);
  const siblings = await ifFound(kind.siblings(context.smooch, address));
  const isPossibleOne = ({ id }: Identified) => isPossible(context, period, id);
  const possible = siblings?.items.filter(isPossibleOne) ?? [];
  // What the listing shows in part may be the one: its own read tells, or the search fails with its id.
  for (const { id } of siblings?.unreadable.filter(isPossibleOne) ?? []) {
    const remote = await ifFound(kind.read(context.smooch, id, address));
    if (remote !== undefined) possible.push(remote);
  }
  return possible.filter((sibling) => kind.likeness(sibling) === kind.likeness(inputs));
}

/** Whether the object can have been made in the period, and is nobody else's. */
export function isPossible(
  context: Context,
  { from, until, aheadMs, others = [] }: Period,
  id: string,
): boolean {
  if (context.session.knows(id) || others.includes(id)) return false;
  const created = createdAt(id);
  if (created === undefined) return true;
  const ahead = aheadMs ?? clockAhead(context) ?? 0;
  // An id is cut to the second: the object was made within the second that begins there.
  return created + 1000 > from + ahead && (until === undefined || created + 1000 <= until + ahead);
}

/** A single look may get a stale answer. */
const minLooks = 3;

/** Looks again and again until something is there, or for as long as a request on its way may still take effect. */
export async function findPatiently<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  context: Context,
  inputs: I,
  period: Period,
  patienceMs = context.patienceMs,
): Promise<R[]> {
  const { host } = context.smooch;
  const giveUpAt = host.now() + patienceMs;
  for (let looks = 1; ; looks++) {
    const candidates = await findCandidates(kind, context, inputs, period);
    if (candidates.length > 0 || (looks >= minLooks && host.now() >= giveUpAt)) return candidates;
    await host.sleep(250 + backoff(looks, host.random));
  }
}

/** How long Smooch may take until a read shows what was written. */
const staleMs = 2000;

/** The object, or undefined when it is gone: not for one 404, which may be a stale answer, but for three agreeing looks. */
export async function findUnlessGone<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  context: Context,
  id: string,
  address: A,
): Promise<R | undefined> {
  const read = () => ifFound(kind.read(context.smooch, id, address));
  const listed = async () => {
    const siblings = await ifFound(kind.siblings(context.smooch, address));
    // It exists, although the listing does not show all of it: a 404 to its own read is an error then.
    if (siblings?.unreadable.some((one) => one.id === id)) return kind.read(context.smooch, id, address);
    return siblings?.items.find((one) => one.id === id);
  };
  const seen = await read();
  if (seen !== undefined) return seen;
  await context.smooch.host.sleep(staleMs);
  return (await listed()) ?? (await read());
}
