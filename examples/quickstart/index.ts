import * as pulumi from "@pulumi/pulumi";
import { SmoochApp, SmoochKey, SmoochWebhook } from "pulumi-smooch";

const config = new pulumi.Config();

const app = new SmoochApp("support");
const key = new SmoochKey("backend", { appId: app.id });
const webhook = new SmoochWebhook("events", {
  appId: app.id,
  target: config.require("target"),
  triggers: ["message:appUser"],
});

export const appId = app.id;
export const appToken = app.appToken;
export const keyId = key.id;
export const jwt = key.jwt;
export const webhookSecret = webhook.secret;
