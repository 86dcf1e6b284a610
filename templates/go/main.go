package main

import (
	"example.com/pulumi-smooch/sdk/go/smooch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		// The stack's settings, from `pulumi config set`. Those of the stack "emulator" are in Pulumi.emulator.yaml.
		settings := config.New(ctx, "")
		protect, err := settings.TryBool("protect")
		if err != nil {
			protect = true
		}

		// The app holds a business's conversations from all channels. Deleting it deletes its conversations, so Pulumi
		// refuses to, unless `protect` is set to false in the stack's configuration.
		app, err := smooch.NewApp(ctx, "support", nil, pulumi.Protect(protect))
		if err != nil {
			return err
		}

		// Your server uses this key to call Smooch on behalf of the app. `app.ID()` also makes Pulumi create the app first.
		key, err := smooch.NewKey(ctx, "backend", &smooch.KeyArgs{AppId: app.ID()})
		if err != nil {
			return err
		}

		// Smooch posts messages and button clicks to the target. A real target must respond before you run `pulumi up`.
		webhook, err := smooch.NewWebhook(ctx, "events", &smooch.WebhookArgs{
			AppId:    app.ID(),
			Target:   pulumi.String(settings.Require("target")),
			Triggers: pulumi.ToStringArray([]string{"{{message}}", "{{postback}}"}),
		})
		if err != nil {
			return err
		}

		// `pulumi stack output --show-secrets` also shows the secrets. `jwt` is a token that the key signs: your server
		// sends it with each call. `webhookSecret` comes with each event, so that your server knows its sender.
		ctx.Export("appId", app.ID())
		ctx.Export("keyId", key.ID())
		ctx.Export("jwt", key.Jwt)
		ctx.Export("webhookSecret", webhook.Secret)
		return nil
	})
}
