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
  /** What is in no app, parents before their children. */
  outside: OutsideObject[];
}

export interface AppContents extends Children {
  app: App;
  /** Whether some kinds, including the app itself, could not be read because the credential is an app key. */
  isPartial?: boolean;
}

/** What an app holds, directly or within something else, by kind. */
export type Children = Readonly<Record<`${ChildName}s`, readonly RemoteObject[]>>;

/** An object in Smooch, without its secrets, with the ids of what it belongs to. */
export interface RemoteObject extends Identified {
  [field: string]: unknown;
}

export interface OutsideObject {
  kind: KindName;
  object: RemoteObject;
}

/** Removes secrets: some API versions return secrets that others never do. */
export function withoutSecrets<T extends Identified>(kind: KindName, object: T): RemoteObject {
  const { secrets } = definitions[kind];
  const shown = Object.entries(object).filter(([name]) => !secrets.includes(name));
  return { ...Object.fromEntries(shown), id: object.id };
}

/** The objects of a kind in an app, or the app itself, oldest first. */
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
