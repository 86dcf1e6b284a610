import { asSmoochError, IncompleteCreateError, ifFound, SmoochError } from "../smooch/errors";
import type { Listing } from "../smooch/objects";
import { backoff } from "../smooch/retry";
import type { Context } from "./context";
import { AmbiguityError, ExistingObjectError, PartialFailure } from "./failures";
import { keepResource } from "./hidden";
import type { Entry } from "./journal";
import type { Identified, Kind, Properties } from "./kind";
import { clockAhead, findCandidates, findPatiently, findUnlessGone, isPossible } from "./search";
import { markSeen, toOutputs } from "./state";
import { isUnresolved, listIds, toUnresolved } from "./unresolved";

const maxAttempts = 4;

/** One create: what is to be made, and when its first request was sent, on this machine's clock. */
interface Task<I extends object, A extends object, R extends Identified> {
  kind: Kind<I, A, R>;
  context: Context;
  inputs: I;
  properties: Properties;
  from: number;
  /** Names everything that the object could be taken for. */
  looks: string;
}

/**
 * Makes one object, exactly one, although Smooch knows no idempotency keys: where the answer got lost it looks
 * what is there before it tries again. Creates that could be taken for one another wait for each other.
 */
export function createOnce<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  context: Context,
  properties: Properties,
  resource: string,
): Promise<R> {
  const inputs = kind.inputs.parse(properties);
  const { session, journal, credential } = context;
  const looks = JSON.stringify([credential, kind.noun, kind.address.parse(inputs), kind.likeness(inputs)]);
  const name = `${context.project}/${resource} ${looks}`;
  return session.inTurn(looks, async () => {
    const from = context.smooch.host.now();
    const task = {
      kind,
      context,
      inputs,
      properties: { ...properties, ...keepResource(resource) },
      from,
      looks,
    };
    const entry = { from, aheadMs: clockAhead(context), others: session.made(looks) };
    // Where that fails its entry stays: the next run has to look again.
    const recovered = await recover(task, journal.find(name));
    if (recovered === undefined) journal.note(name, entry);
    else session.noteRecovered(recovered.id);
    try {
      const remote = recovered ?? (await attempt(task));
      session.see(remote.id);
      session.noteMade(looks, remote.id);
      // Pulumi may be killed before it has written down what it is told now.
      journal.note(name, { ...entry, id: remote.id });
      return remote;
    } catch (error) {
      const { host } = context.smooch;
      if (error instanceof PartialFailure) journal.note(name, { ...entry, until: host.now(), id: error.id });
      else journal.drop(name);
      throw error;
    }
  });
}

/** What a process made that was killed before Pulumi could note it. */
async function recover<I extends object, A extends object, R extends Identified>(
  { kind, context, inputs, properties }: Task<I, A, R>,
  left: Entry | undefined,
): Promise<R | undefined> {
  const { smooch, session } = context;
  const remote = left && (await findLeft(kind, context, inputs, left));
  if (remote !== undefined && kind.writeOnly?.some((name) => properties[name] !== undefined)) {
    // With which credentials it was made nobody can read, and the program may have others by now.
    await ifFound(kind.delete(smooch, remote.id, kind.address.parse(inputs)));
    session.know(remote.id);
    return undefined;
  }
  if (remote !== undefined) {
    smooch.host.say(
      `pulumi-smooch: ${kind.noun} ${remote.id} was made by an interrupted run, and belongs to this one now`,
    );
  }
  return remote;
}

async function findLeft<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  context: Context,
  inputs: I,
  left: Entry,
): Promise<R | undefined> {
  const { id } = left;
  if (id !== undefined && !isUnresolved(id)) {
    if (context.session.knows(id)) return undefined;
    return findUnlessGone(kind, context, id, kind.address.parse(inputs));
  }
  // Only a request that was under way a moment ago may still take effect.
  const isRecent = context.smooch.host.now() - left.from < 2 * context.patienceMs;
  const found = await (isRecent ? findPatiently : findCandidates)(kind, context, inputs, left);
  if (found.length > 1) throw new AmbiguityError(kind.noun, listIds(found));
  return found[0];
}

async function attempt<I extends object, A extends object, R extends Identified>(
  task: Task<I, A, R>,
): Promise<R> {
  const { kind, context, inputs } = task;
  // Requests of which nobody knows whether they took effect.
  let lost = 0;
  for (let attempts = 1; ; attempts++) {
    const answer = await request(task);
    if (answer instanceof IncompleteCreateError) throw await toFailure(task, answer, lost);
    if (!(answer instanceof SmoochError)) return alone(task, answer, lost, 0);
    if (answer.mayBeApplied) lost++;
    // A refusal is the last word on its own request only.
    const found = lost > 0 ? await lookForIt(task, answer, lost) : undefined;
    if (found !== undefined) return alone(task, found, lost - 1, context.patienceMs);
    if (!answer.mayBeApplied) throw await explain(kind, context, inputs, answer);
    if (attempts === maxAttempts) throw await toUnresolved({ ...task, lost }, answer);
    await context.smooch.host.sleep(backoff(attempts, context.smooch.host.random));
  }
}

