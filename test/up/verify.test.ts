import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningEmulator, realHost, startEmulator } from "../../src/emulator/index";
import { apiVersions } from "../../src/smooch/api-version";
import { commandFile } from "../support/command";
import { Random } from "../support/random";
import { environmentFor } from "../support/stack";

const target = "https://bot.example.com/hook";
let smooch: RunningEmulator;
let folder: string;

beforeAll(async () => {
  const send = async ({ url }: { url: string }) => {
    if (url.includes(".invalid")) throw new Error("no such host");
    return { status: 200 };
  };
  smooch = await startEmulator({ host: { ...realHost(), send } });
  folder = mkdtempSync(join(tmpdir(), "pulumi-smooch-verify-"));
});

afterAll(async () => {
  await smooch.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the published command; `killAfter` is the number of requests after which it is killed. */
async function verify(version: string, args: readonly string[], killAfter = Number.POSITIVE_INFINITY) {
  smooch.emulator.requests.length = 0;
  const child = spawn(
    process.execPath,
    [commandFile, "verify", "--yes", "--json", "--cwd", folder, ...args],
    {
      env: {
        ...process.env,
        ...environmentFor(smooch),
        SMOOCH_API_VERSION: version,
        PULUMI_HOME: join(folder, "home"),
      },
    },
  );
  let output = "";
  let errors = "";
  child.stdout.on("data", (text) => {
    output += text;
  });
  child.stderr.on("data", (text) => {
    errors += text;
  });
  const watch = setInterval(() => smooch.emulator.requests.length >= killAfter && child.kill("SIGKILL"), 1);
  const code = await new Promise((resolve) => child.once("close", resolve));
  clearInterval(watch);
  return { code, output, errors };
}

describe("pulumi-smooch verify", () => {
  it.each(apiVersions)(
    "finds no difference between the emulator and itself in %s, and leaves nothing",
    async (version) => {
      const { code, output } = await verify(version, ["--limits", "--target", target]);
      expect(code).toBe(0);
      expect(JSON.parse(output)).toMatchObject({ apiVersion: version, left: [], leftOut: [] });
      expect(smooch.emulator.unknownRequests).toEqual([]);
      expect(smooch.emulator.isEmpty()).toBe(true);
    },
  );

  it("leaves nothing after 20 kills and --clean", async () => {
    const random = new Random(7);
    const kills: number[] = [];
    for (let run = 0; run < 20; run++) {
      const version = apiVersions[run % apiVersions.length] ?? "v1";
      const killAfter = 1 + Math.floor(random.next() * 150);
      const { code } = await verify(version, ["--target", target], killAfter);
      if (code === null) kills.push(killAfter);
    }
    expect(kills.length).toBeGreaterThan(15);
    expect(smooch.emulator.isEmpty()).toBe(false);
    const { code, output, errors } = await verify("v1", ["--clean"]);
    expect(code, output + errors).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ running: [], left: [] });
    expect(smooch.emulator.isEmpty()).toBe(true);
  });
});
