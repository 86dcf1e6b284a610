import type * as pulumi from "@pulumi/pulumi";
import type { IntegrationArgs } from "./base";

/**
 * A Facebook page's conversations on Messenger. Meta must have approved the Facebook app for `pages_messaging` and
 * `pages_manage_metadata`.
 * ```ts
 * new SmoochIntegration("facebook", {
 *   appId: app.id,
 *   type: "messenger",
 *   facebookAppId: "210987654321",
 *   appSecret: config.requireSecret("facebookAppSecret"),
 *   pageAccessToken: config.requireSecret("facebookPageToken"),
 * });
 * ```
 * @apiVersions v1, v1.1, v2
 */
export interface MessengerIntegrationArgs extends IntegrationArgs {
  type: "messenger";
  /**
   * The Facebook app's id, from developers.facebook.com; `appId` in Smooch's API.
   * @change replaces the integration
   */
  facebookAppId: pulumi.Input<string>;
  /**
   * The Facebook app's secret, from the app's settings at Meta.
   * @change replaces the integration
   * @secret
   */
  appSecret: pulumi.Input<string>;
  /**
   * The page's access token for that app, granted by someone who manages the page.
   * @change in place in v2; replaces the integration in v1 and v1.1
   * @secret
   */
  pageAccessToken: pulumi.Input<string>;
}

/**
 * Direct messages of an Instagram business account. Meta must have approved the Facebook app for `instagram_basic`,
 * `instagram_manage_messages` and `pages_manage_metadata`.
 * ```ts
 * new SmoochIntegration("instagram", {
 *   appId: app.id,
 *   type: "instagram",
 *   facebookAppId: "210987654321",
 *   appSecret: config.requireSecret("facebookAppSecret"),
 *   pageAccessToken: config.requireSecret("facebookPageToken"),
 * });
 * ```
 * @apiVersions v1.1, v2
 */
export interface InstagramIntegrationArgs extends IntegrationArgs {
  type: "instagram";
  /**
   * The Facebook app's id, from developers.facebook.com; `appId` in Smooch's API.
   * @change replaces the integration
   */
  facebookAppId: pulumi.Input<string>;
  /**
   * The Facebook app's secret, from the app's settings at Meta.
   * @change replaces the integration
   * @secret
   */
  appSecret: pulumi.Input<string>;
  /**
   * The access token, for that app, of the Facebook page that the Instagram account is linked to.
   * @change in place in v2; replaces the integration in v1.1
   * @secret
   */
  pageAccessToken: pulumi.Input<string>;
  /**
   * Whether a reply or reaction to one of the business's stories becomes a message.
   * @apiVersions v2
   * @defaultValue `true` (Smooch)
   * @change in place
   */
  storyRepliesEnabled?: pulumi.Input<boolean> | undefined;
  /**
   * Whether a user's story that mentions the business triggers a referral event.
   * @apiVersions v2
   * @defaultValue `true` (Smooch)
   * @change in place
   */
  storyMentionsEnabled?: pulumi.Input<boolean> | undefined;
}

/**
 * A WhatsApp business number. The required arguments depend on the API version: v1 connects to a WhatsApp client that
 * you run (`baseUrl`, `username`, `password`). v1.1 connects to a deployment (`deploymentId`) or, deprecated, to such a
 * client. In v2 the number itself is set up elsewhere.
 * ```ts
 * new SmoochIntegration("whatsapp", {
 *   appId: app.id,
 *   type: "whatsapp",
 *   hsmFallbackLanguage: "en_US",
 *   accountId: "102030405060708",
 *   accountManagementAccessToken: config.requireSecret("whatsappToken"),
 * });
 * ```
 * @apiVersions v1, v1.1, v2
 */
export interface WhatsAppIntegrationArgs extends IntegrationArgs {
  type: "whatsapp";
  /**
   * Id of a Smooch WhatsApp deployment. v1.1 requires either this or `baseUrl`. Smooch does not give it back.
   * @apiVersions v1.1
   * @change replaces the integration
   */
  deploymentId?: pulumi.Input<string> | undefined;
  /**
   * URL of your WhatsApp client. Deprecated in v1.1: use `deploymentId` instead.
   * @apiVersions v1, v1.1
   * @requiredIn v1
   * @change replaces the integration
   */
  baseUrl?: pulumi.Input<string> | undefined;
  /**
   * User name for your WhatsApp client; use it together with `baseUrl`.
   * @apiVersions v1, v1.1
   * @requiredIn v1
   * @change replaces the integration
   */
  username?: pulumi.Input<string> | undefined;
  /**
   * Password for your WhatsApp client; use it together with `baseUrl`.
   * @apiVersions v1, v1.1
   * @requiredIn v1
   * @change replaces the integration
   * @secret
   */
  password?: pulumi.Input<string> | undefined;
  /**
   * Language of message templates that are sent by shorthand without a language.
   * @defaultValue `en_US` (Smooch)
   * @change in place
   */
  hsmFallbackLanguage?: pulumi.Input<string> | undefined;
  /**
   * Id of the WhatsApp business account. With `accountManagementAccessToken`, Smooch can look up message templates and
   * show what was sent.
   * @apiVersions v2
   * @change in place
   */
  accountId?: pulumi.Input<string> | undefined;
  /**
   * Access token for that account's management API.
   * @apiVersions v2
   * @change in place
   * @secret
   */
  accountManagementAccessToken?: pulumi.Input<string> | undefined;
}
