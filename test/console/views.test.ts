import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startEmulator } from "../../src/emulator/index";
import { violations } from "./support/axe";
import { consoleSuite } from "./support/browser";
import { contents } from "./support/contents";
import { Smooch } from "./support/smooch";

const suite = consoleSuite();
const longWord = "x".repeat(10_000);

/** The address of each view, and a text that it shows when it has loaded. */
let views: readonly (readonly [view: string, text: string])[] = [];

beforeAll(async () => {
  const { emulator } = suite.running;
  const smooch = new Smooch(suite.running);
  const appId = await smooch.createApp("Shop");
  await smooch.createKey(appId, "backend");
  await smooch.createWebhook(appId, "http://127.0.0.1:9/hook", ["conversation:message"]);
  emulator.overlay(appId, { metadata: { long: longWord } });
  const { conversationId, say } = await smooch.converse(appId);
  await say({ type: "text", text: longWord.slice(0, 4_096) }, "user");
  for (const content of contents) await say(content, "business");
  const [account] = emulator.snapshot().accounts;
  await smooch.createApp(longWord.slice(0, 100));
  views = [
    ["", "1 account"],
    [`apps/${appId}`, "backend"],
    [`accounts/${account?.id}`, "1 own key"],
    ["requests", "/v2/apps"],
    ["requests/1", "Response body"],
    ["deliveries", "conversation:message"],
    ["deliveries/1", "Payload"],
    ["chat", "2 apps"],
    [`chat/${appId}`, "New conversation"],
    [`chat/${appId}/${conversationId}`, "What else?"],
    ["controls", "Profile"],
  ];
});

describe.each(["light", "dark"] as const)("every view in the %s scheme", (colorScheme) => {
  it("has nothing that axe-core finds inaccessible, on a desk and on a phone", async () => {
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 375, height: 700 },
    ]) {
      const page = await suite.open("", { colorScheme, viewport, reducedMotion: "reduce" });
      for (const [view, text] of views) {
        await page.goto(`${suite.running.url}/#/${view}`);
        await page.getByText(text).filter({ visible: true }).first().waitFor();
        const width = await page.evaluate("document.documentElement.scrollWidth");
        const found = await violations(page);
        expect({ view, width, found }).toEqual({ view, width: viewport.width, found: [] });
      }
    }
  });

  it("has the colours of the scheme", async () => {
    const page = await suite.open("", { colorScheme });
    const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(background).toBe(colorScheme === "dark" ? "rgb(20, 23, 28)" : "rgb(255, 255, 255)");
  });
});

describe("by keyboard alone", () => {
  it("an app is searched, opened, read and closed", async () => {
    const page = await suite.open();
    await page.getByRole("link", { name: "Shop" }).waitFor();
    const press = (key: string) => page.keyboard.press(key);
    await press("Tab");
    expect(await focused(page)).toBe("Skip to content");
    await press("/");
    expect(await focused(page)).toBe("Search apps by name or id");
    await page.keyboard.type("shop");
    await press("Tab");
    expect(await focused(page)).toContain("Shop");
    await press("Enter");
    await page.getByRole("heading", { name: "1 key", exact: true }).waitFor();
    await press("Escape");
    await page.getByText("Choose an app").waitFor();
    expect(await focused(page)).toContain("Shop");
  });

  it("the arrow keys move through a list, and the focus is seen", async () => {
    const page = await suite.open("requests");
    const first = page.locator("tbody tr").first().getByRole("link");
    await first.waitFor();
    await first.focus();
    const start = await focused(page);
    await page.keyboard.press("ArrowDown");
    expect(await focused(page)).not.toBe(start);
    expect(await page.evaluate("getComputedStyle(document.activeElement, '::after').outlineStyle")).toBe(
      "solid",
    );
    await page.keyboard.press("Home");
    expect(await focused(page)).toBe(start);
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Request 1", exact: true }).waitFor();
  });

  it("the link past the navigation leads to the content", async () => {
    const page = await suite.open("controls");
    await page.getByRole("heading", { name: "Faults", exact: true }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.tagName")).toBe("MAIN");
  });
});

it.each([
  ["no-preference", "arrive"],
  ["reduce", "none"],
] as const)(
  "with the preference %s for motion, a new app has the animation %s",
  async (reducedMotion, animation) => {
    const page = await suite.open("", { reducedMotion });
    await page.getByRole("link", { name: "Shop" }).waitFor();
    await new Smooch(suite.running).createApp(`New, ${reducedMotion}`);
    const row = page.locator("li.new", { hasText: `New, ${reducedMotion}` });
    await row.waitFor();
    expect(await page.evaluate("getComputedStyle(document.querySelector('li.new')).animationName")).toBe(
      animation,
    );
  },
);

it("says that it has lost the emulator, and goes on when it is back", async () => {
  const page = await suite.open();
  const status = page.getByRole("status");
  await status.getByText("Live").waitFor();
  await suite.running.pause();
  await status.getByText("Not connected").waitFor();
  await suite.running.resume();
  await status.getByText("Live").waitFor();
  await new Smooch(suite.running).createApp("Back again");
  await page.getByRole("link", { name: "Back again" }).waitFor();
});

it("goes on by itself with an emulator that was restarted, which has another token", async () => {
  const first = await startEmulator({ console: true });
  const page = await suite.openAt(first, "controls");
  const status = page.locator(".connection");
  // The view itself may say the same meanwhile.
  const clock = page.locator("section").filter({ has: page.getByRole("button", { name: "Real time" }) });
  const problem = clock.getByRole("alert");
  await status.getByText("Live").waitFor();
  await first.close();
  await status.getByText("Not connected").waitFor();
  await page.getByRole("button", { name: "Real time" }).click();
  await problem.getByText("The emulator is not running.").waitFor();
  const second = await startEmulator({ console: true, port: Number(new URL(first.url).port) });
  try {
    await status.getByText("Live").waitFor();
    await page.getByRole("button", { name: "Real time" }).click();
    await problem.waitFor({ state: "hidden" });
  } finally {
    await second.close();
  }
});

it("does not reload again and again if its token was never valid", async () => {
  const page = await suite.open();
  let loads = 0;
  await page.route("**/_emulator/console/*", (route) => route.fulfill({ status: 401, body: "{}" }));
  page.on("load", () => {
    loads += 1;
  });
  await page.reload();
  await page.getByText("Not connected").waitFor();
  await page.getByText("The emulator returned 401.").waitFor();
  expect(loads).toBe(1);
});

/** The name of the element that has the focus. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(
    "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent ?? ''",
  );
}
