import * as pulumi from "@pulumi/pulumi";
import { SmoochApp, SmoochKey, SmoochWebhook } from "pulumi-smooch";

export interface CustomerArgs {
  /** The app's display name. */
  title: string;
  /** Whether users without a name get an animal name. */
  animals: boolean;
  /** The URL that the customer's events are posted to. */
  target: string;
}

/** A customer's objects in Smooch, as one component: Pulumi displays them as a separate branch. */
export class Customer extends pulumi.ComponentResource {
  /** What a server needs to act on behalf of the customer. */
  readonly access: {
    appId: pulumi.Output<string>;
    keyId: pulumi.Output<string>;
    jwt: pulumi.Output<string>;
    webhookSecret: pulumi.Output<string>;
  };

  constructor(name: string, { title, animals, target }: CustomerArgs) {
    super("agency:index:Customer", name);
    const options = { parent: this };
    const app = new SmoochApp(
      name,
      { name: title, settings: { useAnimalNames: animals }, metadata: { customer: name } },
      // For real customers, add `protect: true`: deleting an app deletes its conversations.
      options,
    );
    // Change `rotated` to replace the keys of all customers; each old key is revoked after the new one is created.
    const key = new SmoochKey(name, { appId: app.id, keepers: { rotated: "2026-11" } }, options);
    const webhook = new SmoochWebhook(name, { appId: app.id, target }, options);
    this.access = { appId: app.id, keyId: key.id, jwt: key.jwt, webhookSecret: webhook.secret };
    this.registerOutputs();
  }
}
