import * as pulumi from "@pulumi/pulumi";
import { SmoochApp, SmoochKey, SmoochWebhook } from "pulumi-smooch";

const config = new pulumi.Config();

// `multiConvoEnabled` exists in API v2 only. Once on, it stays on.
const app = new SmoochApp("support", { settings: { multiConvoEnabled: true } });

const key = new SmoochKey("backend", { appId: app.id });

// In API v2, a webhook is part of a custom integration, and this creates both. Changing the target or triggers later
// requires a key of the app, so the key is created first.
const webhook = new SmoochWebhook(
  "events",
  {
    appId: app.id,
    displayName: "Support bot",
    target: config.require("target"),
    triggers: ["conversation:message", "conversation:postback"],
    includeFullUser: true,
  },
  { dependsOn: key },
);

export const appId = app.id;
export const keyId = key.id;
export const jwt = key.jwt;
// The resource's id is the integration's; deliveries contain the webhook's own id.
export const integrationId = webhook.id;
export const webhookId = webhook.webhookId;
export const webhookSecret = webhook.secret;
