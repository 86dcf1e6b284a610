import { type KindName, kindNames } from "../../kinds";
import { definitions } from "../../provider/kinds";

export function counted(n: number, label: string): string {
  return `${n} ${label}${n === 1 ? "" : "s"}`;
}

/** `1 app, 2 keys, 0 webhooks and 0 integrations`. */
export function countedByKind(count: (kind: KindName) => number): string {
  const counts = kindNames.map((kind) => counted(count(kind), definitions[kind].label));
  return new Intl.ListFormat("en-GB").format(counts);
}
