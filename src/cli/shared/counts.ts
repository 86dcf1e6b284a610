import { type KindName, kindNames, rootName } from "../../kinds";
import { definitions } from "../../provider/kinds";

export function counted(n: number, label: string): string {
  return `${n} ${label}${n === 1 ? "" : "s"}`;
}

/** `1 app and 2 keys`: the kinds of which there are any. */
export function countedByKind(count: (kind: KindName) => number): string {
  const counts = kindNames
    .filter((kind) => count(kind) > 0 || kind === rootName)
    .map((kind) => counted(count(kind), definitions[kind].label));
  return new Intl.ListFormat("en-GB").format(counts);
}
