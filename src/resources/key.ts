import type * as pulumi from "@pulumi/pulumi";
import { SecretKey, type SecretKeyArgs } from "./secret-key";

/**
 * Arguments of `SmoochKey`. Changing `appId`, `name` or `keepers` creates a new key, and revokes the old one
 * afterwards.
 */
export interface SmoochKeyArgs extends SecretKeyArgs {
  /**
   * Id of the app that the key belongs to.
   * @change replaces the key
   */
  appId: pulumi.Input<string>;
}

/**
 * A secret key of an app, with which a server signs the tokens to call Smooch for that app. Its `id` is the key id.
 *
 * A replacement creates the new key before it revokes the old one, so both work until the end of the update. Tokens of
 * a revoked key are refused immediately.
 *
 * ```ts
 * const key = new SmoochKey("backend", { appId: app.id });
 * export const jwt = key.jwt;
 * ```
 *
 * @credential Needs an account key, or `accountToken`.
 * @throws An app has at most 10 keys: an eleventh is refused (HTTP 400), and a rotation temporarily needs one extra
 *   key, unless you set the option `deleteBeforeReplace`.
 * @source "App Keys" in Smooch's [REST reference of v1 and v1.1](https://docs.smooch.io/rest/v1) and [reference of
 * v2](https://developer.zendesk.com/api-reference/conversations/).
 */
export class SmoochKey extends SecretKey {
  /** Id of the app that the key belongs to. */
  declare readonly appId: pulumi.Output<string>;

  /**
   * @param name The resource's name in the program.
   * @param args The key's app, and when to rotate the key.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: SmoochKeyArgs, options: pulumi.CustomResourceOptions = {}) {
    super("key", ["appId"], name, args, options);
  }

  /**
   * Adopts an existing key instead of creating one; the resource option `import` does the same. If the key differs
   * from the arguments, the adoption is refused with a list of the differences. Nothing in Smooch is changed. Once
   * the key is in the stack, you can replace this call with `new SmoochKey(…)` without any effect.
   *
   * ```ts
   * const key = SmoochKey.adopt("backend", "app_5735dcf248011972d621dc01", { appId: app.id, name: "key1" });
   * ```
   */
  static adopt(
    name: string,
    id: string,
    args: SmoochKeyArgs,
    options: pulumi.CustomResourceOptions = {},
  ): SmoochKey {
    return new SmoochKey(name, args, { ...options, import: id });
  }

  /** Reads a key without managing it. Fails when the app has no key with that id. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    args: { appId: pulumi.Input<string> },
    options: pulumi.CustomResourceOptions = {},
  ): SmoochKey {
    return new SmoochKey(name, args, { ...options, id });
  }

  protected override scope(): "app" {
    return "app";
  }
}
