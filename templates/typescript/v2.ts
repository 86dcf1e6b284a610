import * as pulumi from "@pulumi/pulumi";
import { SmoochApp, SmoochKey, SmoochWebhook } from "pulumi-smooch";

// What differs from stack to stack, from `pulumi config set`. That of the stack "emulator" is Pulumi.emulator.yaml.
const config = new pulumi.Config();

// The place where one business's conversations of all channels come together. Deleting it deletes them, so Pulumi refuses
// to, unless the stack's configuration says `protect: false`.
const app = new SmoochApp("support", {}, { protect: config.getBoolean("protect") ?? true });

// What your server proves itself with when it calls Smooch for that app.
const key = new SmoochKey("backend", { appId: app.id });

// Where Smooch posts every message, and what users choose. A real target has to answer before `pulumi up`.
// Smooch wants a key of the app for later changes of target and triggers, so the app has one first.
const webhook = new SmoochWebhook(
  "events",
  {
    appId: app.id,
    target: config.require("target"),
    triggers: ["conversation:message", "conversation:postback"],
  },
  { dependsOn: key },
);

// What this prints in the end; `pulumi stack output --show-secrets` shows the secrets as well.
export const appId = app.id;
export const keyId = key.id;
export const jwt = key.jwt;
export const webhookSecret = webhook.secret;
