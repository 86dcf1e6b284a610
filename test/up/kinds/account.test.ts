import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Finding } from "../../../src/cli/audit/findings";
import type { RunningEmulator } from "../../../src/emulator/index";
import { runPulumi } from "../../support/cli";
import { runCommand } from "../../support/command";
import { inlineDoor } from "../../support/door";
import { newFolder } from "../../support/folder";
import { byHand } from "../../support/hand";
import { LeakScanner } from "../../support/leaks";
import { type Stack, scenario } from "../../support/stack";
import { bot } from "./programs";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const v1 = `
  const app = new smooch.SmoochApp("shop");
  const items = [{ type: "submenu", text: "Shop", items: [{ type: "link", text: "Offers", uri: "https://shop.example" }] }];
  const channel = new smooch.SmoochIntegration("telegram", { appId: app.id, type: "telegram", token: "123456:canary-of-telegram" });
  new smooch.SmoochMenu("menu", { appId: app.id, items });
  new smooch.SmoochMenu("channel menu", { appId: app.id, integrationId: channel.id, items, inputEnabled: false });
  new smooch.SmoochTemplate("welcome", { appId: app.id, message: { role: "appMaker", type: "image", mediaUrl: "https://shop.example/a.png", mediaType: "image/png" } });
  const holder = new smooch.SmoochServiceAccount("partner");
  new smooch.SmoochServiceAccountKey("partner key", { serviceAccountId: holder.id });
  Object.assign(exports, { appId: app.id, holderId: holder.id });`;

const v2 = `
  const app = new smooch.SmoochApp("shop");
  ${bot("holder")}
  new smooch.SmoochIntegrationKey("bot key", { appId: app.id, integrationId: holder.id });
  new smooch.SmoochSwitchboard("switchboard", { appId: app.id, enabled: true, defaultIntegration: "bot", integrations: {
    bot: { integrationId: holder.id, next: "agents" },
    agents: { integrationType: "zd:agentWorkspace", next: "bot", messageHistoryCount: 10, deliverStandbyEvents: false } } });
  Object.assign(exports, { appId: app.id, holderId: holder.id });`;

const accounts = [
  {
    version: "v1.1",
    program: v1,
    keyKind: "serviceAccountKey",
    keys: ({ holderId }: Record<string, unknown>) => `/v1.1/serviceaccounts/${holderId}/keys`,
    compared: "1 app, 1 integration, 2 menus, 1 template, 1 service account and 1 service account key",
  },
  {
    version: "v2",
    program: v2,
    keyKind: "integrationKey",
    keys: ({ appId, holderId }: Record<string, unknown>) => `/v2/apps/${appId}/integrations/${holderId}/keys`,
    compared: "1 app, 1 webhook, 1 integration key, 1 switchboard and 2 switchboard integrations",
  },
] as const;

const findings = (stdout: string) =>
  (JSON.parse(stdout).findings as Finding[]).map(({ kind, object, id }) => `${kind} ${object} ${id}`);

describe.each(accounts)(
  "an account with all kinds of $version",
  ({ version, program, keyKind, keys, compared }) => {
    it("is audited, its unowned keys are revoked, and its export imports to no change", () =>
      scenario(
        async (api, start) => {
          const { emulator } = api;
          const stack = start(program, inlineDoor);
          await stack.up();
          const outputs = await stack.outputs();
          const before = emulator.snapshot();
          expect(await runCommand(stack, "audit", "--stack", "test")).toMatchObject({
            code: 0,
            stdout: expect.stringContaining(`No problem: ${compared} compared with`),
          });
          const name = version === "v2" ? "displayName" : "name";
          const stray = await byHand(api, "POST", keys(outputs), { [name]: "by hand" });
          const { stdout } = await runCommand(stack, "audit", "--stack", "test", "--json");
          expect(findings(stdout)).toEqual([`unowned ${keyKind} ${stray.id ?? stray._id}`]);
          const revoked = await runCommand(stack, "audit", "--stack", "test", "--revoke", "--yes");
          expect(revoked.code, revoked.stderr).toBe(0);
          expect(emulator.snapshot()).toEqual(before);

          const scanner = new LeakScanner();
          scanner.watch("telegram", "123456:canary-of-telegram");
          for (const { id, secret } of [
            ...before.integrationKeys,
            ...before.serviceAccountKeys,
            ...before.webhooks,
          ])
            scanner.watch(id, secret);
          await exported(api, stack, scanner);
          expect(scanner.leaks).toEqual([]);
          expect(emulator.snapshot()).toEqual(before);
          await stack.destroy();
        },
        {},
        version,
      ));
  },
);

/** Exports the account into a new project, runs the commands that the export prints, and expects no change. */
async function exported({ emulator }: RunningEmulator, stack: Stack, scanner: LeakScanner): Promise<void> {
  const parent = newFolder("export");
  folders.push(parent);
  const folder = join(parent, "shop");
  const { code, stdout, stderr } = await runCommand(
    stack,
    "export",
    "--out",
    folder,
    "--language",
    "javascript",
  );
  expect(code, stderr).toBe(0);
  scanner.scan("output", stdout + stderr);
  for (const file of readdirSync(folder).filter((name) => name !== "import"))
    scanner.scan(file, readFileSync(join(folder, file), "utf8"));
  emulator.requests.length = 0;
  const printed = (stdout + stderr).split("\n").filter((line) => line.startsWith("  pulumi "));
  expect(printed.length).toBeGreaterThan(2);
  expect(printed.at(-1)).toBe("  pulumi preview --expect-no-changes");
  const commands = printed
    .filter((line) => !line.includes("--secret"))
    .map((line) => line.slice(9).split(" "));
  for (const command of commands) {
    const done = await runPulumi(folder, command, stack.environment);
    expect(done.code, done.output).toBe(0);
    scanner.scan("output", done.output);
  }
  const state = join(folder, "backend", ".pulumi", "stacks", "shop", "dev.json");
  scanner.scan("state", readFileSync(state, "utf8"));
  expect([...new Set(emulator.requests.map(({ method }) => method))]).toEqual(["GET"]);
}
