import type { ApiVersion } from "../../smooch/generations/version";
import type { Language } from "../project/files";

/** The program that somebody keeps and changes. */
export function writeProgram(language: Language, apiVersion: ApiVersion): string {
  const isTyped = language === "typescript";
  const imports = isTyped
    ? [
        'import * as pulumi from "@pulumi/pulumi";',
        'import { SmoochApp, SmoochKey, SmoochWebhook } from "pulumi-smooch";',
      ]
    : [
        'const pulumi = require("@pulumi/pulumi");',
        'const { SmoochApp, SmoochKey, SmoochWebhook } = require("pulumi-smooch");',
      ];
  const output = (name: string, value: string) =>
    `${isTyped ? "export const " : "exports."}${name} = ${value};`;
  return `${imports.join("\n")}

// What differs from stack to stack, from \`pulumi config set\`. That of the stack "emulator" is Pulumi.emulator.yaml.
const config = new pulumi.Config();

// The place where one business's conversations of all channels come together.
const app = new SmoochApp("support");

// What your server proves itself with when it calls Smooch for that app.
const key = new SmoochKey("backend", { appId: app.id });

${apiVersion === "v2" ? webhookOfV2 : webhook}

// What this prints in the end; \`pulumi stack output --show-secrets\` shows the secrets as well.
${output("appId", "app.id")}
${output("keyId", "key.id")}
${output("jwt", "key.jwt")}
${output("webhookSecret", "webhook.secret")}
`;
}

const webhook = `// Where Smooch posts every message, and what users choose. A real target has to answer before \`pulumi up\`.
const webhook = new SmoochWebhook("events", {
  appId: app.id,
  target: config.require("target"),
  triggers: ["message", "postback"],
});`;

const webhookOfV2 = `// Where Smooch posts every message, and what users choose. A real target has to answer before \`pulumi up\`.
// Smooch wants a key of the app for later changes of target and triggers, so the app has one first.
const webhook = new SmoochWebhook(
  "events",
  {
    appId: app.id,
    target: config.require("target"),
    triggers: ["conversation:message", "conversation:postback"],
  },
  { dependsOn: key },
);`;

/** A test of the program, the same in both languages: `npm test` finds it by its name. */
export function writeTest(target: string): string {
  return `import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { startEmulator } from "pulumi-smooch/emulator";

const target = "${target}";

test("what happens in the app is posted to the target", async () => {
  // An emulator of its own, on a free port, and a backend and a home of Pulumi's that nothing else uses.
  const smooch = await startEmulator({ checkTargets: false });
  const folder = mkdtempSync(join(tmpdir(), "smooch-"));
  const envVars = {
    PULUMI_BACKEND_URL: \`file://\${folder}\`,
    PULUMI_HOME: folder,
    PULUMI_CONFIG_PASSPHRASE: "",
    SMOOCH_BASE_URL: smooch.url,
    SMOOCH_ACCOUNT_KEY_ID: smooch.accountKeyId,
    SMOOCH_ACCOUNT_KEY_SECRET: smooch.accountKeySecret,
  };
  try {
    const place = { stackName: "test", workDir: import.meta.dirname };
    const stack = await LocalWorkspace.createOrSelectStack(place, { envVars });
    await stack.setConfig("target", { value: target });
    await stack.up();
    const { apps, webhooks } = smooch.emulator.snapshot();
    assert.deepEqual(webhooks.map((webhook) => webhook.target), [target]);
    assert.deepEqual(webhooks.map((webhook) => webhook.appId), apps.map((app) => app.id));

    await stack.destroy({ remove: true });
    assert(smooch.emulator.isEmpty());
  } finally {
    await smooch.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
`;
}
