import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RunningEmulator } from "../../../src/emulator/index";
import { type ApiVersion, apiVersions } from "../../../src/smooch/api-version";
import { runCommand } from "../../support/command";
import { pluginDoor } from "../../support/door";
import { byHand } from "../../support/hand";
import { type Stack, scenario } from "../../support/stack";

interface Made {
  app: string;
  key: string;
  hook: string;
  channel: string;
}

/** Objects that somebody made before Pulumi was used, with settings, metadata and credentials. */
async function make(api: RunningEmulator, version: ApiVersion): Promise<Made> {
  const isNew = version === "v2";
  const apps = `/${version}/apps`;
  const app = await byHand(api, "POST", apps, {
    [isNew ? "displayName" : "name"]: "Support",
    metadata: { tier: "gold" },
    settings: { useAnimalNames: true },
  });
  const id = isNew ? app.id : app._id;
  const key = await byHand(api, "POST", `${apps}/${id}/keys`, {
    [isNew ? "displayName" : "name"]: "backend",
  });
  const channel = await byHand(api, "POST", `${apps}/${id}/integrations`, {
    type: "twilio",
    accountSid: "AC1",
    authToken: "secret",
    phoneNumberSid: "PN1",
  });
  const hook = isNew
    ? await byHand(api, "POST", `${apps}/${id}/integrations`, {
        type: "custom",
        status: "active",
        displayName: "events",
        webhooks: [{ target: "https://bot.example/in", triggers: ["conversation:message"] }],
      })
    : await byHand(api, "POST", `${apps}/${id}/webhooks`, {
        target: "https://bot.example/in",
        triggers: ["message"],
      });
  const idOf = (object: Record<string, unknown>) => String(object.id ?? object._id);
  return { app: String(id), key: idOf(key), hook: idOf(hook), channel: idOf(channel) };
}

/** Declares less than there is: no settings, no metadata; and what Smooch does not return: keepers, a credential. */
const program = ({ app, key, hook, channel }: Made, isImported: boolean, keeper = "1") => {
  const from = (id: string) => (isImported ? `, { import: "${id}" }` : "");
  return `
  const appId = "${app}";
  new smooch.SmoochApp("support", { name: "Support" }${from(app)});
  const key = new smooch.SmoochKey("backend", { appId, name: "backend", keepers: { rotated: "${keeper}" }, rotateAfterDays: 3000 }${from(`${app}/${key}`)});
  new smooch.SmoochWebhook("events", { appId, target: "https://bot.example/in" }${from(`${app}/${hook}`)});
  new smooch.SmoochIntegration("sms", { appId, type: "twilio", accountSid: "AC1", authToken: "secret", phoneNumberSid: "PN1" }${from(`${app}/${channel}`)});
  exports.jwt = key.jwt;`;
};

const sendsNothing = ({ emulator }: RunningEmulator) =>
  expect([...new Set(emulator.requests.map(({ method }) => method))]).toEqual(["GET"]);

describe.each(apiVersions)("imports existing objects in %s", (version) => {
  it("by the option `import`, and manages them from then on", () =>
    scenario(
      async (api, start) => {
        const { emulator } = api;
        const made = await make(api, version);
        const before = emulator.snapshot();
        emulator.requests.length = 0;
        const stack = start(program(made, true));
        expect(await stack.up()).toContain("4 imported");
        sendsNothing(api);
        expect(emulator.snapshot()).toEqual(before);
        await stack.expectNoChange();
        expect(await stack.refresh()).toContain("unchanged");
        await stack.expectNoChange();

        stack.program = program(made, false);
        await stack.expectNoChange();
        stack.program = program(made, false, "2");
        await stack.up();
        expect(emulator.snapshot().keys.map(({ id }) => id)).not.toContain(made.key);
        await stack.destroy();
      },
      {},
      version,
    ));

  it("by `pulumi import`, also if a refresh comes before the first `up`", () =>
    scenario(
      async (api, start) => {
        const { emulator } = api;
        const made = await make(api, version);
        const before = emulator.snapshot();
        const stack = start("");
        emulator.requests.length = 0;
        const resources = [
          { type: "smooch:index:App", name: "support", id: made.app },
          { type: "smooch:index:Key", name: "backend", id: `${made.app}/${made.key}` },
          { type: "smooch:index:Webhook", name: "events", id: `${made.app}/${made.hook}` },
          { type: "smooch:index:Integration", name: "sms", id: `${made.app}/${made.channel}` },
        ];
        writeFileSync(join(stack.folder, "import.json"), JSON.stringify({ resources }));
        const output = await imported(stack, "--file", "import.json");
        expect(output).toContain("4 imported");
        expect(output).not.toMatch(/failed to validate|error:/);
        for (const { secret } of [...before.keys, ...before.webhooks])
          expect(stack.stateFile()).not.toContain(secret);
        await stack.refresh();
        stack.program = program(made, false);
        expect(await stack.up()).not.toMatch(/created|replaced|deleted/);
        sendsNothing(api);
        expect(emulator.snapshot()).toEqual(before);
        await stack.expectNoChange();
        await stack.destroy();
      },
      {},
      version,
    ));
});

