import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import manifest from "../../../package.json";
import { checkNode, judgePlugin, judgePulumi } from "../../../src/cli/doctor/machine";
import { type Check, toLine } from "../../../src/cli/shared/check";
import { programFolder } from "../../../src/cli/shared/workspace";
import {
  doctor,
  findings,
  folder,
  installPulumi,
  local,
  prepareDoctor,
  printed,
  program,
  smooch,
} from "../doctor/support";
import { setEnvironment } from "../environment";

prepareDoctor();

describe("pulumi-smooch doctor", () => {
  it.each(["v1", "v1.1", "v2"])("reports every check as ok in %s, with a line for each", async (version) => {
    vi.stubEnv("SMOOCH_API_VERSION", version);
    expect(await doctor()).toBe(0);
    expect(printed).toEqual([
      `ok       Node.js ${process.versions.node}`,
      "ok       Pulumi CLI 3.258.0",
      `ok       pulumi-smooch ${manifest.version} is installed in ${join(program, "..", "examples", "quickstart")}`,
      `ok       Settings: ${version} at ${smooch.url} as ${smooch.accountKeyId}`,
      `ok       ${smooch.url} responds`,
      `ok       ${smooch.accountKeyId} may list the account's apps`,
      `ok       API ${version} works`,
      "ok       This machine's clock is within a minute of Smooch's",
    ]);
  });

  it("sends one request, and none with --offline", async () => {
    const before = smooch.emulator.requests.length;
    expect(await findings("--offline")).toEqual({ status: 0, names: local, wrong: [] });
    expect(smooch.emulator.requests).toHaveLength(before);
    await doctor();
    expect(smooch.emulator.requests).toHaveLength(before + 1);
  });

  it("reads a stack's configuration, which takes precedence over the environment", async () => {
    setEnvironment({ SMOOCH_BASE_URL: "https://elsewhere.example", SMOOCH_ACCOUNT_KEY_ID: "act_old" });
    installPulumi({
      "smooch:baseUrl": { value: smooch.url, secret: false },
      "smooch:accountKeyId": { value: smooch.accountKeyId, secret: false },
      "smooch:accountKeySecret": { value: smooch.accountKeySecret, secret: true },
      "shop:list": { value: "[1]", objectValue: [1], secret: false },
    });
    expect(await doctor("--stack", "dev")).toBe(0);
    expect(printed.join("\n")).toContain(`Settings: v1 at ${smooch.url} as ${smooch.accountKeyId}`);
    expect(printed.join("\n")).not.toContain(smooch.accountKeySecret);
  });

  it("warns about an id in an unexpected form, and prints neither id nor secret", async () => {
    setEnvironment({ SMOOCH_ACCOUNT_KEY_ID: "Y4SINFtAUzEjayxg", SMOOCH_ACCOUNT_KEY_SECRET: "canary-secret" });
    await doctor("--offline");
    expect(printed.join("\n")).toContain("smooch:accountKeyId does not look like the id of a key");
    expect(printed.join("\n")).not.toMatch(/Y4SINFtAUzEjayxg|canary-secret/);
  });

  it("reports everything that is wrong with the settings, and prints no misplaced secret", async () => {
    setEnvironment({});
    installPulumi({ "smooch:region": { value: "canary-secret", secret: true } });
    const { status, names, wrong } = await findings("--stack", "dev");
    expect([status, names]).toEqual([1, [...local, "settings", "settings"]]);
    expect(wrong.map(({ message }) => message)).toEqual([
      "smooch:region is not a region; use us or eu-1",
      expect.stringMatching(/^smooch:accountKeyId is missing: run `pulumi config set /),
      expect.stringMatching(/^smooch:accountKeySecret is missing: run `pulumi config set --secret /),
    ]);
  });

  it("reports that no stack's configuration was read", async () => {
    setEnvironment({ SMOOCH_ACCOUNT_KEY_ID: "act_1" });
    await doctor();
    expect(printed.at(-1)).toBe(
      "problem  smooch:accountKeySecret is missing: run `pulumi config set --secret smooch:accountKeySecret` or " +
        "set SMOOCH_ACCOUNT_KEY_SECRET. No stack is selected: to include a stack's configuration, add --stack <name>.",
    );
  });

  it.each([
    ["prod", {}, "pulumi config --json failed: no stack named 'prod' found"],
    ["dev", '{"canary-secret"', "`pulumi config` did not print the expected JSON"],
    ["dev", '{"smooch:region": "canary-secret"}', "`pulumi config` did not print the expected JSON"],
  ])("explains configuration that cannot be read (%s, %j)", async (stack, configuration, message) => {
    installPulumi(configuration);
    expect(await findings("--stack", stack)).toEqual({
      status: 1,
      names: local,
      wrong: [{ name: "settings", status: "problem", message }],
    });
  });

  it("names the variables to set if the passphrase is wrong", async () => {
    const script = `#!${process.execPath}
      if (process.argv[2] === "version") console.log("v3.258.0");
      else { console.error("error: incorrect passphrase"); process.exitCode = 1; }`;
    writeFileSync(join(folder, "pulumi"), script, { mode: 0o755 });
    const { wrong } = await findings("--stack", "dev");
    expect(wrong.map(({ message }) => message)).toEqual([
      "pulumi config --json failed: incorrect passphrase: set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the one with which the stack was created",
    ]);
  });

  it("warns of a secret in plain text, without repeating it", async () => {
    setEnvironment({});
    installPulumi({
      "smooch:baseUrl": { value: "https://smooch.example.com" },
      "smooch:accountKeyId": { value: smooch.accountKeyId },
      "smooch:accountKeySecret": { value: smooch.accountKeySecret, secret: false },
    });
    const { status, wrong } = await findings("--offline", "--stack", "dev");
    expect([status, wrong]).toEqual([
      0,
      [
        {
          name: "settings",
          status: "warning",
          message:
            "smooch:accountKeySecret is stored in plain text in the stack's configuration and its state",
          fix: "Replace it in Smooch, and run `pulumi config set --secret smooch:accountKeySecret`, which asks for the new one.",
        },
      ],
    ]);
    expect(printed.join()).not.toContain(smooch.accountKeySecret);
  });

  it("accepts an emulator's made-up key in plain text", async () => {
    setEnvironment({});
    installPulumi({
      "smooch:baseUrl": { value: smooch.url },
      "smooch:accountKeyId": { value: smooch.accountKeyId },
      "smooch:accountKeySecret": { value: smooch.accountKeySecret, secret: false },
    });
    const { status, wrong } = await findings("--offline", "--stack", "dev");
    expect([status, wrong]).toEqual([0, []]);
  });

  it("reports a missing Pulumi CLI", async () => {
    rmSync(join(folder, "pulumi"));
    expect(await findings("--offline")).toMatchObject({
      status: 1,
      wrong: [
        { name: "pulumi", message: expect.stringMatching(/^the Pulumi CLI is not on PATH: install it/) },
      ],
    });
  });

  it("reports that the package is missing from the program's folder", async () => {
    expect(await findings("--offline", "--cwd", folder)).toMatchObject({
      status: 1,
      wrong: [
        {
          name: "package",
          message: `pulumi-smooch/provider cannot be found from ${folder}, where Pulumi will look for it`,
          fix: `Run \`npm install pulumi-smooch@${manifest.version}\` there.`,
        },
      ],
    });
  });

  it("warns of another version of the package in the program's folder", async () => {
    const other = join(folder, "other");
    const installed = join(other, "node_modules", "pulumi-smooch");
    mkdirSync(installed, { recursive: true });
    const { exports } = manifest;
    writeFileSync(
      join(installed, "package.json"),
      JSON.stringify({
        name: "pulumi-smooch",
        version: "0.0.1",
        exports: { ...exports, "./provider": "./provider.js" },
      }),
    );
    writeFileSync(join(installed, "provider.js"), "");
    expect(await findings("--offline", "--cwd", other)).toMatchObject({
      status: 0,
      wrong: [
        {
          status: "warning",
          message: `${other} uses pulumi-smooch 0.0.1, but this command is version ${manifest.version}`,
        },
      ],
    });
  });

  it("rejects a folder that does not exist as wrong usage", async () => {
    await expect(doctor("--cwd", join(folder, "nowhere"))).rejects.toMatchObject({
      code: "commander.invalidArgument",
    });
  });
});

