import type { ApiVersion } from "../api-version";
import type { AnyChildType } from "../children";
import type { Signer } from "../context";
import type { App } from "../model";
import type { Route } from "../route";
import type { Store } from "../store";

/** A kind of objects that the API manages: its operations, and what other programs see of its objects. */
export interface Kind {
  /** Under which snapshots list its objects. */
  readonly plural: string;
  /** What apps hold of it; absent for apps themselves. */
  readonly children?: AnyChildType;
  /** Whether its objects have a `secret` that the profile may hide. */
  readonly hasSecret: boolean;
  routes(apiVersion: ApiVersion): readonly Route[];
  /** Every object there is, as plain JSON. */
  snapshot(store: Store): readonly object[];
  /** What of an object's snapshot other processes may see: no secret. */
  summarize(snapshot: object): object;
  /** Finds an object of this kind that may sign in the name of its app. */
  findSigner?(store: Store, id: string): Signer | undefined;
}

export interface Kinds {
  readonly [name: string]: Kind;
}

/** What snapshots list of some kinds. */
export type SnapshotsOf<Table extends Kinds> = {
  readonly [Name in keyof Table as Table[Name]["plural"]]: ReturnType<Table[Name]["snapshot"]>;
};

/** What summaries list of some kinds. */
export type SummariesOf<Table extends Kinds> = {
  readonly [Name in keyof Table as Table[Name]["plural"]]: readonly ReturnType<Table[Name]["summarize"]>[];
};

/** Writes the children of one type in all apps. */
export function snapshotChildren<Item, Snapshot>(
  type: { listOf(app: App): Item[] },
  write: (item: Item, appId: string) => Snapshot,
): (store: Store) => Snapshot[] {
  return ({ apps }) =>
    [...apps.values()].flatMap((app) => type.listOf(app).map((item) => write(item, app.id)));
}
