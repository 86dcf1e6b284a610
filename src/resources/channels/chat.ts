import type * as pulumi from "@pulumi/pulumi";
import type { IntegrationArgs } from "./base";

/**
 * Apple Messages for Business.
 * ```ts
 * new SmoochIntegration("apple", {
 *   appId: app.id,
 *   type: "apple",
 *   businessId: "5f2c3b1a-8d64-4e0b-9a7e-0c1d2e3f4a5b",
 *   apiSecret: config.requireSecret("appleApiSecret"),
 *   mspId: "8c4a2f10-1b7d-4c39-8f5e-2d6b9a0c7e41",
 * });
 * ```
 * @apiVersions v1.1, v2
 */
export interface AppleIntegrationArgs extends IntegrationArgs {
  type: "apple";
  /**
   * The account's id in Apple Messages for Business.
   * @change replaces the integration
   */
  businessId: pulumi.Input<string>;
  /**
   * The secret that Apple issued to the messaging service provider.
   * @change replaces the integration
   * @secret
   */
  apiSecret: pulumi.Input<string>;
  /**
   * The messaging service provider's Apple id.
   * @change replaces the integration
   */
  mspId: pulumi.Input<string>;
  /**
   * Secret from which the state parameter of Apple's authentication messages (2.0) is derived, at least 88 characters.
   * @apiVersions v2
   * @change in place
   * @secret
   */
  authenticationMessageSecret?: pulumi.Input<string> | undefined;
}

/**
 * A LINE channel. LINE issues `channelId` and `channelSecret` after you enter the URL
 * `https://app.smooch.io:443/api/line/webhooks/{appId}/{integrationId}` in its console. So with v1.1 and v2 you can
 * first create the integration without any credentials. With v1.1 you can then set them in place; v2 promises this for
 * no LINE field. In v1 the URL ends with the app's id, and all three credentials are required from the start.
 * ```ts
 * new SmoochIntegration("line", {
 *   appId: app.id,
 *   type: "line",
 *   channelId: "1234567890",
 *   channelSecret: config.requireSecret("lineChannelSecret"),
 *   channelAccessToken: config.requireSecret("lineChannelAccessToken"),
 * });
 * ```
 * @apiVersions v1, v1.1, v2
 */
export interface LineIntegrationArgs extends IntegrationArgs {
  type: "line";
  /**
   * The channel's id, from the LINE Developers console.
   * @requiredIn v1
   * @change in place in v1 and v1.1; replaces the integration in v2
   */
  channelId?: pulumi.Input<string> | undefined;
  /**
   * The channel's secret, from the same place.
   * @requiredIn v1
   * @change in place in v1 and v1.1; replaces the integration in v2
   * @secret
   */
  channelSecret?: pulumi.Input<string> | undefined;
  /**
   * The channel's access token, from the same place.
   * @requiredIn v1
   * @change replaces the integration
   * @secret
   */
  channelAccessToken?: pulumi.Input<string> | undefined;
  /**
   * LINE's service code, for accounts that use its switcher.
   * @apiVersions v1.1, v2
   * @change in place in v1.1; replaces the integration in v2
   * @secret
   */
  serviceCode?: pulumi.Input<string> | undefined;
  /**
   * LINE's switcher secret; not empty.
   * @apiVersions v1.1, v2
   * @change in place in v1.1; replaces the integration in v2
   * @secret
   */
  switcherSecret?: pulumi.Input<string> | undefined;
  /**
   * URL of the account's QR code, from the LINE Developers console. Smooch derives the output `lineId` from it.
   * @apiVersions v1.1, v2
   * @change in place in v1.1; replaces the integration in v2
   */
  qrCodeUrl?: pulumi.Input<string> | undefined;
}

/**
 * A Telegram bot.
 * ```ts
 * new SmoochIntegration("telegram", {
 *   appId: app.id,
 *   type: "telegram",
 *   token: config.requireSecret("telegramToken"),
 * });
 * ```
 * @apiVersions v1, v1.1, v2
 */
