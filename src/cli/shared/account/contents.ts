import { type ChildName, isChild, type KindName } from "../../../kinds";
import type { Identified } from "../../../provider/kind";
import { definitions } from "../../../provider/kinds";
import type { ApiVersion } from "../../../smooch/api-version";
import type { App } from "../../../smooch/endpoints/app";
import { createdAt } from "../../../smooch/ids";

/** An account as an export needs it. No secret is in it, so none can get into a file. */
export interface Account {
  version: ApiVersion;
  /** Who saw it, as the state of a resource says it: `act_…@api.smooch.io`. */
  seenBy: string;
  apps: AppContents[];
}

export interface AppContents extends Children {
  app: App;
  /** Whether some kinds could not be read, the app itself among them: only the app's own key asked. */
  isPartial?: boolean;
}

/** What belongs to an app, by kind. */
export type Children = Readonly<Record<`${ChildName}s`, readonly RemoteObject[]>>;

/** An object as Smooch has it, without its secrets. */
export interface RemoteObject extends Identified {
  [field: string]: unknown;
}

/** Some API versions return what others never do. */
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

/** The order in which they were made, which no later run changes. */
export function oldestFirst<T extends { id: string }>(objects: readonly T[]): T[] {
  const key = ({ id }: T) => createdAt(id) ?? Number.POSITIVE_INFINITY;
  return objects.toSorted((one, other) => {
    const [first, second] = [key(one), key(other)];
    return first === second ? Number(one.id > other.id) - Number(one.id < other.id) : first - second;
  });
}
