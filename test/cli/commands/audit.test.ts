import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Audit } from "../../../src/cli/audit/audit";
import type { Finding } from "../../../src/cli/audit/findings";
import { addAuditCommand } from "../../../src/cli/commands/audit";
import { toStack } from "../../../src/cli/shared/stack-state";
import { type RunningEmulator, startEmulator } from "../../../src/emulator/index";
import { byPlural, kindNames } from "../../../src/kinds";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { SmoochClient } from "../../../src/smooch/client";
import { realHost } from "../../../src/smooch/transport";
import { byHand } from "../../support/hand";
import { words } from "../../support/words";
import { ciphertext, exportOf, interrupted, resource } from "../audit/support";
import { type FakeProcess, fakeProcess, restoreProcess } from "./fake-process";

let smooch: RunningEmulator;
let folder: string;
let said: FakeProcess["said"];
let shown: FakeProcess["shown"];
let stdin: FakeProcess["stdin"];

beforeEach(async () => {
  smooch = await startEmulator({ checkTargets: false });
  folder = mkdtempSync(join(tmpdir(), "pulumi-smooch-audit-"));
  ({ said, shown, stdin } = fakeProcess(smooch, folder));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => shown.push(String(text)) > 0);
});

afterEach(async () => {
  restoreProcess();
  await smooch.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command, and returns its exit status; wrong usage throws commander's error. */
async function run(...args: string[]): Promise<unknown> {
  process.exitCode = undefined;
  const command = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  addAuditCommand(command);
  await command.parseAsync(["audit", "--cwd", folder, ...args], { from: "user" });
  return process.exitCode;
}

function stateFile(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function clientOf(version: ApiVersion): SmoochClient {
  const credential = { keyId: smooch.accountKeyId, secret: smooch.accountKeySecret };
  const rest = { maxConcurrency: 4, requestTimeoutMs: 9000, debug: false, auth: "jwt" } as const;
  return new SmoochClient(realHost(), { baseUrl: smooch.url, credential, ...rest }, version);
}

/** Creates an app with a key that is in the state, and a key, a webhook and an integration that are not. */
async function populate(version: ApiVersion = "v1") {
  vi.stubEnv("SMOOCH_API_VERSION", version);
  const client = clientOf(version);
  const app = await client.apps.create({ name: "Support" });
  const key = await client.keys.create(app.id, { name: "backend" });
  const stray = await client.keys.create(app.id, { name: "by hand" });
  const webhook = await client.webhooks.create(app.id, {
    target: "https://bot.example.com/canary-of-a-path?token=canary",
    triggers: [words[version].message],
  });
  const integration = await client.integrations.create(app.id, { type: "telegram", token: "canary-token" });
  const seen = { __seenBy: `${smooch.accountKeyId}@${new URL(smooch.url).host}/${version}`, appId: app.id };
  const resources = [
    resource("app", "support", app.id, { name: "Support", ...seen }),
    resource("key", "backend", key.id, { name: "backend", secret: ciphertext, ...seen }),
  ];
  return {
    app,
    key,
    stray,
    webhook,
    integration,
    seen,
    resources,
    dev: stateFile("dev.json", exportOf(resources)),
  };
}

const left = () => {
  const { keys, webhooks, integrations } = smooch.emulator.snapshot();
  const channels = integrations.filter(({ type }) => type !== "custom");
  return { keys: keys.map(({ id }) => id), webhooks: webhooks.length, integrations: channels.length };
};

const report = () => JSON.parse(String(said.at(-1))) as { findings: Finding[]; actions: object[] };

describe.each(["v1", "v1.1", "v2"] as const)("pulumi-smooch audit in %s", (version) => {
  it("lists what the stack does not own, deletes exactly that, and then reports no problem", async () => {
    const { app, key, stray, webhook, integration, dev } = await populate(version);
    expect(await run("--state", dev, "--json")).toBe(3);
    expect(said).toHaveLength(1);
    expect(report()).toEqual({
      account: `${smooch.accountKeyId}@${new URL(smooch.url).host}`,
      apiVersion: version,
      stacks: [dev],
      compared: {
        ...byPlural(kindNames, () => 0),
        apps: 1,
        keys: 2,
        webhooks: 1,
        integrations: 1,
        resources: 2,
      },
      findings: [
        expect.objectContaining({ kind: "unowned", object: "key", id: stray.id, name: "by hand" }),
        expect.objectContaining({ object: "webhook", id: webhook.id, target: "https://bot.example.com" }),
        expect.objectContaining({
          object: "integration",
          id: integration.id,
          app: { id: app.id, name: "Support" },
        }),
      ],
      actions: [],
    });

    expect(await run("--state", dev, "--revoke", "--yes")).toBe(3);
    expect(said.at(-1)).toBe(`Deleted key ${stray.id}`);
    expect(left()).toEqual({ keys: [key.id], webhooks: 1, integrations: 1 });
    expect(await run("--state", dev, "--delete", "--yes", "--json")).toBe(0);
    expect(report().actions).toEqual([
      { object: "webhook", id: webhook.id, result: "deleted" },
      { object: "integration", id: integration.id, result: "deleted" },
    ]);
    expect(left()).toEqual({ keys: [key.id], webhooks: 0, integrations: 0 });

    expect(await run("--state", dev)).toBe(0);
    expect(said.at(-1)).toBe(`No problem: 1 app and 1 key compared with 2 resources of ${dev}.`);
    expect([...said, ...shown].join("\n")).not.toMatch(/canary/);
    for (const { secret } of [key, stray, webhook])
      expect([...said, ...shown].join("\n")).not.toContain(secret);
  });
});

describe("the webhooks of another API version", () => {
  it("are found and deleted, whichever version is in use", async () => {
    const { app, dev } = await populate("v1");
    const other = await clientOf("v2").webhooks.create(app.id, {
      target: "https://new.example.com",
      triggers: ["conversation:message"],
    });
    await run("--state", dev, "--json");
    expect(report().findings.map(({ id }) => id)).toContain(other.id);
    expect(await run("--state", dev, "--delete", "--revoke", "--yes")).toBe(0);
    expect(left()).toMatchObject({ webhooks: 0, integrations: 0 });
  });
});

describe("keys that are in no app, or in an integration", () => {
  const only = (...kinds: string[]) =>
    report()
      .findings.filter(({ kind }) => kinds.includes(kind))
      .map(({ kind, object, id }) => [kind, object, id]);

  it.each(["v1", "v1.1"] as const)(
    "are found and revoked in a service account, with API %s",
    async (version) => {
      const { seen } = await populate(version);
      const client = clientOf(version);
      const { id: ownId } = await client.serviceAccounts.create({}, { name: "CI" });
      const { id: otherId } = await client.serviceAccounts.create({}, { name: "old" });
      const key = (serviceAccountId: string, name: string) =>
        client.serviceAccountKeys.create({ serviceAccountId }, { name });
      const own = await key(ownId, "deploy");
      const stray = await key(ownId, "stray");
      const other = await key(otherId, "stray");
      const { appId: _, __seenBy } = seen;
      const at = { appId: undefined, __seenBy };
      const state = exportOf([
        resource("serviceAccount", "ci", ownId, { name: "CI", ...at }),
        resource("serviceAccountKey", "deploy", own.id, { serviceAccountId: ownId, name: "deploy", ...at }),
      ]);
      const dev = stateFile("dev.json", state);
      expect(await run("--state", dev, "--json")).toBe(3);
      const outside = report().findings.filter(({ app }) => app === null);
      const found = outside.map(({ kind, object, id }) => `${kind} ${object} ${id}`);
      expect(found.sort()).toEqual(
        [
          `unowned serviceAccount ${otherId}`,
          `unowned serviceAccountKey ${stray.id}`,
          `unowned serviceAccountKey ${other.id}`,
        ].sort(),
      );
      const live = () => smooch.emulator.snapshot().serviceAccountKeys.map(({ id }) => id);
      // Only what is held by something that the stack owns is certain to be nobody else's.
      await run("--state", dev, "--revoke", "--yes");
      expect(said.at(-1)).toBe(`Deleted service account key ${stray.id}`);
      expect(shown.at(-1)).toContain(other.id);
      expect(live()).toEqual([own.id, other.id]);
      await run("--state", dev, "--revoke", "--yes", "--only", other.id);
      expect(live()).toEqual([own.id]);
      await run("--state", dev, "--delete", "--yes");
      expect(smooch.emulator.snapshot().serviceAccounts).toHaveLength(2);
      await run("--state", dev, "--delete", "--yes", "--only", otherId);
      expect(said.at(-1)).toBe(`Deleted service account ${otherId}`);
      expect(smooch.emulator.snapshot().serviceAccounts.map(({ id }) => id)).toEqual([ownId]);
      expect([...said, ...shown].join("\n")).not.toContain(stray.secret);
    },
  );

  it("are found and revoked in a custom integration of v2", async () => {
    const { app, resources, seen, webhook } = await populate("v2");
    const client = clientOf("v2");
    const at = { appId: app.id, integrationId: webhook.id };
    const own = await client.integrationKeys.create(at, { name: "bot" });
    const stray = await client.integrationKeys.create(at, { name: "stray" });
    const state = exportOf([
      ...resources,
      resource("webhook", "bot", webhook.id, { ...seen, target: webhook.target, version: "v2" }),
      resource("integrationKey", "bot", own.id, { ...seen, ...at, name: "bot" }),
    ]);
    const dev = stateFile("dev.json", state);
    expect(await run("--state", dev, "--json")).toBe(3);
    expect(only("unowned")).toContainEqual(["unowned", "integrationKey", stray.id]);
    await run("--state", dev, "--revoke", "--yes");
    expect(said).toContain(`Deleted integration key ${stray.id}`);
    expect(smooch.emulator.snapshot().integrationKeys.map(({ id }) => id)).toEqual([own.id]);
  });

  it("are not found by an API version that lacks them, which is said of those in the state", async () => {
    const { seen, resources, app } = await populate("v2");
    const { id } = await clientOf("v1").serviceAccounts.create({}, { name: "CI" });
    const state = exportOf([
      ...resources,
      resource("serviceAccount", "ci", id, { name: "CI", ...seen, appId: undefined }),
      resource("menu", "menu", `menu-${app.id}`, { ...seen, items: [] }),
    ]);
    await run("--state", stateFile("dev.json", state), "--json");
    const unread = report().findings.filter(({ kind }) => kind === "unread");
    expect(unread.map(({ object, severity, reason }) => [object, severity, reason])).toEqual([
      ["menu", "problem", "API v2 has no menus: audit with smooch:apiVersion v1.1"],
      ["serviceAccount", "problem", "API v2 has no service accounts: audit with smooch:apiVersion v1.1"],
    ]);
  });
});

describe("an integration's menu", () => {
  it("is compared, and is owned by the resource that declares it", async () => {
    const { app, integration, resources, seen } = await populate();
    const client = clientOf("v1");
    const at = { appId: app.id, integrationId: integration.id };
    const items = [{ type: "link", text: "Offers", uri: "https://shop.example" }];
    const { id } = await client.menus.put(at, { items });
    const state = (text: string) =>
      exportOf([
        ...resources,
        resource("menu", "menu", id, { ...seen, ...at, items: [{ ...items[0], text }] }),
      ]);
    const menus = () =>
      report()
        .findings.filter(({ object }) => object === "menu")
        .map(({ kind, properties }) => [kind, properties]);
    await run("--state", stateFile("dev.json", state("Offers")), "--json");
    expect(menus()).toEqual([]);
    await run("--state", stateFile("dev.json", state("Other")), "--json");
    expect(menus()).toEqual([["drift", ["items"]]]);
    await run("--state", stateFile("dev.json", exportOf(resources)), "--json");
    expect(menus()).toEqual([["unowned", undefined]]);
    await client.menus.delete(at);
    await run("--state", stateFile("dev.json", state("Offers")), "--json");
    expect(menus()).toEqual([["gone", undefined]]);
  });
});

describe("before a deletion, audit", () => {
  it("requires the number of objects, and accepts nothing else", async () => {
    const { key, stray, dev } = await populate();
    stdin.isTTY = true;
    stdin.write("yes\n");
    expect(await run("--state", dev, "--revoke")).toBe(3);
    expect(shown.at(-1)).toBe("Nothing was deleted.");
    expect(shown.join("")).toContain(`1 object to delete:\n  key ${stray.id}\n`);
    expect(left().keys).toHaveLength(2);
    stdin.write("1\n");
    expect(await run("--state", dev, "--revoke")).toBe(3);
    expect(left().keys).toEqual([key.id]);
  });

  it("treats the end of the input as no", async () => {
    const { dev } = await populate();
    stdin.isTTY = true;
    stdin.end();
    expect(await run("--state", dev, "--revoke")).toBe(3);
    expect(left().keys).toHaveLength(2);
  });

  it("checks again, and keeps what a stack has adopted in the meantime", async () => {
    const { app, key, stray, webhook, integration, seen, resources } = await populate();
    const state = exportOf([
      ...resources,
      resource("key", "adopted", stray.id, { name: "by hand", ...seen }),
    ]);
    const { lookAgain } = Audit.prototype;
    vi.spyOn(Audit.prototype, "lookAgain").mockImplementation(async function (
      this: typeof Audit.prototype,
      objects,
    ) {
      expect(objects.map(({ id, app }) => [id, app?.id])).toEqual([
        [stray.id, app.id],
        [webhook.id, app.id],
        [integration.id, app.id],
      ]);
      await byHand(smooch, "DELETE", `/v1/apps/${app.id}/webhooks/${webhook.id}`);
      Reflect.set(this, "files", [toStack("dev.json", state)]);
      return lookAgain.call(this, objects);
    });
    expect(
      await run("--state", stateFile("dev.json", exportOf(resources)), "--revoke", "--delete", "--yes"),
    ).toBe(3);
    expect(said.slice(-3)).toEqual([
      `Kept: key ${stray.id}: a stack owns it now, or it is gone`,
      `Kept: webhook ${webhook.id}: a stack owns it now, or it is gone`,
      expect.stringMatching(/^Deleted integration /),
    ]);
    expect(left()).toEqual({ keys: [key.id, stray.id], webhooks: 0, integrations: 0 });
  });
});

describe("a deletion", () => {
  it("that fails does not stop the others, is reported, and sets the exit status to 1", async () => {
    const { stray, webhook, integration, dev } = await populate();
    smooch.emulator.setFaults({ rules: [{ operation: "deleteKey", fault: "status", status: 403 }] });
    expect(await run("--state", dev, "--revoke", "--delete", "--yes")).toBe(1);
    expect(said.slice(-3)).toEqual([
      expect.stringMatching(new RegExp(`^Failed: key ${stray.id}: Smooch refused to delete key .*HTTP 403`)),
      `Deleted webhook ${webhook.id}`,
      `Deleted integration ${integration.id}`,
    ]);
  });

  it("of an object that is already gone counts as done", async () => {
    const { stray, dev } = await populate();
    // Simulates a key that is deleted between the last check and the deletion.
    smooch.emulator.setFaults({
      rules: [{ operation: "deleteKey", fault: "status", status: 503, applied: true, times: 1 }],
    });
    expect(await run("--state", dev, "--revoke", "--only", stray.id, "--yes")).toBe(3);
    expect(said.at(-1)).toBe(`Already gone: key ${stray.id}`);
  });

  it("is refused, with the findings, if the stack belongs to another account", async () => {
    const { resources } = await populate();
    const foreign = resources.map((one) => ({
      ...one,
      id: "other",
      outputs: { appId: "other", __seenBy: "act_2@api.smooch.io/v1" },
    }));
    const prod = stateFile("prod.json", exportOf(foreign));
    await expect(run("--state", prod, "--revoke", "--yes", "--json")).rejects.toThrow(
      `Nothing was deleted: ${prod} owns nothing in this account: it is the wrong stack, or the settings are those of another account.`,
    );
    expect(report().findings).toHaveLength(7);
    expect(left().keys).toHaveLength(2);
  });

  it("skips apps in which the stacks own nothing, and explains how to include them", async () => {
    const { dev } = await populate();
    const other = await clientOf("v1").apps.create({ name: "Other" });
    const key = await clientOf("v1").keys.create(other.id, { name: "prod" });
    expect(await run("--state", dev, "--revoke", "--yes")).toBe(3);
    expect(shown.at(-1)).toBe(
      `Kept, because these stacks own nothing else in the same apps: ${key.id}. To delete them, name them with --only.`,
    );
    expect(left().keys).toContain(key.id);
    expect(await run("--state", dev, "--revoke", "--yes", "--only", key.id)).toBe(3);
    expect(left().keys).not.toContain(key.id);
  });
});

describe("an audit", () => {
  it.each<[string, string[]]>([
    ["a missing stack", []],
    ["--yes alone", ["--state", "dev.json", "--yes"]],
    ["--only alone", ["--state", "dev.json", "--only", "app_1"]],
    ["a deletion that cannot be confirmed", ["--state", "dev.json", "--revoke"]],
  ])("rejects %s as wrong usage before any request", async (_, args) => {
    await expect(run(...args)).rejects.toMatchObject({ code: "commander.error" });
    expect(smooch.emulator.requests).toEqual([]);
  });

  it("uses the selected stack only if nothing is to be deleted", async () => {
    const { resources, stray } = await populate();
    writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    const script = `#!${process.execPath}
      const args = process.argv.slice(2);
      console.log(args[0] === "config" ? "{}" : args[1] === "--show-name" ? "organization/shop/dev" : ${JSON.stringify(exportOf(resources))});`;
    writeFileSync(join(folder, "pulumi"), script, { mode: 0o755 });
    vi.stubEnv("PATH", folder);
    expect(await run("--json")).toBe(3);
    expect(JSON.parse(String(said[0]))).toMatchObject({
      stacks: ["dev"],
      findings: [{ id: stray.id }, {}, {}],
    });
    await expect(run("--revoke", "--yes")).rejects.toMatchObject({ code: "commander.error" });
    expect(left().keys).toContain(stray.id);
  });

  it("reports a stack that does not exist before missing settings and any request", async () => {
    const script = `#!${process.execPath}
      if (process.argv[2] === "config") console.log("{}");
      else if (process.argv.includes("--stack=dev")) console.log("dev");
      else { console.error("error: no stack named 'prod' found"); process.exitCode = 6; }`;
    writeFileSync(join(folder, "pulumi"), script, { mode: 0o755 });
    vi.stubEnv("PATH", folder);
    vi.stubEnv("SMOOCH_ACCOUNT_KEY_SECRET", "");
    for (const stacks of [["prod"], ["dev", "prod"]]) {
      await expect(run(...stacks.map((name) => `--stack=${name}`))).rejects.toThrow(
        /^pulumi stack --show-name failed: no stack named 'prod' found$/,
      );
    }
    await expect(run("--stack=dev")).rejects.toThrow(/^smooch:accountKeySecret is missing/);
    expect(smooch.emulator.requests).toEqual([]);
  });

  it("accepts an app's key for the app's webhooks and integrations", async () => {
    const { app, key, webhook, integration, dev } = await populate();
    vi.stubEnv("SMOOCH_ACCOUNT_KEY_ID", key.id);
    vi.stubEnv("SMOOCH_ACCOUNT_KEY_SECRET", key.secret);
    await expect(run("--state", dev)).rejects.toThrow("name the one that it belongs to with --app <id>");
    expect(await run("--state", dev, "--app", app.id, "--json")).toBe(3);
    const found = (JSON.parse(String(said.at(-1))) as { findings: Finding[] }).findings;
    expect(found.map(({ kind, severity, id }) => [kind, severity, id])).toEqual([
      ["unowned", "problem", webhook.id],
      ["unowned", "problem", integration.id],
      ["unread", "notice", null],
    ]);
    expect(found.at(-1)).toMatchObject({
      kinds: ["app", "key"],
      fix: "Audit with an account key to have them compared.",
    });
    await run("--state", dev, "--app", app.id);
    expect(said.at(-1)).toContain("Not compared with this key: 1");
    expect(said.at(-1)).not.toContain("Run the audit again");
    expect(await run("--state", dev, "--app", app.id, "--delete", "--yes")).toBe(0);
    expect(left()).toMatchObject({ webhooks: 0, integrations: 0 });
  });

  it("explains an unknown app, wrong credentials and, before any request, an unusable state", async () => {
    await expect(run("--state", join(folder, "none.json"))).rejects.toThrow(
      /none\.json cannot be read: ENOENT/,
    );
    await expect(run("--state", stateFile("bad.json", "canary"))).rejects.toThrow(
      /bad\.json is not the output of `pulumi stack export`: create it again with that command$/,
    );
    expect(smooch.emulator.requests).toEqual([]);
    const { dev } = await populate();
    await expect(run("--state", dev, "--app", "nobody")).rejects.toThrow(
      "no app matches --app nobody (the account has 1)",
    );
    vi.stubEnv("SMOOCH_ACCOUNT_KEY_SECRET", "wrong");
    await expect(run("--state", dev)).rejects.toThrow(/^Smooch refused to list apps: .*\(HTTP 401\)/);
  });

  it("reads a state from standard input", async () => {
    const { resources } = await populate();
    stdin.end(exportOf(resources));
    expect(await run("--state", "-", "--json")).toBe(3);
    expect(report().findings).toHaveLength(3);
  });

  it("reports the whole state as gone if the account has no apps", async () => {
    const { app, dev } = await populate();
    await byHand(smooch, "DELETE", `/v1/apps/${app.id}`);
    expect(await run("--state", dev, "--json")).toBe(3);
    expect(report().findings.map(({ kind, object }) => `${kind} ${object}`)).toEqual([
      "gone key",
      "gone app",
    ]);
  });

  it("includes the journal of this machine", async () => {
    const { stray, dev } = await populate();
    const creates = join(folder, "home", "pulumi-smooch", "creates");
    mkdirSync(creates, { recursive: true });
    writeFileSync(join(creates, "0.json"), JSON.stringify(interrupted({ id: stray.id })));
    writeFileSync(join(creates, "1.json"), JSON.stringify(interrupted({ address: { appId: "5a0b" } })));
    expect(await run("--state", dev, "--revoke", "--yes")).toBe(3);
    expect(said.join("\n")).toContain(
      "Created or started by a run on this machine, and perhaps in no stack's state: 2",
    );
    expect(left().keys).toContain(stray.id);
  });

  it("covers only the apps that --app matches", async () => {
    const { app, dev } = await populate();
    const other = await clientOf("v1").apps.create({ name: "Other" });
    await clientOf("v1").keys.create(other.id, { name: "prod" });
    await run("--state", dev, "--app", "SUP*", "--json");
    expect(report().findings.map((finding) => finding.app?.id)).toEqual([app.id, app.id, app.id]);
    await run("--state", dev, "--app", other.id, "--json");
    expect(report().findings.map(({ object }) => object)).toEqual(["key", "app"]);
  });
});
