/** Everything that exists, as plain JSON, secrets included. */
export interface EmulatorSnapshot {
  readonly accounts: readonly { readonly id: string; readonly keyIds: readonly string[] }[];
  readonly apps: readonly AppSnapshot[];
  readonly keys: readonly KeySnapshot[];
  readonly webhooks: readonly WebhookSnapshot[];
  readonly appUsers: readonly AppUserSnapshot[];
  readonly deliveries: readonly DeliverySnapshot[];
}

export interface AppSnapshot {
  readonly id: string;
  readonly accountId: string;
  readonly appToken: string;
  readonly name: string;
  readonly settings: { readonly maskCreditCardNumbers: boolean; readonly useAnimalNames: boolean };
  readonly metadata?: { readonly [name: string]: string | number | boolean };
}

export interface KeySnapshot {
  readonly id: string;
  readonly appId: string;
  readonly name: string;
  readonly secret: string;
}

export interface WebhookSnapshot {
  readonly id: string;
  readonly appId: string;
  readonly target: string;
  readonly triggers: readonly string[];
  readonly secret: string;
}

export interface AppUserSnapshot {
  readonly id: string;
  readonly appId: string;
  readonly userId: string;
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
export interface EmulatorState {
  readonly empty: boolean;
  readonly counts: { readonly [kind: string]: number };
  readonly apps: readonly { readonly id: string; readonly name: string }[];
  readonly keys: readonly { readonly id: string; readonly appId: string }[];
  readonly webhooks: readonly { readonly id: string; readonly appId: string }[];
  readonly unknownRequests: number;
}
