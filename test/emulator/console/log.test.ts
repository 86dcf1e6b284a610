import { describe, expect, it, vi } from "vitest";
import { receive } from "../../support/receiver";
import { Page } from "./support";

describe("the requests", () => {
  it("are listed newest first, with their bodies in the details", async () => {
    const page = await Page.open();
    await page.api("POST", "/v2/apps", { displayName: "Shop" });
    await page.api("GET", "/v1/apps?limit=2");
    const { requests, hasMore } = await page.get("requests");
    expect(hasMore).toBe(false);
    const at = expect.any(Number);
    const common = { at, durationMs: expect.any(Number) };
    const created = {
      ...common,
      seq: 1,
      method: "POST",
      path: "/v2/apps",
      operation: "createApp",
      apiVersion: "v2",
      status: 201,
    };
    expect(requests).toEqual([
      {
        ...common,
        seq: 2,
        method: "GET",
        path: "/v1/apps?limit=2",
        operation: "listApps",
        apiVersion: "v1",
        status: 200,
      },
      created,
    ]);
    const { requestBody, responseBody, ...summary } = await page.get("requests/1");
    expect(summary).toEqual(created);
    expect(requestBody).toBe('{"displayName":"Shop"}');
    expect(JSON.parse(responseBody).app).toMatchObject({ displayName: "Shop" });
    expect((await page.call("GET", "requests/3"))[0]).toBe(404);
  });

  it("can be searched and limited", async () => {
    const page = await Page.open();
    for (const path of ["/v1/apps", "/v2/apps", "/v1/nope", "/v1/apps"]) await page.api("GET", path);
    const seqs = async (query: string) => {
      const { requests, hasMore } = await page.get(`requests?${query}`);
      return [requests.map(({ seq }: { seq: number }) => seq), hasMore];
    };
    expect(await seqs("search=LISTAPPS")).toEqual([[4, 2, 1], false]);
    expect(await seqs("search=501")).toEqual([[3], false]);
    expect(await seqs("search=v2")).toEqual([[2], false]);
    expect(await seqs("limit=3")).toEqual([[4, 3, 2], true]);
    expect(await seqs("limit=1&search=listApps")).toEqual([[4], true]);
    expect(await seqs("limit=4")).toEqual([[4, 3, 2, 1], false]);
    for (const query of ["limit=0", "limit=1001", "limit=x"]) {
      expect((await page.call("GET", `requests?${query}`))[0]).toBe(400);
    }
  });

  it("tell of faults, and of responses that never came", async () => {
    const rules = [
      { operation: "listApps", fault: "reset-after", times: 1 },
      { operation: "listApps", fault: "cut", times: 1 },
    ] as const;
    const page = await Page.open({ faults: { rules } });
    await expect(page.api("GET", "/v1/apps")).rejects.toThrow();
    await expect(page.api("GET", "/v1/apps")).rejects.toThrow();
    expect((await page.get("requests")).requests).toMatchObject([
      { seq: 2, status: 200, fault: "cut" },
      { seq: 1, status: 0, fault: "reset-after" },
    ]);
    expect((await page.get("requests/1")).responseBody).toBe("");
    expect((await page.get("requests/2")).responseBody).toMatch(/^\(\d+ characters that are not JSON\)$/);
  });

  it("keep the configured number, bodies only for the last 1,000, and no more than 64 kB of one", async () => {
    const page = await Page.open({ logSize: 1002 });
    const long = "x".repeat(70_000);
    await page.api("POST", "/v1/apps", { name: "first" });
    for (let call = 0; call < 1001; call++) {
      await page.smooch.emulator.handle({ method: "GET", url: "/v1/apps", headers: {} });
    }
    await page.api("POST", "/v1/apps", { name: "last", metadata: { long } });
    const { requests, hasMore } = await page.get("requests?limit=1000");
    expect([requests.length, requests[0].seq, hasMore]).toEqual([1000, 1003, true]);
    expect((await page.call("GET", "requests/1"))[0]).toBe(404);
    expect(await page.get("requests/3")).toMatchObject({
      requestBody: "(not kept: only the last 1,000 requests keep their bodies)",
      responseBody: "",
    });
    expect((await page.get("requests/4")).responseBody).toMatch(/^\{"error"/);
    const { requestBody } = await page.get("requests/1003");
    expect([requestBody.length, requestBody.slice(-2)]).toEqual([64 * 1024 + 1, "x…"]);
  });
});

/** A webhook whose bot answers as told, and a function that sends a message. */
async function openBot(respond: Parameters<typeof receive>[0], options = {}) {
  const page = await Page.open({ retryDelayMs: 1, ...options });
  const bot = await receive(respond);
  const { app } = await page.api("POST", "/v1/apps", { name: "Shop" });
  const path = `/v1/apps/${app._id}`;
  const { webhook } = await page.api("POST", `${path}/webhooks`, { target: `${bot.url}/hook?token=abcdef` });
  await page.api("POST", `${path}/appusers`, { userId: "ann" });
  const say = (text: string) =>
    page.api("POST", `${path}/appusers/ann/messages`, { role: "appUser", type: "text", text });
  return { page, bot, say, appId: app._id, webhook, path };
}

describe("the deliveries", () => {
  it("show the payload and each try, with the bot's answers", async () => {
    const answers = [
      { status: 500, body: "x".repeat(5000) },
      { status: 200, body: '{"ok":true}' },
    ];
    const { page, bot, say, appId, webhook } = await openBot(() => answers.shift());
    await say("Hi");
    await page.smooch.emulator.settleDeliveries();
    const { deliveries, hasMore } = await page.get("deliveries");
    expect(hasMore).toBe(false);
    const summary = {
      seq: 1,
      at: expect.any(Number),
      appId,
      webhookId: webhook._id,
      target: `${bot.url}/hook?…`,
      trigger: "message:appUser",
      excerpt: "appUser: Hi",
      state: "delivered",
      attempts: 2,
      lastStatus: 200,
    };
    expect(deliveries).toEqual([summary]);
    const { payload, tries, ...rest } = await page.get("deliveries/1");
    expect(rest).toEqual(summary);
    expect(payload).toBe(bot.received[0]?.body);
    const common = { at: expect.any(Number), durationMs: expect.any(Number) };
    expect(tries).toEqual([
      { ...common, status: 500, responseBody: `${"x".repeat(4096)}…` },
      { ...common, status: 200, responseBody: '{"ok":true}' },
    ]);
    expect((await page.call("GET", "deliveries/2"))[0]).toBe(404);
  });

  it("show who wrote a message and how it begins, or what a postback carries", async () => {
    const { page, say, path, appId, webhook } = await openBot(() => ({ status: 200 }));
    await page.api("PUT", `${path}/webhooks/${webhook._id}`, { triggers: ["*"] });
    const { key } = await page.api("POST", `${path}/keys`, { name: "backend" });
    const webhooks = [
      { target: "http://127.0.0.1:9/v2", triggers: ["conversation:message", "conversation:postback"] },
    ];
    const v2 = `/v2/apps/${appId}`;
    await page.api("POST", `${v2}/integrations`, {
      type: "custom",
      status: "active",
      displayName: "bot",
      webhooks,
    });
    const excerpts = async () => {
      const { deliveries } = await page.get("deliveries?limit=2");
      return deliveries.map(({ excerpt }: { excerpt: string }) => excerpt);
    };
    await say(`${"x".repeat(80)} ${key.secret}`);
    expect(await excerpts()).toEqual([`user: ${"x".repeat(80)} …`, `appUser: ${"x".repeat(80)} …`]);
    await say("y".repeat(200));
    expect(await excerpts()).toEqual([`user: ${"y".repeat(94)}…`, `appUser: ${"y".repeat(91)}…`]);
    const { conversation } = await page.api("GET", `${path}/appusers/ann/messages`);
    const conversationId = conversation._id;
    await page.api("POST", `${v2}/conversations/${conversationId}/messages`, {
      author: { type: "business", displayName: "Bot" },
      content: {
        type: "image",
        mediaUrl: "https://a.example/a.png",
        actions: [{ type: "postback", text: "Order", payload: "NOW" }],
      },
    });
    expect(await excerpts()).toEqual(["Bot: image", "Bot: image"]);
    const chat = `apps/${appId}/conversations/${conversationId}/messages`;
    const { id: messageId, content } = (await page.get(chat)).messages.at(-1);
    await page.call("POST", chat, { type: "postback", messageId, actionId: content.actions[0].id });
    expect(await excerpts()).toEqual(["NOW", "NOW"]);
    expect((await page.get("deliveries?search=YYYYY")).deliveries).toHaveLength(2);
    expect((await page.get(`deliveries?search=${key.secret}`)).deliveries).toEqual([]);
    // A secret that becomes known later.
    await say("Take twilio-token");
    await page.api("POST", `/v1.1/apps/${appId}/integrations`, {
      type: "twilio",
      accountSid: "AC1",
      authToken: "twilio-token",
      phoneNumberSid: "PN1",
    });
    expect(await excerpts()).toEqual(["user: Take …", "appUser: Take …"]);
    await page.call("POST", chat, { type: "read" });
    expect(await excerpts()).toEqual([undefined, "user: Take …"]);
  });

  it("show no part of a secret at the end of an answer that is too long to read", async () => {
    const { page, say } = await openBot(({ headers }) => {
      const secret = `${headers["x-api-key"]} `;
      // What is read, 8 kB, ends with the first 50 characters of the secret.
      const start = "x".repeat((8192 - 51) % secret.length);
      return { status: 200, body: `${start} ${secret.repeat(200)}` };
    });
    await say("Hi");
    await page.smooch.emulator.settleDeliveries();
    const { tries } = await page.get("deliveries/1");
    expect(tries[0].responseBody).toMatch(/^x* (… ){90,}$/);
  });

  it("say why there was no response", async () => {
    const { page, bot, say } = await openBot(() => ({ status: 200 }));
    const { webhooks } = page.smooch.emulator.snapshot();
    expect(webhooks).toHaveLength(1);
    await bot.close();
    await say("Hi");
    await page.smooch.emulator.settleDeliveries();
    const { tries, ...delivery } = await page.get("deliveries/1");
    expect(delivery).toMatchObject({ state: "failed", attempts: 6 });
    expect(delivery.lastStatus).toBe(undefined);
    expect(tries).toHaveLength(6);
    expect(tries[0].error).toMatch(/^connect ECONNREFUSED 127\.0\.0\.1:\d+$/);
  });

  it("can be searched by what has become of them, and limited", async () => {
    let status = 500;
    const { page, say } = await openBot(() => ({ status }), { retryDelayMs: 300 });
    const seqs = async (query: string) =>
      (await page.get(`deliveries?${query}`)).deliveries.map(({ seq }: { seq: number }) => seq);
    await say("one");
    await vi.waitFor(async () => expect((await page.get("deliveries")).deliveries[0].lastStatus).toBe(500));
    await say("two");
    const [two, one] = await seqs("");
    await vi.waitFor(async () => expect((await page.get("deliveries")).deliveries[0].lastStatus).toBe(500));
    expect(await seqs("search=500")).toEqual([two, one]);
    expect(await seqs("search=delivered")).toEqual([]);
    status = 200;
    await page.smooch.emulator.settleDeliveries();
    expect(await seqs("search=delivered")).toEqual([two, one]);
    expect(await seqs("limit=1")).toEqual([two]);
  });

  it("can be sent again, unless the webhook is gone", async () => {
    const { page, bot, say, path, webhook } = await openBot(() => ({ status: 200 }));
    await say("Hi");
    await page.smooch.emulator.settleDeliveries();
    const [status, again] = await page.call("POST", "deliveries/1/resend");
    expect([status, again.attempts, again.webhookId]).toEqual([200, 1, webhook._id]);
    await page.smooch.emulator.settleDeliveries();
    expect(bot.received.map(({ body }) => body)).toEqual([bot.received[0]?.body, bot.received[0]?.body]);
    expect(bot.received[1]?.headers["x-api-key"]).toBe(webhook.secret);
    expect(await page.get(`deliveries/${again.seq}`)).toMatchObject({
      state: "delivered",
      attempts: 1,
      resentFrom: 1,
    });
    expect(await page.get("deliveries/1")).not.toHaveProperty("resentFrom");
    expect((await page.get("deliveries")).deliveries).toHaveLength(2);

    await page.api("DELETE", `${path}/webhooks/${webhook._id}`);
    expect(await page.call("POST", "deliveries/1/resend")).toEqual([
      409,
      { error: { code: "conflict", description: "The webhook of this delivery no longer exists." } },
    ]);
    await page.api("DELETE", path);
    expect((await page.call("POST", "deliveries/1/resend"))[0]).toBe(409);
    expect((await page.call("POST", "deliveries/99/resend"))[0]).toBe(404);
  });

  it("to a webhook that never answers keep nothing waiting", async () => {
    const { page, bot, say } = await openBot(() => undefined);
    await say("Hi");
    await vi.waitFor(() => expect(bot.received).toHaveLength(1));
    expect((await page.get("deliveries")).deliveries).toMatchObject([{ state: "pending", attempts: 1 }]);
    expect((await page.get("overview")).apps).toHaveLength(1);
    expect((await page.call("POST", "deliveries/1/resend"))[0]).toBe(200);
    await vi.waitFor(() => expect(bot.received).toHaveLength(2));
  });

  it("to a webhook that begins its answer and never ends it are delivered", async () => {
    const { page, say } = await openBot(() => ({ status: 200, start: "begun" }));
    await say("Hi");
    await vi.waitFor(
      async () => {
        expect(await page.get("deliveries/1")).toMatchObject({
          state: "delivered",
          tries: [{ status: 200, responseBody: "begun" }],
        });
      },
      { timeout: 5000 },
    );
  });
});
