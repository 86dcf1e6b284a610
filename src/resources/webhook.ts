import type * as pulumi from "@pulumi/pulumi";
import type { SmoochTrigger } from "../smooch/triggers";
import { requireArgs } from "./arguments";
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
   * The events to deliver. Their order means nothing. Each API version has names of its own, and one of another
   * version is refused with the name to use instead. v1: `message` (all messages), `message:appUser`,
   * `message:appMaker`, `conversation:start`, `conversation:read`, `conversation:referral`, `postback`,
   * `merge:appUser`, `delivery:success`, `delivery:failure`, `payment:success`, `link:success`, `link:failure`,
   * `link:match`, or `*` for all (in v1.1 all but typing). v2: `conversation:message`, `conversation:create`, `user:merge` and more. Default:
   * every message, `["message"]` or in v2 `["conversation:message"]`. Can be changed in place.
   */
  triggers?: pulumi.Input<pulumi.Input<SmoochTrigger>[]> | undefined;
  /**
   * The API version in whose form events are delivered: `"v1"`, `"v1.1"` or `"v2"`. A webhook keeps the form of the
   * version that made it, so changing this replaces the webhook, and with it the secret. Default: what
   * `smooch:apiVersion` says; name it to move the rest of a stack first.
   */
  version?: pulumi.Input<"v1" | "v1.1" | "v2"> | undefined;
  /**
   * Whether events carry all that is known of the user, not a few fields only. Smooch's default: `false`. API
   * versions: v1.1 (there called `includeFullAppUser`), v2. Can be changed in place.
   */
  includeFullUser?: pulumi.Input<boolean> | undefined;
  /**
   * Whether events say from which client and device they come. Smooch's default: `false`. API versions: v1.1, v2
   * (there called `includeFullSource`). Can be changed in place.
   */
  includeClient?: pulumi.Input<boolean> | undefined;
  /**
   * The name of the custom integration that holds the webhook, 1 to 100 characters. API versions: v2. Can be
   * changed in place.
   */
  displayName?: pulumi.Input<string> | undefined;
}

/**
 * A webhook of an app: Smooch posts the app's events to a URL, with the webhook's secret in the header `X-API-Key`.
 *
 * Where one has to be replaced, the old webhook goes first: two with the same target would be refused. Needs an
 * account key or a key of the app. An app has at most 10 webhooks. Fails when the target does not answer (HTTP 400).
 *
 * In API v2 a webhook is part of a custom integration. One of these resources is such an integration with its one
 * webhook: its `id` is the integration's, and deleting it leaves neither. Smooch lets accounts make and delete it, but
 * change its target and triggers with a key of the app only: where the account key is refused one of the app's own
 * keys is read and used for that call, so declare a `SmoochKey` in the app.
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
  /** The API version in whose form events are delivered. */
  declare readonly version: pulumi.Output<"v1" | "v1.1" | "v2">;
  /** Whether events carry all that is known of the user, if it was given. */
  declare readonly includeFullUser: pulumi.Output<boolean | undefined>;
  /** Whether events say from which client they come, if it was given. */
  declare readonly includeClient: pulumi.Output<boolean | undefined>;
  /** The custom integration's name, if it was given; v2. */
  declare readonly displayName: pulumi.Output<string | undefined>;
  /** What deliveries of v2 call the webhook; `undefined` in v1 and v1.1, where that is the resource's `id`. */
  declare readonly webhookId: pulumi.Output<string | undefined>;
  /** What each delivery carries in its header `X-API-Key`; a Pulumi secret. Chosen by Smooch, once. */
  declare readonly secret: pulumi.Output<string>;

  /**
   * @param name The resource's name in the program.
   * @param args Which events go where.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: SmoochWebhookArgs, options: pulumi.CustomResourceOptions = {}) {
    super(
      "webhook",
      name,
      inputsOf(requireArgs(args, `SmoochWebhook "${name}"`)),
      { plain: ["triggers", "version", "webhookId"], secret: ["secret"] },
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
    const { appId } = requireArgs(args, `SmoochWebhook "${name}"`);
    return new SmoochWebhook(name, { appId, target: "" }, { ...options, id });
  }
}

/** By name: what else an untyped program passes is refused by nobody, and meant for nobody. */
function inputsOf(args: SmoochWebhookArgs): pulumi.Inputs {
  const { appId, target, triggers, version, includeFullUser, includeClient, displayName } = args;
  return { appId, target, triggers, version, includeFullUser, includeClient, displayName };
}
