import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addVerifyCommand } from "../../../src/cli/commands/verify";
import { type RunningEmulator, realHost, startEmulator } from "../../../src/emulator/index";
import { type FakeProcess, fakeProcess, restoreProcess } from "./fake-process";

let smooch: RunningEmulator;
let folder: string;
let said: FakeProcess["said"];
let shown: FakeProcess["shown"];
let stdin: FakeProcess["stdin"];

beforeEach(async () => {
  // A target responds, unless its name says that it does not exist.
  const send = async ({ url }: { url: string }) => {
    if (url.includes(".invalid")) throw new Error("no such host");
    return { status: 200 };
  };
  smooch = await startEmulator({ host: { ...realHost(), send } });
  folder = mkdtempSync(join(tmpdir(), "pulumi-smooch-verify-"));
  ({ said, shown, stdin } = fakeProcess(smooch, folder));
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
  addVerifyCommand(command);
  await command.parseAsync(["verify", "--cwd", folder, ...args], { from: "user" });
  return process.exitCode ?? 0;
}

const journals = () => {
  try {
    return readdirSync(join(folder, "home", "pulumi-smooch", "verify"));
  } catch {
    return [];
  }
};

describe("pulumi-smooch verify", () => {
  it("says what it will do, asks, and reports", async () => {
    stdin.isTTY = true;
    stdin.end("yes\n");
    expect(await run()).toBe(0);
    const [, calls = ""] = /at most (\d+) calls/.exec(shown[0] ?? "") ?? [];
    const [mark = ""] = /[0-9a-f]{12}(?=")/.exec(shown[0] ?? "") ?? [];
    expect(shown[0]).toBe(
      [
        `Verifies API v1 as ${smooch.accountKeyId}@${new URL(smooch.url).host}:`,
        `- makes at most ${calls} calls within 15 minutes;`,
        `- creates an app named "verify ${mark}" and, in it, at most 6 keys, 3 integrations, 1 webhook, 10 menus and 5 templates, and 2 service accounts with keys;`,
        "- deletes all of it at the end, and changes nothing else.",
        "Not tried: webhooks (partly: webhooks need --target).",
      ].join("\n"),
    );
    expect(smooch.emulator.requests.length).toBeLessThanOrEqual(Number(calls));
    const [report = ""] = said;
    expect(report).toMatch(/^\d+ steps in \d+ calls\.\n\n0 differences from docs\/api or the emulator\.\n\n/);
    expect(report).toMatch(/\n\d+ open questions answered, \d+ as by the emulator\.$/);
    expect(smooch.emulator.isEmpty()).toBe(true);
    expect(journals()).toEqual([]);
  });

  it.each(["no\n", "", "y\n"])("does nothing if the answer is %j", async (answer) => {
    stdin.isTTY = true;
    stdin.end(answer);
    expect(await run()).toBe(0);
    expect(shown.at(-1)).toBe("Nothing was done.");
    expect(smooch.emulator.requests).toEqual([]);
  });

  it("prints one line of JSON, with the status 3 if there is a difference, and writes a recording", async () => {
    vi.stubEnv("SMOOCH_API_VERSION", "v2");
    smooch.emulator.setProfile({ metadata: "merge" });
    smooch.emulator.setFaults({
      rules: [{ operation: "listKeys", fault: "status", status: 400, times: 1 }],
    });
    const file = join(folder, "smooch.json");
    const target = "https://bot.example.com/canary";
    expect(await run("--yes", "--json", "--target", target, "--record", file)).toBe(3);
    expect(said).toHaveLength(1);
    expect(JSON.parse(said[0] ?? "")).toMatchObject({
      account: `${smooch.accountKeyId}@${new URL(smooch.url).host}`,
      apiVersion: "v2",
      profile: { metadata: "merge" },
      left: [],
      leftOut: [],
    });
    const { findings } = JSON.parse(said[0] ?? "") as { findings: { mark: string; step: string }[] };
    expect(findings.filter(({ mark }) => mark !== "unknown answered")).toMatchObject([
      { mark: "contradicts docs", step: "keys: list", source: "v2.md#apps-and-keys", other: "HTTP 200" },
    ]);
    const text = readFileSync(file, "utf8");
    for (const secret of ["canary", smooch.accountKeySecret, smooch.accountKeyId])
      expect(text).not.toContain(secret);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("tells people what differs, and how to make the emulator behave alike", async () => {
    smooch.emulator.setProfile({ metadata: "merge", deleteAnswer: "accepted" });
    smooch.emulator.setFaults({
      rules: [{ operation: "getKeyJwt", fault: "status", status: 403, times: 1 }],
    });
    expect(await run("--yes")).toBe(3);
    const lines = (said[0] ?? "").split("\n");
    expect(lines.filter((line) => line.includes("keys: sign a token"))).toEqual([
      "contradicts docs   keys: sign a token: the status: API HTTP 403 forbidden; docs/api/legacy.md#apps-and-keys HTTP 200",
      "emulator looser    keys: sign a token: the status: API HTTP 403 forbidden; emulator HTTP 200",
    ]);
    expect(lines.at(-1)).toBe(
      "To make the emulator behave alike: pulumi-smooch emulator --profile metadata=merge,deleteAnswer=accepted",
    );
  });

  it("ends after Ctrl-C, and deletes everything", async () => {
    const before = process.listenerCount("SIGINT");
    const running = run("--yes");
    await vi.waitFor(() => expect(smooch.emulator.requests.length).toBeGreaterThan(20));
    process.emit("SIGINT");
    expect(await running).toBe(1);
    expect(shown.at(-1)).toMatch(/^Stopping: deleting what was created\./);
    expect(said[0]).toContain("The run ended early: interrupted.");
    expect(smooch.emulator.isEmpty()).toBe(true);
    expect(journals()).toEqual([]);
    expect(process.listenerCount("SIGINT")).toBe(before);
  });

  it("reports what it could not delete, and --clean deletes it later", async () => {
    smooch.emulator.setFaults({ rules: [{ operation: "deleteApp", fault: "status", status: 403 }] });
    expect(await run("--yes")).toBe(1);
    const [app] = smooch.emulator.snapshot().apps;
    expect(said[0]).toContain(
      `Not deleted: the app at /v1/apps/${app?.id} (refused: HTTP 403 forbidden). Run \`pulumi-smooch verify --clean\` to try again.`,
    );
    expect(journals()).toHaveLength(1);
    smooch.emulator.setFaults(undefined);
    shown.length = 0;
    expect(await run("--yes", "--json", "--clean")).toBe(0);
    expect(shown).toEqual(["1 run on this account left 1 object at most."]);
    expect(JSON.parse(said[1] ?? "")).toEqual({ runs: 1, deleted: 1, running: [], left: [] });
    expect(smooch.emulator.isEmpty()).toBe(true);
    expect(journals()).toEqual([]);
    expect(await run("--yes", "--clean")).toBe(0);
    expect(said.at(-1)).toBe("0 objects of 0 runs deleted or already gone.");
  });

  it("does not clean up after a run in progress", async () => {
    const running = run("--yes");
    await vi.waitFor(() => expect(journals()).toHaveLength(1));
    expect(await run("--yes", "--clean")).toBe(1);
    expect(said).toEqual([
      expect.stringMatching(/^Skipped: run [0-9a-f]{12} is still in progress\.$/),
      "0 objects of 0 runs deleted or already gone.",
    ]);
    await running;
    expect(smooch.emulator.isEmpty()).toBe(true);
  });

  it.each([
    [["--target", "ftp://a.example"], "commander.invalidArgument"],
    [["--target", "https://a.example/#x"], "commander.invalidArgument"],
    [["--target", "https://a.example/{x}"], "commander.invalidArgument"],
    [["--app", "a/b"], "commander.invalidArgument"],
    [["--record", "/nowhere/at/all.json"], "commander.invalidArgument"],
    [[], "commander.error"],
  ])("refuses %j as wrong usage", async (args, code) => {
    await expect(run(...args)).rejects.toMatchObject({ code });
    expect(smooch.emulator.requests).toEqual([]);
  });

  it("wants the app exactly if the credentials are those of an app", async () => {
    await expect(run("--yes", "--app", "5a0b1c2d3e4f5a6b7c8d9e0f")).rejects.toThrow(
      "--app is for credentials of an app; an account key creates an app of its own",
    );
    vi.stubEnv("SMOOCH_ACCOUNT_KEY_ID", "app_5a0b1c2d3e4f5a6b7c8d9e0f");
    await expect(run("--yes")).rejects.toThrow("name the app with --app <id>");
    vi.stubEnv("SMOOCH_ACCOUNT_KEY_ID", "");
    vi.stubEnv("SMOOCH_ACCOUNT_KEY_SECRET", "");
    vi.stubEnv("SMOOCH_ACCOUNT_TOKEN", "a.b.c");
    await expect(run("--yes")).rejects.toThrow("the credentials do not say whose they are");
  });
});
