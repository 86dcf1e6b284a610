import { afterEach, describe, expect, it } from "vitest";
import { consoleSuite } from "./support/browser";
import { Smooch } from "./support/smooch";

describe("controls in the console", () => {
  const suite = consoleSuite();
  const none = { seed: 1, rules: [] };
  afterEach(() => suite.running.emulator.setFaults(undefined));

  it("start and end faults", async () => {
    const { emulator } = suite.running;
    const smooch = new Smooch(suite.running);
    const page = await suite.open("controls");
    await page.getByText("No faults are active.").waitFor();
    await page.getByRole("button", { name: "Outage" }).click();
    await page.getByRole("button", { name: "Start these faults" }).click();
    await expect.poll(() => emulator.faults).toEqual({ seed: 1, rules: [{ fault: "status", status: 503 }] });
    await page.getByText("Active: every operation: status 503").waitFor();
    await page.getByRole("link", { name: "Requests" }).click();
    await page.getByRole("link", { name: "Faults active" }).click();
    await expect(smooch.createApp("Shop")).rejects.toThrow("returned 503");
    // How often each fault has happened.
    await page.locator(".properties", { hasText: "status" }).getByText("1", { exact: true }).waitFor();
    await page.getByRole("button", { name: "End all faults" }).click();
    await expect.poll(() => emulator.faults).toEqual(none);
    await page.getByText("No faults are active.").waitFor();
    await page.getByRole("link", { name: "Faults active" }).waitFor({ state: "hidden" });
    await smooch.createApp("Shop");
  });

  it("say what is wrong with a fault plan, and keep the old one", async () => {
    const page = await suite.open("controls");
    const plan = page.getByRole("textbox", { name: "Fault plan (JSON)" });
    const start = page.getByRole("button", { name: "Start these faults" });
    await plan.fill('{"rules": [{"fault": "explosion"}]}');
    await start.click();
    await page.getByRole("alert").filter({ hasText: "rules" }).waitFor();
    await plan.fill("{");
    await start.click();
    await page.getByRole("alert").filter({ hasText: "JSON" }).waitFor();
    expect(await plan.inputValue()).toBe("{");
    expect(suite.running.emulator.faults).toEqual(none);
  });

  it.each(["Rate limit", "Outage", "Slow", "Lost response", "Bot's message lost"])(
    "the example %s is a valid plan",
    async (name) => {
      const page = await suite.open("controls");
      await page.getByRole("button", { name }).click();
      const text = await page.getByRole("textbox", { name: "Fault plan (JSON)" }).inputValue();
      await page.getByRole("button", { name: "Start these faults" }).click();
      await expect.poll(() => suite.running.emulator.faults).toEqual(JSON.parse(text));
    },
  );

  it("move the clock", async () => {
    const page = await suite.open("controls");
    await page.getByText("The emulator's clock is the real one.").waitFor();
    await page.getByRole("spinbutton", { name: "Ahead by" }).fill("-31");
    await page.getByRole("button", { name: "Set", exact: true }).click();
    await page.getByText("It is 31 days behind.").waitFor();
    await page.getByRole("button", { name: "Real time" }).click();
    await page.getByText("The emulator's clock is the real one.").waitFor();
  });

  it("delete everything only after a question", async () => {
    const { emulator } = suite.running;
    await new Smooch(suite.running).createApp("Doomed");
    const page = await suite.open("controls");
    const ask = page.getByRole("button", { name: "Reset…" });
    await ask.click();
    const dialog = page.getByRole("dialog", { name: "Delete everything in this emulator?" });
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(emulator.isEmpty()).toBe(false);
    await ask.click();
    await dialog.getByRole("button", { name: "Delete everything" }).click();
    await dialog.waitFor({ state: "hidden" });
    expect(emulator.isEmpty()).toBe(true);
  });
});
