import { describe, expect, it } from "vitest";
import { receive } from "../support/receiver";
import { consoleSuite } from "./support/browser";
import { Smooch } from "./support/smooch";

describe("requests in the console", () => {
  const suite = consoleSuite();

  it("appear as they are handled, with their bodies", async () => {
    const smooch = new Smooch(suite.running);
    const page = await suite.open("requests");
    await page.getByText("No requests yet.").waitFor();
    const appId = await smooch.createApp("Shop");
    const { id, secret } = await smooch.createKey(appId, "backend");
    const row = page.getByRole("row").filter({ hasText: `POST /v2/apps/${appId}/keys` });
    await row.waitFor();
    expect(await row.getByRole("cell").allInnerTexts()).toEqual([
      expect.stringMatching(/^\d\d:\d\d:\d\d$/),
      `POST /v2/apps/${appId}/keys`,
      "createKey",
      "201",
      "v2",
      expect.stringMatching(/^\d+$/),
    ]);

    await row.getByRole("link").click();
    const details = page.getByRole("region", { name: "Details" });
    const body = (name: string) => details.getByRole("region", { name }).textContent();
    expect(JSON.parse(String(await body("Request body")))).toEqual({ displayName: "backend" });
    expect(JSON.parse(String(await body("Response body")))).toEqual({
      key: { id, displayName: "backend", secret: "…" },
    });
    expect(await page.content()).not.toContain(secret);
  });

  it("are filtered, and tell which fault they met", async () => {
    const smooch = new Smooch(suite.running);
    const appId = await smooch.createApp("Faulty");
    suite.running.emulator.setFaults({ rules: [{ operation: "createKey", fault: "status", status: 503 }] });
    await expect(smooch.createKey(appId, "backend")).rejects.toThrow("returned 503");
    suite.running.emulator.setFaults(undefined);
    const page = await suite.open("requests");
    await page.getByRole("searchbox", { name: "Search requests" }).fill("503");
    const rows = page.locator("tbody tr");
    await expect.poll(() => rows.count()).toBe(1);
    expect(await rows.first().textContent()).toContain("503status");
    await page.getByRole("searchbox", { name: "Search requests" }).fill("nothing like it");
    await page.getByText("None matches.").waitFor();
  });
});

describe("deliveries in the console", () => {
  const suite = consoleSuite();

  async function sayHello(smooch: Smooch, appId: string): Promise<void> {
    const { say } = await smooch.converse(appId);
    await say({ type: "text", text: "Hello" }, "user");
  }

  it("are shown with every try, and sent again with the same payload", async () => {
    const smooch = new Smooch(suite.running);
    const statuses = [500, 200, 200];
    const hook = await receive(() => {
      const status = statuses.shift() ?? 200;
      return { status, body: `answer ${status}` };
    });
    const appId = await smooch.createApp("Talkative");
    await smooch.createWebhook(appId, hook.url, ["conversation:message"]);
    const page = await suite.open("deliveries");
    await page.getByText("No webhook deliveries yet.").waitFor();
    await sayHello(smooch, appId);
    const rows = page.locator("tbody tr");
    await rows.filter({ hasText: "delivered" }).waitFor();
    await rows.getByRole("link", { name: "conversation:message user: Hello" }).click();
    const details = page.getByRole("region", { name: "Details" });
    await details.getByText("answer 500").waitFor();
    await details.getByText("answer 200").waitFor();
    expect(await details.getByRole("listitem").count()).toBe(2);

    const first = page.url();
    await details.getByRole("button", { name: "Send again" }).click();
    await expect.poll(() => page.url()).not.toBe(first);
    await details.getByText("answer 200").waitFor();
    expect(await rows.count()).toBe(2);
    await details.getByText("Sent again from").getByRole("link").click();
    await expect.poll(() => page.url()).toBe(first);
    expect(hook.received).toHaveLength(3);
    expect(new Set(hook.received.map(({ body }) => body)).size).toBe(1);
  });

  it("say why there was no response", async () => {
    const smooch = new Smooch(suite.running);
    const appId = await smooch.createApp("Unreachable");
    await smooch.createWebhook(appId, "http://127.0.0.1:9/hook", ["conversation:message"]);
    const page = await suite.open("deliveries");
    await page.getByText("Select a row for details.").waitFor();
    await sayHello(smooch, appId);
    const row = page.locator("tbody tr").filter({ hasText: "127.0.0.1:9" });
    await row.waitFor();
    expect((await row.getByRole("cell").allTextContents()).slice(1)).toEqual([
      "conversation:message user: Hello",
      "http://127.0.0.1:9/hook",
      "pending",
      expect.stringMatching(/^[12]$/),
      "–",
    ]);
    await row.getByRole("link").click();
    await page
      .getByText(/No response \(connect ECONNREFUSED 127\.0\.0\.1:9\), \d+ ms/)
      .first()
      .waitFor();
  });

  it("to a webhook that never answers stay pending, and nothing waits for them", async () => {
    const smooch = new Smooch(suite.running);
    const hook = await receive(() => undefined);
    const appId = await smooch.createApp("Silent");
    await smooch.createWebhook(appId, hook.url, ["conversation:message"]);
    await sayHello(smooch, appId);
    const page = await suite.open("deliveries");
    await page.getByRole("searchbox", { name: "Search deliveries" }).fill("pending");
    const row = page.locator("tbody tr").filter({ hasText: hook.url });
    await row.filter({ hasText: "pending" }).waitFor();
    await row.getByRole("link").click();
    await page.getByText("No attempt has ended yet.").waitFor();
    await page.getByRole("link", { name: "Objects", exact: true }).click();
    await page.getByRole("link", { name: "Silent" }).waitFor();
  });
});
