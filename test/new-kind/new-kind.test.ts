import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { startEmulator } from "../../src/emulator/index";
import { runProgram, runPulumi } from "../support/cli";
import { environmentFor } from "../support/stack";
import { pieces, Tree } from "./tree";

// What docs/architecture.md says of a new kind, for one that no API has.

let tree: Tree;

beforeAll(() => {
  tree = new Tree();
  for (const piece of Object.values(pieces)) tree.add(piece);
});

afterAll(() => tree.remove());

const node = (...args: string[]) => runProgram(tree.folder, process.execPath, args);

async function typeCheck() {
  const tsc = join("node_modules", "typescript", "bin", "tsc");
  return node(tsc, "--noEmit", "--incremental", "--tsBuildInfoFile", "checked.tsbuildinfo");
}

describe("the type-check", () => {
  it("accepts the kind's four files, its rows and its exports", async () => {
    expect(await typeCheck()).toEqual({ code: 0, output: "" });
  });

  it.each(Object.entries(pieces))("fails without %s", async (_, piece) => {
    tree.take(piece);
    const { code, output } = await typeCheck();
    tree.add(piece);
    expect(code).toBe(2);
    expect(output).toContain("error TS");
  });
});

describe("a kind that type-checks", () => {
  beforeAll(async () => {
    const { code, output } = await node(join("scripts", "docs.mjs"));
    expect(code, output).toBe(0);
  });

  it("has a page in the reference", () => {
    const page = readFileSync(join(tree.folder, "docs", "resources", "ribbon.md"), "utf8");
    expect(page).toContain("# SmoochRibbon\n");
    expect(page).toMatch(/\| `color` .*in place/);
    expect(page).toMatch(/\| `name` .*replaces/);
    expect(page).toMatch(/\| `secret` .*yes/);
  });

  it.each(["v1", "v2"])("is played by the fault matrix with API %s", async (version) => {
    const options = [
      "--layer",
      "sim",
      "--api-version",
      version,
      "--seeds",
      "30",
      "--start",
      "1",
      "--verbose",
    ];
    const { code, output } = await node(join("scripts", "faults.mjs"), ...options);
    expect(code, output.slice(-5000)).toBe(0);
    for (const step of ["create", "update", "replace"])
      expect(output).toMatch(new RegExp(`${step} ribbon\\d`));
    expect(output).toMatch(/DELETE \/\S+\/ribbons\/\w+ 200 deleteRibbon/);
  });

  it("lives through the Pulumi CLI, and audit and export know it", async () => {
    const user = join(tree.folder, "user");
    mkdirSync(join(user, "node_modules"), { recursive: true });
    symlinkSync(tree.folder, join(user, "node_modules", "pulumi-smooch"));
    writeFileSync(join(user, "package.json"), '{ "name": "user", "private": true }\n');
    writeFileSync(join(user, "Pulumi.yaml"), "name: user\nmain: index.js\nruntime: nodejs\n");
    const write = (color: string) =>
      writeFileSync(
        join(user, "index.js"),
        `const { SmoochApp, SmoochRibbon } = require("pulumi-smooch");
         const { id: appId } = new SmoochApp("shop");
         exports.secret = new SmoochRibbon("first", { appId, color: "${color}" }).secret;`,
      );
    const load = createRequire(join(tree.folder, "index.js"));
    const own = load("./dist/emulator/index.js") as { startEmulator: typeof startEmulator };
    const api = await own.startEmulator();
    const ribbons = () => Object.entries(api.emulator.snapshot()).find(([name]) => name === "ribbons")?.[1];
    const environment = environmentFor(api);
    const pulumi = async (...args: string[]) => {
      const { code, output } = await runPulumi(user, args, environment);
      expect(code, output).toBe(0);
      return output;
    };
    const command = (...args: string[]) =>
      runProgram(
        user,
        process.execPath,
        [join(tree.folder, "dist", "cli", "index.js"), ...args],
        environment,
      );
    try {
      await pulumi("stack", "init", "dev");
      write("red");
      await pulumi("up", "--yes", "--skip-preview");
      write("blue");
      expect(await pulumi("up", "--yes", "--skip-preview")).toContain("1 updated");
      const [app] = api.emulator.snapshot().apps;
      expect(ribbons()).toEqual([
        { id: expect.any(String), appId: app?.id, name: "first", color: "blue", secret: expect.any(String) },
      ]);
      await pulumi("preview", "--expect-no-changes");

      const clean = await command("audit", "--stack", "dev");
      expect(clean.code, clean.output).toBe(0);
      await pulumi("state", "delete", "--yes", await urnOf("first"));
      const unowned = await command("audit", "--stack", "dev");
      expect(unowned).toMatchObject({
        code: 3,
        output: expect.stringContaining("Ribbons that no stack owns"),
      });
      await command("export", "--out", "copy");
      const program = readFileSync(join(user, "copy", "index.ts"), "utf8");
      expect(program).toContain(
        'new SmoochRibbon("shop-first", { appId: shopApp.id, name: "first", color: "blue" });',
      );

      await command("audit", "--stack", "dev", "--delete", "--yes");
      expect(ribbons()).toEqual([]);
      await pulumi("destroy", "--yes", "--skip-preview");
      expect(api.emulator.isEmpty()).toBe(true);
    } finally {
      await api.close();
    }

    async function urnOf(name: string): Promise<string> {
      const state = await pulumi("stack", "export");
      return new RegExp(`"urn": "(urn:[^"]*::${name})"`).exec(state)?.[1] ?? "";
    }
  });
});
