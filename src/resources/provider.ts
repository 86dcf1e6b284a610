import * as pulumi from "@pulumi/pulumi";
import "./debuglog";
import { requireArgs } from "./arguments";

/** Arguments of `SmoochProvider`: the same settings as in the stack's configuration, for one provider. */
export interface SmoochProviderArgs {
  /**
   * Id of the account key, `act_…` or `svc_…`. A key of an app, `app_…`, is enough for the webhooks and integrations
   * of that app.
   */
  accountKeyId?: pulumi.Input<string> | undefined;
  /**
   * Secret of the account key; stored as a Pulumi secret.
   * @secret
   */
  accountKeySecret?: pulumi.Input<string> | undefined;
  /**
   * A signed token of scope `account`, instead of the key; stored as a Pulumi secret.
   * @secret
   */
  accountToken?: pulumi.Input<string> | undefined;
  /**
   * API version: `"v1"`, `"v1.1"` or `"v2"`.
   * @defaultValue `"v1"`
   */
  apiVersion?: pulumi.Input<string> | undefined;
  /**
   * How the key is sent: `"jwt"`, or `"basic"`, which needs v1.1 or later.
   * @defaultValue `"jwt"`
   */
  auth?: pulumi.Input<string> | undefined;
  /**
   * `"us"` or `"eu-1"`.
   * @defaultValue `"us"`
   */
  region?: pulumi.Input<string> | undefined;
  /**
   * Address of the API, instead of a region, e.g. `https://acme.zendesk.com/sc`: without a query; `http://` only for
   * this machine.
   */
  baseUrl?: pulumi.Input<string> | undefined;
  /**
   * Maximum number of concurrent calls of this provider.
   * @defaultValue 8
   */
  maxConcurrency?: pulumi.Input<number> | undefined;
  /**
   * Timeout of one attempt of a call, in whole seconds, at most 300. A lost create is looked for as long as that.
   * @defaultValue 30
   */
  requestTimeout?: pulumi.Input<number> | undefined;
}

/**
 * Connects resources to another account than the one in the stack's configuration. Resources use it through the
 * option `provider`; components pass it on through `providers`. Settings that you leave out come from the environment
 * (`SMOOCH_…`), not from the stack's configuration. Changing its settings replaces nothing.
 *
 * ```ts
 * const europe = new SmoochProvider("europe", {
 *   accountKeyId: config.require("europeKeyId"),
 *   accountKeySecret: config.requireSecret("europeKeySecret"),
 *   region: "eu-1",
 * });
 * new SmoochApp("support", {}, { provider: europe });
 * ```
 */
export class SmoochProvider extends pulumi.ProviderResource {
  /**
   * @param name The provider's name in the program.
   * @param args The account's credentials, and the API's version and address.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: SmoochProviderArgs, options: pulumi.ResourceOptions = {}) {
    const secrets = ["accountKeySecret", "accountToken"];
    const entries = Object.entries(requireArgs(args, `SmoochProvider "${name}"`)).map(([key, value]) => {
      const text = pulumi.output(value).apply((known) => (known === undefined ? undefined : String(known)));
      // With the namespace, the provider reads them like a stack's configuration.
      return [`smooch:${key}`, value !== undefined && secrets.includes(key) ? pulumi.secret(text) : text];
    });
    super("pulumi-nodejs", name, Object.fromEntries(entries), options);
  }
}
