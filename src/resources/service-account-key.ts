import type * as pulumi from "@pulumi/pulumi";
import { SecretKey, type SecretKeyArgs } from "./secret-key";

/**
 * Arguments of `SmoochServiceAccountKey`. Changing `serviceAccountId`, `name` or `keepers` creates a new key, and
 * revokes the old one afterwards.
 */
export interface SmoochServiceAccountKeyArgs extends SecretKeyArgs {
  /**
   * Id of the service account that the key belongs to.
   * @change replaces the key
   */
  serviceAccountId: pulumi.Input<string>;
}

/**
 * A secret key of a service account, with which a program manages the apps that the service account may use. Its `id`
 * is the key id, `svc_…`.
 *
 * A replacement creates the new key before it revokes the old one, so both work until the end of the update. Tokens of
 * a revoked key are refused immediately.
 *
 * ```ts
 * const partner = new SmoochServiceAccount("partner");
 * const key = new SmoochServiceAccountKey("partner", { serviceAccountId: partner.id });
 * export const jwt = key.jwt;
 * ```
 *
 * @credential Needs an account key (`act_…`): a key of a service account cannot make others.
 * @throws A service account is presumed to have at most 10 keys, as apps do (HTTP 400).
 * @source "Service Accounts" in Smooch's [REST reference of v1 and v1.1](https://docs.smooch.io/rest/v1).
 */
export class SmoochServiceAccountKey extends SecretKey {
  /** Id of the service account that the key belongs to. */
  declare readonly serviceAccountId: pulumi.Output<string>;

  /**
   * @param name The resource's name in the program.
   * @param args Where the key belongs, and when to rotate it.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: SmoochServiceAccountKeyArgs, options: pulumi.CustomResourceOptions = {}) {
    super("serviceAccountKey", ["serviceAccountId"], name, args, options);
  }

  /**
   * Adopts an existing key instead of creating one; the resource option `import` does the same. If the key differs
   * from the arguments, the adoption is refused with a list of the differences. Nothing in Smooch is changed. Once
   * the key is in the stack, you can replace this call with `new SmoochServiceAccountKey(…)` without any effect.
   *
   * ```ts
   * const key = SmoochServiceAccountKey.adopt("partner", "svc_5735dcf248011972d621dc01", {
   *   serviceAccountId: "5a0b1c2d3e4f5a6b7c8d9e0f",
   *   name: "key1",
   * });
   * ```
   */
  static adopt(
    name: string,
    id: string,
    args: SmoochServiceAccountKeyArgs,
    options: pulumi.CustomResourceOptions = {},
  ): SmoochServiceAccountKey {
    return new SmoochServiceAccountKey(name, args, { ...options, import: id });
  }

  /** Reads a key without managing it. Fails when there is no key with that id. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    args: { serviceAccountId: pulumi.Input<string> },
    options: pulumi.CustomResourceOptions = {},
  ): SmoochServiceAccountKey {
    return new SmoochServiceAccountKey(name, args, { ...options, id });
  }

  protected override scope(): "account" {
    return "account";
  }
}
