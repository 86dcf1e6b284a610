import { type KindName, kindNames } from "../../../kinds";
import { definitions } from "../../../provider/kinds";
import type { ApiVersion } from "../../../smooch/api-version";

/** The kind and API version in which an object is listed instead of its own kind. */
export function aliasOf(kind: KindName, object: object): { kind: KindName; version: ApiVersion } | undefined {
  for (const other of kindNames) {
    const { alias } = definitions[other].inventory;
    if (alias?.kind === kind && alias.covers(object)) return { kind: other, version: alias.version };
  }
  return undefined;
}

/** The kinds of objects that a resource of this kind can own. */
export function ownableBy(kind: KindName): KindName[] {
  return kindNames.filter((other) => other === kind || definitions[other].inventory.alias?.kind === kind);
}
