/** Everything that exists, as plain JSON, secrets included. */
export interface EmulatorSnapshot {
  readonly accounts: readonly { readonly id: string; readonly keyIds: readonly string[] }[];
  readonly apps: readonly AppSnapshot[];
  readonly keys: readonly KeySnapshot[];
  readonly integrations: readonly IntegrationSnapshot[];
  readonly webhooks: readonly WebhookSnapshot[];
  readonly appUsers: readonly AppUserSnapshot[];
  readonly deliveries: readonly DeliverySnapshot[];
}

export interface AppSnapshot {
  readonly id: string;
  readonly accountId: string;
  readonly appToken: string;
  readonly name: string;
  /** Those of every generation, by the names that v1.1 and v2 give them. */
  readonly settings: {
    readonly maskCreditCardNumbers: boolean;
    readonly useAnimalNames: boolean;
    readonly echoPostback: boolean;
    readonly multiConvoEnabled: boolean;
    readonly appLocalizationEnabled: boolean;
    readonly conversationRetentionSeconds?: number | undefined;
    readonly ignoreAutoConversationStart?: boolean | undefined;
    readonly endSessionEnabled?: boolean | undefined;
    readonly disableConversationReopen?: boolean | undefined;
  };
  readonly metadata?: { readonly [name: string]: string | number | boolean };
}

export interface KeySnapshot {
  readonly id: string;
  readonly appId: string;
  readonly name: string;
  readonly secret: string;
}

/** A connected channel, or the home of a webhook: every webhook has a `custom` integration, whoever made it. */
export interface IntegrationSnapshot {
  readonly id: string;
  readonly appId: string;
  /** As v2 calls it: `android` for `fcm`, `ios` for `apn`. */
  readonly type: string;
  /** Absent when it was never given, null when it was taken away. */
  readonly displayName?: string | null;
  /** What was given, secrets included, and what the platform added. */
  readonly fields: { readonly [name: string]: unknown };
}

export interface WebhookSnapshot {
  readonly id: string;
  readonly appId: string;
  /** The `custom` integration that it belongs to. */
  readonly integrationId: string;
  /** The generation that made it, and whose payloads it receives. */
  readonly version: "v1" | "v1.1" | "v2";
  readonly target: string;
  readonly triggers: readonly string[];
  readonly includeFullUser: boolean;
  readonly includeFullSource: boolean;
  readonly secret: string;
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
export interface EmulatorState {
  readonly empty: boolean;
  readonly counts: { readonly [kind: string]: number };
  readonly apps: readonly { readonly id: string; readonly name: string }[];
  readonly keys: readonly { readonly id: string; readonly appId: string }[];
  readonly integrations: readonly { readonly id: string; readonly appId: string; readonly type: string }[];
  readonly webhooks: readonly {
    readonly id: string;
    readonly appId: string;
    readonly integrationId: string;
    readonly version: "v1" | "v1.1" | "v2";
  }[];
  readonly unknownRequests: number;
}
