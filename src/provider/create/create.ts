import { asSmoochError, IncompleteCreateError, SmoochError } from "../../smooch/errors";
import { minListings, pauseBetween } from "../../smooch/listing";
import { backoff } from "../../smooch/retry";
import type { Context } from "../context";
import { existingObjectError, PartialFailure } from "../failures";
import { deleteUntilGone } from "../gone";
import { keepResource } from "../hidden";
import { type Identified, inputNames, isRoot, type Kind, type Properties } from "../kind";
import { markSeen, toOutputs } from "../state";
import { changedInputs } from "../values";
import { explainRefusal } from "./refusal";
import {
  addMatches,
  findMatches,
  isPossible,
  pollForAllMatches,
  pollForMatches,
  type Search,
} from "./search";
import { isUnresolved, listIds, toUnresolved, type UnresolvedCreate } from "./unresolved";

const maxAttempts = 4;

/**
 * A create, with the search for an object it may already have created, in a time window that starts with its first
 * request, and the entry for the state if its effect stays unknown.
 */
interface Create extends Search, UnresolvedCreate {
  kind: Kind;
  /** The inputs parsed by the kind's schema. */
  parsed: object;
}

/**
 * Creates exactly one object, although Smooch has no idempotency keys: after a lost response it searches for the object
 * before it tries again. Creates that could be confused with each other run one at a time.
 */
export function createOnce(
  kind: Kind,
  context: Context,
  inputs: Properties,
  resource: string,
): Promise<Identified> {
  const parsed = kind.inputs.parse(inputs);
  const { session, smooch } = context;
  const [address, matchKey] = [kind.address.parse(parsed), kind.matchKey(parsed)];
  const scopedMatchKey = toScopedMatchKey(kind, parsed);
  const create = {
    kind,
    context,
    parsed,
    inputs: { ...inputs, ...keepResource(resource) },
    address,
    isAlike: (other: string) => other === matchKey,
    scopedMatchKey,
  };
  return session.runExclusive(scopedMatchKey, async () => {
    try {
      const remote = await attempt({ ...create, window: { from: smooch.host.now() } });
      session.noteCreated(scopedMatchKey, remote.id);
      return remote;
    } catch (error) {
      if (error instanceof PartialFailure && !isUnresolved(error.id))
        session.noteCreated(scopedMatchKey, error.id);
      throw error;
    }
  });
}

/** Identifies all objects that could be confused with each other: kind, address and match key. */
export function toScopedMatchKey(kind: Pick<Kind, "label" | "address" | "matchKey">, parsed: object): string {
  return JSON.stringify([kind.label, kind.address.parse(parsed), kind.matchKey(parsed)]);
}

async function attempt(create: Create): Promise<Identified> {
  const { kind, context, parsed } = create;
  const { host } = context.smooch;
  if (kind.isSingleton) await requireNone(create);
  let lostRequests = 0;
  for (let attempts = 1; ; attempts++) {
    const answer = await request(create);
    if (answer instanceof IncompleteCreateError) throw toFailure(create, answer, lostRequests);
    if (!(answer instanceof SmoochError)) {
      return lostRequests === 0 ? answer : deleteDuplicate(create, answer, context.patienceMs);
    }
    // The client itself repeats a request that makes no second object (PUT): an earlier attempt may have made the first.
    if (answer.mayBeApplied || answer.mayBeRepeat) lostRequests++;
    // A refusal only settles its own request: an earlier one may have created the object.
    const found = lostRequests > 0 ? await findOwn(create, answer) : undefined;
    // The search after each earlier lost request already waited for it.
    if (found !== undefined) return lostRequests === 1 ? found : deleteDuplicate(create, found, 0);
    if (!answer.mayBeApplied) throw await explainRefusal(kind, context, parsed, answer);
    if (attempts === maxAttempts) throw await toUnresolved(create, answer);
    await host.sleep(backoff(attempts, host.random));
  }
}

/** A singleton that is there already may be somebody else's: creating it would overwrite it. One list may be stale. */
async function requireNone({ kind, context, address }: Create): Promise<void> {
  for (let listings = 1; ; listings++) {
    const { items, unreadable } = await kind.siblings(context.smooch, address);
    const [existing] = [...items, ...unreadable];
    if (existing !== undefined) throw existingObjectError(kind.label, existing.id);
    if (listings === minListings) return;
    await pauseBetween(context.smooch.host, listings);
  }
}

async function request({
  kind,
  context,
  parsed,
  window,
}: Create): Promise<Identified | SmoochError | IncompleteCreateError> {
  const answer = await kind
    .create(context.smooch, parsed)
    .catch((error: unknown) => (error instanceof IncompleteCreateError ? error : asSmoochError(error)));
  if (answer instanceof SmoochError) return answer;
  if (!isPossible(context, window, answer.id)) throw existingObjectError(kind.label, answer.id);
  return answer;
}

