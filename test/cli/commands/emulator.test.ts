import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { sign } from "../../emulator/support";

const root = join(__dirname, "../../..");
const workspace = join(root, "test/.work");
mkdirSync(workspace, { recursive: true });
const work = mkdtempSync(join(workspace, "cli-"));
const command = join(work, "out/cli/index.js");
const environment = { PATH: process.env.PATH };
const children: ChildProcess[] = [];

beforeAll(() => {
  const settings = {
    extends: "../../../tsconfig.build.json",
    compilerOptions: { outDir: "out", rootDir: "../../../src", declaration: false },
    include: [],
    files: ["../../../src/cli/index.ts"],
  };
  writeFileSync(join(work, "tsconfig.json"), JSON.stringify(settings));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", work], { encoding: "utf8" });
  expect([status, stdout]).toEqual([0, ""]);
}, 180_000);

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

function start(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [command, ...args], { env: { ...environment, ...env } });
  children.push(child);
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (text) => {
    output.stdout += text;
  });
  child.stderr.on("data", (text) => {
    output.stderr += text;
  });
  const ended = once(child, "close").then(([status, signal]) => ({ status, signal, ...output }));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const logLines = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
  const next = async (from = lines) => (await from.next()).value as string;
  return { child, ended, next, nextLog: () => next(logLines) };
}

async function listApps(url: string, keyId: string, secret: string): Promise<number> {
  const authorization = `Bearer ${sign(keyId, secret, { scope: "account" })}`;
  const response = await fetch(`${url}/v1/apps`, { headers: { authorization } });
  expect(response.headers.get("x-smooch-emulator")).toBe("v1");
  return response.status;
}

