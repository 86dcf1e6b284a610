import * as pulumi from "@pulumi/pulumi";
import { SmoochApp, SmoochKey, SmoochProvider } from "pulumi-smooch";

const config = new pulumi.Config();

// The first account is the one in the stack's settings (`smooch:accountKeyId` and so on). This is the second one.
const europe = new SmoochProvider("europe", {
  accountKeyId: config.require("europeKeyId"),
  accountKeySecret: config.requireSecret("europeKeySecret"),
  region: "eu-1",
  // Overrides the region's address, to try this out with the emulator.
  baseUrl: config.get("europeBaseUrl"),
});

/** Declares the same objects in any account; the option `provider` selects the account. */
function makeSupport(name: string, options: pulumi.CustomResourceOptions = {}) {
  const app = new SmoochApp(name, { name: "Support" }, options);
  const key = new SmoochKey(name, { appId: app.id }, options);
  return { appId: app.id, keyId: key.id, jwt: key.jwt };
}

export const us = makeSupport("us");
export const eu = makeSupport("eu", { provider: europe });
