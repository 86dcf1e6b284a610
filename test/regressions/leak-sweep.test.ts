import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import type { RunningEmulator } from "../../src/emulator/index";
import { cliEnvironment } from "../support/cli";
import { commandFile } from "../support/command";
import { type Door, dynamicDoor, processDoor } from "../support/door";
import { byHand } from "../support/hand";
import type { Leak } from "../support/leaks";
import { type Listener, listen, secrets, target } from "../support/listener";
import type { Stack } from "../support/stack";

// Pulumi's SDK logs the response to every registration, and `pulumi up --json`, `--debug`, `--event-log` and the
// Automation API's `onEvent` printed it, with the secrets of keys, webhooks and channels. Only the default output had
// been checked.

const more = {
  "name of the app": "canary-name-of-the-app-1c",
  "name of the key": "canary-name-of-the-key-2d",
  "display name": "canary-display-name-3e",
  "password of a target": "canary-password-of-a-target-4f",
  "token of telegram": "123456:canary-of-telegram-5a",
  "secret of messenger": "canary-of-messenger-6b",
  "token of a page": "canary-of-a-page-7c",
  "token of twilio": "canary-of-twilio-8d",
  "secret field": "canary-of-a-secret-field-9e",
  "wrong secret": "canary-wrong-account-key-secret-0f",
  "secret given to the emulator": "canary-secret-given-to-the-emulator-1a",
};
const ownTarget = `https://ann:${more["password of a target"]}@own.example/${secrets["path of a target"]}`;

/** Every kind of secret, with something that changes in place and something that is replaced. */
const program = (n: number, hook = target) => `
  const secret = pulumi.secret;
  const app = new smooch.SmoochApp("support", {
    name: secret("${more["name of the app"]}"),
    metadata: { n: ${n}, token: secret("${secrets["metadata value"]}") },
  });
  const key = new smooch.SmoochKey("backend", {
    appId: app.id, name: secret("${more["name of the key"]}"), keepers: { n: ${n}, pw: secret("${secrets.keeper}") },
  });
  const hook = new smooch.SmoochWebhook("events", {
    appId: app.id, target: secret("${hook}"), displayName: secret("${more["display name"]}"), includeFullUser: ${n % 2 === 0},
  });
  const channel = (name, args) => new smooch.SmoochIntegration(name, { appId: app.id, ...args });
  const own = channel("own", { type: "custom", displayName: "own ${n}", webhooks: [{ target: secret("${ownTarget}"), triggers: ["conversation:message"] }] });
  channel("telegram", { type: "telegram", token: "${more["token of telegram"]}" });
  channel("page", { type: "messenger", facebookAppId: "777", appSecret: "${more["secret of messenger"]}", pageAccessToken: "${more["token of a page"]}-${n}" });
  channel("sms", { type: "twilio", accountSid: "AC1", phoneNumberSid: "PN1", authToken: "${more["token of twilio"]}-${n}" });
  channel("web", { type: "web", secretFields: { businessName: "${more["secret field"]}-${n}" } });
  Object.assign(exports, { jwt: key.jwt, secret: key.secret, pair: { keyId: key.id, secret: key.secret }, hookSecret: hook.secret, ownSecret: own.webhookSecret, hook });`;

/** Adopts an app that differs from its declaration. */
const adoption = ({ id }: Record<string, string>) => `
  new smooch.SmoochApp("found", {
    name: pulumi.secret("${more["name of the app"]}"), metadata: { token: pulumi.secret("${secrets["metadata value"]}") },
  }, { import: "${id}", retainOnDelete: true });`;

/** Where secrets are printed on purpose. Nothing else may print any, and unused rows must be removed. */
interface Purpose {
  place: RegExp;
  secret: RegExp;
  why: string;
}
const onPurpose: Purpose[] = [
  {
    place: /^output of pulumi-smooch token /,
    secret: /^a JWT$/,
    why: "the token is what the command is for",
  },
  {
    place: /^output of pulumi-smooch audit /,
    secret: /^name of the app$|^display name$/,
    why: "it names what it lists as Smooch does: docs/audit.md",
  },
  {
    place: /^exported project$/,
    secret: /^name of|^display name$|^metadata value$|of a target$|^secret field$/,
    why: "the program declares what Smooch shows of the account: docs/export.md",
  },
  {
    place: /^output of pulumi-smooch emulator/,
    secret: /^generated key$/,
    why: "what the emulator made up is printed, so that a shell can use it",
  },
];

const covers = (purpose: Purpose, { place, secret }: Leak) =>
  purpose.place.test(place) && purpose.secret.test(secret);