describe("pulumi-smooch emulator", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "listens, prints one line of JSON, and exits cleanly on %s",
    async (signal) => {
      const { child, ended, next, nextLog } = start(["emulator", "--json"]);
      const ready = JSON.parse(await next());
      expect(Object.keys(ready)).toEqual(["url", "consoleUrl", "accountKeyId", "accountKeySecret"]);
      expect(await listApps(ready.url, ready.accountKeyId, ready.accountKeySecret)).toBe(200);
      expect(await nextLog()).toBe("GET /v1/apps 200 listApps");
      child.kill(signal);
      expect(await ended).toEqual({
        status: 0,
        signal: null,
        stdout: `${JSON.stringify(ready)}\n`,
        stderr: "GET /v1/apps 200 listApps\n",
      });
    },
  );

  it("prints lines to paste into a shell, then a line per request, but no given secret", async () => {
    const env = { SMOOCH_EMULATOR_KEY_ID: "act_mine", SMOOCH_EMULATOR_KEY_SECRET: "it's mine" };
    const { child, ended, next } = start(["emulator"], env);
    const text = [
      await next(),
      await next(),
      await next(),
      await next(),
      await next(),
      await next(),
      await next(),
      await next(),
    ];
    const url = text[1]?.replace("Smooch emulator listening on ", "") ?? "";
    expect(text).toEqual([
      `Console: ${url}/`,
      `Smooch emulator listening on ${url}`,
      "",
      "Point your shell at it:",
      "",
      `  export SMOOCH_BASE_URL=${url}`,
      "  export SMOOCH_ACCOUNT_KEY_ID=act_mine",
      "  # and set SMOOCH_ACCOUNT_KEY_SECRET to the key's secret",
    ]);
    expect(await listApps(url, "act_mine", "it's mine")).toBe(200);
    child.kill("SIGTERM");
    const { status, stdout, stderr } = await ended;
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n").slice(8)).toEqual([
      "",
      "Everything is kept in memory and lost when it stops. Stop it with Ctrl+C.",
      "",
      "GET /v1/apps 200 listApps",
      "",
    ]);
  });

  it("serves the console unless told otherwise", async () => {
    const json = start(["emulator", "--json", "--no-console"]);
    const ready = JSON.parse(await json.next());
    expect(Object.keys(ready)).toEqual(["url", "accountKeyId", "accountKeySecret"]);
    expect((await fetch(`${ready.url}/`)).status).toBe(501);
    expect((await fetch(`${ready.url}/_emulator/console/overview`)).status).toBe(501);

    const text = start(["emulator", "--no-console"]);
    expect(await text.next()).toMatch(/^Smooch emulator listening on /);

    const { consoleUrl } = JSON.parse(await start(["emulator", "--json"]).next());
    expect((await fetch(`${consoleUrl}_emulator/console/overview`)).status).toBe(401);
  });

  it("prefers the command line to the environment, and treats an empty variable as not set", async () => {
    const env = { SMOOCH_EMULATOR_KEY_ID: "act_environment", SMOOCH_EMULATOR_KEY_SECRET: "" };
    const { next } = start(["emulator", "--json", "--account-key-id", "act_flag"], env);
    expect(JSON.parse(await next())).toMatchObject({
      accountKeyId: "act_flag",
      accountKeySecret: expect.stringMatching(/^[\w-]{86}$/),
    });
  });

  it("neither uses nor prints the settings of the live account", async () => {
    const env = { SMOOCH_ACCOUNT_KEY_ID: "act_live", SMOOCH_ACCOUNT_KEY_SECRET: "canary" };
    const { child, ended, next } = start(["emulator", "--json"], env);
    expect(JSON.parse(await next())).toMatchObject({
      accountKeyId: expect.stringMatching(/^act_[0-9a-f]{24}$/),
    });
    child.kill("SIGTERM");
    const { stdout, stderr } = await ended;
    expect(stdout + stderr).not.toMatch(/canary|act_live/);
  });

  it("continues where it stopped, with both keys and without printing a given secret", async () => {
    const file = join(work, "objects.json");
    const state = ["emulator", "--json", "--state", file, "--second-key"];
    const first = start(state, { SMOOCH_EMULATOR_KEY_ID: "act_mine", SMOOCH_EMULATOR_KEY_SECRET: "canary" });
    const before = JSON.parse(await first.next());
    expect(before).toEqual({
      url: before.url,
      consoleUrl: `${before.url}/`,
      accountKeyId: "act_mine",
      secondKey: { accountKeyId: expect.any(String), accountKeySecret: expect.any(String) },
    });
    const { accountKeyId, accountKeySecret } = before.secondKey;
    const headers = {
      authorization: `Bearer ${sign(accountKeyId, accountKeySecret, { scope: "account" })}`,
      "content-type": "application/json",
    };
    await fetch(`${before.url}/v1/apps`, { method: "POST", headers, body: '{"name":"Shop"}' });
    first.child.kill("SIGKILL");
    await first.ended;
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const second = start(state);
    const line = await second.next();
    const after = JSON.parse(line);
    expect(after).toEqual({ ...before, url: after.url, consoleUrl: `${after.url}/` });
    const { apps } = Object(await (await fetch(`${after.url}/v1/apps`, { headers })).json());
    expect(apps).toMatchObject([{ name: "Shop" }]);
    const revoke = {
      method: "POST",
      body: '{"keyId":"act_mine"}',
      headers: { "content-type": "application/json" },
    };
    expect((await fetch(`${after.url}/_emulator/revoke`, revoke)).status).toBe(200);
    expect(await listApps(after.url, "act_mine", "canary")).toBe(401);
    expect((await fetch(`${after.url}/_emulator/revoke`, revoke)).status).toBe(400);
  });

  it("does not overwrite a file that is not its own state", async () => {
    const file = join(work, "other.json");
    writeFileSync(file, '{"secret":"canary"}');
    expect(await start(["emulator", "--state", file]).ended).toMatchObject({
      status: 1,
      stdout: "",
      stderr: `error: ${file}: The saved state was not written by this version of the emulator.\n`,
    });
    expect(readFileSync(file, "utf8")).toBe('{"secret":"canary"}');
  });

  it.each([
    [
      join(work, "nodir/x.json"),
      1,
      `${join(work, "nodir/x.json")}: The state file cannot be written: its folder does not exist.`,
    ],
    [work, 1, `${work}: The state file cannot be read: it is a folder.`],
    ["", 2, "option '--state <file>' argument '' is invalid. It must name a file."],
  ])("exits with a one-line error for the state file '%s'", async (file, status, reason) => {
    expect(await start(["emulator", "--state", file]).ended).toEqual({
      status,
      signal: null,
      stdout: "",
      stderr: `error: ${reason}\n`,
    });
  });

  it("exits with 2 if id and secret are swapped, and prints neither", async () => {
    const env = {
      SMOOCH_EMULATOR_KEY_ID: "canary",
      SMOOCH_EMULATOR_KEY_SECRET: "act_5a0b1c2d3e4f5a6b7c8d9e0f",
    };
    expect(await start(["emulator", "--json"], env).ended).toMatchObject({
      status: 2,
      stdout: "",
      stderr: "error: the secret of the account key holds the id of a key: id and secret are swapped\n",
    });
  });

  it("creates the app of an app's key, and rejects either without the other", async () => {
    const env = { SMOOCH_EMULATOR_KEY_ID: "app_mine", SMOOCH_EMULATOR_KEY_SECRET: "canary" };
    const { next } = start(["emulator", "--json", "--app-id", "5a0b1c2d3e4f5a6b7c8d9e0f"], env);
    const { url, consoleUrl: _, ...key } = JSON.parse(await next());
    expect(key).toEqual({ accountKeyId: "app_mine" });
    const headers = { authorization: `Bearer ${sign("app_mine", "canary", { scope: "app" })}` };
    const webhooks = `${url}/v1/apps/5a0b1c2d3e4f5a6b7c8d9e0f/webhooks`;
    expect((await fetch(webhooks, { headers })).status).toBe(200);
    await fetch(`${url}/_emulator/reset`, { method: "POST" });
    expect((await fetch(webhooks, { headers })).status).toBe(200);
    for (const [args, given] of [
      [[], env],
      [["--app-id", "5a"], {}],
    ] as const) {
      expect(await start(["emulator", ...args], given).ended).toMatchObject({
        status: 2,
        stderr:
          "error: --app-id requires a key with an id that begins with app_ and its secret, and such a key requires --app-id\n",
      });
    }
  });

  it.each([
    [[], 400],
    [["--no-target-check"], 201],
  ])("checks targets unless told otherwise (%j)", async (flags, status) => {
    const { next } = start(["emulator", "--json", ...flags]);
    const { url, accountKeyId, accountKeySecret } = JSON.parse(await next());
    const headers = {
      authorization: `Bearer ${sign(accountKeyId, accountKeySecret, { scope: "account" })}`,
      "content-type": "application/json",
    };
    const post = (path: string, body: object) =>
      fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
    const { app } = Object(await (await post("/v1/apps", { name: "Shop" })).json());
    // Nothing listens on port 1 of this machine.
    const answer = await post(`/v1/apps/${app._id}/webhooks`, { target: "http://127.0.0.1:1/hook" });
    expect(answer.status).toBe(status);
  });

  it("exits with 1 and one line if the port is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const { ended } = start(["emulator", "--port", String(port)]);
    expect(await ended).toMatchObject({
      status: 1,
      stdout: "",
      stderr: `error: port ${port} is already in use; choose another with --port\n`,
    });
    server.close();
  });

  it.each(["70000", "-1", "http", "80.5"])("exits with 2 and one line for the port %s", async (port) => {
    const { status, stdout, stderr } = await start(["emulator", "--port", port]).ended;
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(
      `error: option '--port <number>' argument '${port}' is invalid. It must be a number from 0 to 65535.\n`,
    );
  });

  it.each(["text", "file"])("accepts a fault plan as %s", async (form) => {
    const plan = { seed: 2, rules: [{ operation: "listApps", fault: "status", status: 503, times: 1 }] };
    const file = join(work, "plan.json");
    writeFileSync(file, `${JSON.stringify(plan, null, 2)}\n`);
    const given = form === "text" ? JSON.stringify(plan) : `@${file}`;
    const { next, nextLog } = start(["emulator", "--json", "--faults", given]);
    const { url, accountKeyId, accountKeySecret } = JSON.parse(await next());
    expect(await listApps(url, accountKeyId, accountKeySecret)).toBe(503);
    expect(await nextLog()).toBe("GET /v1/apps 503 listApps fault:status");
    expect(await listApps(url, accountKeyId, accountKeySecret)).toBe(200);
    const faults = await fetch(`${url}/_emulator/faults`);
    expect(await faults.json()).toEqual({ plan, met: { status: 1 } });
  });

  it.each([
    ['{"seed":-1}', "The fault plan is not valid: seed: must not be negative"],
    [
      '{"rules":[{"fault":"status"}]}',
      "The fault plan is not valid: rules.0.status: must be a status from 200 to 599",
    ],
    ["{", /^It is not JSON: .+/],
    ["@/does/not/exist.json", /^The file cannot be read: ENOENT: .+/],
  ])("exits with 2 and one line for the fault plan %s", async (plan, reason) => {
    const { status, stdout, stderr } = await start(["emulator", "--faults", plan]).ended;
    expect([status, stdout]).toEqual([2, ""]);
    const [line, ...rest] = stderr.split("\n");
    expect(rest).toEqual([""]);
    const prefix = "error: option '--faults <plan>' is invalid. ";
    expect(line?.slice(0, prefix.length)).toBe(prefix);
    expect(line?.slice(prefix.length)).toEqual(
      typeof reason === "string" ? reason : expect.stringMatching(reason),
    );
  });

  it("accepts a profile, in one option or several", async () => {
    const profile = ["--profile", "metadata=merge,serves=v1.1+v2", "--profile", "notFound=gateway"];
    const { next } = start(["emulator", "--json", ...profile]);
    const { url, accountKeyId, accountKeySecret } = JSON.parse(await next());
    expect(await listApps(url, accountKeyId, accountKeySecret)).toBe(404);
    const answer = await fetch(`${url}/_emulator/profile`);
    expect(await answer.json()).toMatchObject({
      metadata: "merge",
      serves: "v1.1+v2",
      notFound: "gateway",
      secrets: "shown",
    });
  });

  it.each([
    ["metadata=add", "is invalid. The profile is not valid: metadata: must be one of replace, merge"],
    [
      "metadata",
      "argument 'metadata' is invalid. Use name=value, for example metadata=merge,notFound=route.",
    ],
  ])("exits with 2 and one line for the profile %s", async (profile, reason) => {
    expect(await start(["emulator", "--profile", profile]).ended).toMatchObject({
      status: 2,
      stdout: "",
      stderr: `error: option '--profile <answers>' ${reason}\n`,
    });
  });

  it.each(["--port=1", "--account-key-id=act_1", "--account-key-secret=s"])(
    "exits with 2 and one line for --stack together with %s",
    async (flag) => {
      expect(await start(["emulator", "--stack", "dev", flag]).ended).toMatchObject({
        status: 2,
        stdout: "",
        stderr: "error: --stack sets the port and the key: remove --port and --account-key-…\n",
      });
    },
  );

  it("exits with 2 for an unknown option", async () => {
    expect(await start(["emulator", "--prot", "1"]).ended).toMatchObject({ status: 2, stdout: "" });
  });
});

