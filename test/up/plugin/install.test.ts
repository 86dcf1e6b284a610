import { once } from "node:events";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import manifest from "../../../package.json";
import { runProgram, runPulumi } from "../../support/cli";
import { newFolder } from "../../support/folder";
import { scenario } from "../../support/stack";

const repository = join(__dirname, "..", "..", "..");
const app = `resources: { support: { type: "smooch:App" } }`;

it("Pulumi finds no mistake in the schema", async () => {
  const folder = newFolder("schema");
  const file = join(repository, "dist", "plugin", "schema.json");
  const { code, output } = await runPulumi(folder, ["schema", "check", file]);
  rmSync(folder, { recursive: true, force: true });
  expect(code, output).toBe(0);
  expect(output).not.toMatch(/warning|error/i);
});

it("the archives of a release install from a plain web server", () =>
  scenario(async (_, start) => {
    const stack = start(app, {
      files: (program) => ({ "Pulumi.yaml": `name: test\nruntime: yaml\n${program}\n` }),
    });
    const release = join(stack.folder, "release");
    const script = join(repository, "scripts", "plugin-release.mjs");
    const made = await runProgram(stack.folder, process.execPath, [script, release]);
    expect(made.code, made.output).toBe(0);
    expect(readdirSync(release)).toHaveLength(6);
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(String(request.url));
      response.end(readFileSync(join(release, basename(String(request.url)))));
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    const from = ["--server", `http://127.0.0.1:${port}/releases`];
    const { code, output } = await runPulumi(stack.folder, [
      "plugin",
      "install",
      "resource",
      "smooch",
      manifest.version,
      ...from,
    ]);
    expect(code, output).toBe(0);
    expect(asked).toEqual([
      expect.stringMatching(/^\/releases\/pulumi-resource-smooch-v0\.1\.0-\w+-\w+\.tar\.gz$/),
    ]);
    server.close();
    await stack.up();
    await stack.destroy();
  }));

it("the folder `plugin`, which Pulumi installs from a git URL, runs as the plugin", () =>
  scenario(async (_, start) => {
    const stack = start(app, {
      files: (program) => ({
        "Pulumi.yaml": `name: test\nruntime: yaml\nplugins: { providers: [{ name: smooch, path: ./source }] }\n${program}\n`,
      }),
    });
    const source = join(stack.folder, "source");
    cpSync(join(repository, "plugin"), source, { recursive: true });
    mkdirSync(join(source, "node_modules"));
    // In place of what `pulumi install` does there: `npm install`.
    symlinkSync(repository, join(source, "node_modules", "pulumi-smooch"));
    symlinkSync(join(repository, "node_modules", "@pulumi"), join(source, "node_modules", "@pulumi"));
    await stack.up();
    expect(stack.resource("support").type).toBe("smooch:index:App");
    await stack.expectNoChange();
    await stack.destroy();
  }));
