const pulumi = require("@pulumi/pulumi");
const { SmoochApp, SmoochKey, SmoochWebhook } = require("pulumi-smooch");

// The stack's settings, from `pulumi config set`. Those of the stack "emulator" are in Pulumi.emulator.yaml.
const config = new pulumi.Config();

// The app holds a business's conversations from all channels. "support" is its name in this program and, as no other
// is given, in Smooch. Deleting the app deletes its conversations, so Pulumi refuses to, unless `protect` is set to
// false in the stack's configuration.
const app = new SmoochApp("support", {}, { protect: config.getBoolean("protect") ?? true });

// Your server uses this key to call Smooch on behalf of the app. `app.id` also makes Pulumi create the app first.
const key = new SmoochKey("backend", { appId: app.id });

// Smooch posts messages and button clicks to the target. A real target must respond before you run `pulumi up`.
const webhook = new SmoochWebhook("events", {
  appId: app.id,
  target: config.require("target"),
  triggers: ["message", "postback"],
});

// The stack's outputs; `pulumi stack output --show-secrets` also shows the secrets. `jwt` is a token that the key signs:
// your server sends it with each call. `webhookSecret` comes with each event, so that your server knows its sender.
exports.appId = app.id;
exports.keyId = key.id;
exports.jwt = key.jwt;
exports.webhookSecret = webhook.secret;
