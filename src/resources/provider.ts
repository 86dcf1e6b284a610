import * as pulumi from "@pulumi/pulumi";
import "./debuglog";
import { requireArgs } from "./arguments";

/** Arguments of `SmoochProvider`: the settings of the stack's configuration, for one provider. */
export interface SmoochProviderArgs {
  /**
   * Id of the account key, `act_…` or `svc_…`. A key of an app, `app_…`, does for the webhooks and integrations of that
   * app.
   */
  accountKeyId?: pulumi.Input<string> | undefined;
  /** Secret of the account key; kept as a Pulumi secret. */
  accountKeySecret?: pulumi.Input<string> | undefined;
  /** A ready token of scope `account`, instead of the key; kept as a Pulumi secret. */
  accountToken?: pulumi.Input<string> | undefined;
  /** API version: `"v1"`, `"v1.1"` or `"v2"`. Default: `"v1"`. */
  apiVersion?: pulumi.Input<string> | undefined;
  /** How the key is presented: `"jwt"`, or `"basic"`, which needs v1.1 or later. Default: `"jwt"`. */
  auth?: pulumi.Input<string> | undefined;
  /** `"us"` or `"eu-1"`. Default: `"us"`. */
  region?: pulumi.Input<string> | undefined;
  /** Address of the API, instead of a region, e.g. `https://acme.zendesk.com/sc`: without query; `http://` for this machine only. */
  baseUrl?: pulumi.Input<string> | undefined;
  /** Calls of this provider under way at once. Default: 8. */
  maxConcurrency?: pulumi.Input<number> | undefined;
  /** Whole seconds that one attempt of a call may take, 300 at most; as long a lost create is looked for. Default: 30. */
  requestTimeout?: pulumi.Input<number> | undefined;
}

/**
 * Another account beside the one that the stack's configuration names. Resources use it through the option
 * `provider`, components hand it on through `providers`. What is not given here comes from the environment
 * (`SMOOCH_…`), not from the stack's configuration. A change of its settings replaces nothing.
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
   * @param args Which account, and where.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: SmoochProviderArgs, options: pulumi.ResourceOptions = {}) {
    const secrets = ["accountKeySecret", "accountToken"];
    const entries = Object.entries(requireArgs(args, `SmoochProvider "${name}"`)).map(([key, value]) => {
      const text = pulumi.output(value).apply((known) => (known === undefined ? undefined : String(known)));
      // With the namespace the provider reads them like a stack's configuration.
      return [`smooch:${key}`, value !== undefined && secrets.includes(key) ? pulumi.secret(text) : text];
    });
    super("pulumi-nodejs", name, Object.fromEntries(entries), options);
  }
}
