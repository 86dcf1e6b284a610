import * as pulumi from "@pulumi/pulumi";
import { SmoochApp, SmoochKey, SmoochWebhook } from "pulumi-smooch";

// This program's settings, from `pulumi config set`.
const config = new pulumi.Config();

// The app holds a business's conversations from all channels.
const app = new SmoochApp("support");

// Your server uses this key to call Smooch on behalf of the app.
const key = new SmoochKey("backend", { appId: app.id });

// Smooch posts messages to the target, which must respond before you run `pulumi up`. Without `triggers`, it posts all
// messages; the trigger's name depends on the API version (`smooch:apiVersion`).
const webhook = new SmoochWebhook("events", { appId: app.id, target: config.require("target") });

export const appId = app.id;
// Apps have no token in API v2, so this output is missing there.
export const appToken = app.appToken;
export const keyId = key.id;
// These two are secrets: `pulumi stack output --show-secrets` shows them.
export const jwt = key.jwt;
export const webhookSecret = webhook.secret;
