import pulumi
import pulumi_smooch as smooch

# The stack's settings, from `pulumi config set`. Those of the stack "emulator" are in Pulumi.emulator.yaml.
config = pulumi.Config()
protect = config.get_bool("protect")

# The app holds a business's conversations from all channels. Deleting it deletes its conversations, so Pulumi refuses
# to, unless `protect` is set to false in the stack's configuration.
app = smooch.App("support", opts=pulumi.ResourceOptions(protect=protect is not False))

# Your server uses this key to call Smooch on behalf of the app. `app.id` also makes Pulumi create the app first.
key = smooch.Key("backend", app_id=app.id)

# Smooch posts messages and button clicks to the target. A real target must respond before you run `pulumi up`.
webhook = smooch.Webhook(
    "events",
    app_id=app.id,
    target=config.require("target"),
    triggers=["{{message}}", "{{postback}}"],
)

# `pulumi stack output --show-secrets` also shows the secrets. `jwt` is a token that the key signs: your server sends it
# with each call. `webhookSecret` comes with each event, so that your server knows its sender.
pulumi.export("appId", app.id)
pulumi.export("keyId", key.id)
pulumi.export("jwt", key.jwt)
pulumi.export("webhookSecret", webhook.secret)
