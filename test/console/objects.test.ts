import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { scenario } from "../support/stack";
import { consoleSuite } from "./support/browser";
import { Smooch } from "./support/smooch";

const card = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });

describe("objects in the console", () => {
  const suite = consoleSuite();

  it("appear one after the other while `pulumi up` runs, and disappear with `pulumi destroy`", async () => {
    const program = `
      const app = new smooch.SmoochApp("shop", { name: "Shop" });
      new smooch.SmoochKey("backend", { appId: app.id, name: "backend" });
      new smooch.SmoochWebhook("bot", { appId: app.id, target: "https://bot.example/hook", triggers: ["message:appUser"] });
    `;
    await scenario(
      async (emulator, start) => {
        const page = await suite.openAt(emulator);
        await page.getByText("No apps yet.").waitFor();
        const stack = start(program);
        const up = stack.up();
        // The page is not touched before the app is in it.
        const row = page.getByRole("link", { name: "Shop" });
        await row.waitFor({ timeout: 60_000 });
        expect(await row.locator("xpath=..").getAttribute("class")).toBe("new");
        await row.click();
        await card(page, "backend").waitFor({ timeout: 60_000 });
        await card(page, "bot.example").waitFor({ timeout: 60_000 });
        await up;
        await page.getByRole("heading", { name: "1 key", exact: true }).waitFor();
        await stack.destroy();
        await page.getByText("There is no account or app with this id.").waitFor();
        await page.getByText("No apps yet.").waitFor();
      },
      { console: true },
    );
  });

  it("show their properties, and their secrets only on demand", async () => {
    const smooch = new Smooch(suite.running);
    const appId = await smooch.createApp("Secretive");
    const { id, secret } = await smooch.createKey(appId, "backend");
    const page = await suite.open(`apps/${appId}`);
    const key = card(page, "backend");
    await key.getByText(id, { exact: true }).first().waitFor();
    expect(await page.content()).not.toContain(secret);

    await key.getByRole("button", { name: "Reveal secrets" }).click();
    await key.getByText(secret, { exact: true }).waitFor();
    await key.getByRole("button", { name: "Hide secrets" }).click();
    await key.getByRole("button", { name: "Reveal secrets" }).waitFor();
    expect(await page.content()).not.toContain(secret);

    await key.getByRole("button", { name: `Copy ${id}` }).click();
    await key.getByText("Copied").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(id);
  });

  it("are found by name, by id and by what is in them", async () => {
    const smooch = new Smooch(suite.running);
    const appId = await smooch.createApp("Findable one");
    await smooch.createApp("Findable two");
    await smooch.createKey(appId, "needle");
    await smooch.createKey(appId, "hay");
    const page = await suite.open();
    const apps = page.getByRole("region", { name: "Accounts and apps" });
    const search = page.getByRole("searchbox", { name: "Search apps by name or id" });
    await search.fill("FINDABLE");
    await apps.getByRole("link", { name: "Findable two No keys, webhooks or channels" }).waitFor();
    await apps.getByRole("heading", { name: "2 apps" }).waitFor();
    await search.fill(appId);
    await apps.getByRole("heading", { name: "1 app", exact: true }).waitFor();
    await apps.getByRole("link", { name: "Findable one" }).click();
    await page.getByRole("searchbox", { name: "Search objects" }).fill("needle");
    await page.getByRole("heading", { name: "1 key", exact: true }).waitFor();
    await page.getByRole("searchbox", { name: "Search objects" }).fill("nothing like it");
    await page.getByText("No object matches.").waitFor();
  });

  it("with hostile names are shown as text and break no layout", async () => {
    const smooch = new Smooch(suite.running);
    const evil = '<img src=x onerror="document.title=1"><script>alert(1)</script>';
    const appId = await smooch.createApp(evil);
    await smooch.createKey(appId, `\u202egnp.exe \u001b[31m${"x".repeat(80)}`);
    const page = await suite.open(`apps/${appId}`, { viewport: { width: 375, height: 700 } });
    await page.getByRole("heading", { name: evil }).first().waitFor();
    await page.getByRole("heading", { name: "\\u{202e}gnp.exe \\u{1b}[31mxxx" }).waitFor();
    expect(await page.title()).toBe("Objects · Smooch emulator");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(375);
  });
});
