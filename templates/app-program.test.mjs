import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { startEmulator } from "pulumi-smooch/emulator";

const target = "{{target}}";
const app = { id: "{{appId}}", keyId: "app_test", keySecret: "secret-of-this-test" };

test("events of the app are posted to the target", async () => {
  // A separate emulator on a free port, and a separate Pulumi backend and home.
  const smooch = await startEmulator({ checkTargets: false, app });
  const folder = mkdtempSync(join(tmpdir(), "smooch-"));
  const envVars = {
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_HOME: folder,
    PULUMI_CONFIG_PASSPHRASE: "",
    SMOOCH_BASE_URL: smooch.url,
    SMOOCH_ACCOUNT_KEY_ID: app.keyId,
    SMOOCH_ACCOUNT_KEY_SECRET: app.keySecret,
  };
  try {
    const place = { stackName: "test", workDir: import.meta.dirname };
    const stack = await LocalWorkspace.createOrSelectStack(place, { envVars });
    await stack.setConfig("target", { value: target });
    await stack.up();
    const { apps, webhooks } = smooch.emulator.snapshot();
    assert.deepEqual(
      webhooks.map((webhook) => webhook.target),
      [target],
    );
    assert.deepEqual(
      webhooks.map((webhook) => webhook.appId),
      apps.map((app) => app.id),
    );

    await stack.destroy({ remove: true });
    assert.deepEqual(smooch.emulator.snapshot().webhooks, []);
  } finally {
    await smooch.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
