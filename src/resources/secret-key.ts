import * as pulumi from "@pulumi/pulumi";
import type { KindName } from "../kinds";
import { signJwt, type TokenScope } from "../smooch/jwt";
import { requireArgs } from "./arguments";
import { SmoochResource } from "./resource";

/** Arguments of every key, besides those that say where it belongs. */
export interface SecretKeyArgs {
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
   * several keys expire together, all new ones are created before the first old one is revoked, and there can be at
   * most 10 in one place. If one place has more than 5 such keys, set the resource option `deleteBeforeReplace: true` on
   * those beyond the fifth. The old key is then revoked before the new one is created.
   * @defaultValue never
   */
  rotateAfterDays?: pulumi.Input<number> | undefined;
}

/** A key that signs tokens. A key cannot be changed: a changed name or keeper replaces it. */
export abstract class SecretKey extends SmoochResource {
  /** The key's name. */
  declare readonly name: pulumi.Output<string>;
  /** The values whose change rotates the key. */
  declare readonly keepers: pulumi.Output<{ [key: string]: string | number | boolean } | undefined>;
  /** The age in days after which the key is replaced. */
  declare readonly rotateAfterDays: pulumi.Output<number | undefined>;
  /** The key's secret; a Pulumi secret. */
  declare readonly secret: pulumi.Output<string>;

  /** `parents` are the names of the arguments that say where the key belongs. */
  protected constructor(
    kind: KindName,
    parents: readonly string[],
    name: string,
    args: SecretKeyArgs,
    options: pulumi.CustomResourceOptions,
  ) {
    const given: SecretKeyArgs & pulumi.Inputs = requireArgs(args, `${new.target.name} "${name}"`);
    const { keepers, rotateAfterDays } = given;
    const places = Object.fromEntries(parents.map((parent) => [parent, given[parent]]));
    super(
      kind,
      name,
      { ...places, name: given.name, keepers, rotateAfterDays },
      // The provider computes the default of `name`, because it knows the previous one.
      { plain: ["name"], secret: ["secret"] },
      options,
    );
  }

  /** The scope of the key's tokens. */
  protected abstract scope(): TokenScope;

  /**
   * A token signed with this key, that never expires; a Pulumi secret. It is derived from the secret and stays the same
   * for the life of the key. If you need tokens that expire, sign them on your server with `signJwt`.
   * @nodejs Under Pulumi's mocks it is `undefined` unless the mocks give the key a `secret`.
   */
  get jwt(): pulumi.Output<string> {
    const scope = this.scope();
    return pulumi.secret(
      // Mocks without a secret leave it undefined, despite its type.
      pulumi
        .all([this.id, this.secret])
        .apply(([keyId, secret]) => secret && signJwt({ keyId, secret }, { scope })),
    );
  }
}
