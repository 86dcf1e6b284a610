import type * as pulumi from "@pulumi/pulumi";
import type { IntegrationArgs } from "./base";

/**
 * Apple Messages for Business.
 *
 * API versions: v1.1, v2.
 */
export interface AppleIntegrationArgs extends IntegrationArgs {
  type: "apple";
  /** The account's id in Apple Messages for Business. Changing this makes a new integration. */
  businessId: pulumi.Input<string>;
  /** The secret that Apple issued to the messaging service provider. Secret. Changing this makes a new integration. */
  apiSecret: pulumi.Input<string>;
  /** The messaging service provider's Apple id. Changing this makes a new integration. */
  mspId: pulumi.Input<string>;
  /**
   * Secret from which the state parameter of Apple's authentication messages (2.0) is derived, at least 88
   * characters. Secret. API versions: v2. Can be changed in place.
   */
  authenticationMessageSecret?: pulumi.Input<string> | undefined;
}

/**
 * A LINE channel. LINE issues `channelId` and `channelSecret` after you enter the URL
 * `https://app.smooch.io:443/api/line/webhooks/{appId}/{integrationId}` in its console. So with v1.1 and v2 you can
 * first create the integration without any credentials. With v1.1 you can then set them in place; v2 promises this
 * for no LINE field. In v1 the URL ends with the app's id, and all three credentials are required from the start.
 *
 * API versions: v1, v1.1, v2.
 */
export interface LineIntegrationArgs extends IntegrationArgs {
  type: "line";
  /**
   * The channel's id, from the LINE Developers console. Required in v1. Can be changed in place in v1 and v1.1; in v2 changing this
   * makes a new integration.
   */
  channelId?: pulumi.Input<string> | undefined;
  /**
   * The channel's secret, from the same place. Secret. Required in v1. Can be changed in place in v1 and v1.1; in v2 changing this
   * makes a new integration.
   */
  channelSecret?: pulumi.Input<string> | undefined;
  /** The channel's access token, from the same place. Secret. Required in v1. Changing this makes a new integration. */
  channelAccessToken?: pulumi.Input<string> | undefined;
  /**
   * LINE's service code, for accounts that use its switcher. Secret. API versions: v1.1, v2. Can be changed in
   * place in v1.1; in v2 changing this makes a new integration.
   */
  serviceCode?: pulumi.Input<string> | undefined;
  /**
   * LINE's switcher secret; not empty. Secret. API versions: v1.1, v2. Can be changed in place in v1.1; in v2
   * changing this makes a new integration.
   */
  switcherSecret?: pulumi.Input<string> | undefined;
  /**
   * URL of the account's QR code, from the LINE Developers console. Smooch derives the output `lineId` from it. API
   * versions: v1.1, v2. Can be changed in place in v1.1; in v2 changing this makes a new integration.
   */
  qrCodeUrl?: pulumi.Input<string> | undefined;
}

/**
 * A Telegram bot.
 *
 * API versions: v1, v1.1, v2.
 */
export interface TelegramIntegrationArgs extends IntegrationArgs {
  type: "telegram";
  /** The bot's token, from Telegram's BotFather. Secret. Changing this makes a new integration. */
  token: pulumi.Input<string>;
}

/**
 * Direct messages of a Twitter account. Smooch refuses the integration if the Twitter app already has a webhook that
 * points elsewhere.
 *
 * API versions: v1, v1.1, v2.
 */
export interface TwitterIntegrationArgs extends IntegrationArgs {
  type: "twitter";
  /**
   * The Twitter app's tier. v2 creates new integrations only for `enterprise`. Required in v2. Changing this makes a
   * new integration.
   */
  tier?: pulumi.Input<"enterprise" | "premium"> | undefined;
  /**
   * Label of the Twitter app's dev environment; required for the tier `premium`. API versions: v1, v1.1. Changing
   * this makes a new integration.
   */
  envName?: pulumi.Input<string> | undefined;
  /** The Twitter app's consumer key. Secret. Changing this makes a new integration. */
  consumerKey: pulumi.Input<string>;
  /** The secret of the consumer key. Secret. Changing this makes a new integration. */
  consumerSecret: pulumi.Input<string>;
  /** The account's access token for that app, obtained through OAuth. Secret. Changing this makes a new integration. */
  accessTokenKey: pulumi.Input<string>;
  /** The secret of the access token. Secret. Changing this makes a new integration. */
  accessTokenSecret: pulumi.Input<string>;
}

/**
 * A Viber public account or bot.
 *
 * API versions: v1, v1.1, v2.
 */
export interface ViberIntegrationArgs extends IntegrationArgs {
  type: "viber";
  /** The account's token, issued by Viber. Secret. Changing this makes a new integration. */
  token: pulumi.Input<string>;
}

/**
 * A WeChat official account. Before you create the integration, add Smooch's addresses to WeChat's allow list.
 * Afterwards, enter the URL `https://app.smooch.io/api/wechat/webhooks/{appId}` in WeChat's console, with the output
 * `webhookSecret` as the token.
 *
 * API versions: v1, v1.1.
 */
export interface WeChatIntegrationArgs extends IntegrationArgs {
  type: "wechat";
  /** The account's WeChat app id; `appId` in Smooch's API. Changing this makes a new integration. */
  wechatAppId: pulumi.Input<string>;
  /** The account's WeChat app secret. Secret. Changing this makes a new integration. */
  appSecret: pulumi.Input<string>;
  /**
   * The key with which WeChat encrypts messages, if encryption is on. Secret. Changing this makes a new integration.
   */
  encodingAesKey?: pulumi.Input<string> | undefined;
  /**
   * URL from which Smooch gets the account's access token, if another system manages the token. If the URL contains a
   * token, wrap it in `pulumi.secret`. Smooch does not give it back. Changing this makes a new integration.
   */
  accessTokenUrl?: pulumi.Input<string> | undefined;
}
