import type * as pulumi from "@pulumi/pulumi";
import { requireArgs } from "./arguments";
import { SmoochResource } from "./resource";

/** Settings of an app. Settings that you leave out are not managed: they keep the value that Smooch gave them. */
export interface SmoochAppSettings {
  /**
   * Whether credit card numbers in messages are masked.
   * @defaultValue `true` (Smooch)
   */
  maskCreditCardNumbers?: pulumi.Input<boolean> | undefined;
  /**
   * Whether users without a name are given animal names.
   * @defaultValue `false` (Smooch)
   */
  useAnimalNames?: pulumi.Input<boolean> | undefined;
  /**
   * Seconds of inactivity after which a conversation's messages are deleted; 0 keeps them forever.
   * @apiVersions v1.1, v2
   */
  conversationRetentionSeconds?: pulumi.Input<number> | undefined;
  /**
   * Whether pressing a postback button adds a message to the conversation.
   * @apiVersions v1.1, v2
   * @defaultValue `false` (Smooch)
   */
  echoPostback?: pulumi.Input<boolean> | undefined;
  /**
   * Whether Smooch ignores conversations that start without a message.
   * @apiVersions v1.1, v2
   */
  ignoreAutoConversationStart?: pulumi.Input<boolean> | undefined;
  /**
   * Whether a user can have several conversations. You cannot turn it off again; the preview refuses a program that
   * tries.
   * @apiVersions v2
   * @defaultValue `false` (Smooch)
   */
  multiConvoEnabled?: pulumi.Input<boolean> | undefined;
  /**
   * Whether messages that Smooch itself writes are shown in the user's language.
   * @apiVersions v2
   * @defaultValue `true` (Smooch)
   */
  appLocalizationEnabled?: pulumi.Input<boolean> | undefined;
  /**
   * Whether users can end a session; needs `multiConvoEnabled`.
   * @apiVersions v2
   */
  endSessionEnabled?: pulumi.Input<boolean> | undefined;
  /**
   * Whether a closed conversation stays closed; needs `multiConvoEnabled`.
   * @apiVersions v2
   */
  disableConversationReopen?: pulumi.Input<boolean> | undefined;
}

/** Arguments of `SmoochApp`. All of them can be changed in place. */
export interface SmoochAppArgs {
  /**
   * The app's display name, 1 to 100 characters; it does not have to be unique.
   * @defaultValue the resource's name
   */
  name?: pulumi.Input<string> | undefined;
  /**
   * Settings of the app. Only the settings that you declare are managed. A setting that you remove keeps its last
   * value.
   */
  settings?: pulumi.Input<SmoochAppSettings> | undefined;
  /**
   * Your own data: a flat object of strings, numbers and booleans, at most 4096 bytes as JSON. It is managed as a
   * whole: the next `up` removes entries added elsewhere. If you stop declaring it, all metadata is removed.
   * @defaultValue not managed
   */
  metadata?: pulumi.Input<{ [key: string]: pulumi.Input<string | number | boolean> }> | undefined;
}

/**
 * A Smooch app, which holds one business's conversations from all channels.
 *
 * Deleting an app deletes its keys, webhooks, channels, users and conversations: set `protect` on production apps. No
 * change replaces an app.
 *
 * ```ts
 * const app = new SmoochApp("support", { settings: { maskCreditCardNumbers: true } });
 * export const appToken = app.appToken;
 * ```
 *
 * @credential Needs an account key, or `accountToken`.
 * @credential Fails when the plan's limit of apps is reached (HTTP 402).
 * @source "Apps" in Smooch's [REST reference of v1 and v1.1](https://docs.smooch.io/rest/v1) and [reference of
 * v2](https://developer.zendesk.com/api-reference/conversations/).
 */
export class SmoochApp extends SmoochResource {
  /**
   * The public token with which older Smooch web and mobile SDKs are initialized. `undefined` in API v2, which has no
   * such token: current SDKs are initialized with the id of a `SmoochIntegration`.
   */
  declare readonly appToken: pulumi.Output<string>;
  /** The app's name. */
  declare readonly name: pulumi.Output<string>;
  /** The settings that you declared, with their values in Smooch; after `get`, all settings. */
  declare readonly settings: pulumi.Output<pulumi.Unwrap<SmoochAppSettings> | undefined>;
  /** The metadata, if you declared it; after `get`, all metadata. */
  declare readonly metadata: pulumi.Output<{ [key: string]: string | number | boolean } | undefined>;

  /**
   * @param name The resource's name in the program.
   * @param args The app's name, settings and metadata.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: SmoochAppArgs = {}, options: pulumi.CustomResourceOptions = {}) {
    const { settings, metadata } = requireArgs(args, `SmoochApp "${name}"`);
    const inputs = { name: args.name, settings, metadata };
    // The provider computes the default of `name`, because it knows the previous one.
    super("app", name, inputs, { plain: ["name", "appToken"] }, options);
  }

  /**
   * Adopts an existing app instead of creating one; the resource option `import` does the same. If the app differs
   * from the arguments, the adoption is refused with a list of the differences. Nothing in Smooch is changed. Once
   * the app is in the stack, you can replace this call with `new SmoochApp(…)` without any effect.
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

  /** Reads an app without managing it. Fails when the app does not exist. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options: pulumi.CustomResourceOptions = {},
  ): SmoochApp {
    return new SmoochApp(name, {}, { ...options, id });
  }
}
