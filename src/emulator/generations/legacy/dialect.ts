import type { z } from "zod";
import type { Channels } from "../../channel";
import type { AppEvent } from "../../deliveries";
import type { AppSettings, SettingsChange } from "../../objects/app";
import type { Webhook } from "../../objects/webhook";

/** What sets v1 and v1.1 apart. */
export interface Dialect {
  readonly version: "v1" | "v1.1";
  readonly settings: {
    readonly wire: z.ZodType<SettingsChange>;
    readonly names: readonly (keyof AppSettings)[];
  };
  /** Whether an app's own key may read the app. */
  readonly appReadsItself: boolean;
  /** Whether webhooks have `includeClient` and `includeFullAppUser` and tell their version (legacy.md 4.2). */
  readonly hasWebhookFlags: boolean;
  readonly integrations: {
    /** By the types that it can make, as v2 calls them. */
    readonly channels: Channels;
    /** Whether integrations have a `displayName` and their list has pages (legacy.md 5.1). */
    readonly hasNamesAndPages: boolean;
    /** Types that cannot be given a name later (legacy.md 5.3). */
    readonly fixedNames: readonly string[];
  };
  /** Whether app users have `credentialRequired` (legacy.md 0). */
  readonly hasCredentialRequired: boolean;
  writeEvent(webhook: Webhook, event: AppEvent): unknown;
}
