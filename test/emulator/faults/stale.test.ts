import { describe, expect, it } from "vitest";
import { Bench, sign } from "../support";

const plan = { rules: [{ fault: "stale-read" }] } as const;

/** A bench, and a read that returns outdated data. */
function setUp() {
  const bench = new Bench();
  const read = async (url: string, token?: string) => {
    bench.emulator.setFaults(plan);
    const { status, body } = await bench.call("GET", url, { ...(token !== undefined && { token }) });
    bench.emulator.setFaults(undefined);
    return { status, body: Object(body) };
  };
  const names = async () => (await read("/v1/apps")).body.apps.map(({ name }: { name: string }) => name);
  const write = async (method: string, url: string, body?: object) =>
    expect((await bench.call(method, url, { body })).status).toBeLessThan(300);
  return { bench, read, names, write };
}

describe("a stale read of an app", () => {
  it("misses the app that was just created", async () => {
    const { bench, read } = setUp();
    const appId = await bench.createApp();
    const { status, body } = await read(`/v1/apps/${appId}`);
    expect([status, body.error.code]).toEqual([404, "app_not_found"]);
    expect((await bench.call("GET", `/v1/apps/${appId}`)).status).toBe(200);
  });

  it("shows it as it was before it was changed or deleted", async () => {
    const { bench, read, write } = setUp();
    const appId = await bench.createApp("one");
    const name = async () => (await read(`/v1/apps/${appId}`)).body.app.name;
    await write("PUT", `/v1/apps/${appId}`, { name: "two", metadata: { a: 1 } });
    expect((await read(`/v1/apps/${appId}`)).body.app).toMatchObject({ name: "one" });
    await write("PUT", `/v1/apps/${appId}`, { name: "three" });
    expect(await name()).toBe("two");
    await write("DELETE", `/v1/apps/${appId}`);
    expect(await name()).toBe("three");
    expect(bench.emulator.isEmpty()).toBe(true);
  });

  it("is not affected by writes to another app, or by writes that were refused", async () => {
    const { bench, read, write } = setUp();
    const [one, two] = [await bench.createApp("one"), await bench.createApp("two")];
    await write("PUT", `/v1/apps/${one}`, { name: "eins" });
    await write("PUT", `/v1/apps/${two}`, { name: "zwei" });
    await bench.createKey(two);
    expect(await bench.refusal("PUT", `/v1/apps/${one}`, { body: { name: "" } })).toEqual([
      400,
      "bad_request",
    ]);
    expect(await bench.refusal("DELETE", `/v1/apps/${one}/keys/x`)).toEqual([404, "not_found"]);
    expect((await read(`/v1/apps/${one}`)).body.app.name).toBe("one");
  });
});

describe("a stale list of apps", () => {
  it("undoes only the last write to the account's apps, and keeps the old order", async () => {
    const { bench, names, write } = setUp();
    const one = await bench.createApp("one");
    expect(await names()).toEqual([]);
    const two = await bench.createApp("two");
    await bench.createApp("three");
    expect(await names()).toEqual(["one", "two"]);
    await bench.createKey(two);
    expect(await names()).toEqual(["one", "two"]);
    await write("PUT", `/v1/apps/${one}`, { name: "eins" });
    expect(await names()).toEqual(["one", "two", "three"]);
    await write("DELETE", `/v1/apps/${two}`);
    expect(await names()).toEqual(["eins", "two", "three"]);
  });

  it("is separate for each account", async () => {
    const { bench, names } = setUp();
    await bench.createApp("one");
    await bench.createApp("two");
    const other = bench.emulator.addAccount();
    const token = sign(other.accountKeyId, other.accountKeySecret, { scope: "account" });
    await bench.createApp("theirs", token);
    expect(await names()).toEqual(["one"]);
  });
});

