import type { ApiVersion } from "../smooch/api-version";
import { ifFound, SmoochError } from "../smooch/errors";
import type { Context } from "./context";
import { stillThereError, UnprovenGoneError } from "./failures";
import { type Identified, isRoot, type Kind, type Properties } from "./kind";
import { identityOf, lastSighting } from "./state";

/** The evidence that an object is gone depends on the credentials and on what this process has seen. */
export type Witness = Pick<Context, "smooch" | "credential" | "session">;

interface Target {
  id: string;
  address: object;
  /** The state, which records who last saw the object. */
  state: Properties;
}

/** How long a write may take to show up in reads. */
const staleMs = 2000;
const maxDeletes = 3;

/**
 * Reads the object; returns undefined if it is proven gone (docs/decisions/0007-gone-is-proven.md). A 404 alone proves
 * nothing: it may be stale, or come from an account, host or API version that never had the object.
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
  // An object that this run has just deleted is not missing because it is new, so there is no need to wait.
  if (!isDeleted) await smooch.host.sleep(staleMs);
  try {
    return await confirmGone(kind, witness, target);
  } catch (error) {
    if (error instanceof UnprovenGoneError && (await isRevoked(kind, witness, target))) return undefined;
    throw error;
  }
}

/**
 * Deletes the object and proves that it is gone, unless the API's documented confirmation is enough. Returns `gone` if
 * Smooch no longer had it.
 */
export async function deleteUntilGone(
  kind: Kind,
  witness: Witness,
  target: Target,
): Promise<"deleted" | "gone"> {
  const { smooch, session } = witness;
  const { id, address, state } = target;
  if (isRoot(kind) && !provesAppsGone(witness, state) && !session.seen.has(id)) {
    // These credentials cannot prove that an app is gone, so a 404 to the DELETE only counts if this run has seen the
    // app before.
    await readUnlessGone(kind, witness, target);
    session.seen.add(id);
  }
  let result: "deleted" | "gone" = "gone";
  for (let deletes = 1; deletes <= maxDeletes; deletes++) {
    const { isFound, isEnough } = await requestDelete(kind, witness, id, address);
    if (isFound) result = "deleted";
    if (isEnough && !kind.verifyDeletion) return "deleted";
    if ((await readUnlessGone(kind, witness, target, isFound)) === undefined) return result;
    await smooch.host.sleep(staleMs);
  }
  throw stillThereError(kind.label, id);
}

/**
 * Whether a 404 for these credentials can prove that an app is gone: they were the last to see it, at the same address,
 * and they see all apps of their account. A service account (`svc_`) also gets a 404 for an app it lost access to
 * (docs/api/legacy.md).
 */
export function provesAppsGone({ credential }: Pick<Witness, "credential">, state: Properties): boolean {
  const own = identityOf(credential);
  return own.startsWith("act_") && lastSighting(state)?.identity === own;
}

interface Answer {
  isFound: boolean;
  /** The documented response, or a 404 to a retry of this run's own DELETE. */
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
    const isOwnRepeat = error.mayBeRepeat && session.seen.has(id);
    return { isFound: isOwnRepeat, isEnough: isOwnRepeat };
  }
}

/** A second check after a 404: returns the object if it exists after all. */
async function confirmGone(kind: Kind, witness: Witness, target: Target): Promise<Identified | undefined> {
  const found = await lookAmongSiblings(kind, witness, target, witness.smooch.version);
  if (found !== undefined) return found;
  const last = lastSighting(target.state)?.version;
  if (last === undefined || last === witness.smooch.version) return undefined;
  return lookAmongSiblings(kind, witness, target, last);
}

/** Returns undefined if this API version shows where the object would be, and it is not there. */
async function lookAmongSiblings(
  kind: Kind,
  witness: Witness,
  target: Target,
  version: ApiVersion,
): Promise<Identified | undefined> {
  const { id, address } = target;
  const smooch = witness.smooch.in(version);
  if (isRoot(kind)) requireAppTrust(kind.label, witness, target);
  const siblings = await ifFound(kind.siblings(smooch, address));
  if (siblings === undefined) await requireHolderGone(kind, witness, target, version);
  // The list contains it, although incompletely: it exists, so a 404 to its own read is an error.
  if (siblings?.unreadable.some((sibling) => sibling.id === id)) return kind.read(smooch, id, address);
  return siblings?.items.find((sibling) => sibling.id === id) ?? ifFound(kind.read(smooch, id, address));
}

/** Throws unless what would hold the object is proven gone. */
export async function requireHolderGone(
  kind: Kind,
  witness: Witness,
  target: Target,
  version = witness.smooch.version,
): Promise<void> {
  if (kind.holder === undefined) return requireAppGone(kind, witness, target, version);
  const { kind: holder, idOf } = kind.holder;
  const id = idOf(target.address);
  const found = await lookAmongSiblings(holder, witness, { ...target, id }, version);
  if (found !== undefined)
    throw new UnprovenGoneError(kind.label, target.id, `${holder.label} ${id} is there`);
}

/** Throws unless the object's app is proven gone. */
async function requireAppGone(
  { label, appOf, boundVersion }: Kind,
  witness: Witness,
  target: Target,
  version: ApiVersion,
): Promise<void> {
  requireAppTrust(label, witness, target);
  // The account itself has such objects, so that there is always a list of them.
  if (appOf === undefined)
    throw new UnprovenGoneError(label, target.id, `it does not list any ${label}s either`);
  const smooch = witness.smooch.in(boundVersion?.(target.address) ?? version);
  const app = await ifFound(smooch.apps.get(appOf(target.address)));
  if (app !== undefined) throw new UnprovenGoneError(label, target.id, `app ${app.id} is there`);
  // If not even apps can be listed, this is not the API that had the object.
  await witness.session.once(`list apps ${smooch.version}`, () => smooch.apps.probe());
}

/** Throws if other credentials, or the same ones at another API address, were the last to see the object. */
export function requireSameObserver(
  label: string,
  { credential }: Pick<Witness, "credential">,
  { id, state }: Target,
): void {
  if (lastSighting(state)?.identity === identityOf(credential)) return;
  throw new UnprovenGoneError(
    label,
    id,
    "it was last seen with other credentials or at another API address, so it may still exist in an account that these credentials cannot see",
  );
}

function requireAppTrust(label: string, witness: Witness, target: Target): void {
  requireSameObserver(label, witness, target);
  if (provesAppsGone(witness, target.state)) return;
  const why = "these credentials would get the same response for an app that they have lost access to";
  throw new UnprovenGoneError(label, target.id, why);
}

/** Proof when the app cannot be read: the API refuses a call authenticated with the object itself. */
async function isRevoked(
  { isRevoked: ask }: Kind,
  { smooch, credential }: Witness,
  { id, address: at, state }: Target,
): Promise<boolean> {
  const address = (identity = "") => identity.slice(identity.indexOf("@"));
  const isSameApi = address(lastSighting(state)?.identity) === address(identityOf(credential));
  return ask !== undefined && isSameApi && ask(smooch, id, at, state);
}
