import { describe, expect, it } from "vitest";
import { Bench } from "./support";

const target = "https://shop.example/hook";

async function setUp(triggers = ["message:appUser"], options = {}) {
  const bench = new Bench(options);
  const conversation = await bench.createConversation();
  const webhook = await bench.createWebhook(conversation.appId, { target, triggers });
  bench.host.sent.length = 0;
  return { bench, ...conversation, webhook, deliveries: () => bench.emulator.snapshot().deliveries };
}

describe("deliveries", () => {
  it("send the event with the webhook's secret as X-API-Key", async () => {
    const { bench, appId, say, webhook, deliveries } = await setUp();
    bench.host.time += 704;
    const { message } = Object((await say("Hi")).body);
    await bench.emulator.settleDeliveries();
    expect(bench.host.sent).toEqual([
      {
        method: "POST",
        url: target,
        headers: { "content-type": "application/json", "x-api-key": webhook.secret },
        body: expect.any(String),
        timeoutMs: 20_000,
      },
    ]);
    const [user] = bench.emulator.snapshot().appUsers;
    expect(JSON.parse(bench.host.sent[0]?.body ?? "")).toEqual({
      trigger: "message:appUser",
      app: { _id: appId },
      messages: [
        {
          _id: message._id,
          type: "text",
          text: "Hi",
          role: "appUser",
          authorId: user?.id,
          name: "Ann",
          received: 1_540_252_800.704,
          source: { type: "api" },
        },
      ],
      appUser: {
        _id: user?.id,
        userId: "ann",
        givenName: "Ann",
        properties: {},
        signedUpAt: "2018-10-23T00:00:00.000Z",
        clients: [],
      },
    });
    expect(deliveries()).toEqual([
      {
        webhookId: webhook.id,
        appId,
        trigger: "message:appUser",
        body: bench.host.sent[0]?.body,
        attempts: 1,
        lastStatus: 200,
        state: "delivered",
      },
    ]);
  });

  it.each([
    ["message", "appUser", 1],
    ["message", "appMaker", 1],
    ["*", "appUser", 1],
    ["message:appUser", "appUser", 1],
    ["message:appUser", "appMaker", 0],
    ["message:appMaker", "appMaker", 1],
    ["message:appMaker", "appUser", 0],
    ["postback", "appUser", 0],
  ])("to a webhook with trigger %s: a message from the %s is sent %i times", async (trigger, role, count) => {
    const { bench, say, deliveries } = await setUp([trigger]);
    await say("Hi", role);
    await bench.emulator.settleDeliveries();
    expect(deliveries().map((delivery) => delivery.trigger)).toEqual(Array(count).fill(`message:${role}`));
    expect(bench.host.sent).toHaveLength(count);
  });

  it("are sent once to a webhook with several matching triggers, and to all the app's webhooks", async () => {
    const { bench, appId, say } = await setUp(["*", "message", "message:appUser"]);
    await bench.createWebhook(appId, { target: `${target}/2` });
    await bench.createWebhook(await bench.createApp("Other"), { target: `${target}/3` });
    bench.host.sent.length = 0;
    await say("Hi");
    await bench.emulator.settleDeliveries();
    expect(bench.host.sent.map(({ url }) => url)).toEqual([target, `${target}/2`]);
  });

  it.each([500, 503, 302, 429, 410, undefined])(
    "are retried five times after %s, at growing intervals",
    async (status) => {
      const { bench, say, deliveries } = await setUp();
      bench.host.respond = () => status;
      await say("Hi");
      await bench.emulator.settleDeliveries();
      expect(bench.host.sent).toHaveLength(6);
      expect(new Set(bench.host.sent.map(({ body }) => body)).size).toBe(1);
      expect(bench.host.sleeps).toEqual([1000, 2000, 4000, 8000, 16_000]);
      expect(deliveries()).toMatchObject([{ attempts: 6, state: "failed" }]);
      expect(deliveries()[0]?.lastStatus).toBe(status);
    },
  );

  it("to a v2 webhook are attempted five times in total", async () => {
    const { bench, appId, say } = await setUp(["postback"]);
    const webhooks = [{ target: `${target}/2`, triggers: ["conversation:message"] }];
    const { status } = await bench.call("POST", `/v2/apps/${appId}/integrations`, {
      body: { type: "custom", displayName: "Events", webhooks },
    });
    expect(status).toBe(201);
    bench.host.respond = () => 500;
    await say("Hi");
    await bench.emulator.settleDeliveries();
    expect(bench.host.sleeps).toEqual([1000, 2000, 4000, 8000]);
    expect(bench.emulator.snapshot().deliveries).toMatchObject([{ attempts: 5, state: "failed" }]);
  });

  it.each([400, 401, 403, 404, 406])("are not retried after %i", async (status) => {
    const { bench, say, deliveries } = await setUp();
    bench.host.respond = () => status;
    await say("Hi");
    await bench.emulator.settleDeliveries();
    expect(bench.host.sleeps).toEqual([]);
    expect(deliveries()).toMatchObject([{ attempts: 1, lastStatus: status, state: "failed" }]);
  });

  it("end with the first success, and the options scale the retry intervals", async () => {
    const { bench, say, deliveries } = await setUp(["*"], { retryDelayMs: 10 });
    const answers = [undefined, 500, 204];
    bench.host.respond = () => answers.shift();
    await say("Hi");
    await bench.emulator.settleDeliveries();
    expect(bench.host.sleeps).toEqual([10, 20]);
    expect(deliveries()).toMatchObject([{ attempts: 3, lastStatus: 204, state: "delivered" }]);
  });

  it.each(["webhook", "app", "everything", "emulator"])(
    "stop when the %s goes away between attempts",
    async (what) => {
      const { bench, appId, say, webhook } = await setUp();
      bench.host.respond = ({ method }) => (method === "POST" ? 500 : 200);
      const states: unknown[] = [];
      bench.host.onSleep = async () => {
        if (bench.host.sleeps.length < 2) return;
        const [delivery] = bench.emulator.snapshot().deliveries;
        states.push(delivery?.attempts);
        if (what === "webhook") await bench.call("DELETE", `/v1/apps/${appId}/webhooks/${webhook.id}`);
        if (what === "app") await bench.call("DELETE", `/v1/apps/${appId}`);
        if (what === "everything") bench.emulator.reset();
        if (what === "emulator") bench.emulator.close();
      };
      await say("Hi");
      await bench.emulator.settleDeliveries();
      expect(states).toEqual([2]);
      expect(bench.host.sent).toHaveLength(2);
      const left = bench.emulator.snapshot().deliveries.map(({ attempts, state }) => [attempts, state]);
      expect(left).toEqual(what === "everything" ? [] : [[2, "abandoned"]]);
    },
  );
});
