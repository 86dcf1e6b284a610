import * as pulumi from "@pulumi/pulumi";
import { signJwt } from "../smooch/jwt";
import { requireArgs } from "./arguments";
import { SmoochResource } from "./resource";

/**
 * Arguments of `SmoochKey`. Changing `appId`, `name` or `keepers` creates a new key, and revokes the old one
 * afterwards.
 */
export interface SmoochKeyArgs {
  /**
   * Id of the app that the key belongs to.
   * @change replaces the key
   */
  appId: pulumi.Input<string>;
  /**
   * A display name, 1 to 100 characters; it does not have to be unique. Changing this replaces the key: Smooch cannot
   * rename one.
   * @defaultValue the resource's name
   */
  name?: pulumi.Input<string> | undefined;
  /**
   * Your own values: a flat object of strings, numbers and booleans. They are never sent to Smooch. To rotate the key,
   * change one of them: `keepers: { rotated: "2026-11" }`.
   * @defaultValue none
   */
  keepers?: pulumi.Input<{ [key: string]: pulumi.Input<string | number | boolean> }> | undefined;
  /**
   * Maximum age in days: more than 0, fractions allowed. The first `pulumi up` that finds the key older than that
   * replaces it, and the preview says so. The new key is created before the old one is revoked. The age is read from
   * the key's id; an id that does not contain it is refused. Changing this does not replace the key by itself. If
   * several keys expire together, all new ones are created before the first old one is revoked, and an app has at most
   * 10 keys. If one app has more than 5 such keys, set the resource option `deleteBeforeReplace: true` on those beyond
   * the fifth. The old key is then revoked before the new one is created.
   * @defaultValue never
   */
  rotateAfterDays?: pulumi.Input<number> | undefined;
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
export class SmoochKey extends SmoochResource {
  /** Id of the app that the key belongs to. */
  declare readonly appId: pulumi.Output<string>;
  /** The key's name. */
  declare readonly name: pulumi.Output<string>;
  /** The values whose change rotates the key. */
  declare readonly keepers: pulumi.Output<{ [key: string]: string | number | boolean } | undefined>;
  /** The age in days after which the key is replaced. */
  declare readonly rotateAfterDays: pulumi.Output<number | undefined>;
  /** The key's secret; a Pulumi secret. */
  declare readonly secret: pulumi.Output<string>;

  /**
   * @param name The resource's name in the program.
   * @param args The key's app, and when to rotate the key.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: SmoochKeyArgs, options: pulumi.CustomResourceOptions = {}) {
    const { appId, keepers, rotateAfterDays } = requireArgs(args, `SmoochKey "${name}"`);
    super(
      "key",
      name,
      { appId, name: args.name, keepers, rotateAfterDays },
      // The provider computes the default of `name`, because it knows the previous one.
      { plain: ["name"], secret: ["secret"] },
      options,
    );
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

  /**
   * A token of scope `app`, signed with this key, that never expires, like the one from Smooch's own "Get JWT"; a
   * Pulumi secret. It is derived from the secret and stays the same for the life of the key. If you need tokens that
   * expire, sign them on your server with `signJwt`.
   * @nodejs Under Pulumi's mocks it is `undefined` unless the mocks give the key a `secret`.
   */
  get jwt(): pulumi.Output<string> {
    return pulumi.secret(
      // Mocks without a secret leave it undefined, despite its type.
      pulumi.all([this.id, this.secret]).apply(([keyId, secret]) => secret && signJwt({ keyId, secret })),
    );
  }
}
