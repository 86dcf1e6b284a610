import type * as pulumi from "@pulumi/pulumi";
import type { SmoochTrigger } from "../smooch/triggers";
import { pickArgs, requireArgs } from "./arguments";
import { SmoochResource } from "./resource";

/** Arguments of `SmoochWebhook`. */
export interface SmoochWebhookArgs {
  /** Id of the app whose events are delivered. Changing this replaces the webhook, and with it the secret. */
  appId: pulumi.Input<string>;
  /**
   * The http:// or https:// URL that events are posted to. Smooch sends it a HEAD request before it accepts it, so
   * the server must already be running: let the webhook depend on it. Smooch may refuse
   * (HTTP 409) a second webhook with the same target in one app. If the URL contains a token, wrap it in `pulumi.secret`. Can be changed in place; the
   * secret stays.
   */
  target: pulumi.Input<string>;
  /**
   * The events to deliver, in any order. Each API version has its own names; a name of another version is refused with
   * the name to use instead. v1: `message` (all messages), `message:appUser`, `message:appMaker`, `conversation:start`,
   * `conversation:read`, `conversation:referral`, `postback`, `merge:appUser`, `delivery:success`, `delivery:failure`,
   * `payment:success`, `link:success`, `link:failure`, `link:match`, or `*` for all (in v1.1 all but typing). v2:
   * `conversation:message`, `conversation:create`, `user:merge` and more.
   * @defaultValue every message, `["message"]` or in v2 `["conversation:message"]`
   * @change in place
   */
  triggers?: pulumi.Input<pulumi.Input<SmoochTrigger>[]> | undefined;
  /**
   * The API version in whose format events are delivered: `"v1"`, `"v1.1"` or `"v2"`. A webhook keeps the format of the
   * version that created it, so changing this replaces the webhook, and with it the secret. Set it to move the rest of
   * a stack first.
   * @defaultValue the value of `smooch:apiVersion`
   */
  version?: pulumi.Input<"v1" | "v1.1" | "v2"> | undefined;
  /**
   * Whether events contain everything known about the user instead of only a few fields. API versions: v1.1 (there
   * called `includeFullAppUser`), v2.
   * @defaultValue `false` (Smooch)
   * @change in place
   */
  includeFullUser?: pulumi.Input<boolean> | undefined;
  /**
   * Whether events include the client and device that they come from. API versions: v1.1, v2 (there called
   * `includeFullSource`).
   * @defaultValue `false` (Smooch)
   * @change in place
   */
  includeClient?: pulumi.Input<boolean> | undefined;
  /**
   * The name of the custom integration that contains the webhook, 1 to 100 characters.
   * @apiVersions v2
   * @change in place
   */
  displayName?: pulumi.Input<string> | undefined;
}

const inputs = [
  "appId",
  "target",
  "triggers",
  "version",
  "includeFullUser",
  "includeClient",
  "displayName",
] as const;

/**
 * A webhook of an app: Smooch posts the app's events to a URL, with the webhook's secret in the header `X-API-Key`.
 *
 * A replacement deletes the old webhook first, because Smooch refuses two webhooks with the same target. An app has at
 * most 10 webhooks.
 *
 * In API v2 a webhook is part of a custom integration. A `SmoochWebhook` then represents an integration with exactly
 * one webhook: its `id` is the integration's id, and deleting it deletes both. With an account key, Smooch allows
 * creating and deleting it, but changing its target and triggers takes a key of the app. If the account key is refused,
 * the provider reads one of the app's own keys and uses it for that call, so declare a `SmoochKey` in the app.
 *
 * ```ts
 * const webhook = new SmoochWebhook("events", {
 *   appId: app.id,
 *   target: "https://bot.example.com/smooch",
 *   triggers: ["message:appUser"],
 * });
 * ```
 *
 * @credential Needs an account key or a key of the app.
 * @credential Fails when the target does not respond (HTTP 400).
 * @source "Webhooks" in Smooch's [REST reference of v1 and v1.1](https://docs.smooch.io/rest/v1) and [reference of
 * v2](https://developer.zendesk.com/api-reference/conversations/).
 */
export class SmoochWebhook extends SmoochResource {
  /** Id of the app whose events are delivered. */
  declare readonly appId: pulumi.Output<string>;
  /** The URL that events are posted to. */
  declare readonly target: pulumi.Output<string>;
  /** The events that are delivered. */
  declare readonly triggers: pulumi.Output<string[]>;
  /** The API version in whose format events are delivered. */
  declare readonly version: pulumi.Output<"v1" | "v1.1" | "v2">;
  /** Whether events contain everything known about the user, if you declared it. */
  declare readonly includeFullUser: pulumi.Output<boolean | undefined>;
  /** Whether events include the client and device that they come from, if you declared it. */
  declare readonly includeClient: pulumi.Output<boolean | undefined>;
  /** The custom integration's name, if you declared it; v2 only. */
  declare readonly displayName: pulumi.Output<string | undefined>;
  /** The webhook's id in v2 deliveries; `undefined` in v1 and v1.1, where deliveries use the resource's `id`. */
  declare readonly webhookId: pulumi.Output<string | undefined>;
  /** The value that each delivery sends in the header `X-API-Key`; a Pulumi secret. Smooch generates it once. */
  declare readonly secret: pulumi.Output<string>;

  /**
   * @param name The resource's name in the program.
   * @param args The app, the target and the events to deliver.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: SmoochWebhookArgs, options: pulumi.CustomResourceOptions = {}) {
    super(
      "webhook",
      name,
      pickArgs(requireArgs(args, `SmoochWebhook "${name}"`), inputs),
      { plain: ["triggers", "version", "webhookId"], secret: ["secret"] },
      { deleteBeforeReplace: true, ...options },
    );
  }

  /**
   * Adopts an existing webhook instead of creating one; the resource option `import` does the same. If the webhook
   * differs from the arguments, the adoption is refused with a list of the differences. Nothing in Smooch is changed.
   * Once the webhook is in the stack, you can replace this call with `new SmoochWebhook(…)` without any effect.
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

  /** Reads a webhook without managing it. Fails when the app has no webhook with that id. */
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
