import * as pulumi from "@pulumi/pulumi";
import { SmoochWebhook } from "pulumi-smooch";

// What differs from stack to stack, from `pulumi config set`. That of the stack "emulator" is Pulumi.emulator.yaml.
const config = new pulumi.Config();

// Where Smooch posts every message, and what users choose. A real target has to answer before `pulumi up`.
const webhook = new SmoochWebhook("events", {
  appId: config.require("appId"),
  target: config.require("target"),
  triggers: ["message", "postback"],
});

// What this prints in the end; `pulumi stack output --show-secrets` shows the secrets as well.
export const webhookId = webhook.id;
export const webhookSecret = webhook.secret;
