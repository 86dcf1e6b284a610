import type * as pulumi from "@pulumi/pulumi";
import type { IntegrationArgs } from "./base";

/**
 * Smooch's Web Messenger, for web sites. Every argument has a default. v1.1 seems to allow only one per app.
 * ```ts
 * new SmoochIntegration("web", {
 *   appId: app.id,
 *   type: "web",
 *   brandColor: "0066cc",
 *   originWhitelist: ["https://shop.example"],
 * });
 * ```
 * @apiVersions v1, v1.1, v2
 */
export interface WebIntegrationArgs extends IntegrationArgs {
  type: "web";
  /**
   * Colour of the header, and of the button or tab while the messenger is closed: 3 or 6 hex digits without `#`.
   * @defaultValue `65758e` (Smooch)
   * @change in place
   */
  brandColor?: pulumi.Input<string> | undefined;
  /**
   * Colour of the user's own messages, quick replies and actions below the conversation: 3 or 6 hex digits without `#`.
   * @defaultValue `0099ff` (Smooch)
   * @change in place
   */
  conversationColor?: pulumi.Input<string> | undefined;
  /**
   * Colour of links and buttons inside messages: 3 or 6 hex digits without `#`.
   * @defaultValue `0099ff` (Smooch)
   * @change in place
   */
  actionColor?: pulumi.Input<string> | undefined;
  /**
   * Whether the messenger opens from a button or from a tab.
   * @defaultValue `button` (Smooch)
   * @change in place
   */
  displayStyle?: pulumi.Input<"button" | "tab"> | undefined;
  /**
   * URL of the button's icon: JPG, PNG or GIF, 200 by 200 pixels or larger; `""` removes it. Only for the style
   * `button`.
   * @change in place
   */
  buttonIconUrl?: pulumi.Input<string> | undefined;
  /**
   * The button's width, a number written as a string. Only for the style `button`.
   * @defaultValue `"58"` (Smooch)
   * @change in place
   */
  buttonWidth?: pulumi.Input<string> | undefined;
  /**
   * The button's height, a number written as a string. Only for the style `button`.
   * @defaultValue `"58"` (Smooch)
   * @change in place
   */
  buttonHeight?: pulumi.Input<string> | undefined;
  /**
   * Whether the introduction stays at the top when the conversation scrolls.
   * @defaultValue `false` (Smooch)
   * @change in place
   */
  fixedIntroPane?: pulumi.Input<boolean> | undefined;
  /**
   * The business's name that the messenger shows; `""` removes it.
   * @change in place
   */
  businessName?: pulumi.Input<string> | undefined;
  /**
   * URL of the business's icon: JPG, PNG or GIF, 200 by 200 pixels or larger; `""` removes it.
   * @change in place
   */
  businessIconUrl?: pulumi.Input<string> | undefined;
  /**
   * URL of an image that is tiled behind the conversation; `""` removes it.
   * @change in place
   */
  backgroundImageUrl?: pulumi.Input<string> | undefined;
  /**
   * The origins whose pages may start the messenger, each `https://host` or `http://host`, with `:port` if it is not
   * the default port.
   * @defaultValue all
   * @change in place
   */
  originWhitelist?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * Ids of the integrations that the messenger offers as other channels, in this order.
   * @defaultValue all of them
   * @change in place
   */
  integrationOrder?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * The questions that users are asked before their first message.
   * @apiVersions v2
   * @defaultValue none
   * @change in place
   */
  prechatCapture?: pulumi.Input<PrechatCapture> | undefined;
  /**
   * Whether users see the list of their conversations. Matters only if a user can have several (the app's setting
   * `multiConvoEnabled`).
   * @apiVersions v2
   * @defaultValue `true` (Smooch)
   * @change in place
   */
  canUserSeeConversationList?: pulumi.Input<boolean> | undefined;
  /**
   * Whether users may start more conversations themselves.
   * @apiVersions v2
   * @change in place
   */
  canUserCreateMoreConversations?: pulumi.Input<boolean> | undefined;
}

/**
 * Smooch's SDK for Android, with push notifications through Firebase. v1 and v1.1 call this `fcm` and support only
 * Firebase's old keys, which Google switched off in June 2024.
 * ```ts
 * new SmoochIntegration("android", {
 *   appId: app.id,
 *   type: "android",
 *   projectId: config.requireSecret("firebaseProjectId"),
 *   clientEmail: config.requireSecret("firebaseClientEmail"),
 *   privateKey: config.requireSecret("firebasePrivateKey"),
 * });
 * ```
 * @apiVersions v1, v1.1, v2
 */
export interface AndroidIntegrationArgs extends IntegrationArgs {
  type: "android";
  /**
   * `project_id` from the key file of a Firebase service account (Firebase console, project settings, service
   * accounts). Use it together with `clientEmail` and `privateKey`.
   * @apiVersions v2
   * @change in place
   * @secret
   */
  projectId?: pulumi.Input<string> | undefined;
  /**
   * `client_email` from the same key file.
   * @apiVersions v2
   * @change in place
   * @secret
   */
  clientEmail?: pulumi.Input<string> | undefined;
  /**
   * `private_key` from the same key file.
   * @apiVersions v2
   * @change in place
   * @secret
   */
  privateKey?: pulumi.Input<string> | undefined;
  /**
   * Firebase's old server key. It no longer delivers anything: in v2, use the three fields of a service account.
   * @requiredIn v1 and v1.1
   * @change in place in v2; replaces the integration in v1 and v1.1
   * @secret
   */
  serverKey?: pulumi.Input<string> | undefined;
  /**
   * Firebase's sender id, which belongs to `serverKey`.
   * @requiredIn v1 and v1.1
   * @change in place in v2; replaces the integration in v1 and v1.1
   */
  senderId?: pulumi.Input<string> | undefined;
  /**
   * Whether users see the list of their conversations. Matters only if a user can have several (the app's setting
   * `multiConvoEnabled`).
   * @apiVersions v2
   * @defaultValue `true` (Smooch)
   * @change in place
   */
  canUserSeeConversationList?: pulumi.Input<boolean> | undefined;
  /**
   * Whether users may start more conversations themselves.
   * @apiVersions v2
   * @change in place
   */
  canUserCreateMoreConversations?: pulumi.Input<boolean> | undefined;
}

