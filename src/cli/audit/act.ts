import { deleteUntilGone, type Witness } from "../../provider/gone";
import type { UnownedObjects } from "../../provider/inventory";
import { definitions } from "../../provider/kinds";
import { markSeen } from "../../provider/state";
import type { Comparison } from "./compare";
import type { Finding } from "./findings";
import type { Seen } from "./objects";

export interface DeleteOptions extends Record<NonNullable<UnownedObjects["deletedWith"]>, boolean> {
  /** Ids to restrict the deletion to; empty means everything listed. */
  only: readonly string[];
  /** The id of the key that the audit uses. */
  ownKeyId: string;
}

/** What was done with an object, as printed by `--json`. */
export interface Action {
  object: Seen["kind"];
  id: string;
  result: "deleted" | "gone" | "kept" | "failed";
  /** Why it was kept or could not be deleted. */
  reason?: string;
}

/**
 * The unowned objects to delete. Throws if the audit does not provide enough certainty: deleting someone else's live
 * key would be worse than an untidy account.
 */
export function chooseTargets(
  comparison: Comparison,
  options: DeleteOptions,
): { targets: Seen[]; kept: Seen[] } {
  const listed = listTargets(comparison, options);
  const unknown = options.only.filter((id) => !listed.some((object) => object.id === id));
  if (unknown.length > 0) {
    throw new Error(
      `--only ${unknown.join(" and --only ")} matches nothing that can be deleted: the object must be listed above as unowned; keys need --revoke, everything else --delete. Nothing was deleted.`,
    );
  }
  // An app in which these stacks own nothing probably belongs to a stack that was not given.
  const isTarget = ({ id, app, holderId }: Seen) =>
    options.only.length > 0 ? options.only.includes(id) : comparison.known.has(app?.id ?? holderId ?? "");
  const isNamed = ({ id }: Seen) => options.only.length === 0 || options.only.includes(id);
  return {
    targets: listed.filter(isTarget),
    kept: listed.filter((object) => isNamed(object) && !isTarget(object)),
  };
}

/** All unowned objects of the requested kinds. Throws if nothing may be deleted at all. */
export function listTargets(comparison: Comparison, options: DeleteOptions): Seen[] {
  requireCertain(comparison);
  return comparison.findings.flatMap((finding) => requestedOf(comparison, finding, options) ?? []);
}

function requestedOf(
  { unowned }: Comparison,
  { kind, id, object }: Finding,
  options: DeleteOptions,
): Seen | undefined {
  const option = definitions[object].inventory.unowned.deletedWith;
  const isRequested = option !== undefined && options[option];
  if (kind !== "unowned" || !isRequested || id === null || id === options.ownKeyId) return undefined;
  return unowned.get(id);
}

function requireCertain({ findings, unrelatedStacks }: Comparison): void {
  const reasons = [
    ...unrelatedStacks.map(
      (name) =>
        `${name} owns nothing in this account: it is the wrong stack, or the settings are those of another account`,
    ),
    ...(findings.some(({ kind, severity }) => kind === "unread" && severity === "problem")
      ? ["not everything could be read"]
      : []),
    ...(findings.some(({ left }) => left === "interruptedCreate" || left === "unresolved")
      ? ["a create was interrupted or is in progress, and its object may be among these"]
      : []),
  ];
  if (reasons.length > 0) throw new Error(`Nothing was deleted: ${reasons.join("; ")}.`);
}

/** Deletes the objects one by one; a failure does not stop the others. */
export async function deleteAll(
  witness: Witness,
  targets: readonly Seen[],
  isStillUnowned: (object: Seen) => boolean,
  tell: (action: Action) => void,
): Promise<Action[]> {
  const actions: Action[] = [];
  for (const object of targets) {
    const action = isStillUnowned(object)
      ? await deleteOne(witness, object)
      : toAction(object, "kept", "a stack owns it now, or it is gone");
    tell(action);
    actions.push(action);
  }
  return actions;
}

async function deleteOne(witness: Witness, object: Seen): Promise<Action> {
  const { kind, id, app, version, as } = object;
  const address = definitions[kind].address.parse({ ...as[kind], ...(app && { appId: app.id }), version });
  try {
    const state = markSeen({}, witness.credential);
    return toAction(object, await deleteUntilGone(definitions[kind], witness, { id, address, state }));
  } catch (caught) {
    return toAction(object, "failed", caught instanceof Error ? caught.message : String(caught));
  }
}

function toAction({ kind, id }: Seen, result: Action["result"], reason?: string): Action {
  return { object: kind, id, result, ...(reason !== undefined && { reason }) };
}

const results = { deleted: "Deleted", gone: "Already gone:", kept: "Kept:", failed: "Failed:" };

/** An action for people. */
export function toLine({ object, id, result, reason }: Action): string {
  return `${results[result]} ${definitions[object].label} ${id}${reason === undefined ? "" : `: ${reason}`}`;
}
