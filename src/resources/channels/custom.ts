import type * as pulumi from "@pulumi/pulumi";
import type { SmoochTriggerV2 } from "../../smooch/triggers";
import type { IntegrationArgs } from "./base";

/**
 * Your own bot or system, connected by a webhook. An app has at most 10 webhooks.
 * ```ts
 * new SmoochIntegration("crm", {
 *   appId: app.id,
 *   type: "custom",
 *   displayName: "CRM",
 *   webhooks: [{ target: "https://crm.example.com/smooch", triggers: ["conversation:message"] }],
 * });
 * ```
 * @apiVersions v2
 */
export interface CustomIntegrationArgs
  extends Omit<IntegrationArgs, "defaultResponderId" | "showAIDisclaimer"> {
  type: "custom";
  /**
   * The integration's webhook: exactly one. Smooch generates its secret; only a new integration gets a new secret.
   * @change in place
   */
  webhooks: pulumi.Input<[pulumi.Input<CustomIntegrationWebhook>]>;
}

/** The webhook of a custom integration. Each delivery sends the webhook's secret in the header `X-API-Key`. */
export interface CustomIntegrationWebhook {
  /**
   * The http:// or https:// URL that events are posted to. Smooch sends it a HEAD request before it accepts it, so
   * the server must already be running. If the URL contains a token, wrap it in `pulumi.secret`.
   */
  target: pulumi.Input<string>;
  /** The events to deliver, such as `conversation:message` or `user:merge`, in any order. There is no default. */
  triggers: pulumi.Input<pulumi.Input<SmoochTriggerV2 | (string & {})>[]>;
  /**
   * Whether events contain the full user instead of only the id.
   * @defaultValue `false` (Smooch)
   */
  includeFullUser?: pulumi.Input<boolean> | undefined;
  /**
   * Whether events include the client and device that they come from.
   * @defaultValue `false` (Smooch)
   */
  includeFullSource?: pulumi.Input<boolean> | undefined;
}
