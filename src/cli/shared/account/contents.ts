import { type ChildName, isChild, type KindName } from "../../../kinds";
import type { Identified } from "../../../provider/kind";
import { definitions } from "../../../provider/kinds";
import type { ApiVersion } from "../../../smooch/api-version";
import type { App } from "../../../smooch/endpoints/app";
import { createdAt } from "../../../smooch/ids";

/** An account for export. It contains no secrets, so none can end up in a file. */
export interface Account {
  version: ApiVersion;
  /** Who saw it, as recorded in a resource's state: `act_…@api.smooch.io`. */
  seenBy: string;
  apps: AppContents[];
}

export interface AppContents extends Children {
  app: App;
  /** Whether some kinds, including the app itself, could not be read because the credential is an app key. */
  isPartial?: boolean;
}

/** An app's children, by kind. */
export type Children = Readonly<Record<`${ChildName}s`, readonly RemoteObject[]>>;

/** An object in Smooch, without its secrets. */
export interface RemoteObject extends Identified {
  [field: string]: unknown;
}

/** Removes secrets: some API versions return secrets that others never do. */
export function withoutSecrets<T extends Identified>(kind: KindName, object: T): RemoteObject {
  const { secrets } = definitions[kind];
  const shown = Object.entries(object).filter(([name]) => !secrets.includes(name));
  return { ...Object.fromEntries(shown), id: object.id };
}

/** The objects of a kind, oldest first. */
export function objectsOf(contents: AppContents, kind: KindName): readonly Identified[] {
  if (isChild(kind)) return oldestFirst(contents[`${kind}s`]);
  return contents.isPartial ? [] : [contents.app];
}

/** Sorts by creation, so that the order is the same on every run. */
export function oldestFirst<T extends { id: string }>(objects: readonly T[]): T[] {
  const key = ({ id }: T) => createdAt(id) ?? Number.POSITIVE_INFINITY;
  return objects.toSorted((one, other) => {
    const [first, second] = [key(one), key(other)];
    return first === second ? Number(one.id > other.id) - Number(one.id < other.id) : first - second;
  });
}
