import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import manifest from "../../../package.json";
import { addNewCommand } from "../../../src/cli/commands/new";
import { writeNewProject } from "../../../src/cli/new/project";
import type { Language } from "../../../src/cli/shared/project/files";
import type { ApiVersion } from "../../../src/smooch/api-version";

let parent: string;
let said: string[];
let complained: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "pulumi-smooch-new-"));
  [said, complained] = [[], ""];
  vi.spyOn(console, "log").mockImplementation((text) => void said.push(String(text)));
  vi.spyOn(process, "cwd").mockReturnValue(parent);
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(parent, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<void> {
  const command = new Command().exitOverride().configureOutput({
    writeErr: (text) => {
      complained += text;
    },
  });
  addNewCommand(command);
  await command.parseAsync(["new", ...args], { from: "user" });
}

const read = (folder: string, file: string) => readFileSync(join(parent, folder, file), "utf8");
const project = (language: Language, apiVersion: ApiVersion) =>
  writeNewProject({ name: "shop", language, apiVersion });

describe("pulumi-smooch new", () => {
  it("prints a cd command that works for a folder that begins with a dash", async () => {
    await run("--", "-x");
    expect(said.join()).toContain("\n  cd ./-x\n");
  });

  it("writes a project, and prints what to do next", async () => {
    await run("shop");
    expect(readdirSync(join(parent, "shop")).sort()).toEqual([
      ".github",
      ".gitignore",
      "Pulumi.emulator.yaml",
      "Pulumi.yaml",
      "README.md",
      "index.ts",
      "package.json",
      "program.test.mjs",
      "tsconfig.json",
    ]);
    expect(said).toEqual([
      `Wrote the project "shop" to shop. Next, as its README.md says:

  cd shop
  npm install
  pulumi stack init emulator
  npm run emulator            # in a second terminal, in the same folder; it stays there
  pulumi up
`,
    ]);
    expect(JSON.parse(read("shop", "package.json"))).toEqual({
      name: "shop",
      private: true,
      main: "index.ts",
      scripts: {
        emulator: "pulumi-smooch emulator --stack emulator --no-target-check",
        test: "node --test",
      },
      dependencies: { "@pulumi/pulumi": "^3.216.0", "pulumi-smooch": `^${manifest.version}` },
      devDependencies: { "@types/node": "^20.0.0", typescript: "^5.0.0" },
    });
    expect(read("shop", ".gitignore")).toBe("node_modules/\n");
    expect(readdirSync(parent)).toEqual(["shop"]);
    // The folder has the default mode, not one for its owner alone.
    mkdirSync(join(parent, "other"));
    expect(statSync(join(parent, "shop")).mode).toBe(statSync(join(parent, "other")).mode);
  });

  it.each([
    ["my shop & café", "my-shop-caf", "cd 'my shop & café'"],
    ["it's", "it-s", "cd 'it'\\''s'"],
    ["サポート", "smooch", "cd 'サポート'"],
    ["2shop", "2shop", "cd 2shop"],
    ["..shop", "shop", "cd ..shop"],
    ["below/Shop_1.x", "Shop_1.x", "cd below/Shop_1.x"],
    ["x".repeat(120), "x".repeat(100), `cd ${"x".repeat(120)}`],
  ])("accepts the folder %j", async (folder, name, change) => {
    await run(folder);
    expect(read(folder, "Pulumi.yaml")).toContain(`name: "${name}"\n`);
    expect(read(folder, "Pulumi.yaml")).toContain(`\n  ${name}:target:\n`);
    expect(read(folder, "Pulumi.emulator.yaml")).toContain(`\n  ${name}:target: https://`);
    expect(JSON.parse(read(folder, "package.json")).name).toBe(name.toLowerCase());
    expect(said.join()).toContain(`\n  ${change}\n  npm install\n`);
  });

  it("writes into the current folder, which may already be a repository", async () => {
    mkdirSync(join(parent, ".git"));
    const { ino } = statSync(parent);
    await run(".", "--name", "acme-shop", "--language", "javascript");
    expect(statSync(parent).ino).toBe(ino);
    expect(read("", "Pulumi.yaml")).toContain('name: "acme-shop"\n');
    expect(existsSync(join(parent, "index.js"))).toBe(true);
    expect(said.join()).toMatch(/^Wrote the project "acme-shop" to \.\. Next.*\n\n {2}npm install\n/);
  });

  it("refuses a folder that is not empty, and leaves it unchanged", async () => {
    await run("shop");
    const before = read("shop", "index.ts");
    await expect(run("shop", "--language", "javascript")).rejects.toThrow(
      `${join(parent, "shop")} is not empty, and nothing is overwritten: choose another folder`,
    );
    expect(read("shop", "index.ts")).toBe(before);
    expect(existsSync(join(parent, "shop", "index.js"))).toBe(false);
    writeFileSync(join(parent, "file"), "mine");
    for (const folder of ["file", "file/below"]) {
      await expect(run(folder)).rejects.toThrow(/ is a file, or is inside one: choose another folder$/);
    }
    expect(read("", "file")).toBe("mine");
    expect(said).toHaveLength(1);
  });

  it.each([
    [[""], "value '' is invalid for argument 'folder'. It must name a folder."],
    [["shop", "--name", "../shop"], "argument '../shop' is invalid. It must begin with a letter or digit"],
    [["shop", "--name", "x".repeat(101)], "at most 100 letters"],
    [["shop", "--language", "cobol"], "Allowed choices are typescript, javascript, yaml, python, go."],
    [["shop", "--api-version", "v3"], "Allowed choices are v1, v1.1, v2."],
    [["shop", "--app-id", "5a; rm"], "It must be an app's id"],
    [[], "missing required argument 'folder'"],
    [["shop", "bazaar"], "too many arguments"],
  ])("rejects %j as wrong usage", async (args, reason) => {
    await expect(run(...args)).rejects.toMatchObject({ exitCode: 1 });
    expect(complained).toContain(reason);
    expect(readdirSync(parent)).toEqual([]);
  });
});

describe("the project", () => {
  it("sets the API version for all stacks if it is not the default", () => {
    const yaml = (version: ApiVersion) => project("typescript", version).get("Pulumi.yaml");
    expect(yaml("v1")).toBe(`name: "shop"
description: A Smooch app with a key and a webhook
runtime: nodejs
config:
  shop:target:
    description: The http(s) URL that the app's events are posted to
    type: string
`);
    expect(yaml("v1.1")).toContain("\n  smooch:apiVersion:\n    value: v1.1\n");
    expect(yaml("v2")).toContain("\n  smooch:apiVersion:\n    value: v2\n");
  });

  it("has its own emulator, with a port and a key that no other project has", () => {
    const stacks = Array.from(
      { length: 5 },
      () => project("typescript", "v1").get("Pulumi.emulator.yaml") ?? "",
    );
    const all = (pattern: RegExp) => new Set(stacks.map((text) => pattern.exec(text)?.[1]));
    expect(all(/127\.0\.0\.1:([23]\d{4})\n/)).not.toContain(undefined);
    expect(all(/accountKeyId: (act_[0-9a-f]{24})\n/).size).toBe(5);
    expect(all(/accountKeySecret: (emulator-only-[0-9a-f]{24})\n/).size).toBe(5);
  });

  it("protects its app, except in the emulator, and explains how to remove the protection", () => {
    const files = project("typescript", "v2");
    expect(files.get("index.ts")).toContain(
      '("support", {}, { protect: config.getBoolean("protect") ?? true });',
    );
    expect(files.get("Pulumi.emulator.yaml")).toContain(`\n  shop:protect: "false"\n`);
    expect(files.get("README.md")).toContain("\npulumi config set protect false\npulumi up\n");
    expect(files.get("README.md")).toContain("add `--preserve-config`");
    expect([...files.values()].join()).not.toMatch(/\{\{|undefined/);
  });

  it("with an app's key uses that app, and contains nothing that needs an account key", () => {
    const appId = "5a0b1c2d3e4f5a6b7c8d9e0f";
    const given = {
      name: "shop",
      language: "typescript",
      apiVersion: "v1",
      appId,
    } as const;
    const files = writeNewProject(given);
    expect(files.get("index.ts")).not.toMatch(/SmoochApp|SmoochKey/);
    expect(files.get("index.ts")).toContain('appId: config.require("appId"),');
    expect(files.get("Pulumi.yaml")).toContain(`  shop:appId:\n    type: string\n    default: "${appId}"\n`);
    expect(files.get("Pulumi.emulator.yaml")).toMatch(/accountKeyId: app_[0-9a-f]{24}\n/);
    expect(JSON.parse(files.get("package.json") ?? "").scripts.emulator).toMatch(
      / --app-id 5a0b1c2d3e4f5a6b7c8d9e0f$/,
    );
    expect(files.get("README.md")).toContain("declaring apps and keys requires an account key");
    expect([...files.values()].join()).not.toMatch(/\{\{|undefined/);
  });

  it("has no types in JavaScript", () => {
    const files = project("javascript", "v1");
    expect(files.has("tsconfig.json")).toBe(false);
    expect(files.get("Pulumi.yaml")).toContain("\n  options:\n    typescript: false\n");
    expect(JSON.parse(files.get("package.json") ?? "")).not.toHaveProperty("devDependencies");
    expect(files.get("README.md")).toContain("[index.js](index.js)");
    // In a CommonJS program, only properties of `exports` are the stack's outputs.
    expect(files.get("index.js")).toContain("\nexports.jwt = key.jwt;\n");
  });

  it.each([
    ["v1", 'triggers: ["message", "postback"]'],
    ["v1.1", 'triggers: ["message", "postback"]'],
    ["v2", 'triggers: ["conversation:message", "conversation:postback"]'],
  ] as const)("has the triggers of %s", (version, triggers) => {
    expect(project("typescript", version).get("index.ts")).toContain(triggers);
  });
});
