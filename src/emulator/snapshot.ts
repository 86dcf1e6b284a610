import type { kinds } from "./kinds/index";
import type { SnapshotsOf, SummariesOf } from "./kinds/kind";

/** All objects as plain JSON, including secrets. */
export interface EmulatorSnapshot extends SnapshotsOf<typeof kinds> {
  readonly accounts: readonly { readonly id: string; readonly keyIds: readonly string[] }[];
  readonly appUsers: readonly AppUserSnapshot[];
  readonly deliveries: readonly DeliverySnapshot[];
}

export interface AppUserSnapshot {
  readonly id: string;
  readonly appId: string;
  /** Absent for a v2 user without an `externalId`. */
  readonly userId?: string;
  readonly messageIds: readonly string[];
}

export interface DeliverySnapshot {
  readonly webhookId: string;
  readonly appId: string;
  readonly trigger: string;
  /** The JSON that is sent. */
  readonly body: string;
  /** Number of attempts so far, including the first. */
  readonly attempts: number;
  /** Status of the last response; absent if there was none. */
  readonly lastStatus?: number;
  /** `abandoned`: the webhook or its app was deleted, or the emulator closed, before the next retry. */
  readonly state: "pending" | "delivered" | "failed" | "abandoned";
}

/** What other processes may see: counts and ids, but no secrets, and no targets, because they may contain secrets. */
export interface EmulatorState extends SummariesOf<typeof kinds> {
  readonly empty: boolean;
  readonly counts: { readonly [kind: string]: number };
  readonly unknownRequests: number;
}
