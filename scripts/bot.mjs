#!/usr/bin/env node
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { startEmulator } from "./demo/emulator.mjs";
import { heading, quote, say, step } from "./demo/screen.mjs";
import { openStack } from "./demo/stack.mjs";
import { Failure, main, root, run, stopAll, waitForStop } from "./lib/run.mjs";
import { setup } from "./setup.mjs";

const program = join(root, "examples", "bot");
const file = join(program, "bot.mjs");

let folder;

async function bot() {
  heading("pulumi-smooch: a bot in the emulator, to chat with in your browser");

  const cli = await step("Set up", async () => {
    const found = await setup({ log: say });
    say(`Pulumi CLI ${found.version}`);
    return found;
  });

  const emulator = await step("Start a Smooch API with its console on this machine", async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-smooch-bot-"));
    // The bot starts after `pulumi up`, with the stack's outputs.
    const api = await startEmulator("--no-target-check");
    say(`console  ${api.consoleUrl}`);
    return api;
  });
  const stack = await openStack(folder, cli, emulator, program);
  const port = await findFreePort();

  await step("pulumi up", async () => {
    await stack.init();
    await stack.configure("target", `http://127.0.0.1:${port}/`);
    await stack.up(quote);
  });
  const { appId, jwt, webhookSecret } = await stack.outputs();

  await step("Start the bot", () =>
    startBot({
      SMOOCH_BASE_URL: emulator.url,
      SMOOCH_APP_ID: appId,
      SMOOCH_JWT: jwt,
      SMOOCH_WEBHOOK_SECRET: webhookSecret,
      PORT: String(port),
    }),
  );

  console.log(`\nChat with the bot: ${emulator.consoleUrl}#/chat/${appId}`);
  console.log(
    `Change ${relative(root, file)}: the bot restarts when you save it. Press Ctrl+C to end all of this.\n`,
  );
  await waitForStop();

  await step("pulumi destroy", () => stack.destroy(quote));
  console.log("\nEverything is removed, the stack's state too.");
}

/** Starts the bot, again after each change of its file; resolves when it listens. */
function startBot(settings) {
  return new Promise((resolve, reject) => {
    const onLine = (line) => {
      quote(line);
      if (line.startsWith("The bot listens")) resolve();
    };
    const args = ["--watch", "--watch-preserve-output", file];
    run(process.execPath, args, { env: { ...process.env, ...settings }, onLine }).then(
      ({ code }) => reject(new Failure(`the bot ended (exit ${code})`)),
      reject,
    );
  });
}

async function findFreePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

async function cleanUp() {
  await stopAll();
  if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

await main(bot, cleanUp);
