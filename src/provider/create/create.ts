import { asSmoochError, IncompleteCreateError, SmoochError } from "../../smooch/errors";
import { backoff } from "../../smooch/retry";
import type { Context } from "../context";
import { ExistingObjectError, PartialFailure } from "../failures";
import { deleteUntilGone } from "../gone";
import { keepResource } from "../hidden";
import type { Identified, Kind, Properties } from "../kind";
import { markSeen, toOutputs } from "../state";
import { changedInputs } from "../values";
import { explainRefusal } from "./refusal";
import { addMatches, findMatches, isPossible, pollForMatches, type Wanted } from "./search";
import { toUnresolved } from "./unresolved";

const maxAttempts = 4;

/** One create: what is to be made, and when its first request was sent, on this machine's clock. */
interface Task<I extends object, A extends object, R extends Identified> {
  kind: Kind<I, A, R>;
  context: Context;
  inputs: I;
  properties: Properties;
  from: number;
  wanted: Wanted<A>;
  /** Names everything that the object could be taken for. */
  scopedMatchKey: string;
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
  const { session } = context;
  const [address, matchKey] = [kind.address.parse(inputs), kind.matchKey(inputs)];
  const scopedMatchKey = toScopedMatchKey(kind, inputs);
  return session.runExclusive(scopedMatchKey, async () => {
    const from = context.smooch.host.now();
    const isAlike = (other: string) => other === matchKey;
    const wanted = { address, isAlike, window: { from } };
    const kept = { ...properties, ...keepResource(resource) };
    const remote = await attempt({ kind, context, inputs, properties: kept, from, wanted, scopedMatchKey });
    session.markManaged(remote.id);
    session.noteMade(scopedMatchKey, remote.id);
    return remote;
  });
}

/** Names all objects that could be taken for one another. */
export function toScopedMatchKey<I extends object>(
  kind: Pick<Kind<I>, "label" | "address" | "matchKey">,
  inputs: I,
): string {
  return JSON.stringify([kind.label, kind.address.parse(inputs), kind.matchKey(inputs)]);
}

async function attempt<I extends object, A extends object, R extends Identified>(
  task: Task<I, A, R>,
): Promise<R> {
  const { kind, context, inputs } = task;
  let lostRequests = 0;
  for (let attempts = 1; ; attempts++) {
    const answer = await request(task);
    if (answer instanceof IncompleteCreateError) throw toFailure(task, answer, lostRequests);
    if (!(answer instanceof SmoochError)) {
      return lostRequests === 0 ? answer : withoutDuplicate(task, answer, context.patienceMs);
    }
    if (answer.mayBeApplied) lostRequests++;
    // A refusal is the last word on its own request only.
    const found = lostRequests > 0 ? await findOwn(task, answer) : undefined;
    // The requests before the last one were waited for when they were lost.
    if (found !== undefined) return lostRequests === 1 ? found : withoutDuplicate(task, found, 0);
    if (!answer.mayBeApplied) throw await explainRefusal(kind, context, inputs, answer);
    if (attempts === maxAttempts) throw await toUnresolved(task, answer);
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
  if (!isPossible(context, { from }, remote.id)) throw new ExistingObjectError(kind.label, remote.id);
  return remote;
}

/** The object exists, and the next update reads the rest of it. */
function toFailure<I extends object, A extends object, R extends Identified>(
  { kind, context, properties, scopedMatchKey }: Task<I, A, R>,
  { id, message }: IncompleteCreateError,
  lostRequests: number,
): PartialFailure {
  context.session.markOwned(id);
  context.session.noteMade(scopedMatchKey, id);
  const another = ` The answer to an earlier request for it was lost, and that may have made another ${kind.label}.`;
  const outputs = markSeen(properties, context.credential);
  return new PartialFailure(id, outputs, message + (lostRequests > 0 ? another : ""));
}

/** What the lost requests made, if anything. Anything but a single match that must be ours ends the create. */
async function findOwn<I extends object, A extends object, R extends Identified>(
  task: Task<I, A, R>,
  error: SmoochError,
): Promise<R | undefined> {
  const { kind, context, wanted } = task;
  try {
    const { matches } = await pollForMatches(kind, context, wanted, context.patienceMs);
    const [match] = matches;
    if (match === undefined) return undefined;
    if (matches.length === 1 && (await isOurs(task, match))) return match;
    // A request that is late may still make its own beside what is found.
    const findAll = () => addMatches(kind, context, wanted, matches).catch(() => matches);
    throw await toUnresolved(task, error, findAll);
  } catch (caught) {
    if (caught instanceof SmoochError) throw await toUnresolved(task, error);
    throw caught;
  }
}

/**
 * Whether the single match can only be ours: it is in an app that this stack manages. An app is ours if it is just as
 * requested, and still the only match, and empty, after the time that others would have needed to fill theirs.
 */
async function isOurs<I extends object, A extends object, R extends Identified>(
  { kind, context, wanted, properties }: Task<I, A, R>,
  match: R,
): Promise<boolean> {
  const { smooch, session, patienceMs, credential } = context;
  if (kind.appOf !== undefined) return session.isOwned(kind.appOf(wanted.address));
  if (changedInputs(kind, properties, toOutputs(kind, properties, match, credential)).length > 0)
    return false;
  await smooch.host.sleep(patienceMs);
  const { matches } = await findMatches(kind, context, wanted);
  return matches.every(({ id }) => id === match.id) && (await kind.isEmpty?.(smooch, match.id)) === true;
}

/** Deletes what an earlier request, whose answer was lost, made beside the object. */
async function withoutDuplicate<I extends object, A extends object, R extends Identified>(
  task: Task<I, A, R>,
  remote: R,
  patienceMs: number,
): Promise<R> {
  const { kind, context, wanted, properties } = task;
  const others = { ...wanted, window: { ...wanted.window, others: [remote.id] } };
  const found: string[] = [];
  try {
    const { matches: duplicates } = await pollForMatches(kind, context, others, patienceMs);
    found.push(...duplicates.map(({ id }) => id));
    const [duplicate, ...more] = duplicates;
    if (duplicate === undefined) return remote;
    // Nobody fills an app that its own create still waits for: two stacks would delete each other's.
    if (more.length === 0 && kind.appOf !== undefined && (await isOurs(task, duplicate))) {
      const { id } = duplicate;
      const state = markSeen({}, context.credential);
      await deleteUntilGone(kind, context, { id, address: wanted.address, state });
      // A stale listing may show it for a while.
      context.session.markOwned(id);
      return remote;
    }
  } catch (error) {
    throw keep(String(asSmoochError(error).message));
  }
  throw keep(
    "Nothing was deleted: they cannot be told from what somebody else made. Delete those that are yours, or adopt them.",
  );

  function keep(why: string): PartialFailure {
    const named =
      found.length > 0
        ? `may have made ${kind.label} ${found.join(", ")}`
        : `may have made another ${kind.label}`;
    return new PartialFailure(
      remote.id,
      { ...properties, ...toOutputs(kind, properties, remote, context.credential) },
      `The ${kind.label} is ${remote.id}. The answer to an earlier request for it was lost, and that ${named}. ${why}`,
    );
  }
}