function expectNoLeak({ scanner: { leaks } }: Pick<Listener, "scanner">): void {
  const unexpected = leaks.filter((leak) => !onPurpose.some((purpose) => covers(purpose, leak)));
  expect(unexpected.map(({ secret, place, line }) => `${place}: ${secret}: ${line.slice(0, 200)}`)).toEqual(
    [],
  );
}

function sweep(
  run: (api: RunningEmulator, stack: Stack, ear: Listener) => Promise<void>,
  door: Door = dynamicDoor,
): Promise<void> {
  return listen(
    program(1),
    async (api, stack, ear) => {
      for (const [secret, value] of Object.entries(more)) ear.scanner.watch(secret, value);
      // Enables `--event-log`, through which the Automation API receives events, and previews as a stream of events.
      Object.assign(stack.environment, {
        PULUMI_DEBUG_COMMANDS: "true",
        PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true",
      });
      await run(api, stack, ear);
    },
    { version: "v2", door },
  );
}

const quick = ["--yes", "--skip-preview"];
const formats = [["--json"], ["--diff", "--debug"]];

describe("no secret is printed or written in plain text", () => {
  it("by a Pulumi command, in any format", () =>
    sweep(async (_, stack, ear) => {
      for (const [index, format] of formats.entries()) {
        stack.program = program(index + 1);
        await ear.run("preview", ...format);
        await ear.run("up", ...quick, ...format);
        // Includes the lines of `SMOOCH_LOG=debug`.
        expect(await ear.run("refresh", ...quick, ...format)).toContain("smooch: list, GET /v2/apps/");
      }
      expect(ear.commandLines.join("\n")).toMatch(
        /pulumi up --yes[\s\S]*@pulumi\/pulumi\/cmd\/dynamic-provider/,
      );
      // The lines that contained the secrets are still printed.
      expect(await ear.run("up", "--yes", "--json", "--refresh")).toContain("resp: [not shown]");
      await ear.run("refresh", "--yes", "--json", "--run-program");
      // The Automation API receives events through this file.
      await ear.run("preview", "--event-log", "home/events.json");
      expect(readFileSync(join(stack.folder, "home", "events.json"), "utf8")).toContain("resp: [not shown]");
      await ear.run("preview", "--save-plan", "home/plan.json");
      for (const command of ["output", "export", "history"]) await ear.run("stack", command);
      for (const command of ["output", "history"]) await ear.run("stack", command, "--json");
      expectNoLeak(ear);
      expect(stack.resources()).toHaveLength(8);

      // Secrets shown on request are found, so the listener works.
      await ear.run("stack", "output", "--json", "--show-secrets");
      expect(ear.scanner.leaks.map(({ secret }) => secret)).toContain("a JWT");
      ear.scanner.leaks.length = 0;
      await ear.run("destroy", ...quick, "--json");
      expectNoLeak(ear);
    }, processDoor));

  it("by a command that fails, in any format", () =>
    sweep(async (api, stack, ear) => {
      const { emulator } = api;
      const empty = stack.stateFile();
      const { SMOOCH_ACCOUNT_KEY_SECRET: right = "" } = stack.environment;
      const body = { error: { code: "bad_request", description: `${target} and ${ownTarget} are refused` } };
      const refusal = { operation: "createIntegration", fault: "status", status: 400, body } as const;
      const lost = { operation: ["createKey", "createIntegration"], fault: "reset-after" } as const;
      const blind = { operation: ["listKeys", "listIntegrations"], fault: "status", status: 403 } as const;
      const down = { fault: "status", status: 403 } as const;
      stack.environment.SMOOCH_REQUEST_TIMEOUT = "1";

      for (const format of formats) {
        const up = () => ear.run("up", ...quick, "--continue-on-error", ...format);
        stack.environment.SMOOCH_ACCOUNT_KEY_SECRET = more["wrong secret"];
        expect(await up()).toContain("(HTTP 401)");
        stack.environment.SMOOCH_ACCOUNT_KEY_SECRET = right;
        stack.program = program(0, `https:/${secrets["query of a target"]}`);
        expect(await ear.run("preview", ...format)).toContain("target must be a URL");
        stack.program = adoption(await byHand(api, "POST", "/v2/apps", { displayName: "By hand" }));
        expect(await up()).toContain("name differs");

        stack.program = program(0);
        emulator.setFaults({ rules: [refusal] });
        expect(await up()).toContain("(HTTP 400)");
        emulator.setFaults({ rules: [lost, blind] });
        expect(await up()).toContain("It is unknown whether this");
        emulator.setFaults({ rules: [down] });
        for (const command of ["refresh", "destroy"])
          expect(await ear.run(command, ...quick, ...format)).toContain("(HTTP 403)");
        emulator.setFaults(undefined);
        emulator.reset();
        stack.restore(empty);
      }
      expectNoLeak(ear);
      await fetch(`${api.url}/v2/apps`);
    }));

  it("by a pulumi-smooch command, in any format", () =>
    sweep(async (api, stack, ear) => {
      const { emulator, accountKeyId, accountKeySecret, url } = api;
      const shared = {
        "smooch:baseUrl": url,
        "smooch:accountKeyId": accountKeyId,
        "smooch:apiVersion": "v2",
      };
      await stack.configure(shared, { "smooch:accountKeySecret": accountKeySecret });
      stack.environment = {};
      await stack.up();
      const [{ id: appId } = { id: "" }] = emulator.snapshot().apps;
      const ofStack = ["--stack", "test"];
      // `audit` lists objects that no stack owns.
      const stray = `https://stray.example/${secrets["path of a target"]}`;
      const webhooks = [{ target: stray, triggers: ["conversation:postback"] }];
      await byHand(api, "POST", `/v2/apps/${appId}/integrations`, { type: "custom", webhooks });
      const ownFormats = [[], ["--json"]];
      for (const format of ownFormats) {
        expect(await ear.runOwn("doctor", ...ofStack, ...format)).toContain("ok");
        expect(await ear.runOwn("audit", ...ofStack, ...format)).toContain(appId);
        await listenToEmulator(stack, ear, format);
      }
      await stack.configure({}, { "smooch:accountKeySecret": more["wrong secret"] });
      for (const command of ["doctor", "audit"])
        for (const format of ownFormats)
          expect(await ear.runOwn(command, ...ofStack, ...format)).toContain("(HTTP 401)");
      await stack.configure({}, { "smooch:accountKeySecret": accountKeySecret });
      await ear.runOwn("token", ...ofStack, "--resource", "backend");
      await ear.runOwn("token", ...ofStack, "--output", "pair");
      for (const flags of [[], ["--adopt"]]) {
        const folder = `exported${flags.join("")}`;
        await ear.runOwn("export", ...ofStack, "--out", folder, ...flags);
        ear.scanner.scanFolder("exported project", join(stack.folder, folder));
      }
      // This folder is not empty.
      await ear.runOwn("export", ...ofStack, "--out", "home");
      for (const language of ["typescript", "javascript"])
        await ear.runOwn("new", `home/new-${language}`, "--language", language);
      expectNoLeak(ear);
      // A row that is no longer needed must be removed.
      for (const one of onPurpose)
        expect(ear.scanner.leaks.filter((leak) => covers(one, leak)).length, one.why).toBeGreaterThan(0);
      await stack.destroy();
      emulator.reset();
      await fetch(`${url}/v2/apps`);
    }));
});

