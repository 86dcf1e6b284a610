import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { type ConsoleSuite, consoleSuite } from "./support/browser";
import { Smooch } from "./support/smooch";

// A free machine needs about 100 ms, whatever is in the emulator. A page that rendered all of it would need seconds.
const mostMs = 1_000;

/** Opens a view several times and returns the fastest first paint: the others also measure what else runs. */
async function firstPaint(suite: ConsoleSuite, view: string, text: string): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 3; run++) {
    const page = await suite.open(view);
    await page.getByText(text, { exact: true }).first().waitFor();
    // The text may be in the page a little before it is painted.
    const paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0";
    await expect.poll(() => page.evaluate(paint)).toBeGreaterThan(0);
    times.push(Number(await page.evaluate(paint)));
    await suite.closeWindows();
  }
  return Math.min(...times);
}

const elements = (page: Page) => page.evaluate("document.querySelectorAll('*').length");

describe("the console with many apps and requests", () => {
  const suite = consoleSuite();

  it("shows 1,000 apps", async () => {
    const { emulator } = suite.running;
    const smooch = new Smooch(suite.running);
    for (let index = 0; index < 1_000; index++) {
      const appId = await smooch.createApp(index === 500 ? "needle" : `app ${index}`);
      await smooch.createKey(appId, "backend");
    }
    expect(emulator.snapshot().apps).toHaveLength(1_000);
    expect(await firstPaint(suite, "", "app 999")).toBeLessThan(mostMs);
    const page = await suite.open();
    await page.getByRole("heading", { name: "1000 apps" }).waitFor();
    expect(await elements(page)).toBeLessThan(1_000);
    await page.getByRole("button", { name: "Show more (900 left)" }).click();
    await page.getByRole("button", { name: "Show more (800 left)" }).waitFor();
    await page.getByRole("searchbox").fill("needle");
    await page.getByRole("heading", { name: "1 app", exact: true }).waitFor();
  });

  it("shows the requests of 10,000", async () => {
    const smooch = new Smooch(suite.running);
    const appId = await smooch.createApp("busy");
    const missing = 10_000 - suite.running.emulator.requests.length;
    for (let index = 0; index < missing; index++) await smooch.get(`/v2/apps/${appId}`);
    expect(await firstPaint(suite, "requests", "getApp")).toBeLessThan(mostMs);
    const page = await suite.open("requests");
    await expect.poll(() => page.locator("tbody tr").count()).toBe(200);
    for (const count of [400, 600, 800, 1_000]) {
      await page.getByRole("button", { name: "Show older" }).click();
      await expect.poll(() => page.locator("tbody tr").count()).toBe(count);
    }
    await page.getByText("There are older ones: search for them.").waitFor();
    expect(await page.getByRole("button", { name: "Show older" }).count()).toBe(0);
  });
});

describe("the console with a long conversation", () => {
  const suite = consoleSuite();

  it("shows 10,000 messages, some hundreds at most at a time", async () => {
    const smooch = new Smooch(suite.running);
    const appId = await smooch.createApp("chatty");
    const { conversationId, say } = await smooch.converse(appId);
    for (let index = 0; index < 10_000; index++)
      await say({ type: "text", text: `message ${index}` }, "business");
    const view = `chat/${appId}/${conversationId}`;
    expect(await firstPaint(suite, view, "message 9999")).toBeLessThan(mostMs);

    const page = await suite.open(view);
    const messages = page.locator(".message");
    await page.getByText("message 9999").waitFor();
    expect(await messages.count()).toBe(50);
    // The latest message is seen without scrolling.
    await expect.poll(() => page.getByText("message 9999").isVisible()).toBe(true);
    const earlier = page.getByRole("button", { name: "Earlier messages" });
    for (const count of [100, 150, 200]) {
      await earlier.click();
      await expect.poll(() => messages.count()).toBe(count);
    }
    await earlier.click();
    await page.getByText("message 9600").waitFor();
    expect(await messages.count()).toBe(200);
    await page.getByRole("button", { name: "Back to the latest messages" }).click();
    await page.getByText("message 9999").waitFor();
    expect(await messages.count()).toBe(50);
  });
});
