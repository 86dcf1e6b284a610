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
  /**
   * The secret that Apple gave the messaging service provider. Secret. Changing this makes a new integration.
   */
  apiSecret: pulumi.Input<string>;
  /** The messaging service provider's id at Apple. Changing this makes a new integration. */
  mspId: pulumi.Input<string>;
  /**
   * Secret from which the state of Apple's authentication messages (2.0) is made, at least 88 characters. Secret.
   * API versions: v2. Can be changed in place.
   */
  authenticationMessageSecret?: pulumi.Input<string> | undefined;
}

/**
 * A LINE channel. LINE hands out `channelId` and `channelSecret` once its console was given the URL
 * `https://app.smooch.io:443/api/line/webhooks/{appId}/{integrationId}`, so with v1.1 and v2 it can be made with nothing
 * first. With v1.1 they can then be set in place; v2 promises that for no field of LINE. In v1 the URL ends with the
 * app's id, and all three are needed at once.
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
   * URL of the account's QR code, from the LINE Developers console. Smooch takes the output `lineId` from it. API
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
 * Direct messages of a Twitter account. Refused when the Twitter app has a webhook that leads elsewhere.
 *
 * API versions: v1, v1.1, v2.
 */
export interface TwitterIntegrationArgs extends IntegrationArgs {
  type: "twitter";
  /**
   * The Twitter app's tier. v2 makes new ones for `enterprise` only. Required in v2. Changing this makes a new
   * integration.
   */
  tier?: pulumi.Input<"enterprise" | "premium"> | undefined;
  /**
   * Label of the Twitter app's dev environment; the tier `premium` needs it. API versions: v1, v1.1. Changing
   * this makes a new integration.
   */
  envName?: pulumi.Input<string> | undefined;
  /** The Twitter app's consumer key. Secret. Changing this makes a new integration. */
  consumerKey: pulumi.Input<string>;
  /** The secret of the consumer key. Secret. Changing this makes a new integration. */
  consumerSecret: pulumi.Input<string>;
  /**
   * The account's access token for that app, obtained by OAuth. Secret. Changing this makes a new integration.
   */
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
  /** The account's token, from Viber. Secret. Changing this makes a new integration. */
  token: pulumi.Input<string>;
}

/**
 * A WeChat official account. Smooch's addresses have to be on WeChat's list of allowed ones before; afterwards
 * WeChat's console wants the URL `https://app.smooch.io/api/wechat/webhooks/{appId}`, and the output `webhookSecret`
 * as its token.
 *
 * API versions: v1, v1.1.
 */
export interface WeChatIntegrationArgs extends IntegrationArgs {
  type: "wechat";
  /** The account's app id at WeChat; `appId` in Smooch's API. Changing this makes a new integration. */
  wechatAppId: pulumi.Input<string>;
  /** The account's app secret at WeChat. Secret. Changing this makes a new integration. */
  appSecret: pulumi.Input<string>;
  /**
   * The key with which WeChat encrypts messages, where it does. Secret. Changing this makes a new integration.
   */
  encodingAesKey?: pulumi.Input<string> | undefined;
  /**
   * URL from which Smooch gets the account's access token, where something else manages it. One with a token in it
   * belongs in `pulumi.secret`. Smooch does not give it back. Changing this makes a new integration.
   */
  accessTokenUrl?: pulumi.Input<string> | undefined;
}