describe("the Pulumi CLI", () => {
  it.each([
    ["3.258.0", "ok", "Pulumi CLI 3.258.0"],
    ["3.254.0", "ok", "Pulumi CLI 3.254.0"],
    ["3.253.9", "warning", "Pulumi CLI 3.253.9 cannot import what `export` writes, which requires 3.254.0"],
    ["3.99.0", "problem", "Pulumi CLI 3.99.0 is older than 3.216.0, the oldest supported version"],
  ])("of version %s is %s", (version, status, message) => {
    expect(judgePulumi(version)).toMatchObject({ name: "pulumi", status, message });
  });
});

describe("the program's folder", () => {
  it.each([
    ["Pulumi.yaml", "name: shop\n", "."],
    ["Pulumi.yaml", "name: shop\nmain: src # here\n", "src"],
    ["Pulumi.yaml", "name: shop\nmain: 'src/index.ts'\r\n", "src"],
    ["Pulumi.yml", 'main: "./src/"\n', "src"],
    ["Pulumi.json", '{"main":"src"}', "src"],
    ["Pulumi.json", "{}", "."],
  ])("follows main in %s: %j", (file, text, expected) => {
    const project = join(folder, "main");
    rmSync(project, { recursive: true, force: true });
    mkdirSync(join(project, "src"), { recursive: true });
    writeFileSync(join(project, "src", "index.ts"), "");
    writeFileSync(join(project, file), text);
    expect(programFolder(project)).toBe(join(project, expected));
  });
});

describe("a check", () => {
  it.each([
    ["20.19.0", "ok"],
    ["24.0.0", "ok"],
    ["20.9.0", "problem"],
    ["18.20.8", "problem"],
  ])("of Node.js %s is %s", (version, status) => {
    expect(checkNode(version, ">=20.19.0")).toMatchObject({ name: "node", status });
  });

  it("is one line, coloured only if colours are enabled", () => {
    const check: Check = { name: "node", status: "problem", message: "It is old.", fix: "Renew it." };
    expect(toLine(check)).toBe("problem  It is old. Renew it.");
    vi.stubEnv("NO_COLOR", undefined);
    vi.stubEnv("FORCE_COLOR", "1");
    expect(toLine(check)).toBe("\u001b[31mproblem\u001b[39m  It is old. Renew it.");
  });
});

describe("the plugin", () => {
  const smooch = (version: string) => ({ name: "smooch", kind: "resource", version });
  it.each([
    ["of this version", [smooch("0.0.9"), smooch("0.1.0")], "ok", "the plugin smooch 0.1.0 is installed"],
    [
      "of another version only",
      [smooch("0.0.9")],
      "warning",
      "the plugin smooch is installed as 0.0.9, and this command belongs to 0.1.0",
    ],
    [
      "not at all",
      [{ name: "smooch", kind: "language", version: "0.1.0" }],
      "problem",
      "the plugin smooch is not installed",
    ],
  ])("%s", (_, installed, status, message) =>
    expect(judgePlugin(installed)).toMatchObject({ name: "plugin", status, message }),
  );
});
