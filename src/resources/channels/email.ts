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
   * Mailgun's webhook signing key. Default: `apiKey`; needed where the two differ. Secret. API versions: v2.
   * Changing this makes a new integration.
   */
  signingKey?: pulumi.Input<string> | undefined;
  /** The sending domain. Mailgun has to have verified it. Changing this makes a new integration. */
  domain: pulumi.Input<string>;
  /**
   * The address at which Smooch receives mail and to which people reply; within `domain`. Changing this makes a new
   * integration.
   */
  incomingAddress: pulumi.Input<string>;
  /**
   * Whether mails go out without a link to unsubscribe, because you offer another way. Smooch's default: `false`.
   * API versions: v1.1, v2. Can be changed in place.
   */
  hideUnsubscribeLink?: pulumi.Input<boolean> | undefined;
  /**
   * The address mails come from, where it is not `incomingAddress`. It has to forward to that one, otherwise
   * replies are lost. API versions: v1.1, v2. Can be changed in place.
   */
  fromAddress?: pulumi.Input<string> | undefined;
}

/**
 * E-mail at an address of Smooch's own, the output `smoochAddress`. It left the reference in 2017: whether Smooch
 * still makes one is unknown.
 *
 * API versions: v1.
 */
export interface FrontendEmailIntegrationArgs extends IntegrationArgs {
  type: "frontendEmail";
  /** The address mails come from. Changing this makes a new integration. */
  fromAddress?: pulumi.Input<string> | undefined;
}