export interface TelegramIntegrationArgs extends IntegrationArgs {
  type: "telegram";
  /**
   * The bot's token, from Telegram's BotFather.
   * @change replaces the integration
   * @secret
   */
  token: pulumi.Input<string>;
}

/**
 * Direct messages of a Twitter account. Smooch refuses the integration if the Twitter app already has a webhook that
 * points elsewhere.
 * ```ts
 * new SmoochIntegration("twitter", {
 *   appId: app.id,
 *   type: "twitter",
 *   tier: "enterprise",
 *   consumerKey: config.requireSecret("twitterConsumerKey"),
 *   consumerSecret: config.requireSecret("twitterConsumerSecret"),
 *   accessTokenKey: config.requireSecret("twitterAccessToken"),
 *   accessTokenSecret: config.requireSecret("twitterAccessTokenSecret"),
 * });
 * ```
 * @apiVersions v1, v1.1, v2
 */
export interface TwitterIntegrationArgs extends IntegrationArgs {
  type: "twitter";
  /**
   * The Twitter app's tier. v2 creates new integrations only for `enterprise`.
   * @requiredIn v2
   * @change replaces the integration
   */
  tier?: pulumi.Input<"enterprise" | "premium"> | undefined;
  /**
   * Label of the Twitter app's dev environment; required for the tier `premium`.
   * @apiVersions v1, v1.1
   * @change replaces the integration
   */
  envName?: pulumi.Input<string> | undefined;
  /**
   * The Twitter app's consumer key.
   * @change replaces the integration
   * @secret
   */
  consumerKey: pulumi.Input<string>;
  /**
   * The secret of the consumer key.
   * @change replaces the integration
   * @secret
   */
  consumerSecret: pulumi.Input<string>;
  /**
   * The account's access token for that app, obtained through OAuth.
   * @change replaces the integration
   * @secret
   */
  accessTokenKey: pulumi.Input<string>;
  /**
   * The secret of the access token.
   * @change replaces the integration
   * @secret
   */
  accessTokenSecret: pulumi.Input<string>;
}

/**
 * A Viber public account or bot.
 * ```ts
 * new SmoochIntegration("viber", { appId: app.id, type: "viber", token: config.requireSecret("viberToken") });
 * ```
 * @apiVersions v1, v1.1, v2
 */
export interface ViberIntegrationArgs extends IntegrationArgs {
  type: "viber";
  /**
   * The account's token, issued by Viber.
   * @change replaces the integration
   * @secret
   */
  token: pulumi.Input<string>;
}

/**
 * A WeChat official account. Before you create the integration, add Smooch's addresses to WeChat's allow list.
 * Afterwards, enter the URL `https://app.smooch.io/api/wechat/webhooks/{appId}` in WeChat's console, with the output
 * `webhookSecret` as the token.
 * ```ts
 * new SmoochIntegration("wechat", {
 *   appId: app.id,
 *   type: "wechat",
 *   wechatAppId: "wx0123456789abcdef",
 *   appSecret: config.requireSecret("wechatAppSecret"),
 * });
 * ```
 * @apiVersions v1, v1.1
 */
export interface WeChatIntegrationArgs extends IntegrationArgs {
  type: "wechat";
  /**
   * The account's WeChat app id; `appId` in Smooch's API.
   * @change replaces the integration
   */
  wechatAppId: pulumi.Input<string>;
  /**
   * The account's WeChat app secret.
   * @change replaces the integration
   * @secret
   */
  appSecret: pulumi.Input<string>;
  /**
   * The key with which WeChat encrypts messages, if encryption is on.
   * @change replaces the integration
   * @secret
   */
  encodingAesKey?: pulumi.Input<string> | undefined;
  /**
   * URL from which Smooch gets the account's access token, if another system manages the token. If the URL contains a
   * token, wrap it in `pulumi.secret`. Smooch does not give it back.
   * @change replaces the integration
   */
  accessTokenUrl?: pulumi.Input<string> | undefined;
}
