import type { ApiVersion } from "../api-version";
import type { Signer } from "../caller";
import type { AnyChildType, OwnerType, Parent } from "../children";
import type { Route } from "../route";
import type { Store } from "../store";

/** How the console shows a property: as it is, as a URL without user info and query, or not at all. */
export type Visibility = "plain" | "url" | "secret" | Visibilities;

/** The visibility of an object's properties. One that is not listed is a secret. */
export interface Visibilities {
  readonly [property: string]: Visibility;
}

/** A kind of objects in the API: its operations, and how other programs see its objects. */
export interface Kind {
  /** The property that lists its objects in snapshots. */
  readonly plural: string;
  /** What accounts or apps hold of this kind; absent for apps themselves. */
  readonly children?: AnyChildType;
  /** What the console shows of a snapshot. */
  readonly visibility: Visibilities;
  routes(apiVersion: ApiVersion): readonly Route[];
  /** All objects as plain JSON. */
  snapshot(store: Store): readonly object[];
  /** The part of a snapshot that other processes may see: no secrets. */
  summarize(snapshot: object): object;
  /** Finds an object of this kind that authenticates callers. */
  findSigner?(store: Store, id: string): Signer | undefined;
}

export interface Kinds {
  readonly [name: string]: Kind;
}

/** The snapshot lists of some kinds. */
export type SnapshotsOf<Table extends Kinds> = {
  readonly [Name in keyof Table as Table[Name]["plural"]]: ReturnType<Table[Name]["snapshot"]>;
};

/** The summary lists of some kinds. */
export type SummariesOf<Table extends Kinds> = {
  readonly [Name in keyof Table as Table[Name]["plural"]]: readonly ReturnType<Table[Name]["summarize"]>[];
};

/** Snapshots all children of one type. */
export function snapshotChildren<Item, Snapshot>(
  type: { readonly owner: OwnerType; listOf(parent: Parent): Item[] },
  write: (item: Item, ownerId: string) => Snapshot,
): (store: Store) => Snapshot[] {
  return (store) =>
    store.owners(type.owner).flatMap((owner) => type.listOf(owner).map((item) => write(item, owner.id)));
}
