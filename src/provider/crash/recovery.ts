import { createHash } from "node:crypto";
import { IncompleteCreateError, ifFound } from "../../smooch/errors";
import type { Context } from "../context";
import { createOnce, toScopedMatchKey } from "../create/create";
import { clockAhead, pollForAllMatches } from "../create/search";
import { listIds } from "../create/unresolved";
import { InterruptedCreateError, PartialFailure, UnprovenGoneError } from "../failures";
import { deleteUntilGone, readUnlessGone } from "../gone";
import type { Identified, Kind, Properties } from "../kind";
import { identityOf, markSeen, missingOutputs, toOutputs } from "../state";
import { changedInputs } from "../values";
import type { Entry } from "./journal";

/** A journal entry that an interrupted run left for a resource. */
interface Interrupted {
  name: string;
  entry: Entry;
}

/** Handles what an interrupted run left behind, then creates the object, with a journal entry in case of a kill. */
export async function createRecoverably(
  kind: Kind,
  context: Context,
  inputs: Properties,
  resource: string,
): Promise<Identified> {
  for (const interrupted of await findInterrupted(kind, context, resource)) {
    const recovered = await recover(kind, context, inputs, interrupted);
    if (recovered !== undefined) return recovered;
  }
  const { journal, session, smooch } = context;
  const parsed = kind.inputs.parse(inputs);
  const scopedMatchKey = toScopedMatchKey(kind, parsed);
  const name = journal.newName();
  let entry = newEntry(kind, context, parsed, resource);
  const note = (change: Partial<Entry>) => {
    entry = { ...entry, ...change };
    journal.note(name, entry);
  };
  const answered = new Set<string>();
  const noteId = (id: string) => note({ id, ...(!answered.has(id) && { isMatch: true }) });
  const noting = {
    ...kind,
    create: async (client: Context["smooch"], object: object) => {
      const others = [...session.made(scopedMatchKey)];
      note({ requestedAt: smooch.host.now(), aheadMs: clockAhead(context), others });
      try {
        const remote = await kind.create(client, object);
        answered.add(remote.id);
        return remote;
      } catch (error) {
        if (error instanceof IncompleteCreateError) answered.add(error.id);
        throw error;
      }
    },
  };
  try {
    const remote = await createOnce(noting, context, inputs, resource);
    // Pulumi may be killed before it has stored the result.
    noteId(remote.id);
    return remote;
  } catch (error) {
    if (error instanceof PartialFailure) noteId(error.id);
    else journal.drop(name);
    throw error;
  }
}

/** The entry of a create that has not sent a request yet. */
function newEntry(kind: Kind, context: Context, parsed: object, resource: string): Entry {
  const now = context.smooch.host.now();
  return {
    ...context.run,
    resource,
    kind: kind.label,
    account: identityOf(context.credential),
    address: { ...kind.address.parse(parsed) },
    matchKey: hash(kind.matchKey(parsed)),
    from: now,
    requestedAt: now,
    patienceMs: context.patienceMs,
  };
}

/**
 * Drops the entries of interrupted runs for a resource that has adopted an object, unless such a run may have made
 * another one: it would be forgotten.
 */
export async function forgetInterrupted(kind: Kind, context: Context, resource: string): Promise<void> {
  for (const interrupted of await findInterrupted(kind, context, resource)) {
    if (!isSameRun(context, interrupted.entry)) continue;
    await requireNoOther(kind, context, interrupted);
    context.journal.drop(interrupted.name);
  }
}

async function requireNoOther(kind: Kind, context: Context, { name, entry }: Interrupted): Promise<void> {
  const { data: address } = kind.address.safeParse(entry.address);
  if (address === undefined) return;
  if (entry.id === undefined || entry.isMatch) {
    await requireNoneAlike(kind, context, address, { name, entry });
    return;
  }
  // The adopted object is owned too.
  if (context.session.owned.has(entry.id)) return;
  const made = { address, name, id: entry.id };
  if ((await readMade(kind, context, made)) !== undefined)
    throw stopped(kind, context, made, "It still exists, and the resource adopts another one.");
}

/**
 * Warns once about what interrupted runs of the stack may have left behind, which `destroy` would not mention
 * otherwise.
 */
export function warnOfInterrupted(context: Context, resource: string): Promise<void> {
  const stack = resource.slice(0, resource.indexOf("/") + 1);
  return context.session.once("warn of interrupted runs", async () => {
    for (const [name, entry] of context.journal.all()) {
      if (!isOfProject(context, entry) || !entry.resource.startsWith(stack)) continue;
      if (!context.session.owned.has(entry.id ?? "") && (await isDead(context, entry)))
        warn(context, name, entry);
    }
  });
}

/** Handles an entry of an interrupted run; returns the object if it is proven to belong to this resource. */
async function recover(
  kind: Kind,
  context: Context,
  inputs: Properties,
  { name, entry }: Interrupted,
): Promise<Identified | undefined> {
  const { journal, session } = context;
  const address = kind.address.safeParse(entry.address);
  if (!isSameRun(context, entry) || !address.success) {
    warn(context, name, entry);
    return undefined;
  }
  // A match is never taken over: this resource may already be created by the time the state shows who owns the match.
  if (entry.id === undefined || entry.isMatch) {
    await requireNoneAlike(kind, context, address.data, { name, entry });
    journal.drop(name);
    return undefined;
  }
  const remote = session.owned.has(entry.id)
    ? undefined
    : await takeOver(kind, context, inputs, { address: address.data, name, id: entry.id });
  if (remote === undefined) journal.drop(name);
  // Another resource may have adopted it meanwhile.
  else session.kept.set(remote.id, session.kept.get(remote.id) ?? "recovered");
  return remote;
}

