import * as pulumi from "@pulumi/pulumi";
import { SmoochApp, SmoochKey, SmoochWebhook } from "pulumi-smooch";

// Settings of this program, from `pulumi config set`.
const config = new pulumi.Config();

// The place where one business's conversations of all channels come together.
const app = new SmoochApp("support");

// What your server proves itself with when it calls Smooch for that app.
const key = new SmoochKey("backend", { appId: app.id });

// Where Smooch posts what users write. The URL has to answer before `pulumi up`.
// Without `triggers` it is every message, under the name that the API in use (`smooch:apiVersion`) has for it.
const webhook = new SmoochWebhook("events", { appId: app.id, target: config.require("target") });

export const appId = app.id;
// In API v2 apps have no token: there this output is left out.
export const appToken = app.appToken;
export const keyId = key.id;
// These two are secrets: `pulumi stack output --show-secrets` shows them.
export const jwt = key.jwt;
export const webhookSecret = webhook.secret;