describe("pulumi-smooch", () => {
  it.each(["audit", "doctor", "emulator", "export", "new", "token"])(
    "never repeats the value of an option that %s does not have",
    async (name) => {
      for (const option of ["--secret=canary", "--secret=it's\ncanary'", "-s=canary", "-scanary"]) {
        const { status, stdout, stderr } = await start([name, option]).ended;
        expect([status, stdout]).toEqual([2, ""]);
        expect(stderr).toMatch(/^error: (unknown option '(--secret|-s)'|missing|required option)/);
        expect(stderr).not.toContain("canary");
      }
    },
  );

  it("prints its version", async () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(await start(["--version"]).ended).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  it.each(["doctor", "emulator", "export", "new", "token"])(
    "shows examples in the help of %s",
    async (name) => {
      const { status, stdout } = await start([name, "--help"]).ended;
      expect(status).toBe(0);
      expect(stdout).toMatch(new RegExp(`\\nExamples:\\n {2}\\$ pulumi-smooch ${name} `));
    },
  );

  it("explains its exit status, and suggests the command that was meant", async () => {
    const { stdout } = await start(["--help"]).ended;
    expect(stdout).toContain("The exit status is 0 on success, 1 on failure, and 2 for wrong usage.");
    expect(await start(["nwe"]).ended).toMatchObject({
      status: 2,
      stdout: "",
      stderr: "error: unknown command 'nwe'\n(Did you mean new?)\n",
    });
  });

  it("warns in the help that a command line is visible to others", async () => {
    const { status, stdout } = await start(["emulator", "--help"]).ended;
    expect(status).toBe(0);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "Other users of this machine can see your command line: prefer the environment variable",
    );
    expect(stdout).toContain("SMOOCH_EMULATOR_KEY_SECRET");
  });
});
