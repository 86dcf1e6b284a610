/** Every object of the kinds, as plain JSON, secrets included. */
export interface KindSnapshots {
  readonly apps: readonly AppSnapshot[];
  readonly keys: readonly KeySnapshot[];
  readonly integrations: readonly IntegrationSnapshot[];
  readonly webhooks: readonly WebhookSnapshot[];
}

/** What other processes may see of them: no secret (a target may hold one, so it is left out as well). */
export interface KindSummaries {
  readonly apps: readonly { readonly id: string; readonly name: string }[];
  readonly keys: readonly { readonly id: string; readonly appId: string }[];
  readonly integrations: readonly { readonly id: string; readonly appId: string; readonly type: string }[];
  readonly webhooks: readonly {
    readonly id: string;
    readonly appId: string;
    readonly integrationId: string;
    readonly version: "v1" | "v1.1" | "v2";
  }[];
}

export interface AppSnapshot {
  readonly id: string;
  readonly accountId: string;
  readonly appToken: string;
  readonly name: string;
  /** Those of every API version, by the names that v1.1 and v2 give them. */
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

/** A connected channel, or the home of a webhook: every webhook has a `custom` integration, whatever created it. */
export interface IntegrationSnapshot {
  readonly id: string;
  readonly appId: string;
  /** As v2 calls it: `android` for `fcm`, `ios` for `apn`. */
  readonly type: string;
  /** Absent when it was never given, null when it was removed. */
  readonly displayName?: string | null;
  /** What was given, secrets included, and what the platform added. */
  readonly fields: { readonly [name: string]: unknown };
}

export interface WebhookSnapshot {
  readonly id: string;
  readonly appId: string;
  /** The `custom` integration that it belongs to. */
  readonly integrationId: string;
  /** The API version that created it, and whose payloads it receives. */
  readonly version: "v1" | "v1.1" | "v2";
  readonly target: string;
  readonly triggers: readonly string[];
  readonly includeFullUser: boolean;
  readonly includeFullSource: boolean;
  readonly secret: string;
}
