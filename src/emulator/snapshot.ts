import type { kinds } from "./kinds/index";
import type { SnapshotsOf, SummariesOf } from "./kinds/kind";

/** Everything that exists, as plain JSON, secrets included. */
export interface EmulatorSnapshot extends SnapshotsOf<typeof kinds> {
  readonly accounts: readonly { readonly id: string; readonly keyIds: readonly string[] }[];
  readonly appUsers: readonly AppUserSnapshot[];
  readonly deliveries: readonly DeliverySnapshot[];
}

export interface AppUserSnapshot {
  readonly id: string;
  readonly appId: string;
  /** Absent for a user of v2 that was given no `externalId`. */
  readonly userId?: string;
  readonly messageIds: readonly string[];
}

export interface DeliverySnapshot {
  readonly webhookId: string;
  readonly appId: string;
  readonly trigger: string;
  /** The JSON text that is sent. */
  readonly body: string;
  /** Calls made so far, the first one included. */
  readonly attempts: number;
  /** Status of the last answer; absent when there was none. */
  readonly lastStatus?: number;
  /** `abandoned`: the webhook or its app was deleted, or the emulator closed, before a repeat was due. */
  readonly state: "pending" | "delivered" | "failed" | "abandoned";
}

/** What other processes may see: counts and ids, no secret (a target may hold one, so it is left out as well). */
export interface EmulatorState extends SummariesOf<typeof kinds> {
  readonly empty: boolean;
  readonly counts: { readonly [kind: string]: number };
  readonly unknownRequests: number;
}
