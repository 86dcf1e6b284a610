import type * as pulumi from "@pulumi/pulumi";
import { SecretKey, type SecretKeyArgs } from "./secret-key";

/**
 * Arguments of `SmoochIntegrationKey`. Changing `appId`, `integrationId`, `name` or `keepers` creates a new key, and
 * revokes the old one afterwards.
 */
export interface SmoochIntegrationKeyArgs extends SecretKeyArgs {
  /**
   * Id of the app that the integration belongs to.
   * @change replaces the key
   */
  appId: pulumi.Input<string>;
  /**
   * Id of the custom integration that the key belongs to. In API v2, a `SmoochWebhook` has such an id, too.
   * @change replaces the key
   */
  integrationId: pulumi.Input<string>;
}

/**
 * A secret key of a custom integration, with which a bot signs the tokens to act as that integration. Its `id` is the
 * key id, `int_…`.
 *
 * A replacement creates the new key before it revokes the old one, so both work until the end of the update. Tokens of
 * a revoked key are refused immediately.
 *
 * ```ts
 * const bot = new SmoochIntegration("bot", {
 *   appId: app.id,
 *   type: "custom",
 *   webhooks: [{ target, triggers: ["conversation:message"] }],
 * });
 * const key = new SmoochIntegrationKey("bot", { appId: app.id, integrationId: bot.id });
 * export const jwt = key.jwt;
 * ```
 *
 * @credential Needs an account key or a key of the app.
 * @throws A custom integration has at most 10 keys, and no other integration has any (HTTP 400).
 * @source "Custom Integration API Keys" in Smooch's [reference of
 * v2](https://developer.zendesk.com/api-reference/conversations/).
 */
export class SmoochIntegrationKey extends SecretKey {
  /** Id of the app that the integration belongs to. */
  declare readonly appId: pulumi.Output<string>;
  /** Id of the custom integration that the key belongs to. In API v2, a `SmoochWebhook` has such an id, too. */
  declare readonly integrationId: pulumi.Output<string>;

  /**
   * @param name The resource's name in the program.
   * @param args Where the key belongs, and when to rotate it.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: SmoochIntegrationKeyArgs, options: pulumi.CustomResourceOptions = {}) {
    super("integrationKey", ["appId", "integrationId"], name, args, options);
  }

  /**
   * Adopts an existing key instead of creating one; the resource option `import` does the same. If the key differs
   * from the arguments, the adoption is refused with a list of the differences. Nothing in Smooch is changed. Once
   * the key is in the stack, you can replace this call with `new SmoochIntegrationKey(…)` without any effect.
   *
   * ```ts
   * const key = SmoochIntegrationKey.adopt("bot", "int_5735dcf248011972d621dc01", {
   *   appId: app.id,
   *   integrationId: "5a0b1c2d3e4f5a6b7c8d9e0f",
   *   name: "bot",
   * });
   * ```
   */
  static adopt(
    name: string,
    id: string,
    args: SmoochIntegrationKeyArgs,
    options: pulumi.CustomResourceOptions = {},
  ): SmoochIntegrationKey {
    return new SmoochIntegrationKey(name, args, { ...options, import: id });
  }

  /** Reads a key without managing it. Fails when there is no key with that id. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    args: { appId: pulumi.Input<string>; integrationId: pulumi.Input<string> },
    options: pulumi.CustomResourceOptions = {},
  ): SmoochIntegrationKey {
    return new SmoochIntegrationKey(name, args, { ...options, id });
  }

  protected override scope(): "integration" {
    return "integration";
  }
}
