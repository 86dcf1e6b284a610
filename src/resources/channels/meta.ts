import type * as pulumi from "@pulumi/pulumi";
import type { IntegrationArgs } from "./base";

/**
 * A Facebook page's conversations on Messenger. Meta has to have approved the Facebook app for `pages_messaging` and
 * `pages_manage_metadata`.
 *
 * API versions: v1, v1.1, v2.
 */
export interface MessengerIntegrationArgs extends IntegrationArgs {
  type: "messenger";
  /**
   * The Facebook app's id, from developers.facebook.com; `appId` in Smooch's API. Changing this makes a new
   * integration.
   */
  facebookAppId: pulumi.Input<string>;
  /** The Facebook app's secret, from the same place. Secret. Changing this makes a new integration. */
  appSecret: pulumi.Input<string>;
  /**
   * The page's access token for that app, given by someone who manages the page. Secret. Can be changed in place in
   * v2; in v1 and v1.1 changing this makes a new integration.
   */
  pageAccessToken: pulumi.Input<string>;
}

/**
 * Direct messages of an Instagram business account. Meta has to have approved the Facebook app for `instagram_basic`,
 * `instagram_manage_messages` and `pages_manage_metadata`.
 *
 * API versions: v1.1, v2.
 */
export interface InstagramIntegrationArgs extends IntegrationArgs {
  type: "instagram";
  /**
   * The Facebook app's id, from developers.facebook.com; `appId` in Smooch's API. Changing this makes a new
   * integration.
   */
  facebookAppId: pulumi.Input<string>;
  /** The Facebook app's secret, from the same place. Secret. Changing this makes a new integration. */
  appSecret: pulumi.Input<string>;
  /**
   * The access token, for that app, of the Facebook page that the Instagram account is linked to. Secret. Can be
   * changed in place in v2; in v1.1 changing this makes a new integration.
   */
  pageAccessToken: pulumi.Input<string>;
  /**
   * Whether a reply or reaction to one of the business's stories becomes a message. Smooch's default: `true`. API
   * versions: v2. Can be changed in place.
   */
  storyRepliesEnabled?: pulumi.Input<boolean> | undefined;
  /**
   * Whether it is a referral event when a user's story mentions the business. Smooch's default: `true`. API
   * versions: v2. Can be changed in place.
   */
  storyMentionsEnabled?: pulumi.Input<boolean> | undefined;
}

/**
 * A WhatsApp business number. What is needed depends on the API: v1 connects to a WhatsApp client that you run
 * (`baseUrl`, `username`, `password`), v1.1 to a deployment (`deploymentId`) or, deprecated, to such a client too; in
 * v2 the number itself is set up elsewhere.
 *
 * API versions: v1, v1.1, v2.
 */
export interface WhatsAppIntegrationArgs extends IntegrationArgs {
  type: "whatsapp";
  /**
   * Id of a WhatsApp deployment of Smooch. In v1.1 either this or `baseUrl` has to be given. Smooch does not give
   * it back. API versions: v1.1. Changing this makes a new integration.
   */
  deploymentId?: pulumi.Input<string> | undefined;
  /**
   * URL of your WhatsApp client. Deprecated in v1.1, where `deploymentId` takes its place. API versions: v1,
   * v1.1. Required in v1. Changing this makes a new integration.
   */
  baseUrl?: pulumi.Input<string> | undefined;
  /**
   * User name at your WhatsApp client; goes with `baseUrl`. API versions: v1, v1.1. Required in v1. Changing
   * this makes a new integration.
   */
  username?: pulumi.Input<string> | undefined;
  /**
   * Password at your WhatsApp client; goes with `baseUrl`. Secret. API versions: v1, v1.1. Required in v1.
   * Changing this makes a new integration.
   */
  password?: pulumi.Input<string> | undefined;
  /**
   * Language of message templates sent by shorthand without one of their own, as in `en_US`, which is Smooch's
   * default. Can be changed in place.
   */
  hsmFallbackLanguage?: pulumi.Input<string> | undefined;
  /**
   * Id of the WhatsApp business account. With `accountManagementAccessToken` it lets Smooch look up message
   * templates, to show what was sent. API versions: v2. Can be changed in place.
   */
  accountId?: pulumi.Input<string> | undefined;
  /** Access token for that account's management API. Secret. API versions: v2. Can be changed in place. */
  accountManagementAccessToken?: pulumi.Input<string> | undefined;
}
