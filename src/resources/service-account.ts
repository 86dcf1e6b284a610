import type * as pulumi from "@pulumi/pulumi";
import { SmoochResource } from "./resource";

/** Arguments of `SmoochServiceAccount`. */
export interface SmoochServiceAccountArgs {
  /**
   * The name, 1 to 100 characters, which no other service account of the account may have.
   * @defaultValue the resource's name
   * @change in place
   */
  name?: pulumi.Input<string> | undefined;
}

/**
 * A service account: it has keys of its own (`SmoochServiceAccountKey`), which can manage some of the account's apps
 * instead of all of them. Deleting it revokes its keys.
 *
 * ```ts
 * const partner = new SmoochServiceAccount("partner");
 * ```
 *
 * @credential Needs an account key (`act_…`).
 * @throws Smooch refuses a name that another service account has.
 * @source "Service Accounts" in Smooch's [REST reference of v1 and v1.1](https://docs.smooch.io/rest/v1).
 */
export class SmoochServiceAccount extends SmoochResource {
  /** The service account's name. */
  declare readonly name: pulumi.Output<string>;

  /**
   * @param name The resource's name in the program.
   * @param args The service account's name.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: SmoochServiceAccountArgs = {}, options: pulumi.CustomResourceOptions = {}) {
    // The provider computes the default of `name`, because it knows the previous one.
    super("serviceAccount", name, { name: args.name }, { plain: ["name"] }, options);
  }

  /**
   * Adopts an existing service account instead of creating one; the resource option `import` does the same. If it
   * differs from the arguments, the adoption is refused with a list of the differences. Nothing in Smooch is changed.
   */
  static adopt(
    name: string,
    id: string,
    args: SmoochServiceAccountArgs = {},
    options: pulumi.CustomResourceOptions = {},
  ): SmoochServiceAccount {
    return new SmoochServiceAccount(name, args, { ...options, import: id });
  }

  /** Reads a service account without managing it. Fails when the account has none with that id. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options: pulumi.CustomResourceOptions = {},
  ): SmoochServiceAccount {
    return new SmoochServiceAccount(name, {}, { ...options, id });
  }
}
