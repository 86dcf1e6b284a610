import * as pulumi from "@pulumi/pulumi";
import { SmoochApp, SmoochKey, SmoochProvider } from "pulumi-smooch";

const config = new pulumi.Config();

// `smooch:accountKeyId` and the other settings of the stack name the first account. This is the second.
const europe = new SmoochProvider("europe", {
  accountKeyId: config.require("europeKeyId"),
  accountKeySecret: config.requireSecret("europeKeySecret"),
  region: "eu-1",
  // Only to try it out with an emulator: another address than the region's.
  baseUrl: config.get("europeBaseUrl"),
});

/** The same in any account: which one it is, is decided by the option `provider`. */
function makeSupport(name: string, options: pulumi.CustomResourceOptions = {}) {
  const app = new SmoochApp(name, { name: "Support" }, options);
  const key = new SmoochKey(name, { appId: app.id }, options);
  return { appId: app.id, keyId: key.id, jwt: key.jwt };
}

export const us = makeSupport("us");
export const eu = makeSupport("eu", { provider: europe });
