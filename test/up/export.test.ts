import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import type { RunningEmulator } from "../../src/emulator/index";
import type { ApiVersion } from "../../src/smooch/api-version";
import { SmoochClient } from "../../src/smooch/client";
import { realHost } from "../../src/smooch/transport";
import { type Result, runProgram, runPulumi } from "../support/cli";
import { commandFile } from "../support/command";
import { newFolder } from "../support/folder";
import { environmentFor, scenario } from "../support/stack";
import { words } from "../support/words";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function clientOf(api: RunningEmulator, version: ApiVersion): SmoochClient {
  const credential = { keyId: api.accountKeyId, secret: api.accountKeySecret };
  const settings = {
    baseUrl: api.url,
    credential,
    maxConcurrency: 4,
    requestTimeoutMs: 30_000,
    debug: false,
  };
  return new SmoochClient(realHost(), { ...settings, auth: "jwt" }, version);
}

const channelToken = "123456:canary-of-telegram";

/** Creates two apps of the same name with one of almost everything, and returns one that --app does not match. */
async function populate(api: RunningEmulator, version: ApiVersion): Promise<{ other: string }> {
  const smooch = clientOf(api, version);
  const first = await smooch.apps.create({
    name: "Support",
    settings: { maskCreditCardNumbers: false },
    metadata: { tier: "gold", "odd name": 1 },
  });
  const second = await smooch.apps.create({ name: "Support" });
  const third = await smooch.apps.create({ name: "サポート 🚀" });
  const other = await smooch.apps.create({ name: "Other" });
  await smooch.keys.create(first.id, { name: "backend" });
  await smooch.keys.create(first.id, { name: "backend" });
  await smooch.keys.create(second.id, { name: '\u202e "); process.exit(); //' });
  await smooch.keys.create(other.id, { name: "backend" });
  const { message: usual, postback: more } = words[version];
  await smooch.webhooks.create(first.id, { target: "https://bot.example.com/in", triggers: [usual] });
  await smooch.webhooks.create(second.id, {
    target: "https://bot.example.com/?key=1",
    triggers: [more, usual],
    ...(version === "v2" && { displayName: "Events", includeFullUser: true }),
  });
  await smooch.integrations.create(first.id, { type: "telegram", token: channelToken });
  await smooch.integrations.create(first.id, {
    type: "messenger",
    facebookAppId: "123",
    appSecret: "canary-of-messenger",
    pageAccessToken: "canary-of-a-page",
  });
  await smooch.integrations.create(second.id, {
    type: "twilio",
    accountSid: "AC1",
    authToken: "canary-of-twilio",
    phoneNumberSid: "PN1",
  });
  await smooch.integrations.create(third.id, {
    type: "web",
    brandColor: "ff0000",
    originWhitelist: ["https://shop.example.com"],
    ...(version === "v2" && {
      displayName: "Shop",
      prechatCapture: { enabled: true, fields: [{ type: "text", name: "order", label: "Order" }] },
    }),
  });
  // A webhook of another API version, which is managed through that version.
  await (version === "v1"
    ? smooch.in("v2").webhooks.create(first.id, {
        target: "https://new.example.com",
        triggers: ["conversation:message", "user:merge"],
      })
    : smooch.in("v1").webhooks.create(first.id, {
        target: "https://old.example.com",
        triggers: ["message:appUser"],
      }));
  return { other: other.id };
}

function startExport(folder: string, environment: Record<string, string>, ...args: string[]) {
  const command = [commandFile, "export", "--out", folder, ...args];
  const child = spawn(process.execPath, command, { env: { PATH: process.env.PATH, ...environment } });
  const result = (async (): Promise<Result> => {
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    return { code, output: stdout + stderr };
  })();
  return { process: child, result };
}

/** The folder of a project that does not exist yet. */
function newProject(): string {
  const folder = newFolder("export");
  folders.push(folder);
  return join(folder, "shop");
}

function secretsOf({ emulator, accountKeySecret }: RunningEmulator): string[] {
  const { keys, webhooks, integrationKeys } = emulator.snapshot();
  const all = [...keys, ...webhooks, ...integrationKeys];
  return [accountKeySecret, channelToken, "canary-of", ...all.map(({ secret }) => secret)];
}

/** The program that the export wrote. */
function programOf(folder: string): string {
  const [file = ""] = readdirSync(folder).filter((name) => /^index\./.test(name));
  return readFileSync(join(folder, file), "utf8");
}

/** Everything that the export wrote. */
function textOf(folder: string): string {
  return readdirSync(folder)
    .filter((file) => file !== "import")
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
}

const commandsIn = (output: string) =>
  output.split("\n").flatMap((line) => (line.startsWith("  pulumi ") ? [line.slice(9).split(" ")] : []));