async function request<I extends object, A extends object, R extends Identified>({
  kind,
  context,
  inputs,
  from,
}: Task<I, A, R>): Promise<R | SmoochError | IncompleteCreateError> {
  const remote = await kind
    .create(context.smooch, inputs)
    .catch((error: unknown) => (error instanceof IncompleteCreateError ? error : asSmoochError(error)));
  if (remote instanceof SmoochError) return remote;
  if (!isPossible(context, { from }, remote.id)) throw new ExistingObjectError(kind.noun, remote.id);
  return remote;
}

/** The object exists, and the next update reads the rest of it, unless earlier requests may have made more of them. */
async function toFailure<I extends object, A extends object, R extends Identified>(
  task: Task<I, A, R>,
  { id, reason, message }: IncompleteCreateError,
  lost: number,
): Promise<PartialFailure> {
  if (lost > 0) return toUnresolved({ ...task, lost: lost + 1 }, reason);
  const { session, credential } = task.context;
  session.know(id);
  session.noteMade(task.looks, id);
  return new PartialFailure(id, markSeen(task.properties, credential), message);
}

async function lookForIt<I extends object, A extends object, R extends Identified>(
  task: Task<I, A, R>,
  error: SmoochError,
  lost: number,
): Promise<R | undefined> {
  const { kind, context, inputs, from } = task;
  const seen = await findPatiently(kind, context, inputs, { from }).catch(asSmoochError);
  if (seen instanceof SmoochError) throw await toUnresolved({ ...task, lost }, error);
  if (seen.length > lost) throw await toUnresolved({ ...task, lost }, error, seen);
  return seen[0];
}

/**
 * The object without its like: as many as there are other lost requests can only have been made by those. They are
 * waited for, unless that was done before the last request.
 */
async function alone<I extends object, A extends object, R extends Identified>(
  task: Task<I, A, R>,
  remote: R,
  others: number,
  patienceMs: number,
): Promise<R> {
  if (others === 0) return remote;
  const { kind, context, inputs, properties, from } = task;
  const period = { from, others: [remote.id] };
  const twins = await findPatiently(kind, context, inputs, period, patienceMs).catch(asSmoochError);
  // Were this one kept, nothing would tell the next run that there may be more.
  if (twins instanceof SmoochError) throw await toUnresolved({ ...task, lost: others + 1 }, twins);
  const left = await deleteTwins(twins).catch(
    (error: unknown) => `and may have made ${listIds(twins)}. ${asSmoochError(error).message}`,
  );
  if (left === undefined) return remote;
  throw new PartialFailure(
    remote.id,
    { ...properties, ...toOutputs(kind, properties, remote, context.credential) },
    `The ${kind.noun} is ${remote.id}. The answer to an earlier request for it was lost, ${left}`,
  );

  /** What is left for a person to do, if anything. */
  async function deleteTwins(found: readonly R[]): Promise<string | undefined> {
    if (found.length > others) {
      return `and may have made ${listIds(found)}. Delete those that nothing uses, or adopt them.`;
    }
    for (const { id } of found) await ifFound(kind.delete(context.smooch, id, kind.address.parse(inputs)));
    return undefined;
  }
}

/** What to do about a refusal, which may depend on what is there already. */
async function explain<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  { smooch }: Context,
  inputs: I,
  error: SmoochError,
): Promise<SmoochError> {
  const siblings = () =>
    kind
      .siblings(smooch, kind.address.parse(inputs))
      .catch((): Listing<R> => ({ items: [], unreadable: [] }));
  if (error.status === 400 && kind.limit !== undefined) {
    // No code is documented for a limit (legacy.md 4.5), so it is counted.
    const { items, unreadable } = await siblings();
    const length = items.length + unreadable.length;
    if (length >= kind.limit) {
      return error.advise(
        "Delete one, or declare it in another app.",
        `the app already has ${length} ${kind.noun}s, the most Smooch allows`,
      );
    }
  }
  const advice = kind.advice?.[error.status ?? 0];
  if (error.status === 409) {
    const alike = (await siblings()).items.filter((one) => kind.likeness(one) === kind.likeness(inputs));
    if (alike.length > 0) {
      return error.advise(
        `It looks like ${kind.noun} ${listIds(alike)}, which is there already: adopt that one if no other resource has it, or delete it if nothing uses it.`,
      );
    }
  }
  return advice === undefined ? error : error.advise(advice);
}
