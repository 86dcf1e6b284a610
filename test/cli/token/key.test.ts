import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folder, prepareToken, said, secret, token, verified } from "./support";

prepareToken();

/** A fake `pulumi` that prints the given output, records its arguments, and exits with the given status. */
function installPulumi(stdout: string, stderr = "", status = 0): void {
  writeFileSync(join(folder, "stdout"), stdout);
  writeFileSync(join(folder, "stderr"), stderr);
  const script = `#!${process.execPath}
    const fs = require("fs");
    fs.writeFileSync(${JSON.stringify(join(folder, "arguments"))}, JSON.stringify([process.cwd(), ...process.argv.slice(2)]));
    process.stdout.write(fs.readFileSync(${JSON.stringify(join(folder, "stdout"))}));
    process.stderr.write(fs.readFileSync(${JSON.stringify(join(folder, "stderr"))}));
    process.exitCode = ${status};`;
  writeFileSync(join(folder, "pulumi"), script);
  chmodSync(join(folder, "pulumi"), 0o755);
}

const marked = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});

function keyResource(name: string, id: string, value: unknown = marked(secret), more: object = {}) {
  const urn = `urn:pulumi:dev::shop::pulumi-nodejs:dynamic/smooch:Key::${name}`;
  return { urn, type: "pulumi-nodejs:dynamic/smooch:Key", id, outputs: { secret: value }, ...more };
}

function stateOf(resources: object[]): string {
  const root = {
    urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev",
    type: "pulumi:pulumi:Stack",
  };
  return JSON.stringify({ version: 3, deployment: { resources: [root, ...resources] } });
}

describe("pulumi-smooch token --stack", () => {
  const two = [keyResource("backend", "app_1"), keyResource("bot", "app_2", marked("another secret"))];

  it("signs for a user with the claims of the API version that last read the key", async () => {
    const outputs = { secret: marked(secret), __seenBy: "act_1@api.smooch.io/v2" };
    installPulumi(stateOf([keyResource("backend", "app_1", undefined, { outputs })]));
    await token("--stack", "dev", "--user-id", "ann");
    expect(verified()).toEqual({ kid: "app_1", scope: "user", external_id: "ann" });
  });

  it("runs Pulumi in the program's folder, and uses the only key that will not be deleted", async () => {
    installPulumi(
      stateOf([keyResource("backend", "app_0", "old", { delete: true }), keyResource("backend", "app_1")]),
    );
    await token("--stack", "dev", "--cwd", folder);
    expect(verified()).toEqual({ kid: "app_1", scope: "app" });
    expect(JSON.parse(readFileSync(join(folder, "arguments"), "utf8"))).toEqual([
      folder,
      "stack",
      "export",
      "--show-secrets",
      "--stack=dev",
      "--non-interactive",
      "--color",
      "never",
    ]);
  });

  it.each(["backend", "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/smooch:Key::backend"])(
    "uses the key named %s",
    async (name) => {
      installPulumi(stateOf(two));
      await token("--stack", "dev", "--resource", name);
      expect(verified()).toEqual({ kid: "app_1", scope: "app" });
    },
  );

  it.each<[string, string, string[], string]>([
    ["no key", stateOf([]), [], "the stack has no SmoochKey: run `pulumi up` first"],
    ["a new stack", '{"version":3}', [], "the stack has no SmoochKey: run `pulumi up` first"],
    [
      "several keys",
      stateOf(two),
      [],
      "the stack has several keys; choose one with --resource: backend, bot",
    ],
    [
      "an unknown name",
      stateOf(two),
      ["--resource", "front"],
      'the stack has no SmoochKey "front"; it has backend, bot',
    ],
    [
      "a key that may not exist",
      stateOf([keyResource("backend", "unresolved:2026-11-21T21:19:09.000Z", null)]),
      [],
      'it is unknown whether key "backend" exists: run `pulumi up` to find out',
    ],
    [
      "a key without its secret",
      stateOf([keyResource("backend", "app_1", null)]),
      [],
      'the state has no secret of key "backend": run `pulumi up` to fetch it',
    ],
    [
      "output that is not a state",
      `{"secret":"${secret}"`,
      [],
      "pulumi stack export did not return a stack's state",
    ],
  ])("explains %s", async (_, state, args, message) => {
    installPulumi(state);
    await expect(token("--stack", "dev", ...args)).rejects.toThrow(message);
    await expect(token("--stack", "dev", ...args)).rejects.not.toThrow(secret);
    expect(said.printed).toEqual([]);
  });

  it("passes on Pulumi's error, but nothing from its standard output", async () => {
    installPulumi(secret, "warning: old\nerror: no stack named 'dev'\n  found\n", 255);
    await expect(token("--stack", "dev")).rejects.toThrow(
      /^pulumi stack export failed: no stack named 'dev'$/,
    );
    installPulumi(secret, "", 1);
    await expect(token("--stack", "dev")).rejects.toThrow(
      /^pulumi stack export failed: Command failed: pulumi[^\n]+$/,
    );
  });

  it("explains how to install a missing Pulumi CLI", async () => {
    rmSync(join(folder, "pulumi"), { force: true });
    await expect(token("--stack", "dev")).rejects.toThrow(
      "the Pulumi CLI is not on PATH: install it (https://www.pulumi.com/docs/install/)",
    );
  });
});
