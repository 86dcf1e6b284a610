import * as pulumi from "@pulumi/pulumi";
import { SmoochApp, SmoochKey, SmoochWebhook } from "pulumi-smooch";

const config = new pulumi.Config();

// `multiConvoEnabled` exists in API v2 only. Once on, it stays on.
const app = new SmoochApp("support", { settings: { multiConvoEnabled: true } });

const key = new SmoochKey("backend", { appId: app.id });

// In API v2 a webhook is part of a custom integration: this makes both. Events have v2's names.
// Smooch wants a key of the app for later changes of target and triggers, so the app has one first.
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
// The resource's id is the integration's; deliveries name the webhook itself.
export const integrationId = webhook.id;
export const webhookId = webhook.webhookId;
export const webhookSecret = webhook.secret;