/**
 * Smooch's SDK for iOS, with Apple's push notifications. v1 and v1.1 call this `apn`.
 * ```ts
 * new SmoochIntegration("ios", {
 *   appId: app.id,
 *   type: "ios",
 *   certificate: config.requireSecret("apnCertificate"),
 *   password: config.requireSecret("apnPassword"),
 *   production: true,
 * });
 * ```
 * @apiVersions v1, v1.1, v2
 */
export interface IosIntegrationArgs extends IntegrationArgs {
  type: "ios";
  /**
   * A display name, to tell integrations apart; 1 to 100 characters.
   * @apiVersions v1.1, v2
   * @change in place in v2; replaces the integration in v1.1
   */
  displayName?: pulumi.Input<string> | undefined;
  /**
   * Apple's push certificate from developer.apple.com: the .p12 file as base64, without line breaks.
   * @requiredIn v1 and v1.1
   * @change in place in v2; replaces the integration in v1 and v1.1
   * @secret
   */
  certificate?: pulumi.Input<string> | undefined;
  /**
   * The password of the certificate's file.
   * @change in place in v2; replaces the integration in v1 and v1.1
   * @secret
   */
  password?: pulumi.Input<string> | undefined;
  /**
   * Whether push notifications go to Apple's production service (`true`) or to its sandbox (`false`).
   * @apiVersions v1.1, v2
   * @defaultValue depends on the certificate
   * @change in place
   */
  production?: pulumi.Input<boolean> | undefined;
  /**
   * Whether the app's badge shows the number of unread messages.
   * @change in place in v2; replaces the integration in v1 and v1.1
   */
  autoUpdateBadge?: pulumi.Input<boolean> | undefined;
  /**
   * Whether users see the list of their conversations. Matters only if a user can have several (the app's setting
   * `multiConvoEnabled`).
   * @apiVersions v2
   * @defaultValue `true` (Smooch)
   * @change in place
   */
  canUserSeeConversationList?: pulumi.Input<boolean> | undefined;
  /**
   * Whether users may start more conversations themselves.
   * @apiVersions v2
   * @change in place
   */
  canUserCreateMoreConversations?: pulumi.Input<boolean> | undefined;
}

/**
 * Smooch's SDK for Unity. No argument is required.
 * ```ts
 * new SmoochIntegration("game", { appId: app.id, type: "unity", displayName: "Game" });
 * ```
 * @apiVersions v2
 */
export interface UnityIntegrationArgs extends IntegrationArgs {
  type: "unity";
  /**
   * Whether users see the list of their conversations. Matters only if a user can have several (the app's setting
   * `multiConvoEnabled`).
   * @defaultValue `true` (Smooch)
   * @change in place
   */
  canUserSeeConversationList?: pulumi.Input<boolean> | undefined;
  /**
   * Whether users may start more conversations themselves.
   * @change in place
   */
  canUserCreateMoreConversations?: pulumi.Input<boolean> | undefined;
}

/** The questions that the Web Messenger asks users before their first message. */
export interface PrechatCapture {
  /**
   * Whether it asks the questions.
   * @defaultValue `false` (Smooch)
   */
  enabled?: pulumi.Input<boolean> | undefined;
  /** URL of the picture next to the question. */
  avatarUrl?: pulumi.Input<string> | undefined;
  /**
   * Whether an e-mail address entered here becomes a channel of the user; requires Mailgun.
   * @defaultValue `false` (Smooch)
   */
  enableEmailLinking?: pulumi.Input<boolean> | undefined;
  /**
   * The form's fields.
   * @defaultValue a form that Smooch chooses
   */
  fields?: pulumi.Input<pulumi.Input<PrechatField>[]> | undefined;
}

/** One question of the form. */
export interface PrechatField {
  /** The kind of answer: an e-mail address, one of `options`, or a text. */
  type: pulumi.Input<"email" | "select" | "text">;
  /** The field's name in the answers, 1 to 128 characters, unique within the form. */
  name: pulumi.Input<string>;
  /** The question that users see, 1 to 128 characters. */
  label: pulumi.Input<string>;
  /** The placeholder shown in the empty field. */
  placeholder?: pulumi.Input<string> | undefined;
  /**
   * For a text: the kind of number that it must be.
   * @defaultValue any text
   */
  format?: pulumi.Input<"integer" | "decimal"> | undefined;
  /** For a select: the choices, at most 200; name and label have 1 to 128 characters each. */
  options?:
    | pulumi.Input<pulumi.Input<{ name: pulumi.Input<string>; label: pulumi.Input<string> }>[]>
    | undefined;
}
