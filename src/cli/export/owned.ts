import { childrenOf, type KindName } from "../../kinds";
import type { Properties } from "../../provider/kind";
import { definitions } from "../../provider/kinds";
import { ownableBy } from "../shared/account/aliases";
import { readStacks } from "../shared/stack-state";
import { type Plan, resourcesOf } from "./plan";

/** What a stack owns, as kinds and ids. */
export async function findOwned(folder: string, stack: string | undefined): Promise<ReadonlySet<string>> {
  const [read] = await readStacks(folder, stack === undefined ? [] : [stack]);
  const own = read?.resources.filter(({ isExternal }) => !isExternal) ?? [];
  return new Set(own.flatMap(({ kind, id }) => ownableBy(kind).map((one) => `${one} ${id}`)));
}

/** Warns about objects of another stack: both would then change and delete them. */
export function overlapNote(
  { groups }: Plan,
  isOwned: (kind: KindName, id: string) => boolean,
  stack: string | undefined,
): string[] {
  const resources = groups.flatMap(resourcesOf);
  const twice = resources
    .flatMap(({ kind, id, outputs }) => [{ kind, id }, ...partsOf(kind, outputs)])
    .filter(({ kind, id }) => isOwned(kind, id));
  if (twice.length === 0 || stack === undefined) return [];
  const shown = twice.slice(0, 5).map(({ kind, id }) => `${kind} ${id}`);
  const more = twice.length > shown.length ? ` and ${twice.length - shown.length} more` : "";
  return [
    `Stack ${stack} already owns: ${shown.join(", ")}${more}. Both stacks would change and delete them: export with --unowned, or remove them from one stack.`,
  ];
}

/** The objects that a resource owns besides its own, as each kind that they may be of. */
function partsOf(kind: KindName, outputs: Properties): { kind: KindName; id: string }[] {
  const ids = definitions[kind].inventory.partsOf?.(outputs) ?? [];
  return ids.flatMap((id) => childrenOf(kind).map((child) => ({ kind: child, id })));
}
