import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ensureGoHost } from "../../../scripts/pulumi-cli.mjs";
import { generateSdk, sdkProblem } from "../../../scripts/sdk.mjs";
import { writePluginProject } from "../../../src/cli/new/plugin-project";
import { cliFolder, runProgram } from "../../support/cli";
import { goDoor } from "../../support/door";
import { newFolder } from "../../support/folder";
import { scenario } from "../../support/stack";
import { atFirst, type Changing, trioLife } from "./trio-life";

const program = ({ rotated, triggers }: Changing) => `
package main

import (
	"example.com/pulumi-smooch/sdk/go/smooch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		app, err := smooch.NewApp(ctx, "support", &smooch.AppArgs{
			Settings: &smooch.AppSettingsArgs{MaskCreditCardNumbers: pulumi.Bool(true)},
			Metadata: pulumi.Map{"customer_tier": pulumi.String("gold")},
		})
		if err != nil {
			return err
		}
		key, err := smooch.NewKey(ctx, "backend", &smooch.KeyArgs{
			AppId:   app.ID(),
			Keepers: pulumi.Map{"rotated": pulumi.String("${rotated}")},
		})
		if err != nil {
			return err
		}
		_, err = smooch.NewWebhook(ctx, "events", &smooch.WebhookArgs{
			AppId:    app.ID(),
			Target:   pulumi.String("https://bot.example/in"),
			Triggers: pulumi.ToStringArray([]string{${triggers.map((one) => JSON.stringify(one)).join(", ")}}),
		})
		ctx.Export("keyId", key.ID())
		ctx.Export("secret", key.Secret)
		ctx.Export("jwt", key.Jwt)
		ctx.Export("found", smooch.LookupAppOutput(ctx, smooch.LookupAppOutputArgs{AppId: app.ID()}).Name())
		return err
	})
}
`;

const environment = { GOFLAGS: "-buildvcs=false", GOWORK: "off", CGO_ENABLED: "0" };

describe("a Go program", () => {
  const sdk = newFolder("go");
  let problem: string | undefined;
  beforeAll(async () => {
    problem = await sdkProblem();
    if (problem !== undefined) return;
    await ensureGoHost({ bin: cliFolder() });
    await generateSdk("go", sdk);
    // One module for the SDK and the program, with the sums of what they need.
    cpSync(join(__dirname, "..", "..", "..", "tools", "go"), sdk, { recursive: true });
  });
  beforeEach(({ skip }) => skip(problem !== undefined, problem));
  afterAll(() => rmSync(sdk, { recursive: true, force: true }));

  it("previews, creates, changes, rotates and destroys an app, a key and a webhook", () =>
    scenario(async (api, start) => {
      const stack = start(program(atFirst), goDoor);
      cpSync(sdk, stack.folder, { recursive: true });
      Object.assign(stack.environment, environment);
      await trioLife(api, stack, program);
    }));

  it("that `new` writes runs", () =>
    scenario(async (_, start) => {
      const project = { name: "shop", language: "go", apiVersion: "v1" } as const;
      const files = writePluginProject(project);
      const stack = start(String(files.get("main.go")), goDoor);
      writeFileSync(join(stack.folder, "go.mod"), String(files.get("go.mod")));
      const { output: module } = await runProgram(stack.folder, "go", ["mod", "edit", "-json"], environment);
      expect(JSON.parse(module)).toMatchObject({ Require: [{ Path: "github.com/pulumi/pulumi/sdk/v3" }] });
      cpSync(sdk, stack.folder, { recursive: true });
      Object.assign(stack.environment, environment);
      await stack.configure({ target: "https://bot.example.com/smooch", protect: "false" }, {});
      await stack.up();
      expect((await stack.outputs()).jwt).toMatch(/^ey/);
      await stack.expectNoChange();
      await stack.destroy();
    }));
});
