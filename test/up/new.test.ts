import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "vitest";
import { cliEnvironment, runProgram, runPulumi } from "../support/cli";
import { commandFile } from "../support/command";
import { newFolder } from "../support/folder";
import { freePort } from "../support/port";

const repository = join(__dirname, "..", "..");
const folders: string[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) await stop(child);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Creates a project with `pulumi-smooch new`, and links the command in place of `npm install`. */
async function start(...flags: string[]): Promise<string> {
  const parent = newFolder("new");
  folders.push(parent);
  const { code, output } = await runProgram(parent, process.execPath, [commandFile, "new", "shop", ...flags]);
  expect(code, output).toBe(0);
  const folder = join(parent, "shop");
  mkdirSync(join(folder, "node_modules", ".bin"), { recursive: true });
  symlinkSync(commandFile, join(folder, "node_modules", ".bin", "pulumi-smooch"));
  // The port in the project may already be in use by another test or a running emulator.
  const file = join(folder, "Pulumi.emulator.yaml");
  const port = await freePort();
  writeFileSync(file, readFileSync(file, "utf8").replace(/(?<=127\.0\.0\.1):\d+\n/, `:${port}\n`));
  return folder;
}

/** Runs `npm run emulator`, or what else starts it, and waits until it listens. */
async function serve(
  folder: string,
  program = "npm",
  ...args: string[]
): Promise<{ url: string; child: ChildProcess }> {
  // In its own process group, as in a terminal.
  const child = spawn(program, program === "npm" ? ["run", "--silent", "emulator"] : args, {
    cwd: folder,
    env: cliEnvironment(folder),
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([once(lines, "line"), once(lines, "close")]);
  expect(line).toMatch(/^Console: http:\/\/127\.0\.0\.1:\d+\/$/);
  return { url: String(line).slice("Console: ".length, -1), child };
}

/** Interrupts the process group, as Ctrl+C does. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, "close");
  process.kill(-child.pid, "SIGINT");
  await ended;
}

async function stateOf(url: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/_emulator/state`);
  expect(response.headers.has("x-smooch-emulator")).toBe(true);
  return Object(await response.json());
}

const empty = { apps: [], keys: [], integrations: [], webhooks: [], unknownRequests: 0 };

describe("pulumi-smooch new", () => {
  it("creates a TypeScript project that runs at once, and again after the emulator restarts", async () => {
    const folder = await start();
    const environment: Record<string, string> = {};
    const pulumi = async (...args: string[]) => {
      const { code, output } = await runPulumi(folder, args, environment);
      expect(code, output).toBe(0);
      return output;
    };
    const written = readFileSync(join(folder, "Pulumi.emulator.yaml"), "utf8");
    await pulumi("stack", "init", "emulator");
    // Pulumi adds its encryption salt, and leaves the rest unchanged.
    const [before, salt] = readFileSync(join(folder, "Pulumi.emulator.yaml"), "utf8").split(
      /^(?=encryptionsalt: )/m,
    );
    expect([before, salt]).toEqual([written, expect.stringMatching(/^encryptionsalt: .+\n$/)]);

    const first = await serve(folder);
    await pulumi("up", "--yes", "--skip-preview");
    // Pulumi has checked the program's types by now.
    environment.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
    const outputs = JSON.parse(await pulumi("stack", "output", "--json", "--show-secrets"));
    expect(await stateOf(first.url)).toMatchObject({
      apps: [{ id: outputs.appId }],
      keys: [{ id: outputs.keyId }],
      webhooks: [{ appId: outputs.appId }],
    });
    expect(outputs.jwt).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    await pulumi("preview", "--expect-no-changes");

    await stop(first.child);
    const { url } = await serve(folder);
    expect(url).toBe(first.url);
    expect(await stateOf(url)).toMatchObject(empty);
    await pulumi("up", "--yes", "--skip-preview", "--refresh");
    expect(await stateOf(url)).toMatchObject({ apps: [{}], keys: [{}], webhooks: [{}] });
    await pulumi("destroy", "--yes", "--skip-preview");
    expect(await stateOf(url)).toMatchObject(empty);
  });

  it("creates a YAML project for the plugin, which `plugin install` puts into Pulumi's cache", async () => {
    const folder = await start("--language", "yaml", "--api-version", "v2");
    const run = async (program: string, ...args: string[]) => {
      const { code, output } = await runProgram(folder, program, args);
      expect(code, output).toBe(0);
      return output;
    };
    const smooch = (...args: string[]) => run(process.execPath, commandFile, ...args);
    const pulumi = (...args: string[]) => run("pulumi", ...args, "--non-interactive");
    await pulumi("stack", "init", "emulator");
    expect(
      (await runProgram(folder, process.execPath, [commandFile, "doctor", "--offline"])).output,
    ).toContain("the plugin smooch is not installed. Run `npx pulumi-smooch plugin install`.");
    expect(await smooch("plugin", "install")).toContain("Installed the plugin smooch 0.1.0.");
    expect(await smooch("doctor", "--offline")).toMatch(/ok +the plugin smooch 0\.1\.0 is installed/);
    const { url } = await serve(
      folder,
      process.execPath,
      commandFile,
      "emulator",
      "--stack",
      "emulator",
      "--no-target-check",
    );
    expect(await pulumi("up", "--yes", "--skip-preview")).not.toMatch(/warning/i);
    expect(await stateOf(url)).toMatchObject({ apps: [{}], keys: [{}], webhooks: [{}] });
    await pulumi("preview", "--expect-no-changes");
    const jwt = await pulumi("stack", "output", "jwt", "--show-secrets");
    expect(await smooch("token")).toContain(jwt);
    expect(await smooch("audit", "--stack", "emulator")).toContain("No problem: 1 app, 1 key and 1 webhook");
    await pulumi("destroy", "--yes", "--skip-preview");
    expect(await stateOf(url)).toMatchObject(empty);
  });

  it("creates a JavaScript project for API v2, whose own test passes", async () => {
    const folder = await start("--language", "javascript", "--api-version", "v2");
    const pulumi = async (...args: string[]) => {
      const { code, output } = await runPulumi(folder, args);
      expect(code, output).toBe(0);
    };
    await pulumi("stack", "init", "emulator");
    const { url, child } = await serve(folder);
    await pulumi("up", "--yes", "--skip-preview");
    await pulumi("preview", "--expect-no-changes");
    expect(await stateOf(url)).toMatchObject({ apps: [{}], keys: [{}], webhooks: [{}] });
    await pulumi("destroy", "--yes", "--skip-preview");
    expect(await stateOf(url)).toMatchObject(empty);
    await stop(child);

    const { code, output } = await runProgram(folder, "npm", ["test", "--silent"]);
    expect(code, output).toBe(0);
    expect(output).toMatch(/pass 1\n/);
  });

  it("creates a project for an app's key in API v2, whose own test passes", async () => {
    const appId = "5a0b1c2d3e4f5a6b7c8d9e0f";
    const folder = await start("--app-id", appId, "--api-version", "v2");
    const pulumi = async (...args: string[]) => {
      const { code, output } = await runPulumi(folder, args);
      expect(code, output).toBe(0);
    };
    await pulumi("stack", "init", "emulator");
    const { url, child } = await serve(folder);
    await pulumi("up", "--yes", "--skip-preview");
    await pulumi("preview", "--expect-no-changes");
    expect(await stateOf(url)).toMatchObject({ apps: [{ id: appId }], keys: [{}], webhooks: [{ appId }] });
    await pulumi("destroy", "--yes", "--skip-preview");
    expect(await stateOf(url)).toMatchObject({ apps: [{ id: appId }], keys: [{}], webhooks: [] });
    await stop(child);
    const { code, output } = await runProgram(folder, "npm", ["test", "--silent"]);
    expect(code, output).toBe(0);
    expect(output).toMatch(/pass 1\n/);
  });

  it("writes programs that the project's own compiler settings accept", async () => {
    const folder = await start("--api-version", "v2");
    const tsc = join(repository, "node_modules", "typescript", "bin", "tsc");
    expect(await runProgram(folder, process.execPath, [tsc, "-p", "."])).toEqual({ code: 0, output: "" });
  });
});
