import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type RunningEmulator, startEmulator } from "../../src/emulator/index";
import { signJwt } from "../../src/smooch/jwt";
import { ChatUser } from "../support/chat-user";
import { runPulumi } from "../support/cli";
import { ExampleBot } from "../support/example-bot";
import { freePort } from "../support/port";
import { environmentFor } from "../support/stack";
import { outputsIn, stateFileOf } from "../support/state-file";
import { words } from "../support/words";

const examples = join(__dirname, "../../examples");
const target = "https://bot.example.com/smooch";

/**
 * One stack of an example. The program runs in its own folder, so that it resolves `pulumi-smooch` as a user's
 * project does. State, home and configuration are in another folder; commands that have no option for the
 * configuration file run there, on an empty project of the same name.
 */
class Example {
  readonly #folder = mkdtempSync(join(tmpdir(), "pulumi-smooch-example-"));
  readonly #configFile = join(this.#folder, "config.yaml");
  readonly #project: string;

  constructor(
    readonly name: string,
    readonly environment: Record<string, string>,
  ) {
    this.#project = `pulumi-smooch-${name}`;
    writeFileSync(join(this.#folder, "Pulumi.yaml"), `name: ${this.#project}\nruntime: nodejs\n`);
  }

  aside = (...args: string[]) => this.#run(...args);
  inPlace = (...args: string[]) =>
    this.#run(...args, "--cwd", join(examples, this.name), "--config-file", this.#configFile);

  /** Writes the plain values into the configuration file; only secrets need a command. */
  async configure(plain: Record<string, string>, secret: Record<string, string>): Promise<void> {
    const key = (name: string) => (name.includes(":") ? name : `${this.#project}:${name}`);
    const config = Object.entries(plain).map(([name, value]) => [key(name), value]);
    writeFileSync(this.#configFile, JSON.stringify({ config: Object.fromEntries(config) }));
    const secrets = Object.entries(secret).flatMap(([name, value]) => ["--secret", `${name}=${value}`]);
    if (secrets.length > 0)
      await this.aside("config", "set-all", "--config-file", this.#configFile, ...secrets);
  }

  outputs(): Promise<Record<string, unknown>> {
    return outputsIn(readFileSync(stateFileOf(this.#folder, "test", this.#project), "utf8"));
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #run(...args: string[]): Promise<string> {
    const { code, output } = await runPulumi(this.#folder, [...args, "--stack", "test"], this.environment);
    expect(code, output).toBe(0);
    return output;
  }
}

interface Play {
  plain?: Record<string, string>;
  secret?: Record<string, string>;
  /** Whether Pulumi checks the program's types, with its own settings. `npm test` checks those of all examples. */
  isTypeChecked?: boolean;
}

/** Creates a stack, checks `expectations`, and destroys the stack again. */
async function play(
  name: string,
  expectations: (
    outputs: Record<string, unknown>,
    emulator: RunningEmulator["emulator"],
    running: RunningEmulator,
  ) => unknown,
  settings: (emulator: RunningEmulator) => Play = () => ({}),
): Promise<void> {
  const emulator = await startEmulator({ checkTargets: false, console: true });
  const { plain = {}, secret = {}, isTypeChecked = false } = settings(emulator);
  const example = new Example(name, environmentFor(emulator));
  const transpileOnly = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
  if (!isTypeChecked) Object.assign(example.environment, transpileOnly);
  const before = readdirSync(join(examples, name));
  try {
    await example.aside("stack", "init");
    await example.configure(plain, secret);
    await example.inPlace("up", "--yes", "--skip-preview");
    await expectations(await example.outputs(), emulator.emulator, emulator);
    // Pulumi has checked the program's types by now.
    Object.assign(example.environment, transpileOnly);
    await example.inPlace("preview", "--diff", "--expect-no-changes");
    await example.inPlace("destroy", "--yes", "--skip-preview");
    expect(emulator.emulator.describeState()).toMatchObject({
      empty: true,
      apps: [],
      keys: [],
      integrations: [],
      webhooks: [],
    });
    expect(emulator.emulator.unknownRequests).toEqual([]);
    expect(readdirSync(join(examples, name))).toEqual(before);
  } finally {
    example.dispose();
    await emulator.close();
  }
}

/** Returns the only element; fails if there are none or several. */
function only<T>(things: readonly T[]): T {
  const [thing, ...others] = things;
  expect(others).toEqual([]);
  if (thing === undefined) throw new Error("the list is empty");
  return thing;
}

const jwtOf = ({ id, secret }: { id: string; secret: string }) => signJwt({ keyId: id, secret });

describe("the example", () => {
  it.each(["v1", "v2"] as const)("quickstart on %s", (version) =>
    play(
      "quickstart",
      (outputs, emulator) => {
        const { apps, keys, webhooks } = emulator.snapshot();
        const [app, key, webhook] = [only(apps), only(keys), only(webhooks)];
        expect(outputs).toEqual({
          appId: app.id,
          ...(version !== "v2" && { appToken: app.appToken }),
          keyId: key.id,
          jwt: jwtOf(key),
          webhookSecret: webhook.secret,
        });
        const triggers = [words[version].message];
        expect(webhook).toMatchObject({ version, target, triggers });
      },
      () => ({ plain: { target, "smooch:apiVersion": version }, isTypeChecked: version === "v1" }),
    ),
  );

  it("quickstart-v2", () =>
    play(
      "quickstart-v2",
      (outputs, emulator) => {
        const { apps, keys, webhooks, integrations } = emulator.snapshot();
        const [app, key, webhook] = [only(apps), only(keys), only(webhooks)];
        expect(outputs).toEqual({
          appId: app.id,
          keyId: key.id,
          jwt: jwtOf(key),
          integrationId: only(integrations).id,
          webhookId: webhook.id,
          webhookSecret: webhook.secret,
        });
        expect(app).toMatchObject({ name: "support", settings: { multiConvoEnabled: true } });
        expect(only(integrations)).toMatchObject({ type: "custom", displayName: "Support bot" });
        expect(webhook).toMatchObject({
          version: "v2",
          target,
          triggers: ["conversation:message", "conversation:postback"],
          includeFullUser: true,
          includeFullSource: false,
        });
      },
      () => ({ plain: { target } }),
    ));

  it("channels", () =>
    play(
      "channels",
      (outputs, emulator) => {
        const { apps, integrations } = emulator.snapshot();
        const ids = Object.fromEntries(integrations.map(({ type, id }) => [type, id]));
        expect(outputs).toEqual({
          appId: only(apps).id,
          webIntegrationId: ids.web,
          smsIntegrationId: ids.twilio,
          whatsappIntegrationId: ids.whatsapp,
        });
        const fields = Object.fromEntries(integrations.map(({ type, fields }) => [type, fields]));
        expect(fields).toMatchObject({
          twilio: { accountSid: "AC1", authToken: "twilio-secret", phoneNumberSid: "PN1" },
          whatsapp: { hsmFallbackLanguage: "en_US" },
          web: { brandColor: "00838f", integrationOrder: [ids.whatsapp, ids.twilio] },
        });
      },
      () => ({
        plain: { twilioAccountSid: "AC1", twilioPhoneNumberSid: "PN1" },
        secret: { twilioAuthToken: "twilio-secret" },
      }),
    ));

  it("handover", () =>
    play(
      "handover",
      (outputs, emulator) => {
        const { apps, integrations, integrationKeys, switchboards, switchboardIntegrations } =
          emulator.snapshot();
        const [app, key, switchboard] = [only(apps), only(integrationKeys), only(switchboards)];
        const byType = Object.fromEntries(integrations.map((one) => [one.type, one]));
        const [bot, web] = [byType.custom, byType.web];
        expect(outputs).toEqual({
          appId: app.id,
          botId: bot?.id,
          jwt: signJwt({ keyId: key.id, secret: key.secret }, { scope: "integration" }),
          webIntegrationId: web?.id,
        });
        expect(key).toMatchObject({ name: "bot", integrationId: bot?.id });
        const ids = Object.fromEntries(switchboardIntegrations.map(({ name, id }) => [name, id]));
        expect(switchboardIntegrations.map(({ appId: _, switchboardId: __, ...entry }) => entry)).toEqual([
          {
            id: ids.agents,
            name: "agents",
            integrationId: expect.any(String),
            integrationType: "zd:agentWorkspace",
            deliverStandbyEvents: true,
            nextSwitchboardIntegrationId: ids.bot,
            messageHistoryCount: 10,
          },
          {
            id: ids.bot,
            name: "bot",
            integrationId: bot?.id,
            integrationType: "custom",
            deliverStandbyEvents: false,
            nextSwitchboardIntegrationId: ids.agents,
          },
        ]);
        expect(switchboard).toMatchObject({ enabled: true, defaultSwitchboardIntegrationId: ids.bot });
        expect(web?.fields).toMatchObject({ defaultResponderId: ids.agents });
      },
      () => ({ plain: { target } }),
    ));

  it("bot", async () => {
    const port = await freePort();
    await play(
      "bot",
      async (outputs, emulator, { url, consoleUrl = "" }) => {
        const { apps, keys, webhooks } = emulator.snapshot();
        const [app, key, webhook] = [only(apps), only(keys), only(webhooks)];
        expect(outputs).toEqual({ appId: app.id, jwt: jwtOf(key), webhookSecret: webhook.secret });
        expect(webhook).toMatchObject({
          version: "v2",
          target: `http://127.0.0.1:${port}/`,
          triggers: ["conversation:message", "conversation:postback"],
        });

        const bot = await ExampleBot.start(port, url, outputs);
        try {
          await converse(await ChatUser.enter(consoleUrl, app.id, "Ann"));
          await emulator.settleDeliveries();
          const states = emulator.snapshot().deliveries.map(({ state }) => state);
          expect([...new Set(states)]).toEqual(["delivered"]);
        } finally {
          await bot.stop();
        }
      },
      () => ({ plain: { target: `http://127.0.0.1:${port}/` } }),
    );
  });

  it("agency", () =>
    play(
      "agency",
      (outputs, emulator) => {
        const { apps, keys, webhooks } = emulator.snapshot();
        const customers = apps.map(({ id, name, metadata, settings }) => {
          const key = only(keys.filter(({ appId }) => appId === id));
          const webhook = only(webhooks.filter(({ appId }) => appId === id));
          return {
            ...{ name, customer: metadata?.customer, animals: settings.useAnimalNames },
            ...{ target: webhook.target },
            access: { appId: id, keyId: key.id, jwt: jwtOf(key), webhookSecret: webhook.secret },
          };
        });
        expect(outputs).toEqual({
          customers: Object.fromEntries(customers.map(({ customer, access }) => [customer, access])),
        });
        expect(customers.map(({ access: _, ...customer }) => customer).sort(byName)).toEqual([
          { name: "City Zoo", customer: "zoo", animals: true, target: `${target}/zoo` },
          { name: "Corner Bakery", customer: "bakery", animals: false, target: `${target}/bakery` },
          { name: "Main Street Garage", customer: "garage", animals: false, target: `${target}/garage` },
        ]);
      },
      () => ({ plain: { botUrl: target } }),
    ));

  it("two-accounts", async () => {
    let europeId: string | undefined;
    await play(
      "two-accounts",
      (outputs, emulator) => {
        const { apps, keys } = emulator.snapshot();
        const inAccount = (account: string | undefined) => {
          const app = only(apps.filter(({ accountId }) => accountId === account));
          const key = only(keys.filter(({ appId }) => appId === app.id));
          return { appId: app.id, keyId: key.id, jwt: jwtOf(key) };
        };
        expect(outputs).toEqual({ us: inAccount(emulator.accountId), eu: inAccount(europeId) });
      },
      ({ url, emulator }) => {
        const { accountId, accountKeyId, accountKeySecret } = emulator.addAccount();
        europeId = accountId;
        return {
          plain: { europeKeyId: accountKeyId, europeBaseUrl: url },
          secret: { europeKeySecret: accountKeySecret },
        };
      },
    );
  });

  it("javascript", () =>
    play("javascript", (outputs, emulator) => {
      const { apps, keys } = emulator.snapshot();
      const [app, key] = [only(apps), only(keys)];
      expect(outputs).toEqual({ appId: app.id, keyId: key.id, jwt: jwtOf(key) });
      expect(app).toMatchObject({ name: "Support", metadata: { team: "first-line" } });
    }));

  it("esm", () =>
    play("esm", (outputs, emulator) => {
      const { apps, keys } = emulator.snapshot();
      const expected = apps.map(({ id: appId, name }) => {
        const { id, secret } = only(keys.filter((key) => key.appId === appId));
        const guestJwt = signJwt({ keyId: id, secret }, { scope: "appUser", userId: "guest" });
        return [name, { appId, guestJwt }];
      });
      expect(outputs).toEqual({ apps: Object.fromEntries(expected) });
      const masking = apps.map(({ name, settings }) => [name, settings.maskCreditCardNumbers]);
      expect(Object.fromEntries(masking)).toEqual({ acorn: true, birch: false });
    }));
});

it("no other example exists", () => {
  const folders = readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = [
    "agency",
    "bot",
    "channels",
    "esm",
    "fleet",
    "handover",
    "javascript",
    "quickstart",
    "quickstart-v2",
    "two-accounts",
  ];
  expect(folders.map(({ name }) => name).sort()).toEqual(names);
});

/** A user's conversation with examples/bot, in which it uses everything that it can. */
async function converse(user: ChatUser): Promise<void> {
  const greeting = await user.say("Hello");
  expect(greeting).toMatchObject({
    authorName: "Tea bot",
    content: { type: "text", text: "Hello, Ann! How can I help you?" },
  });
  expect(greeting.content.actions).toMatchObject([
    { type: "reply", text: "See the teas", payload: "TEAS" },
    { type: "reply", text: "Find the shop", payload: "SHOP" },
    { type: "reply", text: "Order", payload: "ORDER" },
  ]);
  expect(user.sawTyping).toBe(true);
  const shop = { type: "location", location: { name: "Tea shop", address: "1 Harbour Street" } };
  expect((await user.say("Find the shop", "SHOP")).content).toMatchObject(shop);
  expect((await user.act({ type: "location", latitude: 50, longitude: 4 })).content).toMatchObject({
    text: "Thank you! But I only understand text.",
  });
  expect((await user.say("Hm")).content).toMatchObject({ text: "I can help you with this:" });

  const offer = await user.say("Which teas do you have?");
  expect(offer.content.items).toMatchObject([
    { title: "Green tea", description: "From Uji, 100 g" },
    { title: "Black tea", description: "From Assam, 250 g" },
    { title: "Mint tea", description: "From Fez, 50 g" },
  ]);
  const actionId = String(Object(offer.content).items[1].actions[0].id);
  const form = await user.act({ type: "postback", messageId: offer.id, actionId });
  expect(form.content.fields).toMatchObject([
    { type: "select", name: "tea", options: [{ name: "black" }, { name: "green" }, { name: "mint" }] },
    { type: "text", name: "name" },
    { type: "email", name: "email" },
  ]);
  const fields = { tea: "black", name: "Ann", email: "ann@example.com" };
  expect((await user.act({ type: "formResponse", messageId: form.id, fields })).content).toMatchObject({
    text: "Thank you, Ann! We will write to ann@example.com when your black tea is on its way.",
  });
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name);
}
