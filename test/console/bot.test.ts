import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { signJwt } from "../../src/smooch/jwt";
import { ExampleBot } from "../support/example-bot";
import { freePort } from "../support/port";
import { consoleSuite } from "./support/browser";
import { Smooch } from "./support/smooch";

const suite = consoleSuite();

/** Starts examples/bot for a new app; its address is known before it can be started, as with `npm run bot`. */
async function startBot(): Promise<{ bot: ExampleBot; appId: string }> {
  const smooch = new Smooch(suite.running);
  const port = await freePort();
  const appId = await smooch.createApp("Tea shop");
  const key = await smooch.createKey(appId, "bot");
  const triggers = ["conversation:message", "conversation:postback"];
  await smooch.createWebhook(appId, `http://127.0.0.1:${port}/`, triggers);
  const [webhook] = suite.running.emulator.snapshot().webhooks;
  const outputs = {
    appId,
    jwt: signJwt({ keyId: key.id, secret: key.secret }),
    webhookSecret: webhook?.secret,
  };
  return { bot: await ExampleBot.start(port, suite.running.url, outputs), appId };
}

const lastBubble = (page: Page) => page.getByRole("log").locator(".message").last().locator(".bubble");

it("a developer orders tea from examples/bot in the chat", async () => {
  const { bot, appId } = await startBot();
  try {
    const page = await suite.open(`chat/${appId}`);
    await page.getByLabel("Given name").fill("Ada");
    await page.getByRole("button", { name: "Create user" }).click();
    const message = page.getByRole("textbox", { name: "Message" });
    await message.fill("Hello!");
    await message.press("Enter");
    await page.getByText("Hello, Ada! How can I help you?").waitFor();

    const replies = page.getByRole("list", { name: "Quick replies" });
    expect(await replies.getByRole("button").allTextContents()).toEqual([
      "See the teas",
      "Find the shop",
      "Order",
    ]);
    await replies.getByRole("button", { name: "Find the shop" }).click();
    await lastBubble(page).getByText("50.8503, 4.3517").waitFor();
    await message.fill("Which teas do you have?");
    await message.press("Enter");
    await lastBubble(page).getByText("From Assam, 250 g").waitFor();

    await page.getByRole("button", { name: "Order black tea" }).click();
    const tea = page.getByLabel("Tea", { exact: true });
    await tea.waitFor();
    expect(await tea.inputValue()).toBe("black");
    await page.getByLabel("Your name").fill("Ada");
    await page.getByLabel("Your email address").fill("ada@example.com");
    await page.getByRole("button", { name: "Send form" }).click();
    const thanks = "Thank you, Ada! We will write to ada@example.com when your black tea is on its way.";
    await lastBubble(page).getByText(thanks).waitFor();

    const states = suite.running.emulator.snapshot().deliveries.map(({ state }) => state);
    expect(states).not.toContain("failed");
    expect(suite.running.emulator.unknownRequests).toEqual([]);
  } finally {
    await bot.stop();
  }
});
