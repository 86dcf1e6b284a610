import { SmoochError } from "../smooch/errors";
import { createdAt } from "../smooch/ids";
import { backoff } from "../smooch/retry";
import type { Context } from "./context";
import type { Identified, Kind } from "./kind";

const maxRepeats = 3;

/**
 * Makes one object, exactly one, although Smooch knows no idempotency keys: where the answer got lost it looks
 * what is there before it tries again. Creates that could be taken for one another wait for each other.
 */
export function createOnce<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  context: Context,
  inputs: I,
): Promise<R> {
  const address = kind.address.parse(inputs);
  const turn = JSON.stringify([kind.noun, address, kind.likeness(inputs)]);
  return context.session.inTurn(turn, async () => {
    for (let attempt = 1; ; attempt++) {
      const request = startRequest(context);
      try {
        const remote = await kind.create(context.smooch, inputs);
        if (request.isOlder(remote.id)) throw new ExistingObjectError(kind.noun, remote.id);
        return remote;
      } catch (error) {
        if (!(error instanceof SmoochError)) throw error;
        if (!error.mayBeApplied) throw await explain(kind, context, address, error);
        const found = await lookForIt(kind, context, address, inputs, request, error);
        if (found !== undefined) return found;
        if (attempt > maxRepeats) throw error;
        await context.smooch.host.sleep(backoff(attempt, context.smooch.host.random));
      }
    }
  });
}

/** Remembers when a request began, so that an object's age can be told on Smooch's clock. */
function startRequest({ smooch, session }: Context) {
  const startedAt = smooch.host.now();
  return {
    /** Surely made before the request: known already, or older by its id. Call it after an answer arrived. */
    isOlder(id: string): boolean {
      if (session.hasSeen(id)) return true;
      const created = createdAt(id);
      const now = smooch.serverNow();
      if (created === undefined || now === undefined) return false;
      // An id and a Date header are both cut to the second: it was made within the second that follows.
      return created + 1000 <= now - (smooch.host.now() - startedAt);
    },
  };
}

async function lookForIt<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  { smooch }: Context,
  address: A,
  inputs: I,
  request: ReturnType<typeof startRequest>,
  lost: SmoochError,
): Promise<R | undefined> {
  const siblings = await kind.siblings(smooch, address);
  const candidates = siblings.filter(
    (sibling) => kind.likeness(sibling) === kind.likeness(inputs) && !request.isOlder(sibling.id),
  );
  if (candidates.length <= 1) return candidates[0];
  const ids = candidates.map(({ id }) => id).join(", ");
  throw lost.advise(
    `Several that could be it exist now: ${ids}. Delete those that nothing uses, or adopt one, then run the same command again.`,
  );
}

async function explain<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  { smooch }: Context,
  address: A,
  error: SmoochError,
): Promise<SmoochError> {
  if (error.status === 400 && kind.limit !== undefined) {
    // No code is documented for a limit (legacy.md 4.5), so it is counted.
    const count = await kind.siblings(smooch, address).then(
      (siblings) => siblings.length,
      () => 0,
    );
    if (count >= kind.limit) {
      return error.advise(
        "Delete one, or declare it in another app.",
        `the app already has ${count} ${kind.noun}s, the most Smooch allows`,
      );
    }
  }
  const advice = kind.advice?.[error.status ?? 0];
  return advice === undefined ? error : error.advise(advice);
}

class ExistingObjectError extends Error {
  constructor(noun: string, id: string) {
    super(
      `Smooch answered with ${noun} ${id}, which was there before, instead of creating one. Nothing was changed. Delete that ${noun} if nothing uses it, or adopt it, then run the same command again.`,
    );
  }
}