describe("a stale read of an app's children", () => {
  it("misses the key that was just created, and shows the one that was just deleted", async () => {
    const { bench, read, write } = setUp();
    const appId = await bench.createApp();
    const keys = `/v1/apps/${appId}/keys`;
    const ids = async () => (await read(keys)).body.keys.map(({ _id }: { _id: string }) => _id);
    const one = await bench.createKey(appId, "one");
    expect([await ids(), (await read(`${keys}/${one.id}`)).status]).toEqual([[], 404]);
    const two = await bench.createKey(appId, "two");
    expect([await ids(), (await read(`${keys}/${one.id}`)).status]).toEqual([[one.id], 200]);
    await write("DELETE", `${keys}/${one.id}`);
    expect(await ids()).toEqual([one.id, two.id]);
    expect((await read(`${keys}/${one.id}`)).body.key.secret).toBe(one.secret);
    await write("DELETE", `/v1/apps/${appId}`);
    expect(await ids()).toEqual([two.id]);
  });

  it("shows a webhook as it was, even to an app key that was created later", async () => {
    const { bench, read, write } = setUp();
    const appId = await bench.createApp();
    const webhook = await bench.createWebhook(appId, { target: "https://shop.example/1" });
    await write("PUT", `/v1/apps/${appId}/webhooks/${webhook.id}`, { target: "https://shop.example/2" });
    const target = async (url: string, token?: string) => (await read(url, token)).body.webhook.target;
    expect(await target(`/v1/apps/${appId}/webhooks/${webhook.id}`)).toBe("https://shop.example/1");
    const key = await bench.createKey(appId);
    expect(await target(`/v1/webhooks/${webhook.id}`, key.token)).toBe("https://shop.example/2");
    await write("DELETE", `/v1/apps/${appId}/webhooks/${webhook.id}`);
    expect(await target(`/v1/webhooks/${webhook.id}`, key.token)).toBe("https://shop.example/2");
  });

  it("shows an integration as it was, including its webhook", async () => {
    const { bench, read, write } = setUp();
    const appId = await bench.createApp();
    const integrations = `/v2/apps/${appId}/integrations`;
    const names = async () =>
      (await read(integrations)).body.integrations.map(
        ({ displayName }: { displayName: string }) => displayName,
      );
    const { integration } = await bench.expect(201, "POST", integrations, {
      body: { type: "telegram", token: "123:a", displayName: "one" },
    });
    const one = `${integrations}/${integration.id}`;
    const missing = await read(one);
    expect([missing.status, missing.body.errors[0].code]).toEqual([404, "integration_not_found"]);
    expect(await names()).toEqual([]);
    await write("PATCH", one, { displayName: "two" });
    expect((await read(one)).body.integration.displayName).toBe("one");
    const webhook = { target: "https://shop.example/hook", triggers: ["user:merge"] };
    await write("POST", integrations, { type: "custom", displayName: "bot", webhooks: [webhook] });
    expect(await names()).toEqual(["two"]);
    await write("DELETE", one);
    expect(await names()).toEqual(["two", "bot"]);
    const [bot] = (await bench.expect(200, "GET", integrations)).integrations;
    await write("DELETE", `${integrations}/${bot.id}`);
    expect((await read(`${integrations}/${bot.id}`)).body.integration).toEqual(bot);
    expect((await read("/v2/apps")).body).toEqual({ apps: [], meta: { hasMore: false }, links: {} });
  });

  it("orders writes by when they completed, not by when they were requested", async () => {
    const { bench, read } = setUp();
    const appId = await bench.createApp();
    const gates: (() => void)[] = [];
    bench.host.respond = () => new Promise((resolve) => gates.push(() => resolve(200)));
    const create = (name: string) => bench.createWebhook(appId, { target: `https://shop.example/${name}` });
    const created = [create("one"), create("two")];
    await expect.poll(() => gates.length).toBe(2);
    gates[1]?.();
    const two = await created[1];
    gates[0]?.();
    await created[0];
    const { webhooks } = (await read(`/v1/apps/${appId}/webhooks`)).body;
    expect(webhooks.map(({ _id }: { _id: string }) => _id)).toEqual([two?.id]);
  });

  it("misses the last app user and the last message", async () => {
    const { bench, read } = setUp();
    const { appId, say } = await bench.createConversation();
    const user = `/v1/apps/${appId}/appusers/ann`;
    expect((await read(user)).status).toBe(404);
    await say("one");
    expect((await read(user)).body.appUser.conversationStarted).toBe(false);
    await say("two", "appMaker");
    const { conversation, messages } = (await read(`${user}/messages`)).body;
    expect([conversation.unreadCount, messages.map(({ text }: { text: string }) => text)]).toEqual([
      0,
      ["one"],
    ]);
  });
});

describe("a stale read", () => {
  it("affects only reads, and changes nothing", async () => {
    const bench = new Bench({ faults: plan });
    const appId = await bench.createApp();
    await bench.call("GET", `/v1/apps/${appId}`);
    await bench.call("DELETE", `/v1/apps/${appId}`);
    expect(bench.emulator.requests.map(({ status, fault }) => [status, fault])).toEqual([
      [201, undefined],
      [404, "stale-read"],
      [200, undefined],
    ]);
    expect(bench.emulator.faultsMet).toEqual({ "stale-read": 1 });
  });

  it("remembers nothing from before a reset", async () => {
    const { bench, read, names } = setUp();
    const appId = await bench.createApp();
    await bench.call("DELETE", `/v1/apps/${appId}`);
    expect([(await read(`/v1/apps/${appId}`)).status, await names()]).toEqual([200, ["Shop"]]);
    bench.emulator.reset();
    expect([(await read(`/v1/apps/${appId}`)).status, await names()]).toEqual([404, []]);
  });

  it("remembers the thousand apps that were written last", async () => {
    const { bench, read } = setUp();
    const token = bench.accountToken;
    const appId = await bench.createApp();
    await bench.call("DELETE", `/v1/apps/${appId}`);
    const create = async (count: number) => {
      for (let app = 0; app < count; app++) await bench.createApp("Shop", token);
    };
    await create(999);
    expect((await read(`/v1/apps/${appId}`)).status).toBe(200);
    await create(1);
    expect((await read(`/v1/apps/${appId}`)).status).toBe(404);
  });
});
