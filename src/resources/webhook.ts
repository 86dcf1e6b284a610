import type * as pulumi from "@pulumi/pulumi";
import { SmoochResource } from "./resource";

/** Arguments of `SmoochWebhook`. */
export interface SmoochWebhookArgs {
  /** Id of the app whose events are delivered. Changing this replaces the webhook, and with it the secret. */
  appId: pulumi.Input<string>;
  /**
   * The http:// or https:// URL that events are posted to. Smooch calls it with HEAD before it accepts it, so it has
   * to answer already: let the webhook depend on what serves it. Two webhooks of one app with the same target are
   * refused (HTTP 409). One with a token in it belongs in `pulumi.secret`. Can be changed in place; the secret stays.
   */
  target: pulumi.Input<string>;
  /**
   * The events to deliver: `message` (all messages), `message:appUser`, `message:appMaker`, `conversation:start`,
   * `conversation:read`, `conversation:referral`, `postback`, `merge:appUser`, `delivery:success`,
   * `delivery:failure`, `payment:success`, `link:success`, `link:failure`, `link:match`, or `*` for all. Their order
   * means nothing. Default: `["message"]`. Can be changed in place.
   */
  triggers?: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * A webhook of an app: Smooch posts the app's events to a URL, with the webhook's secret in the header `X-API-Key`.
 *
 * Where one has to be replaced, the old webhook goes first: two with the same target would be refused. Needs an
 * account key. An app has at most 10 webhooks. Fails when the target does not answer (HTTP 400).
 *
 * ```ts
 * const webhook = new SmoochWebhook("events", {
 *   appId: app.id,
 *   target: "https://bot.example.com/smooch",
 *   triggers: ["message:appUser"],
 * });
 * ```
 *
 * Source: "Webhooks" in Smooch's REST reference.
 */
export class SmoochWebhook extends SmoochResource {
  /** Id of the app whose events are delivered. */
  declare readonly appId: pulumi.Output<string>;
  /** The URL that events are posted to. */
  declare readonly target: pulumi.Output<string>;
  /** The events that are delivered. */
  declare readonly triggers: pulumi.Output<string[]>;
  /** What each delivery carries in its header `X-API-Key`; a Pulumi secret. Chosen by Smooch, once. */
  declare readonly secret: pulumi.Output<string>;

  /**
   * @param name The resource's name in the program.
   * @param args Which events go where.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: SmoochWebhookArgs, options: pulumi.CustomResourceOptions = {}) {
    const { appId, target, triggers } = args;
    super(
      "webhook",
      "Webhook",
      name,
      { appId, target, triggers },
      { secret: ["secret"] },
      { deleteBeforeReplace: true, ...options },
    );
  }

  /**
   * Takes over a webhook that exists already, instead of making one; the resource option `import` does the same. It has
   * to be as the arguments say, otherwise it is refused with a list of what differs; nothing in Smooch is changed.
   * Once it is in the stack this can be turned into an ordinary `new SmoochWebhook(…)` without any effect.
   *
   * ```ts
   * const hook = SmoochWebhook.adopt("events", "5a0b1c2d3e4f5a6b7c8d9e0f", { appId: app.id, target });
   * ```
   */
  static adopt(
    name: string,
    id: string,
    args: SmoochWebhookArgs,
    options: pulumi.CustomResourceOptions = {},
  ): SmoochWebhook {
    return new SmoochWebhook(name, args, { ...options, import: id });
  }

  /** Reads a webhook without managing it. Fails when the app has none with that id. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    args: { appId: pulumi.Input<string> },
    options: pulumi.CustomResourceOptions = {},
  ): SmoochWebhook {
    return new SmoochWebhook(name, { appId: args.appId, target: "" }, { ...options, id });
  }
}
