import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Owner } from "../../src/emulator/console/contract";
import type { RunningEmulator, startEmulator } from "../../src/emulator/index";
import { runProgram, runPulumi } from "../support/cli";
import { consoleToken } from "../support/console-token";
import { environmentFor } from "../support/stack";
import { resourcesIn, stateFileOf } from "../support/state-file";
import { Compiler } from "./compiler";
import { badge, ribbon, Tree } from "./tree";

// Tests what docs/architecture.md says about new kinds, with two kinds that no API has.

let tree: Tree;

beforeAll(() => {
  tree = new Tree();
  for (const piece of [...Object.values(ribbon), ...Object.values(badge)]) tree.add(piece);
});

afterAll(() => tree.remove());

/** What the console shows of an app's objects, without ids. */
async function shownInConsole({ url, consoleUrl }: RunningEmulator, appId = "") {
  const headers = { "x-console-token": await consoleToken(consoleUrl) };
  const answer = await fetch(`${url}/_emulator/console/owners/${appId}`, { headers });
  const { objects }: Owner = Object(await answer.json());
  return objects.map(({ kind, properties: { id: _, appId: __, ...own } }) => [
    kind,
    kind === "app" ? undefined : own,
  ]);
}

const node = (...args: string[]) => runProgram(tree.folder, process.execPath, args);

describe("the type-check", () => {
  const compiler = () => (shared ??= new Compiler(tree.folder));
  let shared: Compiler | undefined;

  it("accepts the four files of each kind, its rows and its exports", () => {
    expect(compiler().firstError()).toBeUndefined();
  });

  it.each(Object.entries(ribbon))("fails without %s", (_, piece) => {
    tree.take(piece);
    // Any error will do, and it is probably there.
    const tables = Object.values(ribbon).map(({ file }) => file);
    const error = compiler().firstError(...tables);
    tree.add(piece);
    expect(error).toContain("error TS");
  });
});

describe("a kind that type-checks", () => {
  beforeAll(async () => {
    const { code, output } = await node(join("scripts", "docs.mjs"));
    expect(code, output).toBe(0);
  });

  it("has a page in the reference", () => {
    const other = readFileSync(join(tree.folder, "docs", "resources", "badge.md"), "utf8");
    expect(other).toMatch(/\| `color` .*in place/);
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
    for (const call of ["PUT", "DELETE"]) expect(output).toMatch(new RegExp(`${call} /\\S+/badge 200`));
  });

  it("works with the Pulumi CLI, audit and export", async () => {
    const user = join(tree.folder, "user");
    mkdirSync(join(user, "node_modules"), { recursive: true });
    symlinkSync(tree.folder, join(user, "node_modules", "pulumi-smooch"));
    writeFileSync(join(user, "package.json"), '{ "name": "user", "private": true }\n');
    writeFileSync(join(user, "Pulumi.yaml"), "name: user\nmain: index.js\nruntime: nodejs\n");
    const write = (color: string) =>
      writeFileSync(
        join(user, "index.js"),
        `const { SmoochApp, SmoochBadge, SmoochRibbon } = require("pulumi-smooch");
         const { id: appId } = new SmoochApp("shop");
         new SmoochBadge("badge", { appId, color: "${color}" });
         exports.secret = new SmoochRibbon("first", { appId, color: "${color}" }).secret;`,
      );
    const load = createRequire(join(tree.folder, "index.js"));
    const own = load("./dist/emulator/index.js") as { startEmulator: typeof startEmulator };
    const api = await own.startEmulator({ console: true });
    const found = (plural: string) =>
      Object.entries(api.emulator.snapshot()).find(([name]) => name === plural)?.[1];
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
      expect(await pulumi("up", "--yes", "--skip-preview")).toContain("2 updated");
      const [app] = api.emulator.snapshot().apps;
      expect(found("badges")).toEqual([{ id: `badge-${app?.id}`, appId: app?.id, color: "blue" }]);
      expect(found("ribbons")).toEqual([
        { id: expect.any(String), appId: app?.id, name: "first", color: "blue", secret: expect.any(String) },
      ]);
      expect(await shownInConsole(api, app?.id)).toEqual([
        ["app", undefined],
        ["ribbon", { name: "first", color: "blue", secret: "…" }],
        ["badge", { color: "blue" }],
      ]);
      await pulumi("preview", "--expect-no-changes");

      const clean = await command("audit", "--stack", "dev");
      expect(clean.code, clean.output).toBe(0);
      const stateFile = stateFileOf(user, "dev", "user");
      const urns = resourcesIn(readFileSync(stateFile, "utf8")).map(({ urn }) => urn);
      const disowned = urns.filter((urn) => /::(first|badge)$/.test(urn));
      expect(disowned).toHaveLength(2);
      await pulumi("state", "delete", "--yes", ...disowned);
      // It is unknown whose badge this is, so it is not overwritten.
      const again = await runPulumi(
        user,
        ["up", "--yes", "--skip-preview", "--target", "**::badge"],
        environment,
      );
      expect(again.output).toContain(
        `Smooch already has badge badge-${app?.id}, and does not create a second one.`,
      );
      const unowned = await command("audit", "--stack", "dev");
      expect(unowned).toMatchObject({
        code: 3,
        output: expect.stringContaining("Ribbons that no stack owns"),
      });
      expect(unowned.output).toContain("Badges that no stack owns");
      await command("export", "--out", "copy");
      const program = readFileSync(join(user, "copy", "index.ts"), "utf8");
      expect(program).toContain(
        'new SmoochRibbon("shop-first", { appId: shopApp.id, name: "first", color: "blue" });',
      );

      expect(program).toMatch(/new SmoochBadge\("[\w-]+", \{ appId: shopApp.id, color: "blue" \}\);/);

      await command("audit", "--stack", "dev", "--delete", "--yes");
      expect([found("ribbons"), found("badges")]).toEqual([[], []]);
      await pulumi("destroy", "--yes", "--skip-preview");
      expect(api.emulator.isEmpty()).toBe(true);
    } finally {
      await api.close();
    }
  });
});
