import type * as pulumi from "@pulumi/pulumi";
import type { SmoochTriggerV2 } from "../../smooch/triggers";
import type { IntegrationArgs } from "./base";

/**
 * A bot or system of your own, reached by a webhook. An app has at most 10 webhooks.
 *
 * API versions: v2.
 */
export interface CustomIntegrationArgs
  extends Omit<IntegrationArgs, "defaultResponderId" | "showAIDisclaimer"> {
  type: "custom";
  /**
   * Its webhook: exactly one. The secret is Smooch's choice; only a new integration gets a new one. Can be changed
   * in place.
   */
  webhooks: pulumi.Input<[pulumi.Input<CustomIntegrationWebhook>]>;
}

/** The webhook of a custom integration. Each delivery carries its secret in the header `X-API-Key`. */
export interface CustomIntegrationWebhook {
  /**
   * The http:// or https:// URL that events are posted to. Smooch calls it with HEAD before it accepts it, so it has
   * to answer already. One with a token in it belongs in `pulumi.secret`.
   */
  target: pulumi.Input<string>;
  /** The events to deliver, such as `conversation:message` or `user:merge`; their order means nothing. No default. */
  triggers: pulumi.Input<pulumi.Input<SmoochTriggerV2 | (string & {})>[]>;
  /** Whether events carry all of the user, not the id alone. Smooch's default: `false`. */
  includeFullUser?: pulumi.Input<boolean> | undefined;
  /** Whether events say from which client and device they come. Smooch's default: `false`. */
  includeFullSource?: pulumi.Input<boolean> | undefined;
}
