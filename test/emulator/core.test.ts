import { describe, expect, it } from "vitest";
import { Bench, basic } from "./support";

describe("every response", () => {
  it("has the date of the host's clock and the emulator's own header", async () => {
    const bench = new Bench();
    const marks = {
      "content-type": "application/json; charset=utf-8",
      date: "Tue, 23 Oct 2018 00:00:00 GMT",
      "x-smooch-emulator": "v1",
    };
    for (const [method, url] of [
      ["GET", "/v1/apps"],
      ["GET", "/v1/apps/x"],
      ["GET", "/"],
      ["GET", "/_emulator/state"],
    ] as const) {
      expect((await bench.call(method, url)).headers).toEqual(marks);
    }
  });
});

describe("a request the emulator does not know", () => {
  it.each([
    ["GET", "/v3/apps", "/v3/apps"],
    ["GET", "/v1/stripe/account", "/v1/stripe/account"],
    ["GET", "/v1.1/whatsapp/deployments", "/v1.1/whatsapp/deployments"],
    ["GET", "/v1/integrations", "/v1/integrations"],
    ["GET", "/v1/apps/a/integrations?limit=5", "/v1/apps/a/integrations?limit=…"],
    ["PATCH", "/v1/apps/a", "/v1/apps/a"],
    ["PUT", "/v1/apps/a/keys/b", "/v1/apps/a/keys/b"],
    ["GET", "/v1/apps/", "/v1/apps/"],
    ["GET", "/v1/apps?owner=s3cr3t", "/v1/apps?owner=…"],
    ["GET", `/v1/apps/a/keys/b/${"s".repeat(86)}`, "/v1/apps/a/keys/b/ssssssss…"],
  ])("fails loudly: %s %s", async (method, url, path) => {
    const bench = new Bench();
    const { status, body } = await bench.call(method, url);
    expect(status).toBe(501);
    const { code, description } = Object(body).error;
    expect(code).toBe("emulator_unknown_request");
    expect(description).toContain(`The emulator does not support ${method} ${path}. `);
    expect(bench.emulator.unknownRequests).toEqual([{ method, path, description }]);
    expect(bench.emulator.requests).toMatchObject([{ method, path, status: 501 }]);
  });
});

describe("an unknown request of v2 or under /sc", () => {
  it("is refused in its API version's error format, with the path that was sent", async () => {
    const bench = new Bench();
    const { status, body } = await bench.call("PUT", "/sc/v2/apps/a");
    expect([status, body]).toEqual([
      501,
      {
        errors: [
          {
            code: "emulator_unknown_request",
            title:
              "The emulator does not support PUT /sc/v2/apps/a. It has no operation with this method and path.",
          },
        ],
      },
    ]);
    expect(bench.emulator.requests).toMatchObject([{ path: "/sc/v2/apps/a", operation: "unknown" }]);
    expect(await bench.refusal("GET", "/v2/apps?filter[name]=a")).toEqual([501, "emulator_unknown_request"]);
  });
});

describe("a path", () => {
  it.each(["v1", "v1.1", "v2"])("of %s may begin with /sc", async (version) => {
    const bench = new Bench();
    const appId = await bench.createApp();
    const plain = await bench.send("GET", `/${version}/apps/${appId}`);
    expect([plain.status, plain.headers["x-smooch-emulator"]]).toEqual([200, version]);
    expect(await bench.send("GET", `/sc/${version}/apps/${appId}`)).toEqual(plain);
    expect(bench.emulator.requests.at(-1)).toMatchObject({
      path: `/sc/${version}/apps/${appId}`,
      operation: "getApp",
    });
    expect(await bench.refusal("GET", `/sc/sc/${version}/apps`)).toEqual([501, "emulator_unknown_request"]);
  });

  it("must be properly encoded", async () => {
    expect(await new Bench().refusal("GET", "/v1/apps/%zz")).toEqual([400, "bad_request"]);
  });
});

describe("a body", () => {
  const create = (given: object) => new Bench().refusal("POST", "/v1/apps", given);

  it("must be JSON with a JSON content type", async () => {
    expect(await create({ text: "{" })).toEqual([400, "bad_request"]);
    const text = '{"name":"Shop"}';
    expect(await create({ text, headers: { "content-type": "text/plain" } })).toEqual([400, "bad_request"]);
    expect(await create({ text, headers: { "content-type": "" } })).toEqual([400, "bad_request"]);
    const headers = { "content-type": "Application/JSON; charset=utf-8" };
    expect((await new Bench().call("POST", "/v1/apps", { text, headers })).status).toBe(201);
  });

  it("can be up to 100 kB long, measured in bytes", async () => {
    const frame = '{"name":""}'.length;
    const bodyOf = (bytes: number) => `{"name":"${"é".repeat((bytes - frame - 1) / 2)}x"}`;
    expect(Buffer.byteLength(bodyOf(102_400))).toBe(102_400);
    expect((await new Bench().call("POST", "/v1/apps", { text: bodyOf(102_400) })).status).toBe(201);
    expect(await create({ text: `${bodyOf(102_400)} ` })).toEqual([413, "payload_too_large"]);
  });
});

