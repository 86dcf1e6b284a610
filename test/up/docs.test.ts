import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningEmulator, startEmulator } from "../../src/emulator/index";
import { channels } from "../../src/smooch/channels";
import { Blocks, repository } from "../docs/support/blocks";
import { fragment, givenBy, programOf } from "../docs/support/fragment";
import { Reader, shapes } from "../docs/support/reader";
import { newFolder } from "../support/folder";
import { byHand } from "../support/hand";

/** Blocks that no test here pastes, and why. */
const notRun = {
  "README.md: Try it in a clone": "these commands build the clone from which these tests run",
  "README.md: Try it in a clone (2)": "output of `npm run demo`",
  "docs/architecture.md: Folders": "a picture",
  "docs/audit.md: Which live credentials does no stack own?":
    "an account on which people and two stacks have worked; test/cli/audit/compare.test.ts pins the wording",
  "docs/ci.md: In CI": "a workflow of GitHub Actions, which runs there only",
  "docs/commands.md: doctor": "a refusal by api.smooch.io; test/cli/commands/doctor.test.ts pins the wording",
  "docs/export.md: For other languages": "test/up/plugin/import.test.ts runs the command",
  "docs/languages/README.md: Import existing objects": "test/up/plugin/import.test.ts runs such commands",
  "docs/languages/go.md: Go": "needs the published plugin; the tests generate the SDK themselves",
  "docs/languages/go.md: Go (2)": "test/up/plugin/go.test.ts runs such a program",
  "docs/languages/typescript.md: TypeScript with the plugin":
    "needs the published plugin; the tests generate the SDK themselves",
  "docs/languages/typescript.md: TypeScript with the plugin (2)":
    "test/up/plugin/typescript.test.ts runs such a program",
  "docs/languages/moving.md: Back to dynamic resources": "test/up/plugin/moving.test.ts moves a stack so",
  "docs/languages/python.md: Python": "needs the published plugin; the tests generate the SDK themselves",
  "docs/languages/python.md: Python (2)": "test/up/plugin/docs.test.ts runs it",
  "docs/languages/yaml.md: YAML": "test/up/new.test.ts runs it",
  "docs/languages/yaml.md: YAML (2)": "test/up/plugin/docs.test.ts runs it",
  "docs/fleet.md: Run it":
    "output of a run in which a customer fails; test/up/fleet.test.ts runs one with 20",
  "docs/fleet.md: Run it (2)":
    "an audit of stacks that do not exist here; test/up/audit.test.ts runs such a command",
  "docs/operations.md: The package is missing": "installs the published package, which does not exist yet",
  "docs/performance.md: Performance": "measurements of minutes; test/bench runs their parts",
  "docs/reliability.md: The fault matrix": "up to hours; test/faults/matrix.test.ts runs the same program",
};

const target = "https://bot.example.com/smooch";
const blocks = new Blocks();
const home = newFolder("docs");
const reader = new Reader(home, join(home, "clone"));
let emulator: RunningEmulator;

const lines = (text: string) => text.trimEnd().split("\n");
const shown = (text: string) => shapes(lines(text).filter((line) => line !== "")).join("\n");
/** The tests' own; those of the pages run with a preview. */
const destroy = "pulumi destroy --skip-preview";

// Each test continues where the previous one ended, so tests after a failure would only repeat it.
let failed = false;
beforeEach(({ skip }) => skip(failed));
afterEach(({ task }) => {
  failed ||= task.result?.state === "fail";
});

