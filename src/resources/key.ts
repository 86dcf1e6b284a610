import * as pulumi from "@pulumi/pulumi";
import { signJwt } from "../smooch/jwt";
import { requireArgs } from "./arguments";
import { SmoochResource } from "./resource";

/** Arguments of `SmoochKey`. A new `appId`, `name` or `keepers` makes a new key; the old one is revoked after that. */
export interface SmoochKeyArgs {
  /** Id of the app that the key belongs to. Changing this replaces the key. */
  appId: pulumi.Input<string>;
  /**
   * A name for people, 1 to 100 characters; it need not be unique. Default: the resource's name. Changing this
   * replaces the key: Smooch cannot rename one.
   */
  name?: pulumi.Input<string> | undefined;
  /**
   * Any values of your own: a flat object of texts, numbers and booleans. Smooch never sees them. Changing one
   * replaces the key, so this is the way to rotate it: `keepers: { rotated: "2026-11" }`. Default: none.
   */
  keepers?: pulumi.Input<{ [key: string]: pulumi.Input<string | number | boolean> }> | undefined;
  /**
   * Days, more than 0, fractions too. The first `pulumi up` that finds the key older than that replaces it, the new one before the
   * old one, and says so in the preview. The key's id tells its age; ids that do not are refused. Default: never.
   * Changing this replaces nothing by itself. Keys that come of age together are all made before the first old one is
   * revoked, and an app has at most 10 keys: with more than 5 such keys in one app, set the resource option
   * `deleteBeforeReplace: true` on those beyond the fifth. The old one is then revoked before the new one is made.
   */
  rotateAfterDays?: pulumi.Input<number> | undefined;
}

/**
 * A secret key of an app: what a server signs its tokens with to call Smooch for that app. Its `id` is the key id.
 *
 * A replacement is made before the old key is revoked, so both work until the end of the update. Tokens of a revoked
 * key are refused at once. Needs an account key, or `accountToken`. An app has at most 10 keys: one more is refused
 * (HTTP 400), and a rotation needs one more for a moment, unless the option `deleteBeforeReplace` is set.
 *
 * ```ts
 * const key = new SmoochKey("backend", { appId: app.id });
 * export const jwt = key.jwt;
 * ```
 *
 * Source: "App Keys" in Smooch's REST reference.
 */
export class SmoochKey extends SmoochResource {
  /** Id of the app that the key belongs to. */
  declare readonly appId: pulumi.Output<string>;
  /** The key's name. */
  declare readonly name: pulumi.Output<string>;
  /** The values that were given to decide on rotation. */
  declare readonly keepers: pulumi.Output<{ [key: string]: string | number | boolean } | undefined>;
  /** After how many days the key is replaced. */
  declare readonly rotateAfterDays: pulumi.Output<number | undefined>;
  /** The key's secret; a Pulumi secret. */
  declare readonly secret: pulumi.Output<string>;

  /**
   * @param name The resource's name in the program.
   * @param args Which app the key is for.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: SmoochKeyArgs, options: pulumi.CustomResourceOptions = {}) {
    const { appId, keepers, rotateAfterDays } = requireArgs(args, `SmoochKey "${name}"`);
    super(
      "key",
      name,
      { appId, name: args.name, keepers, rotateAfterDays },
      // The default of `name` comes back from the provider, which knows the one before.
      { plain: ["name"], secret: ["secret"] },
      options,
    );
  }

  /**
   * Takes over a key that exists already, instead of making one; the resource option `import` does the same. It has
   * to be as the arguments say, otherwise it is refused with a list of what differs; nothing in Smooch is changed.
   * Once it is in the stack this can be turned into an ordinary `new SmoochKey(…)` without any effect.
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

  /** Reads a key without managing it. Fails when the app has none with that id. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    args: { appId: pulumi.Input<string> },
    options: pulumi.CustomResourceOptions = {},
  ): SmoochKey {
    return new SmoochKey(name, args, { ...options, id });
  }

  /**
   * A token of scope `app`, signed with this key and without an end, as Smooch's own "Get JWT" gives it; a Pulumi
   * secret. It is made from the secret and never changes while the key lives. For tokens that expire, sign on your
   * server with `signJwt`. Under Pulumi's mocks it is `undefined` unless they give the key a `secret`.
   */
  get jwt(): pulumi.Output<string> {
    return pulumi.secret(
      // Mocks that say nothing of a secret leave it undefined, whatever its type says.
      pulumi.all([this.id, this.secret]).apply(([keyId, secret]) => secret && signJwt({ keyId, secret })),
    );
  }
}
