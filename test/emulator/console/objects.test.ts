import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { kindNames } from "../../../src/kinds";
import { Page, send } from "./support";

const time = Date.UTC(2018, 9, 23);

async function open() {
  const page = await Page.open();
  page.smooch.emulator.shiftClock(time - Date.now());
  const { app } = await page.api("POST", "/v1/apps", { name: "Shop", metadata: { plan: "pro" } });
  return { page, appId: String(app._id), appToken: String(app.appToken) };
}

/** The state of an emulator with many apps, each with two keys, a webhook and its integration. */
async function saveApps(count: number): Promise<string> {
  const { page, appId } = await open();
  await page.api("POST", `/v1/apps/${appId}/keys`, { name: "backend" });
  await page.api("POST", `/v1/apps/${appId}/keys`, { name: "bot" });
  await page.api("POST", `/v1/apps/${appId}/webhooks`, { target: "https://shop.example/hook" });
  const { apps, ...saved } = JSON.parse(page.smooch.emulator.save());
  const copies = Array.from({ length: count }, (_, index) => ({
    ...apps[0],
    id: `${appId.slice(0, 18)}${String(index).padStart(6, "0")}`,
    name: `Customer ${index}`,
  }));
  return JSON.stringify({ ...saved, apps: copies });
}

describe("the overview", () => {
  it("lists accounts and apps with the number of objects of each kind", async () => {
    const { page, appId } = await open();
    await page.api("POST", `/v1/apps/${appId}/keys`, { name: "backend" });
    await page.api("POST", `/v1/apps/${appId}/keys`, { name: "second" });
    await page.api("POST", `/v1/apps/${appId}/webhooks`, { target: "https://shop.example/hook" });
    await page.api("POST", "/v1/serviceaccounts", { name: "reseller" });

    const { kinds, now, ...overview } = await page.get("overview");
    const { accountId, url } = page.smooch;
    expect(overview).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      url,
      accounts: [
        {
          id: accountId,
          name: accountId,
          createdAt: expect.any(Number),
          counts: { serviceAccount: 1 },
        },
      ],
      apps: [
        {
          id: appId,
          name: "Shop",
          createdAt: expect.any(Number),
          accountId,
          counts: { key: 2, webhook: 1, integration: 1 },
        },
      ],
    });
    expect(Math.abs(overview.apps[0].createdAt - time)).toBeLessThan(60_000);
    expect(Math.abs(now - time)).toBeLessThan(60_000);
    expect(kinds.map(({ name }: { name: string }) => name)).toEqual(kindNames);
    expect(kinds[4]).toEqual({
      name: "integrationKey",
      label: "integration key",
      plural: "integrationKeys",
    });
  });

  it("of 1,000 apps with 4 objects each takes less than 30 ms and 300 kB", async () => {
    const page = await Page.open({ saved: await saveApps(1000) });
    const headers = { "x-console-token": page.token };
    const times: number[] = [];
    for (let run = 0; run < 7; run++) {
      const before = process.cpuUsage();
      const { text } = await send(`${page.base}overview`, { headers });
      const { user, system } = process.cpuUsage(before);
      times.push((user + system) / 1000);
      expect(text.length).toBeLessThan(300_000);
      expect(JSON.parse(text).apps).toHaveLength(1000);
    }
    // Of the processor, and the fastest of several: other tests run at the same time.
    expect(Math.min(...times)).toBeLessThan(30);
  });
});

