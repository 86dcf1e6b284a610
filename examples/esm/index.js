import { readFile } from "node:fs/promises";
import * as pulumi from "@pulumi/pulumi";
import { SmoochApp, SmoochKey, signJwt } from "pulumi-smooch";

// An ES module can use `await` before it declares its resources.
const brands = JSON.parse(await readFile(new URL("brands.json", import.meta.url), "utf8"));

const entries = Object.entries(brands).map(([name, settings]) => {
  const app = new SmoochApp(name, { settings });
  const { id: keyId, secret } = new SmoochKey(name, { appId: app.id });
  // Logs the user "guest" in to the messenger. It is signed locally with the new key.
  const guestJwt = pulumi
    .all({ keyId, secret })
    .apply((key) => signJwt(key, { scope: "appUser", userId: "guest" }));
  return [name, { appId: app.id, guestJwt: pulumi.secret(guestJwt) }];
});

/** The apps by brand. Exports are the stack's outputs. */
export const apps = Object.fromEntries(entries);
