#!/usr/bin/env node
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { build } from "./build.mjs";
import { findChromium } from "./chromium.mjs";
import { Failure, main, root } from "./lib/run.mjs";

const images = join(root, "docs", "images");
const viewport = { width: 880, height: 480 };

/** Makes the pictures of the emulator's console for the documentation. */
await main(async () => {
  const executablePath = await findChromium();
  if (executablePath === undefined) throw new Failure("no Chromium is installed");
  await build();
  await mkdir(images, { recursive: true });
  // Loaded by its name, as users do, because it has to be built first.
  const { startEmulator } = createRequire(import.meta.url)("pulumi-smooch/emulator");
  const running = await startEmulator({ console: true, checkTargets: false });
  const bot = createServer((_, response) => response.end()).listen(0, "127.0.0.1");
  await once(bot, "listening");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const views = await furnish(running, `http://127.0.0.1:${bot.address().port}/`);
    for (const colorScheme of ["light", "dark"]) {
      const page = await browser.newPage({ colorScheme, viewport, reducedMotion: "reduce" });
      for (const [name, { view, text }] of Object.entries(views)) {
        await page.goto(`${running.consoleUrl}#/${view}`);
        await page.getByText(text).first().waitFor();
        await page.screenshot({ path: join(images, `console-${name}-${colorScheme}.png`) });
      }
      await page.close();
    }
  } finally {
    await browser.close();
    await running.close();
    bot.close();
  }
});

/** Fills the emulator, and returns the views to take, each with a text that it shows when it has loaded. */
async function furnish({ url, accountKeyId, accountKeySecret, emulator }, target) {
  const authorization = `Basic ${Buffer.from(`${accountKeyId}:${accountKeySecret}`).toString("base64")}`;
  const post = async (path, body) => {
    const headers = { authorization, "content-type": "application/json" };
    const response = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
    return response.json();
  };
  await post("/v2/apps", { displayName: "Staging" });
  const { app } = await post("/v2/apps", { displayName: "Tea shop", metadata: { team: "support" } });
  const base = `/v2/apps/${app.id}`;
  for (const displayName of ["backend", "reporting"]) await post(`${base}/keys`, { displayName });
  emulator.setFaults({ rules: [{ operation: "createKey", fault: "status", status: 503 }] });
  await post(`${base}/keys`, { displayName: "billing" });
  emulator.setFaults(undefined);
  const webhooks = [{ target, triggers: ["conversation:message", "conversation:postback"] }];
  await post(`${base}/integrations`, { type: "custom", displayName: "Bot", status: "active", webhooks });

  const { user } = await post(`${base}/users`, { externalId: "ada", profile: { givenName: "Ada" } });
  const participants = [{ userId: user.id }];
  const { conversation } = await post(`${base}/conversations`, { type: "personal", participants });
  const say = (author, content) =>
    post(`${base}/conversations/${conversation.id}/messages`, { author, content });
  const bot = { type: "business", displayName: "Tea bot" };
  await say({ type: "user", userId: user.id }, { type: "text", text: "Hello! Which teas do you have?" });
  const order = { type: "postback", text: "Order", payload: "ORDER" };
  await say(bot, {
    type: "carousel",
    items: [
      { title: "Green tea", description: "From Uji, 100 g", actions: [order] },
      { title: "Black tea", description: "From Assam, 250 g", actions: [order] },
    ],
  });
  const replies = ["Yes, please", "No, thanks"].map((text) => ({ type: "reply", text, payload: text }));
  await say(bot, { type: "text", text: "Would you like a free sample with it?", actions: replies });
  const failed = emulator.requests.findIndex(({ status }) => status === 503) + 1;
  return {
    objects: { view: `apps/${app.id}`, text: "reporting" },
    requests: { view: `requests/${failed}`, text: "Response body" },
    chat: { view: `chat/${app.id}/${conversation.id}`, text: "Yes, please" },
  };
}
