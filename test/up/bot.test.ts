import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { startEmulator } from "../../src/emulator/index";
import { ChatUser } from "../support/chat-user";
import { cliFolder } from "../support/cli";
import { ExampleBot } from "../support/example-bot";
import { newFolder } from "../support/folder";
import { byHand } from "../support/hand";
import { findDescendants } from "../support/processes";

const repository = join(__dirname, "../..");

it("examples/bot without settings is accepted as a webhook's target, and postpones events", async () => {
  const smooch = await startEmulator();
  const bot = await ExampleBot.start(0, smooch.url);
  try {
    const { id } = await byHand(smooch, "POST", "/v2/apps", { displayName: "Tea shop" });
    const webhooks = [{ target: bot.url, triggers: ["conversation:message"] }];
    await byHand(smooch, "POST", `/v2/apps/${id}/integrations`, { type: "custom", webhooks });
    const status = async (method: string) => (await fetch(bot.url, { method })).status;
    expect([await status("HEAD"), await status("POST"), await status("GET")]).toEqual([200, 503, 405]);
  } finally {
    await bot.stop();
    await smooch.close();
  }
});

it("examples/bot refuses events without the webhook's secret", async () => {
  const settings = { appId: "app", jwt: "jwt", webhookSecret: "secret" };
  const bot = await ExampleBot.start(0, "http://127.0.0.1:1", settings);
  try {
    const statusWith = async (headers: Record<string, string>) =>
      (await fetch(bot.url, { method: "POST", headers, body: '{"events": []}' })).status;
    expect(await statusWith({})).toBe(401);
    expect(await statusWith({ "x-api-key": "Secret" })).toBe(401);
    expect(await statusWith({ "x-api-key": "secret" })).toBe(200);
  } finally {
    await bot.stop();
  }
});

it("npm run bot starts a bot to chat with, and removes everything after Ctrl+C", async () => {
  const folder = newFolder("bot");
  const temporary = join(folder, "tmp");
  mkdirSync(temporary);
  const child = spawn(process.execPath, [join(repository, "scripts/bot.mjs")], {
    cwd: folder,
    env: { ...process.env, PULUMI_SMOOCH_CLI: cliFolder(), TMPDIR: temporary },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  try {
    const output = collect(child);
    const [, consoleUrl = "", appId = ""] = await output.find(/Chat with the bot: (\S+)#\/chat\/(\S+)/);
    await output.find(/Press Ctrl\+C/);
    const user = await ChatUser.enter(consoleUrl, appId, "Ann");
    expect((await user.say("Hi")).content).toMatchObject({ text: "Hello, Ann! How can I help you?" });

    const descendants = findDescendants(child.pid ?? 0);
    // The emulator, and the bot with what restarts it.
    expect(descendants).toHaveLength(3);
    expect(readdirSync(temporary)).toHaveLength(1);
    child.kill("SIGINT");
    expect(await ended, output.text).toEqual([0, null]);
    expect(output.text).toContain("- 4 deleted");
    expect(output.text).not.toMatch(/eyJ/);
    expect(descendants.filter(isRunning)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  } finally {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Collects what a program prints, line by line. */
function collect(child: ChildProcess) {
  let text = "";
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface(stream).on("line", (line) => {
      text += `${line}\n`;
      for (const look of waiting) look();
    });
  }
  return {
    get text() {
      return text;
    },
    /** Resolves to the first match; rejects if the program ends without one. */
    find: (pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(text);
          if (found !== null) resolve(found);
        };
        waiting.add(look);
        child.once("close", () => reject(new Error(`the program ended:\n${text}`)));
        look();
      }),
  };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