describe("the rate limit", () => {
  it("returns 429 with the seconds to wait, and allows as many calls per second as configured", async () => {
    const bench = new Bench({ rateLimit: 2 });
    const calls = async (count: number) => {
      const answers = [];
      for (let call = 0; call < count; call++) answers.push(await bench.call("GET", "/v1/apps"));
      return answers.map(({ status, headers }) => [status, headers["retry-after"]]);
    };
    const ok = [200, undefined];
    const refused = [429, "1"];
    expect(await calls(4)).toEqual([ok, ok, refused, refused]);
    bench.host.time += 499;
    expect(await calls(1)).toEqual([refused]);
    bench.host.time += 1;
    expect(await calls(2)).toEqual([ok, refused]);
    bench.host.time += 60_000;
    expect(await calls(3)).toEqual([ok, ok, refused]);
    expect((await bench.call("GET", "/_emulator/state")).status).toBe(200);
  });

  it("requires a long wait if it allows fewer than one call per second", async () => {
    const bench = new Bench({ rateLimit: 0.1 });
    expect((await bench.call("GET", "/v1/apps")).status).toBe(200);
    expect((await bench.call("GET", "/v1/apps")).headers["retry-after"]).toBe("10");
    bench.host.time += 10_000;
    expect((await bench.call("GET", "/v1/apps")).status).toBe(200);
  });
});

describe("the log", () => {
  it("records every request with its operation", async () => {
    const lines: string[] = [];
    const bench = new Bench({ log: (line) => lines.push(line) });
    const appId = await bench.createApp();
    bench.host.time += 5;
    await bench.call("GET", "/v1/apps?limit=2&offset=1");
    await bench.call("GET", "/_emulator/state");
    expect(bench.emulator.requests).toEqual([
      { method: "POST", path: "/v1/apps", operation: "createApp", status: 201, at: 1_540_252_800_000 },
      {
        method: "GET",
        path: "/v1/apps?limit=2&offset=1",
        operation: "listApps",
        status: 200,
        at: 1_540_252_800_005,
      },
    ]);
    await bench.refusal("DELETE", `/v1/apps/${appId}/keys/x`);
    expect(lines).toEqual([
      "POST /v1/apps 201 createApp",
      "GET /v1/apps?limit=2&offset=1 200 listApps",
      `DELETE /v1/apps/${appId}/keys/x 404 deleteKey`,
    ]);
  });

  it("contains no secret", async () => {
    const lines: string[] = [];
    const bench = new Bench({ log: (line) => lines.push(line) });
    const appId = await bench.createApp();
    const key = await bench.createKey(appId);
    const webhook = await bench.createWebhook(appId, { target: "https://shop.example/?token=in-the-target" });
    const { accountToken } = bench;
    await bench.call("GET", `/v1/apps?token=${accountToken}&limit=${key.secret}`);
    await bench.call("GET", `/v1/${key.token}`);
    await bench.call("GET", `/v1/apps/${key.secret}`);
    await bench.call("GET", `/v1/apps/${appId}/keys/${webhook.secret}`);
    await bench.call("POST", `/v1/apps?${key.secret}`, { body: { name: key.secret } });

    await bench.call("GET", "/v2/apps", basic(key));
    const channel = { type: "telegram", token: "123:the-bot-token" };
    await bench.call("POST", `/v2/apps/${appId}/integrations`, { body: channel });
    await bench.call("POST", `/v2/apps/${appId}/integrations`, { body: { ...channel, more: 1 } });

    const { requests, unknownRequests } = bench.emulator;
    expect(requests).toHaveLength(11);
    const state = (await bench.call("GET", "/_emulator/state")).body;
    const written = JSON.stringify([lines, requests, unknownRequests, state]);
    const secrets = [
      bench.emulator.accountKeySecret,
      key.secret,
      webhook.secret,
      accountToken,
      key.token,
      "in-the-target",
      "the-bot-token",
      basic(key).headers?.authorization?.slice("Basic ".length) ?? "",
    ];
    for (const secret of secrets) expect(written).not.toContain(secret);
  });
});

