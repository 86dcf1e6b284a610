const pulumi = require("@pulumi/pulumi");
const { SmoochWebhook } = require("pulumi-smooch");

// What differs from stack to stack, from `pulumi config set`. That of the stack "emulator" is Pulumi.emulator.yaml.
const config = new pulumi.Config();

// Where Smooch posts every message, and what users choose. A real target has to answer before `pulumi up`.
const webhook = new SmoochWebhook("events", {
  appId: config.require("appId"),
  target: config.require("target"),
  triggers: ["conversation:message", "conversation:postback"],
});

// What this prints in the end; `pulumi stack output --show-secrets` shows the secrets as well.
exports.webhookId = webhook.id;
exports.webhookSecret = webhook.secret;
