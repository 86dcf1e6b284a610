import { type KindName, kindNames } from "../../../kinds";
import { definitions } from "../../../provider/kinds";
import type { ApiVersion } from "../../../smooch/api-version";

/** The kind that lists an object in place of the object's own kind, and the API version that does. */
export function aliasOf(kind: KindName, object: object): { kind: KindName; version: ApiVersion } | undefined {
  for (const other of kindNames) {
    const { alias } = definitions[other].inventory;
    if (alias?.kind === kind && alias.covers(object)) return { kind: other, version: alias.version };
  }
  return undefined;
}

/** The kinds of object that a resource of a kind can own. */
export function ownableBy(kind: KindName): KindName[] {
  return kindNames.filter((other) => other === kind || definitions[other].inventory.alias?.kind === kind);
}