describe("another process", () => {
  const nothing = {
    accounts: 1,
    apps: 0,
    keys: 0,
    integrations: 0,
    integrationKeys: 0,
    switchboards: 0,
    switchboardIntegrations: 0,
    webhooks: 0,
    menus: 0,
    templates: 0,
    serviceAccounts: 0,
    serviceAccountKeys: 0,
    appUsers: 0,
    deliveries: 0,
  };

  it("can list the objects and reset the emulator; accounts and their own keys stay", async () => {
    const bench = new Bench();
    const serviceAccountId = await bench.createServiceAccount();
    const serviceKey = await bench.createServiceAccountKey(serviceAccountId);
    const { accountId } = bench.emulator;
    const appId = await bench.createApp();
    const key = await bench.createKey(appId);
    const webhook = await bench.createWebhook(appId, { target: "https://shop.example/hook" });
    const { switchboard, agents } = await bench.createSwitchboard(appId);
    await bench.call("GET", "/v3/apps");
    const integrationId = bench.emulator.snapshot().integrations[0]?.id;
    const { key: botKey } = await bench.expect(
      201,
      "POST",
      `/v2/apps/${appId}/integrations/${integrationId}/keys`,
      { body: { displayName: "bot" } },
    );
    const open = { token: null };
    expect((await bench.call("GET", "/_emulator/state", open)).body).toEqual({
      empty: false,
      counts: {
        ...nothing,
        apps: 1,
        keys: 1,
        integrations: 1,
        integrationKeys: 1,
        switchboards: 1,
        switchboardIntegrations: 1,
        webhooks: 1,
        serviceAccounts: 1,
        serviceAccountKeys: 1,
      },
      apps: [{ id: appId, name: "Shop" }],
      keys: [{ id: key.id, appId }],
      integrations: [{ id: integrationId, appId, type: "custom" }],
      integrationKeys: [{ id: botKey.id, appId, integrationId }],
      switchboards: [{ id: switchboard.id, appId, enabled: false }],
      switchboardIntegrations: [{ id: agents.id, appId, switchboardId: switchboard.id, name: "agents" }],
      webhooks: [{ id: webhook.id, appId, integrationId, version: "v1" }],
      menus: [],
      templates: [],
      serviceAccounts: [{ id: serviceAccountId, accountId, name: "reseller" }],
      serviceAccountKeys: [{ id: serviceKey.id, accountId, serviceAccountId }],
      unknownRequests: 1,
    });
    const reset = await bench.call("POST", "/_emulator/reset", open);
    expect([reset.status, reset.body]).toEqual([200, {}]);
    expect((await bench.call("GET", "/_emulator/state", open)).body).toEqual({
      empty: true,
      counts: nothing,
      apps: [],
      keys: [],
      integrations: [],
      integrationKeys: [],
      switchboards: [],
      switchboardIntegrations: [],
      webhooks: [],
      menus: [],
      templates: [],
      serviceAccounts: [],
      serviceAccountKeys: [],
      unknownRequests: 0,
    });
    expect(bench.emulator.isEmpty()).toBe(true);
    expect(bench.emulator.requests).toEqual([]);
    expect((await bench.call("GET", "/v1/apps")).body).toEqual({ apps: [], hasMore: false, offset: 0 });
  });
});

describe("a run", () => {
  it("is reproduced byte for byte on the same host", async () => {
    const run = async () => {
      const bench = new Bench();
      const { appId, say } = await bench.createConversation();
      await bench.createKey(appId);
      await bench.createWebhook(appId, { target: "https://shop.example/hook" });
      await say("Hi");
      await bench.emulator.settleDeliveries();
      return JSON.stringify(bench.emulator.snapshot());
    };
    expect(await run()).toBe(await run());
  });

  it("assigns every object a unique id, whatever numbers the host draws", async () => {
    const bench = new Bench();
    bench.host.random = () => 0;
    const ids = [await bench.createApp(), await bench.createApp(), await bench.createApp()];
    expect(new Set(ids).size).toBe(3);
  });

  it("generates the accounts' keys from the same random numbers", () => {
    const { emulator } = new Bench();
    expect(emulator.accountKeyId).toMatch(/^act_5bce6480[0-9a-f]{16}$/);
    expect(emulator.accountKeySecret).toMatch(/^[\w-]{86}$/);
    const again = new Bench().emulator;
    expect([again.accountKeyId, again.accountKeySecret]).toEqual([
      emulator.accountKeyId,
      emulator.accountKeySecret,
    ]);
  });
});
