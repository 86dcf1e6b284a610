import * as pulumi from "@pulumi/pulumi";
import { requireArgs } from "./arguments";
import type { SmoochIntegrationArgs, UntypedIntegrationArgs } from "./channels/index";
import { secretChannelFields } from "./channels/secrets";
import { SmoochResource } from "./resource";

/**
 * A channel of an app: Web Messenger, WhatsApp, Twilio and the others, or a custom integration with a webhook. Which
 * arguments there are depends on `type`; see the type of each channel for what is secret, what can be changed in place
 * and what makes a new integration.
 *
 * Credentials become Pulumi secrets by themselves. Smooch never shows them again, so they are not compared with what
 * Smooch has, an integration can be adopted without them, and they need not be given again. Deleting an integration
 * cuts the users of that channel off, and a new one does not bring them back: set `protect` in production. Where one has
 * to be replaced the old one goes first, since an account of a channel can be connected once only. Needs an account key or
 * a key of the app. Fails when the channel's own service refuses the credentials (HTTP 400).
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
 * Source: "Integrations" in Smooch's REST reference, and the integrations of the Sunshine Conversations API v2.
 */
export class SmoochIntegration extends SmoochResource {
  /** Id of the app. */
  declare readonly appId: pulumi.Output<string>;
  /** Which channel it is. */
  declare readonly type: pulumi.Output<string>;
  /** The name by which people tell integrations apart, if it was given. */
  declare readonly displayName: pulumi.Output<string | undefined>;
  /** `active`, `inactive` or `error`, as Smooch last said; it may change without anything being done here. */
  declare readonly status: pulumi.Output<string | undefined>;
  /** What Smooch filled in, e.g. `username` of a Telegram bot, `phoneNumber`, `pageId`; `webhookId` of a custom one. */
  declare readonly details: pulumi.Output<{ [name: string]: unknown }>;
  /**
   * Of a custom integration: what deliveries carry in their header `X-API-Key`. Of MessageBird and WeChat: a part of the
   * URL that is entered there. A Pulumi secret; `undefined` for other channels.
   */
  declare readonly webhookSecret: pulumi.Output<string | undefined>;

  /**
   * @param name The resource's name in the program.
   * @param args Which channel, and its credentials.
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
   * A channel newer than this package: its `type` as Smooch calls it, and what it needs in `fields` and
   * `secretFields`.
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
   * Takes over an integration that exists already, instead of making one; the resource option `import` does the same.
   * It has to be as the arguments say, otherwise it is refused with a list of what differs; nothing in Smooch is
   * changed. Credentials can be left out, or given to have them changed later. Once it is in the stack this can be
   * turned into an ordinary `new SmoochIntegration(…)` without any effect.
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

  /** Reads an integration without managing it. Fails when the app has none with that id. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    args: { appId: pulumi.Input<string>; type: string },
    options: pulumi.CustomResourceOptions = {},
  ): SmoochIntegration {
    return SmoochIntegration.untyped(name, args, { ...options, id });
  }
}

/** Arguments of an integration that is there: as those of a new one, of which only its app and type are required. */
export type AdoptedIntegrationArgs = SmoochIntegrationArgs extends infer Args
  ? Args extends SmoochIntegrationArgs
    ? Pick<Args, "appId" | "type"> & { [Name in keyof Args]?: Args[Name] | undefined }
    : never
  : never;

function withSecrets(args: pulumi.Inputs): pulumi.Inputs {
  const secrets = secretChannelFields.filter((field) => args[field] !== undefined);
  return { ...args, ...Object.fromEntries(secrets.map((field) => [field, pulumi.secret(args[field])])) };
}
