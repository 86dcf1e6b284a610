import type * as pulumi from "@pulumi/pulumi";
import { requireArgs } from "./arguments";
import { SmoochResource } from "./resource";

/** Settings of an app. Those that are not given are not managed: they keep the value that Smooch gave them. */
export interface SmoochAppSettings {
  /** Whether credit card numbers in messages are masked. Smooch's default: `true`. */
  maskCreditCardNumbers?: pulumi.Input<boolean> | undefined;
  /** Whether users without a name are called by the names of animals. Smooch's default: `false`. */
  useAnimalNames?: pulumi.Input<boolean> | undefined;
  /**
   * Seconds without activity after which a conversation's messages are deleted; 0 keeps them for ever. API
   * versions: v1.1, v2.
   */
  conversationRetentionSeconds?: pulumi.Input<number> | undefined;
  /** Whether pressing a postback button writes a message. Smooch's default: `false`. API versions: v1.1, v2. */
  echoPostback?: pulumi.Input<boolean> | undefined;
  /** Whether starting a conversation without writing counts for nothing. API versions: v1.1, v2. */
  ignoreAutoConversationStart?: pulumi.Input<boolean> | undefined;
  /**
   * Whether a user can have several conversations. Smooch's default: `false`. It cannot be turned off again: a program
   * that tries is refused in the preview. API versions: v2.
   */
  multiConvoEnabled?: pulumi.Input<boolean> | undefined;
  /** Whether the app's own texts follow the user's language. Smooch's default: `true`. API versions: v2. */
  appLocalizationEnabled?: pulumi.Input<boolean> | undefined;
  /** Whether users can end a session; needs `multiConvoEnabled`. API versions: v2. */
  endSessionEnabled?: pulumi.Input<boolean> | undefined;
  /** Whether a closed conversation stays closed; needs `multiConvoEnabled`. API versions: v2. */
  disableConversationReopen?: pulumi.Input<boolean> | undefined;
}

/** Arguments of `SmoochApp`. All of them can be changed in place. */
export interface SmoochAppArgs {
  /** The app's name as people see it, 1 to 100 characters; it need not be unique. Default: the resource's name. */
  name?: pulumi.Input<string> | undefined;
  /** Settings; only those given are managed. One that is no longer given keeps its last value. */
  settings?: pulumi.Input<SmoochAppSettings> | undefined;
  /**
   * Data of your own: a flat object of texts, numbers and booleans, at most 4096 bytes as JSON. Managed as a whole:
   * entries made elsewhere are removed at the next `up`, and all of it when it is no longer given. Default: not managed.
   */
  metadata?: pulumi.Input<{ [key: string]: pulumi.Input<string | number | boolean> }> | undefined;
}

/**
 * A Smooch app: the place where one business's conversations of all channels come together.
 *
 * Deleting it deletes its keys, webhooks, channels, users and conversations: set `protect` on apps in production.
 * Needs an account key, or `accountToken`. Fails when the plan's number of apps is reached (HTTP 402). Nothing replaces an app.
 *
 * ```ts
 * const app = new SmoochApp("support", { settings: { maskCreditCardNumbers: true } });
 * export const appToken = app.appToken;
 * ```
 *
 * Source: "Managed accounts", create app and update app, in Smooch's REST reference.
 */
export class SmoochApp extends SmoochResource {
  /**
   * The token that older web and mobile SDKs of Smooch are started with; it is public. `undefined` in API v2, which has
   * none: SDKs of today are started with the id of a `SmoochIntegration`.
   */
  declare readonly appToken: pulumi.Output<string>;
  /** The app's name. */
  declare readonly name: pulumi.Output<string>;
  /** The settings that were given, with the values they have in Smooch; of `get` all settings. */
  declare readonly settings: pulumi.Output<pulumi.Unwrap<SmoochAppSettings> | undefined>;
  /** The metadata, if it was given; of `get` whatever there is. */
  declare readonly metadata: pulumi.Output<{ [key: string]: string | number | boolean } | undefined>;

  /**
   * @param name The resource's name in the program.
   * @param args What the app should be like.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: SmoochAppArgs = {}, options: pulumi.CustomResourceOptions = {}) {
    const { settings, metadata } = requireArgs(args, `SmoochApp "${name}"`);
    const inputs = { name: args.name, settings, metadata };
    // The default of `name` comes back from the provider, which knows the one before.
    super("app", name, inputs, { plain: ["name", "appToken"] }, options);
  }

  /**
   * Takes over an app that exists already, instead of making one; the resource option `import` does the same. It has
   * to be as the arguments say, otherwise it is refused with a list of what differs; nothing in Smooch is changed.
   * Once it is in the stack this can be turned into an ordinary `new SmoochApp(…)` without any effect.
   *
   * ```ts
   * const app = SmoochApp.adopt("support", "5a0b1c2d3e4f5a6b7c8d9e0f", { name: "Support" });
   * ```
   */
  static adopt(
    name: string,
    id: string,
    args: SmoochAppArgs = {},
    options: pulumi.CustomResourceOptions = {},
  ): SmoochApp {
    return new SmoochApp(name, args, { ...options, import: id });
  }

  /** Reads an app without managing it. Fails when there is none. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options: pulumi.CustomResourceOptions = {},
  ): SmoochApp {
    return new SmoochApp(name, {}, { ...options, id });
  }
}
