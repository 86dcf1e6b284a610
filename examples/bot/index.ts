import * as pulumi from "@pulumi/pulumi";
import { SmoochApp, SmoochKey, SmoochWebhook } from "pulumi-smooch";

const config = new pulumi.Config();

const app = new SmoochApp("tea-shop", { name: "Tea shop" });

const key = new SmoochKey("bot", { appId: app.id });

// A change of the target requires a key of the app, so the key is created first.
const webhook = new SmoochWebhook(
  "bot",
  {
    appId: app.id,
    displayName: "Tea bot",
    target: config.require("target"),
    triggers: ["conversation:message", "conversation:postback"],
  },
  { dependsOn: key },
);

// What bot.mjs needs.
export const appId = app.id;
export const jwt = key.jwt;
export const webhookSecret = webhook.secret;
