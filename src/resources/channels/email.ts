import type * as pulumi from "@pulumi/pulumi";
import type { IntegrationArgs } from "./base";

/**
 * E-mail through Mailgun.
 *
 * API versions: v1, v1.1, v2.
 */
export interface MailgunIntegrationArgs extends IntegrationArgs {
  type: "mailgun";
  /** The Mailgun account's API key. Secret. Changing this makes a new integration. */
  apiKey: pulumi.Input<string>;
  /**
   * Mailgun's webhook signing key; required if it differs from `apiKey`. Default: `apiKey`. Secret. API versions: v2.
   * Changing this makes a new integration.
   */
  signingKey?: pulumi.Input<string> | undefined;
  /** The sending domain, which Mailgun must have verified. Changing this makes a new integration. */
  domain: pulumi.Input<string>;
  /**
   * The address at which Smooch receives mail and to which people reply. It must be in `domain`. Changing this makes
   * a new integration.
   */
  incomingAddress: pulumi.Input<string>;
  /**
   * Whether mails are sent without an unsubscribe link, because you offer another way to unsubscribe. Smooch's
   * default: `false`. API versions: v1.1, v2. Can be changed in place.
   */
  hideUnsubscribeLink?: pulumi.Input<boolean> | undefined;
  /**
   * The sender's address, if it is not `incomingAddress`. It must forward to `incomingAddress`, otherwise replies are
   * lost. API versions: v1.1, v2. Can be changed in place.
   */
  fromAddress?: pulumi.Input<string> | undefined;
}

/**
 * E-mail at an address that Smooch provides, the output `smoochAddress`. It was removed from the reference in 2017,
 * and it is unknown whether Smooch still creates such integrations.
 *
 * API versions: v1.
 */
export interface FrontendEmailIntegrationArgs extends IntegrationArgs {
  type: "frontendEmail";
  /** The sender's address. Changing this makes a new integration. */
  fromAddress?: pulumi.Input<string> | undefined;
}
