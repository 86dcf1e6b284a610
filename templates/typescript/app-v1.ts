import * as pulumi from "@pulumi/pulumi";
import { SmoochWebhook } from "pulumi-smooch";

// The stack's settings, from `pulumi config set`. Those of the stack "emulator" are in Pulumi.emulator.yaml.
const config = new pulumi.Config();

// Smooch posts messages and button clicks to the target. A real target must respond before you run `pulumi up`.
const webhook = new SmoochWebhook("events", {
  appId: config.require("appId"),
  target: config.require("target"),
  triggers: ["message", "postback"],
});

// The stack's outputs; `pulumi stack output --show-secrets` also shows the secrets. `webhookSecret` comes with each event,
// so that your server knows its sender.
export const webhookId = webhook.id;
export const webhookSecret = webhook.secret;
