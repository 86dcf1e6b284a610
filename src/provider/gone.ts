import type { ApiVersion } from "../smooch/api-version";
import { ifFound, SmoochError } from "../smooch/errors";
import type { Context } from "./context";
import { StillThereError, UnprovenGoneError } from "./failures";
import type { Identified, Kind, Properties } from "./kind";
import { identityOf, lastSighting } from "./state";

/** What it takes to prove that an object is gone: who asks, and what this process has seen. */
export type Witness = Pick<Context, "smooch" | "credential" | "session">;

interface Target {
  id: string;
  address: object;
  /** The state, which says who saw the object last. */
  state: Properties;
}

/** How long Smooch may take until a read shows what was written. */
const staleMs = 2000;
const maxDeletes = 3;

/**
 * Reads the object; undefined means that it is proven gone (docs/decisions/0007-gone-is-proven.md). A 404 alone
 * proves nothing: it may be a stale answer, or that of an account, a host or an API version that never had the object.
 */
export async function readUnlessGone(
  kind: Kind,
  witness: Witness,
  target: Target,
  isDeleted = false,
): Promise<Identified | undefined> {
  const { smooch } = witness;
  const seen = await ifFound(kind.read(smooch, target.id, target.address));
  if (seen !== undefined) return seen;
  // What this run has just deleted is not missing because it is new.
  if (!isDeleted) await smooch.host.sleep(staleMs);
  try {
    return await confirmGone(kind, witness, target);
  } catch (error) {
    if (error instanceof UnprovenGoneError && (await isRevoked(kind, witness, target))) return undefined;
    throw error;
  }
}

/**
 * Deletes the object and proves that it is gone, unless the API says so in the way it documents and that is enough.
 * Gives `gone` where Smooch did not have it any more.
 */
export async function deleteUntilGone(
  kind: Kind,
  witness: Witness,
  target: Target,
): Promise<"deleted" | "gone"> {
  const { smooch, session } = witness;
  const { id, address, state } = target;
  if (kind.appOf === undefined && !provesAppsGone(witness, state) && !session.hasSeen(id)) {
    // Its 404 will mean nothing unless this run has seen the app; that it is gone cannot be proven.
    await readUnlessGone(kind, witness, target);
    session.markSeen(id);
  }
  let result: "deleted" | "gone" = "gone";
  for (let deletes = 1; deletes <= maxDeletes; deletes++) {
    const { isFound, isEnough } = await requestDelete(kind, witness, id, address);
    if (isFound) result = "deleted";
    if (isEnough && !kind.verifyDeletion) return "deleted";
    if ((await readUnlessGone(kind, witness, target, isFound)) === undefined) return result;
    await smooch.host.sleep(staleMs);
  }
  throw new StillThereError(kind.label, id);
}

/**
 * Whether a 404 of these credentials can prove that an app is gone: they saw it last, at the same address, and they see
 * all apps of their account. A service account (`svc_`) gets the same answer for an app it lost access to
 * (docs/api/legacy.md).
 */
export function provesAppsGone({ credential }: Pick<Witness, "credential">, state: Properties): boolean {
  const own = identityOf(credential);
  return own.startsWith("act_") && lastSighting(state)?.identity === own;
}

interface Answer {
  isFound: boolean;
  /** It is the documented one, or a 404 to a repeat of this run's own DELETE. */
  isEnough: boolean;
}

async function requestDelete(
  kind: Kind,
  { smooch, session }: Witness,
  id: string,
  address: object,
): Promise<Answer> {
  try {
    return { isFound: true, isEnough: await kind.delete(smooch, id, address) };
  } catch (error) {
    if (!(error instanceof SmoochError && error.isNotFound)) throw error;
    const isOwnRepeat = error.mayBeRepeat && session.hasSeen(id);
    return { isFound: isOwnRepeat, isEnough: isOwnRepeat };
  }
}

/** The second look, after a 404: gives the object if it is there after all. */
async function confirmGone(kind: Kind, witness: Witness, target: Target): Promise<Identified | undefined> {
  const found = await lookAmongSiblings(kind, witness, target, witness.smooch.version);
  if (found !== undefined) return found;
  const last = lastSighting(target.state)?.version;
  if (last === undefined || last === witness.smooch.version) return undefined;
  return lookAmongSiblings(kind, witness, target, last);
}

/** Undefined means that this API version shows where the object would be, and it is not there. */
async function lookAmongSiblings(
  kind: Kind,
  witness: Witness,
  target: Target,
  version: ApiVersion,
): Promise<Identified | undefined> {
  const { id, address } = target;
  const smooch = witness.smooch.in(version);
  if (kind.appOf === undefined) requireAppTrust(kind.label, witness, target);
  const siblings = await ifFound(kind.siblings(smooch, address));
  if (siblings === undefined) await requireAppGone(kind, witness, target, version);
  // It exists, although the listing does not show all of it: a 404 to its own read is an error then.
  if (siblings?.unreadable.some((sibling) => sibling.id === id)) return kind.read(smooch, id, address);
  return siblings?.items.find((sibling) => sibling.id === id) ?? ifFound(kind.read(smooch, id, address));
}

/** Throws unless the app in which the object was is proven gone. */
export async function requireAppGone(
  { label, appOf, boundVersion }: Kind,
  witness: Witness,
  target: Target,
  version = witness.smooch.version,
): Promise<void> {
  requireAppTrust(label, witness, target);
  const smooch = witness.smooch.in(boundVersion?.(target.address) ?? version);
  const app = appOf && (await ifFound(smooch.apps.get(appOf(target.address))));
  if (app !== undefined) throw new UnprovenGoneError(label, target.id, `app ${app.id} is there`);
  // Where not even apps can be listed, this is not the API that had the object.
  await witness.session.once(`list apps ${smooch.version}`, () => smooch.apps.probe());
}

/** Throws where other credentials, or another address of the API, saw the object last. */
export function requireSameObserver(
  label: string,
  { credential }: Pick<Witness, "credential">,
  { id, state }: Target,
): void {
  if (lastSighting(state)?.identity === identityOf(credential)) return;
  throw new UnprovenGoneError(
    label,
    id,
    "other credentials, or another API address, saw it last: it may be alive in an account that these do not see",
  );
}

function requireAppTrust(label: string, witness: Witness, target: Target): void {
  requireSameObserver(label, witness, target);
  if (provesAppsGone(witness, target.state)) return;
  const why = "these credentials get that answer for an app they have lost access to as well";
  throw new UnprovenGoneError(label, target.id, why);
}

/** Proof where the app cannot be asked: the API refuses a call that is made with the object itself. */
async function isRevoked(
  { isRevoked: ask }: Kind,
  { smooch, credential }: Witness,
  { id, address: at, state }: Target,
): Promise<boolean> {
  const address = (identity = "") => identity.slice(identity.indexOf("@"));
  const isSameApi = address(lastSighting(state)?.identity) === address(identityOf(credential));
  return ask !== undefined && isSameApi && ask(smooch, id, at, state);
}
