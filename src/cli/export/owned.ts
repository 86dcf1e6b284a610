import type { KindName } from "../../kinds";
import { ownableBy } from "../shared/account/aliases";
import { readStacks } from "../shared/stack-state";
import type { Plan } from "./plan";

/** What a stack owns, as kinds and ids. */
export async function findOwned(folder: string, stack: string | undefined): Promise<ReadonlySet<string>> {
  const [read] = await readStacks(folder, stack === undefined ? [] : [stack], []);
  const own = read?.resources.filter(({ isExternal }) => !isExternal) ?? [];
  return new Set(own.flatMap(({ kind, id }) => ownableBy(kind).map((one) => `${one} ${id}`)));
}

/** Warns about objects of another stack: both would then change and delete them. */
export function overlapNote(
  { groups }: Plan,
  isOwned: (kind: KindName, id: string) => boolean,
  stack: string | undefined,
): string[] {
  const resources = groups.flatMap(({ app, children }) => [...(app === undefined ? [] : [app]), ...children]);
  const twice = resources.filter(({ kind, id }) => isOwned(kind, id));
  if (twice.length === 0 || stack === undefined) return [];
  const shown = twice.slice(0, 5).map(({ kind, id }) => `${kind} ${id}`);
  const more = twice.length > shown.length ? ` and ${twice.length - shown.length} more` : "";
  return [
    `Stack ${stack} already owns: ${shown.join(", ")}${more}. Both stacks would change and delete them: export with --unowned, or remove them from one stack.`,
  ];
}
