import type { ApiVersion } from "../smooch/api-version";
import type { Kind, Properties } from "./kind";
import { changedInputs, replacingInputs } from "./values";

export interface DiffResult {
  changes?: boolean;
  replaces?: string[];
  deleteBeforeReplace?: boolean;
  /** The reason, if the properties alone do not show it. */
  reason?: string;
}

/**
 * Compares old outputs with new inputs. If something changed, `changes` is left undefined: the engine then compares the
 * properties itself, and its preview shows which differ.
 */
export function diffProperties(
  kind: Kind,
  id: string,
  olds: Properties,
  news: Properties,
  { now, version }: { now: number; version: ApiVersion },
): DiffResult {
  // An update repairs a damaged state with the declared inputs.
  if (!kind.address.safeParse(olds).success) return { changes: true };
  const changed = changedInputs(kind, olds, news);
  const replaces = replacingInputs(kind, changed, olds, news, version);
  if (replaces.length > 0) {
    return { replaces, deleteBeforeReplace: kind.deleteBeforeReplace?.(olds, news) ?? false };
  }
  const due = kind.replacementDue?.({ id, inputs: news, olds, now });
  if (due !== undefined) {
    // There may be no changed input, so the engine has to be told.
    return {
      changes: true,
      replaces: [due.property],
      deleteBeforeReplace: due.deleteBeforeReplace ?? false,
      reason: due.reason,
    };
  }
  if (changed.length > 0) return {};
  // An update restores outputs that the state lacks, for example a secret after a failed create.
  return { changes: kind.requiredOutputs.some((name) => olds[name] === undefined) };
}