/** The object exists; the next update reads the rest of it. */
function toFailure(
  create: Create,
  { id, message }: IncompleteCreateError,
  lostRequests: number,
): PartialFailure {
  const { kind, context } = create;
  const another = ` The response to an earlier request for it was lost, and that may have made another ${kind.label}.`;
  const outputs = markSeen(inputsOfNew(create), context.credential);
  return new PartialFailure(id, outputs, message + (lostRequests > 0 ? another : ""));
}

/** The inputs that the new object has: an update has yet to set the others if the API creates it without them. */
function inputsOfNew({ kind, inputs }: Create): Properties {
  if (!kind.createsEmpty) return inputs;
  const unset = inputNames(kind).filter((name) => !kind.notReturned.includes(name));
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !unset.includes(name)));
}

/**
 * Finds the object that the lost requests created, if any. Unless there is at most one match, and it is ours, the
 * create fails.
 */
async function findOwn(create: Create, error: SmoochError): Promise<Identified | undefined> {
  try {
    const { matches } = await pollForMatches(create, create.context.patienceMs);
    const [match] = matches;
    if (match === undefined) return undefined;
    if (matches.length === 1 && (await isOurs(create, match))) return match;
    // A late request may still create another match. Only a complete list is reported, and the next run makes one.
    const findAll = () => addMatches(create, matches).catch(() => []);
    throw await toUnresolved(create, error, findAll);
  } catch (caught) {
    if (caught instanceof SmoochError) throw await toUnresolved(create, error);
    throw caught;
  }
}

/**
 * Whether the single match must be ours. In something that this stack manages, it is. What is in the account itself,
 * such as an app, is ours if it is exactly as requested and, after the time another creator would have needed to fill
 * it, still empty and the only match, in several lists: one may be stale.
 */
async function isOurs(create: Create, match: Identified): Promise<boolean> {
  const { kind, context, address, inputs } = create;
  const { smooch, session, patienceMs, credential } = context;
  if (!isRoot(kind)) return holdersOf(kind, address).some((id) => session.owned.has(id));
  if (changedInputs(kind, inputs, toOutputs(kind, inputs, match, credential)).length > 0) return false;
  await smooch.host.sleep(patienceMs);
  for (let listings = 1; ; listings++) {
    const { matches } = await findMatches(create);
    const isAlone = matches.every(({ id }) => id === match.id);
    if (!isAlone || !(await kind.isEmpty?.(smooch, match.id))) return false;
    if (listings === minListings) return true;
    await pauseBetween(smooch.host, listings);
  }
}

/** The ids of what holds the object, the innermost first. */
function holdersOf({ holder, appOf }: Kind, address: object): string[] {
  return [...(holder ? [holder.idOf(address)] : []), ...(appOf ? [appOf(address)] : [])];
}

/**
 * Deletes the duplicate that a lost request may have created, then returns the object; polls for late duplicates first.
 */
async function deleteDuplicate(create: Create, remote: Identified, waitMs: number): Promise<Identified> {
  const { kind, context, address, window, inputs } = create;
  const duplicates: Identified[] = [];
  try {
    const search = { ...create, window: { ...window, others: [remote.id] } };
    await pollForAllMatches(search, waitMs, duplicates);
    const [duplicate, ...more] = duplicates;
    if (duplicate === undefined) return remote;
    // Apps are never deleted: another stack's app, whose create is still waiting, is empty too, and two stacks would
    // delete each other's apps.
    if (more.length === 0 && !isRoot(kind) && (await isOurs(create, duplicate))) {
      const { id } = duplicate;
      const state = markSeen({}, context.credential);
      await deleteUntilGone(kind, context, { id, address, state });
      // A stale list may still contain it for a while.
      context.session.owned.add(id);
      return remote;
    }
  } catch (error) {
    throw toDuplicateFailure(String(asSmoochError(error).message));
  }
  throw toDuplicateFailure(
    "Nothing was deleted: they cannot be told apart from what somebody else made. Delete those that are yours, or adopt them.",
  );

  function toDuplicateFailure(reason: string): PartialFailure {
    const made =
      duplicates.length > 0
        ? `may have made ${kind.label} ${listIds(duplicates)}`
        : `may have made another ${kind.label}`;
    return new PartialFailure(
      remote.id,
      { ...inputsOfNew(create), ...toOutputs(kind, inputs, remote, context.credential) },
      `The ${kind.label} is ${remote.id}. The response to an earlier request for it was lost, and that ${made}. ${reason}`,
    );
  }
}