describe("an owner", () => {
  it("is an app with its properties and everything in it, by kind", async () => {
    const { page, appId, appToken } = await open();
    const { key } = await page.api("POST", `/v1/apps/${appId}/keys`, { name: "backend" });
    const target = "https://bot:pass@shop.example:8443/hook?token=abcdef#x";
    const { webhook } = await page.api("POST", `/v1.1/apps/${appId}/webhooks`, { target });
    const custom = {
      type: "custom",
      displayName: "Bot",
      webhooks: [{ target: "https://bot.example", triggers: ["*"] }],
    };
    const { integration } = await page.api("POST", `/v2/apps/${appId}/integrations`, {
      ...custom,
      webhooks: [{ target: "https://bot.example", triggers: ["conversation:message"] }],
    });
    const keys = `/v2/apps/${appId}/integrations/${integration.id}/keys`;
    const { key: integrationKey } = await page.api("POST", keys, { displayName: "bot" });
    await page.api("PUT", `/v1/apps/${appId}/menu`, {
      items: [{ type: "link", text: "Help", uri: "https://a.example" }],
    });

    const owner = await page.get(`owners/${appId}`);
    expect(owner.accountKeys).toBe(undefined);
    expect(owner.counts).toEqual({ key: 1, webhook: 2, integration: 2, integrationKey: 1, menu: 1 });
    expect(
      owner.objects.map(({ kind, name, hasSecret }: Record<string, unknown>) => [kind, name, hasSecret]),
    ).toEqual([
      ["app", "Shop", false],
      ["key", "backend", true],
      ["webhook", "shop.example:8443", true],
      ["webhook", "bot.example", true],
      ["integration", undefined, false],
      ["integration", "Bot", false],
      ["integrationKey", "bot", true],
      ["menu", undefined, false],
    ]);
    const [app, shownKey, shownWebhook, , , , shownIntegrationKey, menu] = owner.objects;
    expect(app.properties).toMatchObject({
      appToken,
      metadata: { plan: "pro" },
      accountId: page.smooch.accountId,
    });
    expect(shownKey).toEqual({
      kind: "key",
      id: key._id,
      name: "backend",
      createdAt: expect.any(Number),
      holders: [],
      properties: { id: key._id, appId, name: "backend", secret: "…" },
      hasSecret: true,
    });
    expect(shownWebhook.properties).toMatchObject({
      id: webhook._id,
      target: "https://…@shop.example:8443/hook?…#…",
      secret: "…",
    });
    expect(shownIntegrationKey).toMatchObject({ id: integrationKey.id, holders: [integration.id] });
    // The menu has the app's id, which does not tell when it was created.
    expect([menu.id, menu.createdAt]).toEqual([appId, undefined]);
  });

  it("is an account with its own keys and service accounts", async () => {
    const page = await Page.open({ accountKeyId: "act_mine", accountKeySecret: "may-be-real" });
    const { accountKeyId: generated } = page.smooch.emulator.addAccountKey();
    const { accountKeyId: service } = page.smooch.emulator.addServiceKey();
    const { serviceAccount } = await page.api("POST", "/v1/serviceaccounts", { name: "reseller" });
    const path = `/v1/serviceaccounts/${serviceAccount._id}/keys`;
    const { key } = await page.api("POST", path, { name: "backend" });
    const owner = await page.get(`owners/${page.smooch.accountId}`);
    expect(owner.accountKeys).toEqual([
      { id: "act_mine", isGiven: true, isServiceKey: false },
      { id: generated, isGiven: false, isServiceKey: false },
      { id: service, isGiven: false, isServiceKey: true },
    ]);
    expect(owner.objects).toMatchObject([
      { kind: "serviceAccount", id: serviceAccount._id, holders: [], hasSecret: false },
      { kind: "serviceAccountKey", id: key._id, holders: [serviceAccount._id], hasSecret: true },
    ]);
  });

  it("is 404 if it does not exist", async () => {
    const page = await Page.open();
    expect((await page.call("GET", "owners/5a0b1c2d3e4f5a6b7c8d9e0f"))[0]).toBe(404);
  });

  it("has no name that is a secret", async () => {
    const { page, appId } = await open();
    const { key } = await page.api("POST", `/v1/apps/${appId}/keys`, { name: "backend" });
    await page.api("PUT", `/v1/apps/${appId}`, { name: key.secret });
    await page.api("POST", `/v1/apps/${appId}/keys`, { name: key.secret });
    const { apps } = await page.get("overview");
    expect(apps.map(({ name }: { name: string }) => name)).toContain("…");
    const owner = await page.get(`owners/${appId}`);
    expect(owner.name).toBe("…");
    expect(owner.objects.map(({ name }: { name: string }) => name)).toContain("…");
    expect(JSON.stringify([apps, owner])).not.toContain(key.secret);
  });

  it("holds hostile text as it is", async () => {
    const page = await Page.open();
    const name = "<img src=x onerror=alert(1)>\u202e\u001b[31m{{token}}";
    const { app } = await page.api("POST", "/v1/apps", { name });
    expect((await page.get("overview")).apps[0].name).toBe(name);
    expect((await page.get(`owners/${app._id}`)).objects[0].properties.name).toBe(name);
  });
});

describe("reveal", () => {
  it("returns the secrets of one object", async () => {
    const { page, appId } = await open();
    const { key } = await page.api("POST", `/v1/apps/${appId}/keys`, { name: "backend" });
    const target = "https://shop.example/hook?token=abcdef";
    const { webhook } = await page.api("POST", `/v1/apps/${appId}/webhooks`, { target });
    const { integration } = await page.api("POST", `/v1.1/apps/${appId}/integrations`, {
      type: "twilio",
      accountSid: "AC1",
      authToken: "twilio-token",
      phoneNumberSid: "PN1",
    });
    const reveal = (id: string) => page.call("POST", `objects/${id}/reveal`);
    expect(await reveal(key._id)).toEqual([200, { secrets: { secret: key.secret } }]);
    expect(await reveal(webhook._id)).toEqual([200, { secrets: { secret: webhook.secret, target } }]);
    expect(await reveal(integration._id)).toEqual([200, { secrets: { "fields.authToken": "twilio-token" } }]);
    expect(await reveal(appId)).toEqual([200, { secrets: {} }]);
    expect((await reveal("5a0b1c2d3e4f5a6b7c8d9e0f"))[0]).toBe(404);
    expect((await page.call("GET", `objects/${key._id}/reveal`))[0]).toBe(404);
  });

  it("returns the secret of a generated account key, and never one that was supplied", async () => {
    const app = { id: "5a0b1c2d3e4f5a6b7c8d9e0f", keyId: "app_mine", keySecret: "real-app-secret" };
    const stateFile = join(mkdtempSync(join(tmpdir(), "console-")), "state.json");
    const given = { accountKeyId: "act_mine", accountKeySecret: "may-be-real", stateFile };
    const page = await Page.open({ ...given, app });
    const generated = page.smooch.emulator.addAccountKey();
    const reveal = (from: Page, id: string) => from.call("POST", `objects/${id}/reveal`);
    expect(await reveal(page, generated.accountKeyId)).toEqual([
      200,
      { secrets: { secret: generated.accountKeySecret } },
    ]);
    const refusal = [
      403,
      {
        error: {
          code: "forbidden",
          description:
            "This secret was given to the emulator at its start. It may be a real one, and is not shown.",
        },
      },
    ];
    expect(await reveal(page, "act_mine")).toEqual(refusal);
    expect(await reveal(page, "app_mine")).toEqual(refusal);
    expect((await page.get(`owners/${app.id}`)).objects[1]).toMatchObject({
      id: "app_mine",
      hasSecret: false,
    });

    // Also not by a later start that continues from the state file without them.
    await page.smooch.close();
    const later = await Page.open({ stateFile });
    expect(await reveal(later, "act_mine")).toEqual(refusal);
    expect(await reveal(later, "app_mine")).toEqual(refusal);
  });
});