const imported = (stack: Stack, ...what: string[]) =>
  stack.run("import", ...what, "--yes", "--skip-preview", "--protect=false", "--generate-code=false");

it("an object that is imported a second time is not deleted", () =>
  scenario(async (api, start) => {
    const { emulator } = api;
    const made = await make(api, "v1");
    const stack = start("");
    await imported(stack, "smooch:index:Key", "backend", `${made.app}/${made.key}`);
    emulator.requests.length = 0;
    stack.program = `new smooch.SmoochKey("backend", { appId: "${made.app}", name: "backend" }, { import: "${made.app}/${made.key}" });`;
    await stack.up();
    sendsNothing(api);
    expect(stack.resource("backend").id).toBe(made.key);
    await stack.expectNoChange();
    await stack.destroy();
    expect(emulator.snapshot().keys).toEqual([]);
    await byHand(api, "DELETE", `/v1/apps/${made.app}`);
  }));

it("an import is refused if the program declares something else, in the preview already", () =>
  scenario(async (api, start) => {
    const made = await make(api, "v1");
    const program = (name: string) =>
      `new smooch.SmoochApp("support", { name: "${name}" }, { import: "${made.app}" });`;
    const stack = start(program("Other"));
    api.emulator.requests.length = 0;
    for (const command of ["preview", "up"]) {
      const { code, output } = await stack.try(
        command,
        ...(command === "up" ? ["--yes", "--skip-preview"] : []),
      );
      expect(code, output).not.toBe(0);
      expect(output).toContain("name differs. Nothing was changed.");
    }
    sendsNothing(api);
    stack.program = program("Support");
    await stack.up();
    sendsNothing(api);
    await stack.expectNoChange();
    await stack.destroy();
  }));

it("`export --plugin` lists an account for `pulumi import`, which writes a program that changes nothing", () =>
  scenario(async (api, start) => {
    const { emulator } = api;
    await make(api, "v1");
    const before = emulator.snapshot();
    const stack = start("resources: {}", pluginDoor);
    emulator.requests.length = 0;
    const { code, stdout, stderr } = await runCommand(
      stack,
      "export",
      "--out",
      "list",
      "--plugin",
      "--no-protect",
    );
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("pulumi import --file list/import.json --yes --protect=false --out imported");
    const file = ["--file", "list/import.json"];
    await stack.run("import", ...file, "--yes", "--protect=false", "--out", "imported");
    stack.program = readFileSync(join(stack.folder, "imported"), "utf8");
    expect(await stack.up()).toContain("4 updated");
    sendsNothing(api);
    expect(emulator.snapshot()).toEqual(before);
    await stack.expectNoChange();
    const { stdout: audit } = await runCommand(stack, "audit", "--stack", "test");
    expect(audit).toContain("No problem: 1 app, 1 key, 1 webhook and 1 integration");
    await stack.destroy();
  }));

describe("import ids", () => {
  it("need the app's id in front, and say so", () =>
    scenario(async (api, start) => {
      const made = await make(api, "v1");
      const stack = start("");
      for (const [type, id, form] of [
        ["Key", made.key, "this key has the form <appId>/<keyId>"],
        [
          "Webhook",
          made.hook,
          "this webhook has the form <appId>/<webhookId>, or <apiVersion>/<appId>/<webhookId>",
        ],
        ["App", `${made.app}/${made.app}`, "this app has the form <appId>"],
        [
          "Integration",
          `v1/${made.app}/${made.channel}`,
          "this integration has the form <appId>/<integrationId>",
        ],
        ["Key", `${made.app}/../${made.key}`, "this key has the form <appId>/<keyId>"],
      ] as const) {
        const { code, output } = await stack.try("import", `smooch:index:${type}`, "it", id, "--yes");
        expect(code).not.toBe(0);
        expect(output).toContain(form);
      }
      expect(stack.resources()).toEqual([]);
      await byHand(api, "DELETE", `/v1/apps/${made.app}`);
    }));

  it("name an object that does not exist, and import nothing", () =>
    scenario(async (api, start) => {
      const made = await make(api, "v1");
      const stack = start("");
      const id = `${made.app}/app_000000000000000000000000`;
      const { code, output } = await stack.try("import", "smooch:index:Key", "it", id, "--yes");
      expect(code).not.toBe(0);
      expect(output).toContain("Smooch has no key app_000000000000000000000000");
      expect(stack.resources()).toEqual([]);
      await byHand(api, "DELETE", `/v1/apps/${made.app}`);
    }));

  it("can name the API version of a webhook that is bound to another one", () =>
    scenario(async (api, start) => {
      const made = await make(api, "v2");
      const stack = start("");
      await imported(stack, "smooch:index:Webhook", "events", `v2/${made.app}/${made.hook}`);
      expect(stack.resource("events").outputs).toMatchObject({
        version: "v2",
        target: "https://bot.example/in",
      });
      await stack.destroy();
      await byHand(api, "DELETE", `/v2/apps/${made.app}`);
    }));
});
