import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import manifest from "../../package.json";
import { startEmulator } from "../../src/emulator/index";
import { sdkVersions } from "../matrix/combinations";
import { runPulumi } from "../support/cli";
import { packPackage } from "../support/pack";
import { environmentFor } from "../support/stack";

const run = promisify(execFile);

/** A user's project outside the repository, with the package installed from the output of `npm pack`. */
let project: string;
let tarball: string;
let packed: string[];

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), "pulumi-smooch-user-"));
  ({ tarball, files: packed } = await packPackage(project));
  writeFileSync(join(project, "package.json"), '{ "name": "user", "private": true, "main": "index.ts" }\n');
  await run(
    "npm",
    [
      "install",
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
      `./${basename(tarball)}`,
      `@pulumi/pulumi@${sdkVersions.newest}`,
    ],
    {
      cwd: project,
    },
  );
}, 300_000);

afterAll(() => rmSync(project, { recursive: true, force: true }));

const node = async (...args: string[]) => (await run(process.execPath, args, { cwd: project })).stdout.trim();

describe("the packed package", () => {
  it("contains what runs and what a reader needs, and nothing else", () => {
    const outside = packed.filter((path) => !/^(dist|docs|templates)\//.test(path)).sort();
    expect(packed).toContain("templates/typescript/v1.ts");
    expect(outside).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      // `export --per-app` copies them.
      "examples/fleet/fleet.mjs",
      "examples/fleet/index.js",
      "package.json",
    ]);
    expect(packed).toEqual(expect.arrayContaining(["dist/index.js", "dist/index.d.ts", "dist/cli/index.js"]));
    expect(packed.filter((path) => /^(?!(?:docs|templates)\/).*test|\.work|\.map$/.test(path))).toEqual([]);
  });

  it("has types that every kind of import finds, and that match its exports", async () => {
    const { checkPackage, createPackageFromTarballData } = await import("@arethetypeswrong/core");
    // The plugin is run, not imported.
    const excludeEntrypoints = ["./plugin"];
    const file = createPackageFromTarballData(readFileSync(tarball));
    const result = await checkPackage(file, { excludeEntrypoints });
    if (!result.types) throw new Error("no types found");
    expect(Object.keys(result.entrypoints)).toEqual([".", "./provider", "./emulator", "./package.json"]);
    expect(result.problems).toEqual([]);
  });

  it("follows the rules for published packages", async () => {
    const { publint } = await import("publint");
    const { messages } = await publint({ pack: { tarball: readFileSync(tarball).buffer }, strict: true });
    expect(messages).toEqual([]);
  });

  const loaded =
    "Object.keys(require.cache).filter((f) => /node_modules.(axios|zod|jsonwebtoken|commander)\\b/.test(f)).length";

  it("loads no dependency before a program needs it", async () => {
    expect(await node("-e", `require("pulumi-smooch"); console.log(${loaded})`)).toBe("0");
    const signs = `require("pulumi-smooch").signJwt({ keyId: "app_1", secret: "s" }); console.log(${loaded} > 0)`;
    expect(await node("-e", signs)).toBe("true");
  });

  it("loads only one file into the provider process before it calls Smooch", async () => {
    const files = "Object.keys(require.cache).length";
    expect(await node("-e", `require("pulumi-smooch/provider").app; console.log(${files}, ${loaded})`)).toBe(
      "1 0",
    );
    expect(packed).toContain("dist/provider/licenses.txt");
  });

  it("can be imported by name from an ES module", async () => {
    const program =
      'import { SmoochApp, SmoochKey, SmoochWebhook, signJwt } from "pulumi-smooch"; console.log([SmoochApp, SmoochKey, SmoochWebhook, signJwt].map((x) => typeof x).join())';
    expect(await node("--input-type=module", "-e", program)).toBe("function,function,function,function");
    expect(
      await node(
        "--input-type=module",
        "-e",
        'import { startEmulator } from "pulumi-smooch/emulator"; console.log(typeof startEmulator)',
      ),
    ).toBe("function");
  });

  it("exports the provider under the name that every state contains", async () => {
    const text = 'exports.handler=()=>require("pulumi-smooch/provider").key';
    const calls = `const m = {}; new Function("exports", "require", ${JSON.stringify(text)})(m, require); console.log(Object.keys(m.handler()).sort().join())`;
    expect(await node("-e", calls)).toBe("check,configure,create,delete,diff,read,update");
  });

  it("reports where it is missing if Pulumi would not find it from the program's folder", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "pulumi-smooch-elsewhere-"));
    const modules = join(project, "node_modules");
    const program = `
      const pulumi = require(${JSON.stringify(join(modules, "@pulumi", "pulumi"))});
      pulumi.runtime.setMocks({ newResource: () => ({ id: "id", state: {} }), call: () => ({}) });
      const { SmoochApp } = require(${JSON.stringify(join(modules, "pulumi-smooch"))});
      try { new SmoochApp("app"); } catch ({ message }) { console.log(message); }`;
    // The path of Pulumi's own runner.
    const runner = join(elsewhere, "@pulumi", "pulumi", "cmd", "run");
    mkdirSync(runner, { recursive: true });
    writeFileSync(join(runner, "index.js"), program);
    const { stdout } = await run(process.execPath, [runner], { cwd: elsewhere });
    // For an inline program Pulumi looks in the project's folder, whatever this process's working directory.
    const inline = await run(process.execPath, ["-e", program], { cwd: elsewhere });
    expect(stdout).toContain("pulumi-smooch cannot be found from");
    expect(inline.stdout).toBe("");
    expect(await node(runner)).toBe("");
    rmSync(elsewhere, { recursive: true });
  });

  it("includes its command", async () => {
    const { stdout } = await run("npx", ["--no-install", "pulumi-smooch", "--version"], { cwd: project });
    expect(stdout.trim()).toBe(manifest.version);
  });

  it("runs a TypeScript program if the user has not installed TypeScript", async () => {
    expect(() => readFileSync(join(project, "node_modules", "typescript", "package.json"))).toThrow("ENOENT");
    const emulator = await startEmulator({ checkTargets: false });
    writeFileSync(join(project, "Pulumi.yaml"), "name: user\nruntime: nodejs\n");
    writeFileSync(
      join(project, "index.ts"),
      `import { SmoochApp, SmoochKey, SmoochWebhook, getKeys } from "pulumi-smooch";
       import { app as provider } from "pulumi-smooch/provider";
       const app = new SmoochApp("support", { settings: { useAnimalNames: true } });
       const key = new SmoochKey("backend", { appId: app.id, keepers: { n: 1 } });
       new SmoochWebhook("events", { appId: app.id, target: "https://bot.example" });
       export const secrets = getKeys({ appId: key.appId }).apply((keys) => keys.map((k) => k.secret));
       export const jwt = key.jwt;
       const type: string = typeof provider.check;`,
    );
    const pulumi = async (...args: string[]) => {
      const { code, output } = await runPulumi(project, args, environmentFor(emulator));
      expect(code, output).toBe(0);
    };
    try {
      await pulumi("stack", "init", "dev");
      await pulumi("up", "--yes", "--skip-preview");
      expect(emulator.emulator.snapshot().keys).toHaveLength(1);
      await pulumi("destroy", "--yes", "--skip-preview");
      expect(emulator.emulator.isEmpty()).toBe(true);
    } finally {
      await emulator.close();
    }
  });

  it("runs the project that `new` writes with the oldest supported SDK, and the newest TypeScript that this SDK allows", async () => {
    const folder = join(project, "shop");
    await run("npx", ["--no-install", "pulumi-smooch", "new", "shop"], { cwd: project });
    const file = join(folder, "package.json");
    const written = JSON.parse(readFileSync(file, "utf8")) as { dependencies: Record<string, string> };
    const { oldest } = sdkVersions;
    expect(written.dependencies["@pulumi/pulumi"]).toBe(`^${oldest}`);
    Object.assign(written.dependencies, { "@pulumi/pulumi": oldest, "pulumi-smooch": `file:${tarball}` });
    writeFileSync(file, JSON.stringify(written));
    await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund"], { cwd: folder });
    await run("npx", ["--no-install", "tsc", "-p", "."], { cwd: folder });

    const emulator = await startEmulator({ checkTargets: false });
    const environment = environmentFor(emulator);
    const pulumi = async (...args: string[]) => {
      const { code, output } = await runPulumi(folder, args, environment);
      expect(code, output).toBe(0);
      return output;
    };
    try {
      await pulumi("stack", "init", "dev");
      await pulumi(
        "config",
        "set-all",
        "--plaintext",
        "target=https://bot.example",
        "--plaintext",
        "protect=false",
      );
      const output = await pulumi("up", "--yes", "--skip-preview", "--json");
      const { keys, webhooks } = emulator.emulator.snapshot();
      expect(output).toContain("resp: [not shown]");
      for (const { secret } of [...keys, ...webhooks]) expect(output).not.toContain(secret);
      // Pulumi has checked the program's types by now.
      environment.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
      await pulumi("preview", "--expect-no-changes");
      await pulumi("destroy", "--yes", "--skip-preview");
      expect([keys.length, webhooks.length, emulator.emulator.isEmpty()]).toEqual([1, 1, true]);
    } finally {
      await emulator.close();
    }
  });
});
