import type * as pulumi from "@pulumi/pulumi";
import type { IntegrationArgs } from "./base";

/**
 * E-mail through Mailgun.
 * ```ts
 * new SmoochIntegration("email", {
 *   appId: app.id,
 *   type: "mailgun",
 *   apiKey: config.requireSecret("mailgunApiKey"),
 *   domain: "mg.shop.example",
 *   incomingAddress: "support@mg.shop.example",
 * });
 * ```
 * @apiVersions v1, v1.1, v2
 */
export interface MailgunIntegrationArgs extends IntegrationArgs {
  type: "mailgun";
  /**
   * The Mailgun account's API key.
   * @change replaces the integration
   * @secret
   */
  apiKey: pulumi.Input<string>;
  /**
   * Mailgun's webhook signing key; required if it differs from `apiKey`.
   * @apiVersions v2
   * @defaultValue `apiKey`
   * @change replaces the integration
   * @secret
   */
  signingKey?: pulumi.Input<string> | undefined;
  /**
   * The sending domain, which Mailgun must have verified.
   * @change replaces the integration
   */
  domain: pulumi.Input<string>;
  /**
   * The address at which Smooch receives mail and to which people reply. It must be in `domain`.
   * @change replaces the integration
   */
  incomingAddress: pulumi.Input<string>;
  /**
   * Whether mails are sent without an unsubscribe link, because you offer another way to unsubscribe.
   * @apiVersions v1.1, v2
   * @defaultValue `false` (Smooch)
   * @change in place
   */
  hideUnsubscribeLink?: pulumi.Input<boolean> | undefined;
  /**
   * The sender's address, if it is not `incomingAddress`. It must forward to `incomingAddress`, otherwise replies are
   * lost.
   * @apiVersions v1.1, v2
   * @change in place
   */
  fromAddress?: pulumi.Input<string> | undefined;
}

/**
 * E-mail at an address that Smooch provides, the output `smoochAddress`. It was removed from the reference in 2017, and
 * it is unknown whether Smooch still creates such integrations.
 * ```ts
 * new SmoochIntegration("email", { appId: app.id, type: "frontendEmail", fromAddress: "help@shop.example" });
 * ```
 * @apiVersions v1
 */
export interface FrontendEmailIntegrationArgs extends IntegrationArgs {
  type: "frontendEmail";
  /**
   * The sender's address.
   * @change replaces the integration
   */
  fromAddress?: pulumi.Input<string> | undefined;
}
