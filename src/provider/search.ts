import { createdAt } from "../smooch/ids";
import { backoff } from "../smooch/retry";
import type { Context } from "./context";
import type { Identified, Kind } from "./kind";

/** When an object was made, on Smooch's clock, in milliseconds. */
export interface Period {
  from: number;
  /** Absent: until now. */
  until?: number;
}

/** What the clock is before Smooch ever answered: this machine's, give or take. */
export const clockToleranceMs = 60_000;

/** Notes when a request begins. What it gives is that moment on Smooch's clock, not later than it was. */
export function noteStart({ smooch }: Context): () => number {
  const startedAt = smooch.host.now();
  return () => {
    const serverNow = smooch.serverNow();
    if (serverNow === undefined) return startedAt - clockToleranceMs;
    return serverNow - (smooch.host.now() - startedAt);
  };
}

export function nowOnServer({ smooch }: Context): number {
  return smooch.serverNow() ?? smooch.host.now() + clockToleranceMs;
}

/**
 * The objects that could be what a create with these inputs made in a period: alike, and not known to this process.
 * The period is asked for after the listing, which brings Smooch's clock up to date.
 */
export async function findCandidates<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  { smooch, session }: Context,
  inputs: I,
  period: () => Period,
): Promise<R[]> {
  const siblings = await kind.siblings(smooch, kind.address.parse(inputs));
  const made = period();
  return siblings.filter(
    (sibling) =>
      kind.likeness(sibling) === kind.likeness(inputs) &&
      !session.knows(sibling.id) &&
      isWithin(made, sibling.id),
  );
}

/** Looks again and again until something is there, or for as long as a request on its way may still take effect. */
export async function findPatiently<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  context: Context,
  inputs: I,
  period: () => Period,
): Promise<R[]> {
  const { host } = context.smooch;
  const giveUpAt = host.now() + context.patienceMs;
  for (let looks = 1; ; looks++) {
    const candidates = await findCandidates(kind, context, inputs, period);
    const left = giveUpAt - host.now();
    if (candidates.length > 0 || left <= 0) return candidates;
    await host.sleep(Math.min(left, 250 + backoff(looks, host.random)));
  }
}

/** An id is cut to the second: the object was made within the second that begins there. */
export function isWithin({ from, until = Number.POSITIVE_INFINITY }: Period, id: string): boolean {
  const created = createdAt(id);
  return created === undefined || (created + 1000 > from && created + 1000 <= until);
}