/** Returns the object whose id the interrupted run received, or undefined if a new one must be created. */
async function takeOver(
  kind: Kind,
  context: Context,
  inputs: Properties,
  made: Made,
): Promise<Identified | undefined> {
  const { id, address } = made;
  const target = { id, address, state: markSeen({}, context.credential) };
  const remote = await readMade(kind, context, made);
  if (remote === undefined) return undefined;
  await requireShown(kind, context, target);
  const actual = { ...toOutputs(kind, inputs, remote, context.credential), ...address };
  const changed = changedInputs(kind, inputs, actual);
  // The run may have ended before it had set the inputs of an object that the API creates without them.
  if (changed.length > 0 && !kind.createsEmpty)
    throw stopped(kind, context, made, `It differs from what is declared now: ${changed.join(", ")}.`);
  const missing = missingOutputs(kind, actual);
  // Not deleted: a state that was written just before the kill may contain the object, so it may be in use.
  if (missing !== undefined) throw stopped(kind, context, made, `Smooch does not return its ${missing}.`);
  if (kind.writeOnly?.some((input) => inputs[input] !== undefined)) {
    // Its credentials cannot be read back, and the program may have different ones now.
    await deleteUntilGone(kind, context, target);
    return undefined;
  }
  context.session.markManaged(id);
  context.smooch.host.log(
    `pulumi-smooch: ${kind.label} ${id} was made by an interrupted run, and belongs to this one now`,
  );
  return remote;
}

/** An object whose id an interrupted run received, and its entry in the journal. */
interface Made {
  address: object;
  name: string;
  id: string;
}

/** Reads it; undefined if it is proven gone. */
async function readMade(kind: Kind, context: Context, made: Made): Promise<Identified | undefined> {
  const { id, address } = made;
  const target = { id, address, state: markSeen({}, context.credential) };
  return readUnlessGone(kind, context, target).catch((error: unknown) => {
    throw error instanceof UnprovenGoneError ? stopped(kind, context, made, error.message) : error;
  });
}

function stopped({ label }: Kind, context: Context, { name, id }: Made, why: string): InterruptedCreateError {
  return new InterruptedCreateError(
    `An interrupted run made ${label} ${id} for this resource. ${why} ${waysOut(context, name)}`,
  );
}

/** Fails if a response may be stale, because the object may have been deleted by hand since. */
async function requireShown(
  { label, siblings, read }: Kind,
  { smooch }: Context,
  { id, address }: { id: string; address: object },
): Promise<void> {
  const listing = await ifFound(siblings(smooch, address));
  const listed = [...(listing?.items ?? []), ...(listing?.unreadable ?? [])];
  const isListed = listed.some((sibling) => sibling.id === id);
  if (isListed && (await ifFound(read(smooch, id, address))) !== undefined) return;
  throw new InterruptedCreateError(
    `An interrupted run made ${label} ${id} for this resource. Smooch returns it in one response and not in another, so one of them is out of date. Nothing was taken over or deleted. Run the same command again.`,
  );
}

/** Fails if the interrupted request may have created one of the existing objects. */
async function requireNoneAlike(
  kind: Kind,
  context: Context,
  address: object,
  { name, entry }: Interrupted,
): Promise<void> {
  const { from, aheadMs, others, requestedAt, patienceMs } = entry;
  // No request takes effect later than this.
  const until = requestedAt + 2 * patienceMs;
  const isAlike = (matchKey: string) => hash(matchKey) === entry.matchKey;
  const search = { kind, context, address, isAlike, window: { from, until, aheadMs, others } };
  const { matches } = await pollForAllMatches(search, until - context.smooch.host.now());
  if (matches.length === 0) return;
  throw new InterruptedCreateError(
    `An interrupted run was creating this ${kind.label}, and may have made ${kind.label} ${listIds(matches)}, which cannot be told apart from one that somebody else made. ${waysOut(context, name)}`,
  );
}

function waysOut({ journal }: Context, name: string): string {
  return `Nothing was taken over or deleted. If it is yours, delete it in Smooch or, unless the resource has an object already, adopt it (option \`import\`); if not, delete the file ${journal.whereIs(name)}. Then run the same command again.`;
}

function warn(
  { journal, smooch }: Context,
  name: string,
  { kind, id, isMatch, resource, address }: Entry,
): void {
  const where = typeof address.appId === "string" ? ` in app ${address.appId}` : "";
  const what = id === undefined || isMatch ? `may have made the ${kind}` : `made ${kind} ${id}`;
  smooch.host.log(
    `pulumi-smooch: an interrupted run ${what}${where} of resource ${resource}. Check whether it exists (\`pulumi-smooch audit\`) and whose it is, then delete the file ${journal.whereIs(name)}`,
  );
}

async function findInterrupted({ label }: Kind, context: Context, resource: string): Promise<Interrupted[]> {
  const found: Interrupted[] = [];
  for (const [name, entry] of context.journal.all()) {
    const isOfResource = isOfProject(context, entry) && entry.resource === resource && entry.kind === label;
    if (isOfResource && (await isDead(context, entry))) found.push({ name, entry });
  }
  return found;
}

/** Whether the entry may belong to this project: a project of the same name may have its state elsewhere. */
function isOfProject({ run }: Context, { project, backend }: Entry): boolean {
  return project === run.project && (backend ?? run.backend) === (run.backend ?? backend);
}

/** A run is dead once its engine stops listening. */
async function isDead({ isListening }: Context, { engine }: Entry): Promise<boolean> {
  return !(await isListening(engine));
}

/** Whether the entry is certain to come from an earlier run with the same state and account. */
function isSameRun(context: Context, { backend, account }: Entry): boolean {
  return (
    backend !== undefined && backend === context.run.backend && account === identityOf(context.credential)
  );
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