/** Runs the emulator as a command, sends it requests that it logs and refuses, and stops it. */
async function listenToEmulator(stack: Stack, ear: Listener, format: string[]): Promise<void> {
  const key = {
    SMOOCH_EMULATOR_KEY_ID: "act_given",
    SMOOCH_EMULATOR_KEY_SECRET: more["secret given to the emulator"],
  };
  const args = [
    commandFile,
    "emulator",
    "--second-key",
    "--no-target-check",
    "--state",
    "objects.json",
    ...format,
  ];
  const child = spawn(process.execPath, args, {
    cwd: stack.folder,
    env: { ...cliEnvironment(stack.folder), ...key },
  });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const [line] = await once(child.stdout, "data");
  const saved = readFileSync(join(stack.folder, "objects.json"), "utf8");
  const [, second] = (JSON.parse(saved) as { accountKeys: { secret: string }[] }).accountKeys;
  ear.scanner.watch("generated key", second?.secret);
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line))?.[0] ?? "";
  const api = { url, accountKeyId: "act_given", accountKeySecret: key.SMOOCH_EMULATOR_KEY_SECRET };
  const { id } = await byHand(api, "POST", "/v2/apps", { displayName: "By hand" });
  const made = await byHand(api, "POST", `/v2/apps/${id}/keys`, { displayName: "backend" });
  ear.scanner.watch("secret of a key of the command", made.secret);
  await byHand(api, "POST", `/v1/apps/${id}/webhooks`, { target, triggers: ["message"] });
  await fetch(`${url}/v2/apps/${made.secret}?token=${secrets["query of a target"]}`, {
    headers: { authorization: `Bearer ${secrets.keeper}` },
  });
  child.kill("SIGINT");
  ear.scanner.scan(`output of pulumi-smooch emulator ${format.join(" ")}`, (await output).join("\n"));
}
