import * as pulumi from "@pulumi/pulumi";
import { secretChannelFields } from "../smooch/channels";
import { requireArgs } from "./arguments";
import type { SmoochIntegrationArgs, UntypedIntegrationArgs } from "./channels/index";
import { SmoochResource } from "./resource";

/**
 * A channel of an app, such as Web Messenger, WhatsApp or Twilio, or a custom integration with a webhook. The arguments
 * depend on `type`; the type of each channel says which arguments are secret, which can be changed in place and which
 * make a new integration.
 *
 * Credentials are stored as Pulumi secrets automatically. Smooch never returns them, so they are not compared, you
 * never have to enter them twice, and you can adopt an integration without them. Deleting an integration disconnects
 * the users of that channel, and a new integration does not bring them back: set `protect` in production. A replacement
 * deletes the old integration first, because a channel's account can be connected only once.
 *
 * ```ts
 * const sms = new SmoochIntegration("sms", {
 *   appId: app.id,
 *   type: "twilio",
 *   accountSid: "AC…",
 *   authToken: config.requireSecret("twilioAuthToken"),
 *   phoneNumberSid: "PN…",
 * });
 * ```
 *
 * @credential Needs an account key or a key of the app.
 * @credential Fails when the channel's own service refuses the credentials (HTTP 400).
 * @source "Integrations" in Smooch's [REST reference of v1 and v1.1](https://docs.smooch.io/rest/v1) and [reference
 * of v2](https://developer.zendesk.com/api-reference/conversations/).
 */
export class SmoochIntegration extends SmoochResource {
  /** Id of the app. */
  declare readonly appId: pulumi.Output<string>;
  /** The channel's type. */
  declare readonly type: pulumi.Output<string>;
  /** The integration's display name, if you declared one. */
  declare readonly displayName: pulumi.Output<string | undefined>;
  /** `active`, `inactive` or `error`, as last reported by Smooch; it can change without a deployment. */
  declare readonly status: pulumi.Output<string | undefined>;
  /**
   * Values that Smooch filled in, e.g. `username` of a Telegram bot, `phoneNumber`, `pageId`, or `webhookId` of a
   * custom integration.
   */
  declare readonly details: pulumi.Output<{ [name: string]: unknown }>;
  /**
   * For a custom integration, the value that deliveries send in the header `X-API-Key`. For MessageBird, a part of
   * the URL to enter there; for WeChat, the token to enter there. A Pulumi secret; `undefined` for other channels.
   */
  declare readonly webhookSecret: pulumi.Output<string | undefined>;

  /**
   * @param name The resource's name in the program.
   * @param args The channel's type and credentials.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: SmoochIntegrationArgs, options: pulumi.CustomResourceOptions = {}) {
    super(
      "integration",
      name,
      withSecrets({ ...requireArgs(args, `SmoochIntegration "${name}"`) }),
      { plain: ["status", "details"], secret: ["webhookSecret"] },
      { deleteBeforeReplace: true, ...options },
    );
  }

  /**
   * Declares a channel that is newer than this package. Pass its `type` as Smooch calls it, and everything else in
   * `fields` and `secretFields`.
   *
   * ```ts
   * SmoochIntegration.untyped("new", { appId: app.id, type: "newchannel", fields: { region: "eu" }, secretFields: { token } });
   * ```
   */
  static untyped(
    name: string,
    args: UntypedIntegrationArgs,
    options: pulumi.CustomResourceOptions = {},
  ): SmoochIntegration {
    return new SmoochIntegration(name, args as SmoochIntegrationArgs, options);
  }

  /**
   * Adopts an existing integration instead of creating one; the resource option `import` does the same. If the
   * integration differs from the arguments, the adoption is refused with a list of the differences. Nothing in Smooch
   * is changed. You can leave out credentials, or declare them to be able to change them later. Once the integration
   * is in the stack, you can replace this call with `new SmoochIntegration(…)` without any effect.
   *
   * ```ts
   * SmoochIntegration.adopt("bot", "5a0b1c2d3e4f5a6b7c8d9e0f", { appId: app.id, type: "telegram" });
   * ```
   */
  static adopt(
    name: string,
    id: string,
    args: AdoptedIntegrationArgs,
    options: pulumi.CustomResourceOptions = {},
  ): SmoochIntegration {
    return new SmoochIntegration(name, args as SmoochIntegrationArgs, { ...options, import: id });
  }

  /** Reads an integration without managing it. Fails when the app has no integration with that id. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    args: { appId: pulumi.Input<string>; type: string },
    options: pulumi.CustomResourceOptions = {},
  ): SmoochIntegration {
    return SmoochIntegration.untyped(name, args, { ...options, id });
  }
}

/** Arguments of an existing integration: the same as for a new one, but only the app and the type are required. */
export type AdoptedIntegrationArgs = SmoochIntegrationArgs extends infer Args
  ? Args extends SmoochIntegrationArgs
    ? Pick<Args, "appId" | "type"> & { [Name in keyof Args]?: Args[Name] | undefined }
    : never
  : never;

function withSecrets(args: pulumi.Inputs): pulumi.Inputs {
  const secrets = secretChannelFields.filter((field) => args[field] !== undefined);
  return { ...args, ...Object.fromEntries(secrets.map((field) => [field, pulumi.secret(args[field])])) };
}
