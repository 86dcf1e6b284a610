import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addExportCommand } from "../../../src/cli/commands/export";
import { showProgress } from "../../../src/cli/shared/account/progress";
import { readAccount } from "../../../src/cli/shared/account/read";
import { writeFolder } from "../../../src/cli/shared/project/write";
import { type RunningEmulator, startEmulator } from "../../../src/emulator/index";
import { signatureKey } from "../../../src/kinds";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { SmoochClient } from "../../../src/smooch/client";
import type { Listing } from "../../../src/smooch/listing";
import { realHost } from "../../../src/smooch/transport";
import { byHand } from "../../support/hand";
import { environmentFor } from "../../support/stack";
import { exportOf, resource } from "../audit/support";
import { setEnvironment } from "../environment";

let smooch: RunningEmulator;
let folder: string;
let said: string[];
let shown: string[];

beforeEach(async () => {
  smooch = await startEmulator({ checkTargets: false });
  folder = mkdtempSync(join(tmpdir(), "pulumi-smooch-export-"));
  [said, shown] = [[], []];
  vi.spyOn(console, "log").mockImplementation((text) => void said.push(String(text)));
  vi.spyOn(console, "error").mockImplementation((text) => void shown.push(String(text)));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => shown.push(String(text)) > 0);
  setEnvironment(environmentFor(smooch));
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await smooch.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<void> {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  addExportCommand(command);
  await command.parseAsync(["export", "--cwd", folder, "--out", join(folder, "shop"), ...args], {
    from: "user",
  });
}

function clientOf(version: ApiVersion, secret = smooch.accountKeySecret): SmoochClient {
  const credential = { keyId: smooch.accountKeyId, secret };
  const baseUrl = smooch.url;
  const settings = { baseUrl, credential, maxConcurrency: 1, requestTimeoutMs: 9000, debug: false };
  return new SmoochClient(realHost(), { ...settings, auth: "jwt" }, version);
}

const makeApp = (name: string) => byHand(smooch, "POST", "/v1/apps", { name });

/** Keeps the client for its own API version, and uses another client for every other version. */
function elseThrough(other: SmoochClient) {
  return function (this: SmoochClient, version: ApiVersion): SmoochClient {
    return version === this.version ? this : other;
  };
}

describe("pulumi-smooch export", () => {
  it("exports webhooks and integrations with an app's key, and names what needs an account key", async () => {
    const client = clientOf("v1");
    const { id: appId } = await client.apps.create({ name: "Support" });
    const key = await client.keys.create(appId, { name: "zendesk" });
    await client.webhooks.create(appId, { target: "https://bot.example.com/x", triggers: ["message"] });
    vi.stubEnv("SMOOCH_ACCOUNT_KEY_ID", key.id);
    vi.stubEnv("SMOOCH_ACCOUNT_KEY_SECRET", key.secret);
    await expect(run()).rejects.toThrow(
      `${key.id} is a key of an app, and does not list apps: name the one that it belongs to with --app <id>`,
    );
    await run("--app", appId);
    const program = readFileSync(join(folder, "shop", "index.ts"), "utf8");
    expect(program).not.toMatch(/SmoochApp|SmoochKey/);
    expect(program).toContain(`appId: "${appId}"`);
    expect(shown).toEqual([
      `Left out: app ${appId} itself and its keys: ${key.id} is a key of the app, and those need an account key.`,
    ]);
    expect(JSON.parse(readFileSync(join(folder, "shop", "import.json"), "utf8")).resources).toHaveLength(1);
    expect(said.join()).toContain("Wrote 0 apps and 1 webhook to ");
  });

  it("leaves out app metadata that Pulumi would treat as a secret", async () => {
    await byHand(smooch, "POST", "/v1/apps", {
      name: "Support",
      metadata: { tier: "gold", [signatureKey]: "x" },
    });
    await run();
    for (const file of ["index.ts", "import.json"]) {
      expect(readFileSync(join(folder, "shop", file), "utf8")).not.toContain(`"${signatureKey}":"x"`);
    }
    expect(readFileSync(join(folder, "shop", "index.ts"), "utf8")).toContain('metadata: { tier: "gold" }');
  });

  it("names what the selected stack already owns, and leaves it out with --unowned", async () => {
    const client = clientOf("v1");
    const { id: appId } = await client.apps.create({ name: "Support" });
    await client.keys.create(appId, { name: "by hand" });
    writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    const state = exportOf([resource("app", "support", appId, { name: "Support" })]);
    const script = `#!${process.execPath}
      const args = process.argv.slice(2);
      console.log(args[0] === "config" ? "{}" : args[1] === "--show-name" ? "organization/shop/dev" : ${JSON.stringify(state)});`;
    writeFileSync(join(folder, "pulumi"), script, { mode: 0o755 });
    vi.stubEnv("PATH", folder);
    await run();
    expect(shown).toEqual([
      "Using the selected stack dev.",
      `Stack dev already owns: app ${appId}. Both stacks would change and delete them: export with --unowned, or remove them from one stack.`,
    ]);
    rmSync(join(folder, "shop"), { recursive: true });
    await run("--unowned");
    expect(shown.slice(2)).toEqual(["Using the selected stack dev."]);
    const program = readFileSync(join(folder, "shop", "index.ts"), "utf8");
    expect(program).toContain(`new SmoochKey("support-by-hand", { appId: "${appId}", name: "by hand" });`);
    expect(program).not.toContain("SmoochApp");
    expect(said.at(-1)).toContain("Wrote 0 apps and 1 key to ");
  });

  it("names an integration of a switchboard that the stack owns by itself", async () => {
    vi.stubEnv("SMOOCH_API_VERSION", "v2");
    const client = clientOf("v2");
    const { id: appId } = await client.apps.create({ name: "Support" });
    const { id: switchboardId } = await client.switchboards.create(appId);
    const of = { appId, switchboardId };
    const entry = { name: "agents", integrationType: "zd:agentWorkspace" };
    const { id } = await client.switchboardIntegrations.create(of, entry);
    const state = exportOf([resource("switchboardIntegration", "agents", id, { ...of, ...entry })]);
    const script = `#!${process.execPath}
      const args = process.argv.slice(2);
      console.log(args[0] === "config" ? "{}" : args[1] === "--show-name" ? "organization/shop/dev" : ${JSON.stringify(state)});`;
    writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    writeFileSync(join(folder, "pulumi"), script, { mode: 0o755 });
    vi.stubEnv("PATH", folder);
    await run("--unowned");
    expect(shown).toEqual([
      "Using the selected stack dev.",
      `Stack dev already owns: switchboardIntegration ${id}. Both stacks would change and delete them: export with --unowned, or remove them from one stack.`,
    ]);
  });

  it("protects the apps unless told otherwise", async () => {
    await makeApp("Support");
    await run();
    expect(readFileSync(join(folder, "shop", "index.ts"), "utf8")).toContain("{ protect: true });");
    expect(said.join()).toContain("--generate-code=false\n");
    rmSync(join(folder, "shop"), { recursive: true });
    await run("--no-protect");
    expect(readFileSync(join(folder, "shop", "index.ts"), "utf8")).not.toContain("protect");
    expect(said.join()).toContain("--generate-code=false --protect=false\n");
  });

  it("reads every page, and prints what to do next", async () => {
    for (let n = 0; n < 103; n += 1) await makeApp(`App ${n}`);
    smooch.emulator.requests.length = 0;
    await run();
    expect(readFileSync(join(folder, "shop", "index.ts"), "utf8")).toContain('new SmoochApp("app-102", {');
    expect(said.join()).toContain("Wrote 103 apps to ");
    expect(said.join()).toContain("\n  npm install\n");
    expect(new Set(smooch.emulator.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
    expect(readdirSync(folder)).toEqual(["shop"]);
  });

  it("skips an app that is deleted while it is read, and reports it", async () => {
    const { _id: gone } = await makeApp("Gone");
    await makeApp("Stays");
    const client = clientOf("v1");
    const { list } = client.apps;
    vi.spyOn(client.apps, "list").mockImplementation(async () => {
      const apps = await list();
      await byHand(smooch, "DELETE", `/v1/apps/${gone}`);
      return apps;
    });
    const { apps, unread } = await readAccount(client, { appFilter: [], progress: () => {} });
    expect(apps.map(({ app }) => app.name)).toEqual(["Stays"]);
    expect(unread.map(({ message }) => message)).toEqual([
      `app ${gone} (Gone) was deleted while it was read, or cannot be seen.`,
    ]);
  });

  it("leaves out webhooks that their API version refuses to list, and reports them", async () => {
    const { _id: appId } = await makeApp("Support");
    const hook = { target: "https://old.example.com", triggers: ["message"] };
    await byHand(smooch, "POST", `/v1/apps/${appId}/webhooks`, hook);
    const client = clientOf("v2");
    vi.spyOn(client, "in").mockImplementation(elseThrough(clientOf("v1", "wrong")));
    const { apps, unread } = await readAccount(client, { appFilter: [], progress: () => {} });
    expect(apps[0]).toMatchObject({ webhooks: [], integrations: [] });
    expect(unread.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^the webhooks of app \w+ that API v1 made\. Smooch refused to list webhooks/),
    ]);
  });

  it("leaves out objects that cannot be read, and names them", async () => {
    const { _id: appId } = await makeApp("Support");
    await byHand(smooch, "POST", `/v1/apps/${appId}/keys`, { name: "backend" });
    const client = clientOf("v1");
    const addOdd = async <T>(kind: { list(of: string): Promise<Listing<T>> }, id: string) => {
      const listing = await kind.list(String(appId));
      listing.unreadable.push({ id, problem: "name is missing" });
      kind.list = async () => listing;
    };
    await addOdd(client.apps, "5a0c");
    await addOdd(client.keys, "app_1");
    await addOdd(client.webhooks, "57ff");
    await addOdd(client.integrations, "5c0d");
    const { listed, apps, unread } = await readAccount(client, { appFilter: [], progress: () => {} });
    expect(listed).toMatchObject([{ id: appId }, { id: "5a0c", name: "" }]);
    expect(apps[0]?.keys.map(({ name }) => name)).toEqual(["backend"]);
    expect(unread.map(({ object, message }) => [object, message])).toEqual([
      [undefined, "app 5a0c, as Smooch returns it: name is missing."],
      [{ kind: "key", id: "app_1" }, `key app_1 of app ${appId}, as Smooch returns it: name is missing.`],
      [
        { kind: "webhook", id: "57ff" },
        `webhook 57ff of app ${appId}, as Smooch returns it: name is missing.`,
      ],
      [
        { kind: "integration", id: "5c0d" },
        `integration 5c0d of app ${appId}, as Smooch returns it: name is missing.`,
      ],
    ]);
    const some = await readAccount(client, { appFilter: ["Sup*"], progress: () => {} });
    expect(some.unread).toHaveLength(3);
  });

  it("reads a webhook through another API version if one returns only part of it", async () => {
    const { _id: appId } = await makeApp("Support");
    const hook = { target: "https://old.example.com", triggers: ["message"] };
    const { _id: hookId } = await byHand(smooch, "POST", `/v1/apps/${appId}/webhooks`, hook);
    const client = clientOf("v1");
    const v2 = clientOf("v2");
    vi.spyOn(client, "in").mockImplementation(elseThrough(v2));
    const unreadable = [{ id: String(hookId), problem: "webhooks is missing" }];
    vi.spyOn(v2.webhooks, "list").mockResolvedValue({ items: [], unreadable });
    const { apps, unread } = await readAccount(client, { appFilter: [], progress: () => {} });
    expect(apps[0]?.webhooks.map(({ id }) => id)).toEqual([hookId]);
    expect(unread).toEqual([]);
  });

  it("reports once for all apps that v2 webhooks cannot be listed", async () => {
    for (const name of ["One", "Two", "Three"]) await makeApp(name);
    vi.spyOn(SmoochClient.prototype, "in").mockImplementation(elseThrough(clientOf("v2", "wrong")));
    await run();
    expect(shown).toEqual([
      expect.stringMatching(
        /^Left out, if there are any: the webhooks of app \w+ that API v2 made\. .*401.* The same applies to 2 more apps\.$/,
      ),
    ]);
  });

  it("refuses a folder that is not empty before any request", async () => {
    mkdirSync(join(folder, "shop"));
    writeFileSync(join(folder, "shop", "mine"), "");
    await expect(run()).rejects.toThrow(/shop is not empty, and nothing is overwritten/);
    expect(smooch.emulator.requests).toEqual([]);
    rmSync(join(folder, "shop"), { recursive: true });
    writeFileSync(join(folder, "shop"), "");
    await expect(run()).rejects.toThrow(/shop is a file, or is inside one/);
  });

  it("writes into an empty folder", async () => {
    await makeApp("Support");
    mkdirSync(join(folder, "shop"));
    await run("--language", "javascript");
    expect(readdirSync(join(folder, "shop"))).toContain("index.js");
  });

  it("explains an account without apps, a filter that matches none, and wrong credentials", async () => {
    await expect(run()).rejects.toThrow("the account has no apps, so there is nothing to export");
    await makeApp("Support");
    await expect(run("--app", "a*", "--app", "b")).rejects.toThrow(
      "no app matches --app a* or --app b (the account has 1)",
    );
    vi.stubEnv("SMOOCH_ACCOUNT_KEY_SECRET", "wrong");
    await expect(run()).rejects.toThrow(
      /^Smooch refused to list apps: .*\(HTTP 401\).* Check smooch:account/,
    );
    vi.stubEnv("SMOOCH_ACCOUNT_KEY_SECRET", "");
    await expect(run()).rejects.toThrow(
      /^smooch:accountKeySecret is missing.*\nNo stack is selected: to include a stack/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it("writes everything that v1 has, each once, and refers to it", async () => {
    const client = clientOf("v1");
    const { id: appId } = await client.apps.create({ name: "Shop" });
    const { id: botId } = await client.integrations.create(appId, { type: "telegram", token: "7:t0ken" });
    const link = { type: "link", text: "Offers", uri: "https://shop.example" };
    await client.menus.put({ appId }, { items: [link] });
    await client.menus.put({ appId, integrationId: botId }, { items: [link], inputEnabled: false });
    const message = {
      role: "appMaker",
      type: "image",
      mediaUrl: "https://a.example/a.png",
      mediaType: "image/png",
    };
    await client.templates.create(appId, { name: "hello", message });
    const { id: accountId } = await client.serviceAccounts.create({}, { name: "CI" });
    const key = await client.serviceAccountKeys.create({ serviceAccountId: accountId }, { name: "deploy" });
    await run("--no-protect");
    const program = readFileSync(join(folder, "shop", "index.ts"), "utf8");
    const own = `{
  appId: shopApp.id,
  items: [{ type: "link", text: "Offers", uri: "https://shop.example" }],
});
`;
    const ofIntegration = `{
  appId: shopApp.id,
  integrationId: shopTelegramIntegration.id,
  items: [{ type: "link", text: "Offers", uri: "https://shop.example" }],
  inputEnabled: false,
});
`;
    // Both were made in the same second, so that their ids decide which is first.
    const menus = (appId < botId ? [own, ofIntegration] : [ofIntegration, own])
      .map((rest, index) => `new SmoochMenu("shop-menu${index === 0 ? "" : "-2"}", ${rest}`)
      .join("");
    expect(program).toContain(`
// Shop: app ${appId}
const shopApp = new SmoochApp("shop", { name: "Shop" });
const shopTelegramIntegration = SmoochIntegration.adopt("shop-telegram", "${botId}", {
  appId: shopApp.id,
  type: "telegram",
  token: config.getSecret("shopTelegramToken"),
});
${menus}new SmoochTemplate("shop-hello", {
  appId: shopApp.id,
  name: "hello",
  message: {
    role: "appMaker",
    mediaUrl: "https://a.example/a.png",
    mediaType: "image/png",
    type: "image",
  },
});
`);
    expect(program).toContain(`
// ci: service account ${accountId}
const ciServiceAccount = new SmoochServiceAccount("ci", { name: "CI" });
new SmoochServiceAccountKey("ci-deploy", { serviceAccountId: ciServiceAccount.id, name: "deploy" });
`);
    const { resources } = JSON.parse(readFileSync(join(folder, "shop", "import.json"), "utf8"));
    expect(resources.map(({ id }: { id: string }) => id).sort()).toEqual(
      [
        ...[appId, botId, `menu-${appId}`, `menu-${botId}`, accountId, key.id],
        smooch.emulator.snapshot().templates[0]?.id,
      ].sort(),
    );
    expect(program + JSON.stringify(resources)).not.toContain(key.secret);
    expect(shown).toEqual([]);
    expect(said.join()).toContain(
      "Wrote 1 app, 1 integration, 2 menus, 1 template, 1 service account and 1 service account key to ",
    );
  });

  it.each([
    [[], 'new SmoochSwitchboard("shop-switchboard", {'],
    [["--adopt"], 'SmoochSwitchboard.adopt("shop-switchboard", {'],
  ])(
    "writes a switchboard of v2 with its integrations, and the keys of an integration, with %j",
    async (options, start) => {
      vi.stubEnv("SMOOCH_API_VERSION", "v2");
      const client = clientOf("v2");
      const { id: appId } = await client.apps.create({ name: "Shop" });
      const target = "https://bot.example";
      const { id: botId } = await client.webhooks.create(appId, {
        target,
        triggers: ["conversation:message"],
      });
      const key = await client.integrationKeys.create({ appId, integrationId: botId }, { name: "signer" });
      const { id } = await client.switchboards.create(appId);
      await client.switchboards.update(appId, id, {
        enabled: true,
        defaultIntegration: "bot",
        integrations: {
          bot: { integrationId: botId, next: "agents" },
          agents: { integrationType: "zd:agentWorkspace", next: "bot", messageHistoryCount: 5 },
        },
      });
      await run("--no-protect", ...options);
      const program = readFileSync(join(folder, "shop", "index.ts"), "utf8");
      expect(program).toContain(`${start}
  appId: shopApp.id,
  enabled: true,
  defaultIntegration: "bot",
  integrations: {
    bot: { integrationId: shopBotExampleWebhook.id, deliverStandbyEvents: true, next: "agents" },
    agents: {
      integrationType: "zd:agentWorkspace",
      deliverStandbyEvents: true,
      messageHistoryCount: 5,
      next: "bot",
    },
  },
});
`);
      expect(program).toContain(`("shop-signer", ${options.length === 0 ? "" : `"${key.id}", `}{
  appId: shopApp.id,
  integrationId: shopBotExampleWebhook.id,
  name: "signer",
});
`);
      expect(program).not.toContain("SmoochSwitchboardIntegration");
      expect(program).not.toContain(key.secret);
      expect(said.join()).toContain("Wrote 1 app, 1 webhook, 1 integration key and 1 switchboard to ");
    },
  );

  it("writes a service account of an account without apps", async () => {
    await clientOf("v1").serviceAccounts.create({}, { name: "CI" });
    await run();
    expect(said.join()).toContain("Wrote 0 apps and 1 service account to ");
    rmSync(join(folder, "shop"), { recursive: true });
    await expect(run("--app", "CI")).rejects.toThrow("no app matches --app CI (the account has 0)");
  });

  it("writes import ids with everything that holds an object for the plugin", async () => {
    const client = clientOf("v1");
    const { id: appId } = await client.apps.create({ name: "Shop" });
    await client.menus.put({ appId }, { items: [{ type: "link", text: "A", uri: "https://a.example" }] });
    const { id: serviceAccountId } = await client.serviceAccounts.create({}, { name: "CI" });
    const { id } = await client.serviceAccountKeys.create({ serviceAccountId }, { name: "deploy" });
    await run("--plugin");
    const { resources } = JSON.parse(readFileSync(join(folder, "shop", "import.json"), "utf8"));
    expect(resources).toEqual([
      { type: "smooch:index:App", name: "shop", id: appId },
      { type: "smooch:index:Menu", name: "shop-menu", id: `${appId}/menu-${appId}` },
      { type: "smooch:index:ServiceAccount", name: "ci", id: serviceAccountId },
      { type: "smooch:index:ServiceAccountKey", name: "ci-deploy", id: `${serviceAccountId}/${id}` },
    ]);
  });

  it("writes what an app holds into its row with --per-app, and says what is in no app", async () => {
    const client = clientOf("v1");
    const { id: appId } = await client.apps.create({ name: "Shop" });
    const { id: integrationId } = await client.integrations.create(appId, {
      type: "telegram",
      token: "7:t0ken",
    });
    const items = [{ type: "link", text: "A", uri: "https://a.example" }];
    await client.menus.put({ appId, integrationId }, { items });
    const { id } = await client.serviceAccounts.create({}, { name: "CI" });
    await run("--per-app", "--no-protect");
    const { shop } = JSON.parse(readFileSync(join(folder, "shop", "customers.json"), "utf8"));
    expect(shop).toMatchObject({ app: { name: "Shop" }, menus: { menu: { integrationId, items } } });
    const note = `Left out, because they belong to no app: service account ${id}. Declare them in another project.`;
    expect(shown).toEqual([note]);
    expect(readFileSync(join(folder, "shop", "README.md"), "utf8")).toContain(`- ${note}`);
  });

  it("leaves out service accounts that the credentials may not read, and reports them", async () => {
    const { accountKeyId, accountKeySecret } = smooch.emulator.addServiceKey();
    await makeApp("Shop");
    vi.stubEnv("SMOOCH_ACCOUNT_KEY_ID", accountKeyId);
    vi.stubEnv("SMOOCH_ACCOUNT_KEY_SECRET", accountKeySecret);
    await run();
    expect(shown).toEqual([
      "Left out: service accounts and service account keys: they need an account key (act_…).",
    ]);
  });

  it("fails with a message if nothing can be exported", async () => {
    await makeApp("x".repeat(101));
    await expect(run()).rejects.toThrow(
      /^nothing is left to export\nLeft out: app \w+ with all that belongs to it: name must not be longer/,
    );
    expect(existsSync(join(folder, "shop"))).toBe(false);
  });

  it("rejects an unknown language and a missing folder as wrong usage", async () => {
    await expect(run("--language", "cobol")).rejects.toMatchObject({ code: "commander.invalidArgument" });
    const command = new Command().exitOverride().configureOutput({ writeErr: () => {} });
    addExportCommand(command);
    await expect(command.parseAsync(["export"], { from: "user" })).rejects.toMatchObject({
      code: "commander.missingMandatoryOptionValue",
    });
  });

  it("rejects --per-app together with options that it makes meaningless", async () => {
    for (const option of [["--adopt"], ["--unowned"], ["--language", "typescript"]])
      await expect(run("--per-app", ...option)).rejects.toMatchObject({
        code: "commander.conflictingOption",
      });
  });

  it("needs an account key for --per-app", async () => {
    const { id: app } = await clientOf("v2").apps.create({ name: "Shop" });
    const { id, secret } = await clientOf("v2").keys.create(app, { name: "backend" });
    vi.stubEnv("SMOOCH_ACCOUNT_KEY_ID", id);
    vi.stubEnv("SMOOCH_ACCOUNT_KEY_SECRET", secret);
    await clientOf("v2").webhooks.create(app, {
      target: "https://a.example",
      triggers: ["conversation:message"],
    });
    await expect(run("--per-app", "--app", app)).rejects.toThrow("--per-app needs an account key");
  });
});

describe("writing a project", () => {
  const files = new Map([
    ["a", "new"],
    [join("sub", "deeper", "b"), ""],
    // `a` is a file.
    [join("a", "c"), ""],
  ]);

  it("leaves nothing behind if it fails", () => {
    expect(() => writeFolder(join(folder, "shop"), files)).toThrow(/EEXIST|ENOTDIR/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("keeps a folder that already existed, with its contents", () => {
    mkdirSync(join(folder, ".git"));
    expect(() => writeFolder(folder, files)).toThrow(/EEXIST|ENOTDIR/);
    expect(readdirSync(folder)).toEqual([".git"]);
  });
});

describe("the progress", () => {
  it("stays on one line of a terminal, and clears it", () => {
    const written: string[] = [];
    const progress = showProgress({ isTTY: true, write: (text) => written.push(text) });
    progress.show(1, 2, { id: "1", name: "x".repeat(99) });
    progress.end();
    expect(written).toEqual([`\r\u001b[2KRead 1 of 2 apps: 1 ${"x".repeat(58)}`, "\r\u001b[2K"]);
  });

  it("is a line every few seconds elsewhere, and nothing if it is quick", () => {
    const written: string[] = [];
    let now = 0;
    const progress = showProgress({ write: (text) => written.push(text) }, () => now);
    for (const done of [1, 2, 3, 4]) {
      now += 2000;
      progress.show(done, 4, { id: String(done), name: "Shop" });
    }
    progress.end();
    expect(written).toEqual(["Read 3 of 4 apps: 3 Shop\n"]);
  });
});