// The part of a clone after `npm run demo` that packing needs.
beforeAll(() => {
  mkdirSync(reader.place);
  for (const name of ["package.json", "README.md", "CHANGELOG.md", "LICENSE", "dist", "docs", "templates"])
    cpSync(join(repository, name), join(reader.place, name), { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(reader.place, "node_modules"));
  // Everything is built already: the prepack script would rebuild the repository while other tests use it.
  reader.environment.npm_config_ignore_scripts = "true";
});

afterAll(async () => {
  await emulator?.close();
  rmSync(home, { recursive: true, force: true });
});

describe("README.md", () => {
  it("starts a project that runs against the emulator", async () => {
    const output = await reader.paste(`${blocks.take("README.md: Quick start")}${destroy}`);
    expect(shown(output)).toContain(shown(blocks.take("README.md: Quick start (2)")));
    reader.place = join(home, "shop");

    // From here on, the emulator runs in this process, so that tests can inspect it; address and key are the same.
    const configuration = reader.read("Pulumi.emulator.yaml");
    const value = (name: string) => new RegExp(`smooch:${name}: (.*)`).exec(configuration)?.[1] ?? "";
    emulator = await startEmulator({
      port: Number(new URL(value("baseUrl")).port),
      accountKeyId: value("accountKeyId"),
      accountKeySecret: value("accountKeySecret"),
      checkTargets: false,
    });
    reader.environment.SMOOCH_BASE_URL = emulator.url;
  });

  it("has a program that runs in that project", async () => {
    reader.save("index.ts", blocks.take("README.md: Program"));
    await reader.paste("pulumi up --skip-preview");
    // Pulumi has checked the program's types by now; those of the programs below are checked all at once.
    reader.environment.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
    await reader.paste("pulumi preview --expect-no-changes");
    const { apps, keys, webhooks, integrations } = emulator.emulator.snapshot();
    expect([apps.length, keys.length]).toEqual([1, 1]);
    expect(webhooks).toMatchObject([{ target }]);
    // The custom integration belongs to the webhook.
    expect(integrations.map(({ type }) => type).sort()).toEqual(["custom", "web"]);
  });

  it("has tests for that program", async () => {
    await reader.runScript(blocks.take("docs/testing.md: Against the emulator"));
    await reader.runScript(blocks.take("docs/testing.md: Under Pulumi's mocks"));
    await reader.runScript(blocks.take("docs/bot.md: The bot and its test"));
    await reader.paste(destroy);
    expect(emulator.emulator.isEmpty()).toBe(true);
  });
});

describe("code blocks for a program", () => {
  it("have their configuration", async () => {
    const other = emulator.emulator.addAccount();
    await reader.paste(`pulumi config set-all \
      --plaintext europeKeyId=${other.accountKeyId} --secret europeKeySecret=${other.accountKeySecret} \
      --plaintext accountKeyId=${emulator.accountKeyId} --secret accountKeySecret=${emulator.accountKeySecret} \
      --secret twilioAuthToken=twilio-secret`);
  });
  const europe = () => ({ 'region: "eu-1"': `baseUrl: "${emulator.url}"` });

  /** Folders of all programs that were written, which are type-checked together. */
  const written: string[] = [];

  /** Writes one program from several blocks, with a module for each. */
  function write(appId: string, ...texts: string[]): void {
    const names = texts.map((_, index) => `block${index}`);
    const folder = `checked/${written.length}`;
    mkdirSync(join(reader.place, folder), { recursive: true });
    written.push(folder);
    for (const place of [".", folder]) {
      reader.save(`${place}/given.ts`, givenBy(appId));
      texts.forEach((text, index) => void reader.save(`${place}/block${index}.ts`, fragment(text)));
      reader.save(`${place}/index.ts`, programOf(names));
    }
  }

  async function up(appId: string, ...texts: string[]): Promise<void> {
    write(appId, ...texts);
    await reader.paste("pulumi up --skip-preview");
  }

  /** Type-checks a block that need not run, because one that runs contains its statements. */
  function writePartOf(whole: string, appId: string, part: string): void {
    const statements = (text: string) =>
      lines(text)
        .filter((line) => !/^(import |$)/.test(line))
        .join("\n");
    expect(statements(whole)).toContain(statements(part));
    write(appId, part);
  }

  /** Creates an app by hand, with one object of every kind. */
  async function handMade(triggers: string[]) {
    const make = (path: string, body: object) => byHand(emulator, "POST", `/v1/apps${path}`, body);
    const { _id: app = "" } = await make("", { name: "Support" });
    const { _id: key = "" } = await make(`/${app}/keys`, { name: "key1" });
    const { _id: webhook = "" } = await make(`/${app}/webhooks`, { target, triggers });
    const { _id: bot = "" } = await make(`/${app}/integrations`, { type: "telegram", token: "bot-token" });
    return { app, key, webhook, bot };
  }

  it("declare every channel", async () => {
    const { _id: appId = "" } = await byHand(emulator, "POST", "/v1/apps", { name: "Channels" });
    const take = (type: string) => blocks.take(`docs/resources/integration.md: ${type}`);
    const secretKeys = (texts: string[]) =>
      texts.flatMap((text) => [...text.matchAll(/requireSecret\("(\w+)"\)/g)].map(([, key]) => String(key)));
    const all = Object.entries<{ in: readonly string[] }>(channels);
    const typesOf = (isNewest: boolean) =>
      all.filter((channel) => channel[1].in.includes("v2") === isNewest).map(([type]) => type);
    for (const [version, types] of [
      ["v2", typesOf(true)],
      ["v1", typesOf(false)],
    ] as const) {
      const texts = types.map(take);
      const settings = [...new Set(secretKeys(texts))].map((key) => `--secret ${key}=${"s".repeat(90)}`);
      if (settings.length > 0) await reader.paste(`pulumi config set-all ${settings.join(" ")}`);
      reader.environment.SMOOCH_API_VERSION = version;
      await up(appId, ...texts);
      const made = emulator.emulator.snapshot().integrations.filter((made) => made.appId === appId);
      expect(made).toHaveLength(types.length);
      await reader.paste(destroy);
    }
    delete reader.environment.SMOOCH_API_VERSION;
  });

  it("declare every kind of resource", async () => {
    const { _id: appId = "" } = await byHand(emulator, "POST", "/v1/apps", { name: "Given" });
    await up(
      appId,
      blocks.take("docs/resources/app.md: SmoochApp"),
      blocks.take("docs/resources/key.md: SmoochKey"),
      blocks.take("docs/resources/webhook.md: SmoochWebhook"),
      blocks.take("docs/resources/integration.md: SmoochIntegration"),
      blocks.take("docs/resources.md: Functions"),
    );
    expect(emulator.emulator.snapshot().webhooks).toMatchObject([{ target, triggers: ["message:appUser"] }]);
    const first = emulator.emulator.snapshot().keys.map(({ id }) => id);

    await up(
      appId,
      blocks.take("docs/operations.md: A key leaked"),
      blocks.take("docs/moving-to-v2.md: Step by step"),
      blocks.take("docs/moving-to-v2.md: What v2 does not have"),
    );
    const { keys, webhooks } = emulator.emulator.snapshot();
    expect(keys.map(({ id }) => first.includes(id))).toEqual([false]);
    expect(webhooks).toMatchObject([{ triggers: ["postback"], version: "v1" }]);

    const provider = blocks.take("docs/resources/provider.md: SmoochProvider", europe());
    writePartOf(provider, appId, blocks.take("docs/accounts.md: Several accounts in one program", europe()));
    await up(appId, provider);
    await reader.paste(destroy);
    // A channel that the package does not know yet.
    write(appId, blocks.take("docs/resources/integration.md: untyped"));
    await reader.paste("pulumi preview");
    emulator.emulator.reset();
  });

  it("declare what only v2 has", async () => {
    const { _id: appId = "" } = await byHand(emulator, "POST", "/v1/apps", { name: "Handover" });
    const make = (method: "POST" | "PATCH", path: string, body?: object) =>
      byHand(emulator, method, `/v2/apps/${appId}/${path}`, body);
    const entriesOf = () => {
      const entries = emulator.emulator.snapshot().switchboardIntegrations;
      return Object.fromEntries(entries.map((entry) => [entry.name, entry]));
    };
    /** Makes a switchboard as Zendesk would. */
    async function makeSwitchboard(): Promise<void> {
      const { id } = await make("POST", "switchboards");
      const agents = { name: "agents", integrationType: "zd:agentWorkspace" };
      const { id: entry } = await make("POST", `switchboards/${id}/switchboardIntegrations`, agents);
      await make("PATCH", `switchboards/${id}`, { enabled: true, defaultSwitchboardIntegrationId: entry });
    }
    // The bots below subscribe to different events; changing that takes a key of the app.
    await make("POST", "keys", { displayName: "ci" });
    reader.environment.SMOOCH_API_VERSION = "v2";

    await up(appId, blocks.take("docs/resources/integration-key.md: SmoochIntegrationKey"));
    expect(emulator.emulator.snapshot().integrationKeys).toMatchObject([{ name: "bot" }]);
    await up(appId, blocks.take("docs/resources/switchboard.md: SmoochSwitchboard"));
    expect(emulator.emulator.snapshot().integrationKeys).toEqual([]);
    const handover = blocks.take("docs/switchboards.md: A new app");
    await up(appId, handover + blocks.take("docs/switchboards.md: Channels that start elsewhere"));
    const { agents, bot } = entriesOf();
    expect([agents?.nextSwitchboardIntegrationId, bot?.nextSwitchboardIntegrationId]).toEqual([
      bot?.id,
      agents?.id,
    ]);
    const web = emulator.emulator.snapshot().integrations.find(({ type }) => type === "web");
    expect(web?.fields.defaultResponderId).toBe(agents?.id);
    await reader.paste(`pulumi preview --expect-no-changes; ${destroy}`);

    await makeSwitchboard();
    await up(appId, blocks.take("docs/switchboards.md: A switchboard of somebody else"));
    const joined = entriesOf();
    expect(joined.bot).toMatchObject({ nextSwitchboardIntegrationId: joined.agents?.id });
    await up(appId, blocks.take("docs/resources/switchboard-integration.md: SmoochSwitchboardIntegration"));
    expect(entriesOf().bot).not.toHaveProperty("nextSwitchboardIntegrationId");
    await reader.paste(destroy);
    expect(Object.keys(entriesOf())).toEqual(["agents"]);

    await up(appId, blocks.take("docs/switchboards.md: An app that has a switchboard already"));
    await reader.paste(destroy);
    expect(emulator.emulator.snapshot().switchboards).toEqual([]);
    const adoption = blocks.take("docs/resources/switchboard.md: adopt");
    writePartOf(adoption, appId, blocks.take("docs/adoption.md: Switchboards and menus"));
    await makeSwitchboard();
    await up(appId, adoption);
    await reader.paste(`pulumi preview --expect-no-changes; ${destroy}`);

    const webhooks = [{ target, triggers: ["conversation:message"] }];
    const { id: integrationId = "" } = await make("POST", "integrations", { type: "custom", webhooks });
    const { id: keyId = "" } = await make("POST", `integrations/${integrationId}/keys`, {
      displayName: "bot",
    });
    await up(
      appId,
      blocks.take("docs/resources/integration-key.md: adopt", {
        int_5735dcf248011972d621dc01: keyId,
        "5a0b1c2d3e4f5a6b7c8d9e0f": integrationId,
      }),
    );
    await reader.paste(destroy);
    expect(emulator.emulator.snapshot().integrationKeys).toEqual([]);
    delete reader.environment.SMOOCH_API_VERSION;
    emulator.emulator.reset();
  });

  it("declare what v2 does not have", async () => {
    const { _id: appId = "" } = await byHand(emulator, "POST", "/v1/apps", { name: "Menus" });
    await up(
      appId,
      blocks.take("docs/resources/menu.md: SmoochMenu"),
      blocks.take("docs/resources/template.md: SmoochTemplate"),
      blocks.take("docs/resources/service-account.md: SmoochServiceAccount"),
    );
    const { menus, templates, serviceAccounts } = emulator.emulator.snapshot();
    expect([menus.length, templates.length]).toEqual([1, 1]);
    expect(serviceAccounts).toMatchObject([{ name: "partner" }]);
    await up(appId, blocks.take("docs/resources/service-account-key.md: SmoochServiceAccountKey"));
    const made = emulator.emulator.snapshot();
    expect([made.menus, made.templates]).toEqual([[], []]);
    await up(appId, blocks.take("docs/accounts.md: Keys for some of the apps"));
    expect(emulator.emulator.snapshot().serviceAccountKeys).toEqual(made.serviceAccountKeys);
    await reader.paste(destroy);

    const { _id: partner = "" } = await byHand(emulator, "POST", "/v1.1/serviceaccounts", {
      name: "partner",
    });
    const { _id: keyId = "" } = await byHand(emulator, "POST", `/v1.1/serviceaccounts/${partner}/keys`, {
      name: "key1",
    });
    await up(
      appId,
      blocks.take("docs/resources/service-account-key.md: adopt", {
        svc_5735dcf248011972d621dc01: keyId,
        "5a0b1c2d3e4f5a6b7c8d9e0f": partner,
      }),
    );
    await reader.paste(destroy);
    expect(emulator.emulator.snapshot().serviceAccountKeys).toEqual([]);
    emulator.emulator.reset();
  });

  it("adopt and read", async () => {
    const first = await handMade(["postback"]);
    const [appPlace, keyPlace] = ["5a0b1c2d3e4f5a6b7c8d9e0f", "app_5735dcf248011972d621dc01"];
    const adoption = blocks.take("docs/adoption.md: Adopting existing objects", {
      [appPlace]: first.app,
      [keyPlace]: first.key,
      "5a0b1c2d3e4f5a6b7c8d9e1a": first.webhook,
    });
    const ofApp = blocks.take("docs/resources/app.md: adopt", { [appPlace]: first.app });
    const ofKey = blocks.take("docs/resources/key.md: adopt", { [keyPlace]: first.key });
    for (const part of [ofApp, ofKey]) writePartOf(adoption, first.app, part);
    await up(
      first.app,
      adoption,
      blocks.take("docs/adoption.md: Integrations", { "5a0b1c2d3e4f5a6b7c8d9e1b": first.bot }),
    );
    await reader.paste(destroy);
    const second = await handMade(["message"]);
    await up(
      second.app,
      blocks.take("docs/adoption.md: Reading without managing", {
        [appPlace]: second.app,
        [keyPlace]: second.key,
      }),
      blocks.take("docs/resources/webhook.md: adopt", { "5a0b1c2d3e4f5a6b7c8d9e0f": second.webhook }),
      blocks.take("docs/resources/integration.md: adopt", { "5a0b1c2d3e4f5a6b7c8d9e0f": second.bot }),
    );
    await reader.paste(destroy);
    // Adopted objects are deleted with the rest; objects that were only read remain.
    const { apps, keys, webhooks } = emulator.emulator.snapshot();
    expect(apps.map(({ id }) => id)).toEqual([second.app]);
    expect([keys.map(({ id }) => id), webhooks]).toEqual([[second.key], []]);
    emulator.emulator.reset();
  });

  it("have no type error", async () => {
    const files = written.map((folder) => `../${folder}/index.ts`);
    reader.save("checked/tsconfig.json", JSON.stringify({ extends: "../tsconfig.json", files }));
    await reader.paste(`node ${join(repository, "node_modules", "typescript", "bin", "tsc")} -p checked`);
    expect(files).toHaveLength(24);
    rmSync(join(reader.place, "checked"), { recursive: true });
  });
});

describe("scripts with an emulator", () => {
  it("run", async () => {
    await reader.runScript(blocks.take("docs/emulator.md: A test of a Pulumi program"));
    await reader.runScript(`
      import { startEmulator } from "pulumi-smooch/emulator";
      ${blocks.take("docs/emulator.md: Profiles")}
      const appId = "an-app";
      ${blocks.take("docs/emulator.md: Profiles (2)")}
      ${blocks.take("docs/emulator.md: Faults")}
      await smooch.close();`);
  });
});

describe("commands", () => {
  const account = () => ({ "act_...": emulator.accountKeyId });

  it("configure a live account", async () => {
    await reader.paste("pulumi stack init dev");
    const live = { ...account(), "https://your.server/smooch": target };
    await reader.paste(blocks.take("README.md: Live account", live), emulator.accountKeySecret);
    await reader.paste("npx pulumi-smooch doctor --stack dev");
  });

  it("export it", async () => {
    const app = await byHand(emulator, "POST", "/v1/apps", { name: "Support" });
    const make = (path: string, body: object) =>
      byHand(emulator, "POST", `/v1/apps/${app._id}/${path}`, body);
    await make("keys", { name: "backend" });
    await make("webhooks", { target: "https://bot.example.com/in", triggers: ["message"] });
    await make("integrations", { type: "telegram", token: "bot-token" });
    const key = "  pulumi config set smooch:accountKeyId ";
    // An account with its own base URL needs one more line.
    const here = `  pulumi config set smooch:baseUrl ${emulator.url}\n${key}${emulator.accountKeyId}`;
    const page = "docs/export.md: Bringing an existing account into Pulumi";
    // As the page says, the credentials are in the environment.
    await reader.paste("pulumi stack unselect");
    const credentials = {
      SMOOCH_ACCOUNT_KEY_ID: emulator.accountKeyId,
      SMOOCH_ACCOUNT_KEY_SECRET: emulator.accountKeySecret,
    };
    Object.assign(reader.environment, credentials);
    await reader.expectOutput(blocks.take(page, { [`${key}act_5a0b1c2d3e4f5a6b7c8d9e00`]: here }));
    for (const name of Object.keys(credentials)) delete reader.environment[name];
    await reader.paste("pulumi stack select dev");
    const written = shapes(lines(readFileSync(join(reader.place, "shop", "index.ts"), "utf8")));
    expect(written).toEqual(shapes(lines(blocks.take("docs/export.md: What is written"))));
    JSON.parse(blocks.take("docs/audit.md: In CI"));
    emulator.emulator.reset();
    rmSync(join(reader.place, "shop"), { recursive: true });
    await reader.expectOutput(blocks.take("docs/commands.md: new"));
  });

  it("change its settings and keys", async () => {
    reader.save("index.ts", blocks.take("README.md: Program"));
    const zendesk = { "https://acme.zendesk.com/sc": `${emulator.url}/sc` };
    const settings = blocks.take("docs/settings.md: A live account", { ...account(), ...zendesk });
    await reader.paste(`${settings}pulumi up --skip-preview`, emulator.accountKeySecret);
    expect(emulator.emulator.snapshot().webhooks).toMatchObject([{ version: "v2" }]);

    reader.save("account-key.json", JSON.stringify({ keyId: "act_1", secret: "a-secret-of-16-or-more" }));
    const tokens = lines(await reader.paste(blocks.take("docs/commands.md: token")));
    expect(tokens.filter((line) => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(line))).toHaveLength(5);

    const other = emulator.emulator.addAccountKey();
    const change = blocks.take("docs/accounts.md: Changing an account key", {
      "act_...": other.accountKeyId,
    });
    await reader.paste(change, other.accountKeySecret);
    emulator.emulator.revokeAccountKey(emulator.accountKeyId);
    await reader.paste(blocks.take("docs/operations.md: An update was interrupted"));
  });

  it("help when something is wrong", async () => {
    const urn = /\S+:App::support/.exec(await reader.paste("pulumi stack --show-urns"))?.[0] ?? "";
    await reader.paste(blocks.take("docs/operations.md: The wrong account", { "<urn>": `'${urn}'` }));
    emulator.emulator.setFaults({ rules: [{ operation: "createKey", fault: "reset-after", times: 1 }] });
    const log = await reader.paste(blocks.take("docs/operations.md: Look at the requests"));
    const times = (text: string) => lines(shown(text)).map((line) => line.trim().replace(/\d+ ms/, "<time>"));
    const example = times(blocks.take("docs/operations.md: Look at the requests (2)"));
    expect(times(log)).toEqual(expect.arrayContaining(example));
    await reader.paste(blocks.take("docs/operations.md: The account key changed"));
    await reader.paste(blocks.take("docs/emulator.md: As a command (2)"));
    expect(emulator.emulator.isEmpty()).toBe(true);
  });

  it("start the emulator", async () => {
    await emulator.close();
    reader.save("faults.json", '{ "rules": [] }');
    for (const line of lines(blocks.take("docs/emulator.md: As a command"))) await reader.paste(line);
  });
});

it("every block was run, or is listed with its reason", () => {
  blocks.expectAllTaken(notRun);
  for (const [name, reason] of Object.entries(notRun)) process.stdout.write(`not run: ${name}: ${reason}\n`);
});