describe("pulumi-smooch export", () => {
  it.each([
    ["v1", []],
    ["v2", []],
    ["v1.1", ["--language", "javascript"]],
    ["v2", ["--adopt"]],
  ] as const)("brings an account into a stack in %s %j", (version, flags) =>
    scenario(async (api) => {
      const { emulator } = api;
      const { other } = await populate(api, version);
      const environment: Record<string, string> = {
        ...environmentFor(api),
        SMOOCH_API_VERSION: version,
      };
      const folder = newProject();
      emulator.requests.length = 0;
      const apps = ["--app", "support", "--app", "サ*"];
      const exported = await startExport(folder, environment, ...apps, ...flags).result;
      expect(exported.code, exported.output).toBe(0);
      const before = emulator.snapshot();
      for (const secret of secretsOf(api)) expect(textOf(folder)).not.toContain(secret);
      expect(programOf(folder)).toContain(
        version === "v1" ? "https://new.example.com" : "https://old.example.com",
      );

      // Runs exactly the commands that it prints, except those that prompt for secrets.
      const run = async (...args: string[]) => {
        const { code, output } = await runPulumi(folder, args, environment);
        expect(code, output).toBe(0);
        // These run the program, whose types Pulumi checks the first time.
        if (args[0] === "up" || args[0] === "preview") environment.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
        return output;
      };
      for (const command of commandsIn(exported.output)) {
        if (!command.includes("--secret")) await run(...command);
      }
      const stateFile = join(folder, "backend", ".pulumi", "stacks", "shop", "dev.json");
      const state = readFileSync(stateFile, "utf8");
      expect(state).toContain('"ciphertext"');
      for (const secret of secretsOf(api)) expect(state).not.toContain(secret);
      expect(await run("up", "--yes", "--skip-preview")).toMatch(/Resources:\s+\d+ unchanged\n/);

      // A credential that is filled in later is treated as the existing one.
      await run("config", "set", "--secret", "supportTelegramToken", channelToken);
      await run("up", "--yes", "--skip-preview");
      await run("preview", "--expect-no-changes");
      await run("refresh", "--yes", "--skip-preview", "--expect-no-changes");
      expect(new Set(emulator.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
      expect(emulator.snapshot()).toEqual(before);

      await run("state", "unprotect", "--all", "--yes");
      await run("destroy", "--yes", "--skip-preview");
      expect(emulator.snapshot().apps.map(({ id }) => id)).toEqual([other]);
      await clientOf(api, version).apps.delete(other);
    }),
  );

  it("brings each app of an account into its own stack with --per-app", () =>
    scenario(async (api) => {
      const { emulator } = api;
      await populate(api, "v2");
      const smooch = clientOf(api, "v2");
      const appId = String(emulator.snapshot().apps.find(({ name }) => name === "Other")?.id);
      const webhooks = [{ target: "https://bot.example", triggers: ["conversation:message"] }];
      const { id: integrationId } = await smooch.integrations.create(appId, { type: "custom", webhooks });
      await smooch.integrationKeys.create({ appId, integrationId }, { name: "signer" });
      const { id: switchboardId } = await smooch.switchboards.create(appId);
      await smooch.switchboards.update(appId, switchboardId, {
        enabled: true,
        defaultIntegration: "bot",
        integrations: {
          bot: { integrationId, next: "agents" },
          agents: { integrationType: "zd:agentWorkspace", next: "bot" },
        },
      });
      const environment = { ...environmentFor(api), SMOOCH_API_VERSION: "v2" };
      const folder = newProject();
      const exported = await startExport(folder, environment, "--per-app").result;
      expect(exported.code, exported.output).toBe(0);
      emulator.requests.length = 0;
      const before = emulator.snapshot();
      const stacks = readdirSync(join(folder, "import")).sort();
      const [nameless = ""] = stacks;
      expect(nameless).toMatch(/^app-[0-9a-f]{24}\.json$/);
      expect(stacks).toEqual([nameless, "other.json", "support-2.json", "support.json"]);
      const written = textOf(folder) + textOf(join(folder, "import"));
      for (const secret of secretsOf(api)) expect(written).not.toContain(secret);
      expect(exported.output).toContain(
        "  read -rs SMOOCH_ACCOUNT_KEY_SECRET && export SMOOCH_ACCOUNT_KEY_SECRET\n",
      );
      expect(exported.output).toMatch(/ {2}node fleet\.mjs import\n {2}node fleet\.mjs preview\n/);

      const fleet = async (...args: string[]) => {
        const { code, output } = await runProgram(
          folder,
          process.execPath,
          ["fleet.mjs", ...args],
          environment,
        );
        expect(code, output).toBe(0);
        return output;
      };
      expect(await fleet("import")).toContain("import: 4 done, 0 failed, 0 not run\n");
      expect((await fleet("preview")).match(/: no changes \(/g)).toHaveLength(4);
      expect((await fleet("up")).match(/: no changes \(/g)).toHaveLength(4);
      expect(new Set(emulator.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
      expect(emulator.snapshot()).toEqual(before);

      // Every row has `protect`, so destroy fails.
      expect((await runProgram(folder, process.execPath, ["fleet.mjs", "destroy"], environment)).code).toBe(
        1,
      );
      expect(emulator.snapshot().apps).toHaveLength(4);
      for (const { id } of before.apps) await clientOf(api, "v2").apps.delete(id);
    }));

  it("leaves nothing half-written when it is interrupted", async () => {
    const silent = createServer(() => {});
    const reached = once(silent, "request");
    await once(silent.listen(0, "127.0.0.1"), "listening");
    const { port } = silent.address() as AddressInfo;
    const folder = newProject();
    const child = startExport(folder, {
      SMOOCH_BASE_URL: `http://127.0.0.1:${port}`,
      SMOOCH_ACCOUNT_KEY_ID: "act_1",
      SMOOCH_ACCOUNT_KEY_SECRET: "secret",
    });
    await reached;
    child.process.kill("SIGINT");
    expect(await child.result).toEqual({ code: 1, output: "error: interrupted; nothing was written\n" });
    expect(readdirSync(dirname(folder))).toEqual([]);
    silent.closeAllConnections();
    silent.close();
  });
});
