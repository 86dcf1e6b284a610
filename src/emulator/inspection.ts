import type { Deliveries } from "./conversations/deliveries";
import { snapshotUsers } from "./conversations/user";
import { kinds } from "./kinds/index";
import type { Kinds, SnapshotsOf, SummariesOf } from "./kinds/kind";
import type { EmulatorSnapshot, EmulatorState } from "./snapshot";
import type { Store } from "./store";

export function takeSnapshot(store: Store, deliveries: Deliveries): EmulatorSnapshot {
  return {
    ...snapshotKinds(kinds, store),
    accounts: [...store.accounts.values()].map(({ id }) => ({
      id,
      keyIds: [...store.accountKeys.values()].filter((key) => key.accountId === id).map((key) => key.id),
    })),
    appUsers: snapshotUsers(store),
    deliveries: deliveries.all.map(({ lastStatus, ...delivery }) => ({
      ...delivery,
      ...(lastStatus !== undefined && { lastStatus }),
    })),
  };
}

export function describeState(store: Store, deliveries: Deliveries, unknownRequests: number): EmulatorState {
  const objects = summarizeKinds(kinds, store);
  const counted = Object.entries(objects).map(([plural, { length }]) => [plural, length]);
  return {
    ...objects,
    empty: store.isEmpty,
    counts: {
      ...Object.fromEntries(counted),
      accounts: store.accounts.size,
      appUsers: snapshotUsers(store).length,
      deliveries: deliveries.all.length,
    },
    unknownRequests,
  };
}

// `Object.fromEntries` cannot type a table whose rows differ; the two return types below describe the result.

export function snapshotKinds<Table extends Kinds>(table: Table, store: Store): SnapshotsOf<Table> {
  const entries = Object.values(table).map((kind) => [kind.plural, kind.snapshot(store)]);
  return Object.fromEntries(entries);
}

export function summarizeKinds<Table extends Kinds>(table: Table, store: Store): SummariesOf<Table> {
  const entries = Object.values(table).map((kind) => [
    kind.plural,
    kind.snapshot(store).map((object) => kind.summarize(object)),
  ]);
  return Object.fromEntries(entries);
}
