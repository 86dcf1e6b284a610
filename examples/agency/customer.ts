import * as pulumi from "@pulumi/pulumi";
import { SmoochApp, SmoochKey, SmoochWebhook } from "pulumi-smooch";

export interface CustomerArgs {
  /** The app's name as people see it. */
  title: string;
  /** Whether users without a name get an animal's. */
  animals: boolean;
  /** Where the customer's events go. */
  target: string;
}

/** All that one customer has in Smooch, as one component: in Pulumi's display it is a branch of its own. */
export class Customer extends pulumi.ComponentResource {
  /** What a server needs to act for the customer. */
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
      // With real customers add `protect: true`: deleting an app deletes its conversations.
      options,
    );
    // Change `rotated` to have the keys of all customers replaced, each new one before the old one goes.
    const key = new SmoochKey(name, { appId: app.id, keepers: { rotated: "2026-11" } }, options);
    const webhook = new SmoochWebhook(name, { appId: app.id, target }, options);
    this.access = { appId: app.id, keyId: key.id, jwt: key.jwt, webhookSecret: webhook.secret };
    this.registerOutputs();
  }
}
