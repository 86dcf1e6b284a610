import { cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningEmulator, startEmulator } from "../../../src/emulator/index";
import { inlineDoor, pluginDoor } from "../../support/door";
import { newFolder } from "../../support/folder";
import { environmentFor, Stack } from "../../support/stack";

let api: RunningEmulator;
let stack: Stack;

beforeAll(async () => {
  api = await startEmulator();
  stack = Stack.create(api, app);
});
beforeEach(() => {
  stack.environment = environmentFor(api);
  stack.enter(inlineDoor, app);
});
afterAll(async () => {
  expect(api.emulator.requests).toEqual([]);
  stack.dispose();
  await api.close();
});

const failingPreview = async () => {
  const { code, output } = await stack.try("preview");
  expect(code, output).not.toBe(0);
  return output;
};
const app = 'new smooch.SmoochApp("support");';

describe("a preview fails before any call, and says what is wrong", () => {
  it.each([
    ["a missing key", { SMOOCH_ACCOUNT_KEY_ID: "" }, "accountKeyId is missing: run `pulumi config set"],
    [
      "id and secret of the key swapped",
      { SMOOCH_ACCOUNT_KEY_SECRET: `act_${"a".repeat(24)}` },
      "id and secret are swapped",
    ],
    ["an unknown API version", { SMOOCH_API_VERSION: "v3" }, "is not an API version; use v1, v1.1, v2"],
    [
      "a key of an app, which cannot create apps",
      { SMOOCH_ACCOUNT_KEY_ID: `app_${"a".repeat(24)}` },
      "a key of an app: use an account key",
    ],
  ])("%s", async (_, environment, message) => {
    Object.assign(stack.environment, environment);
    expect(await failingPreview()).toContain(message);
  });

  it("an input that only a newer API version has", async () => {
    stack.program = 'new smooch.SmoochApp("support", { settings: { multiConvoEnabled: true } });';
    expect(await failingPreview()).toContain("settings.multiConvoEnabled needs apiVersion v2");
  });

  it.each([
    ["an unknown input", 'support: { type: "smooch:App", properties: { nam: x } }', "nam"],
    ["an unknown type", 'it: { type: "smooch:Switch" }', "smooch:Switch"],
  ])("%s in YAML", async (_, resource, message) => {
    stack.enter(pluginDoor, `resources: { ${resource} }`);
    expect(await failingPreview()).toContain(message);
  });

  it("never prints a secret input", async () => {
    stack.program = `new smooch.SmoochIntegration("sms", {
      appId: "5a0b1c2d3e4f5a6b7c8d9e0f", type: "twilio", authToken: pulumi.secret("canary-of-twilio"), accountSid: "",
    });`;
    const output = await failingPreview();
    expect(output).toContain("accountSid must not be empty");
    expect(output).not.toContain("canary-of-twilio");
  });
});

describe("a plugin that cannot start", () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  /** A copy of the plugin, and a PATH that has what its launcher needs, with another `node` or none. */
  function brokenNode(node: string | undefined): void {
    const folder = newFolder("plugin");
    folders.push(folder);
    const plugin = join(__dirname, "..", "..", "..", "dist", "plugin");
    cpSync(plugin, join(folder, "plugin"), { recursive: true });
    const bin = join(folder, "bin");
    cpSync(plugin, bin, { recursive: true });
    for (const tool of ["sh", "dirname"]) symlinkSync(toolPath(tool), join(bin, tool));
    if (node !== undefined) writeFileSync(join(bin, "node"), node, { mode: 0o755 });
    const file = join(stack.folder, "Pulumi.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(plugin, join(folder, "plugin")));
    stack.environment.PATH = `${process.env.PULUMI_SMOOCH_CLI}:${bin}`;
  }

  it("for lack of Node.js says so", async () => {
    brokenNode(undefined);
    expect(await failingPreview()).toContain(
      "pulumi-smooch needs Node.js 20.19 or newer, and there is no `node` on PATH: https://nodejs.org",
    );
  });

  it("because Node.js is too old says which one is needed", async () => {
    const old = `Object.defineProperty(process.versions, "node", { value: "18.20.4" });`;
    folders.push(newFolder("old"));
    const preload = join(String(folders.at(-1)), "old.cjs");
    writeFileSync(preload, old);
    brokenNode(`#!/bin/sh\nexec ${process.execPath} --require ${preload} "$@"\n`);
    expect(await failingPreview()).toContain(
      "pulumi-smooch needs Node.js 20.19 or newer; `node` on PATH is 18.20.4",
    );
  });
});

function toolPath(tool: string): string {
  const folder = String(process.env.PATH)
    .split(":")
    .find((one) => existsSync(join(one, tool)));
  if (folder === undefined)
    throw new Error(`no ${tool} on PATH, although ${dirname(process.execPath)} has Node.js`);
  return join(folder, tool);
}
