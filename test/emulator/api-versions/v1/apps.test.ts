import { describe, expect, it } from "vitest";
import { Bench, sign } from "../../support";

const settings = { maskCreditCardNumbers: true, useAnimalNames: false };

describe("apps", () => {
  it("are created with the server's defaults and read, without metadata until it is set", async () => {
    const bench = new Bench();
    const created = await bench.call("POST", "/v1/apps", { body: { name: "Shop" } });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      app: {
        _id: expect.stringMatching(/^5bce6480[0-9a-f]{16}$/), // 2018-10-23T00:00:00Z
        appToken: expect.stringMatching(/^[0-9a-z]{25}$/),
        name: "Shop",
        settings,
      },
    });
    const [app] = bench.emulator.snapshot().apps;
    const got = await bench.call("GET", `/v1/apps/${app?.id}`);
    expect([got.status, got.body]).toEqual([200, created.body]);
  });

  it("merge settings key by key, replace metadata as a whole, and keep omitted fields", async () => {
    const bench = new Bench();
    const appId = await bench.createApp();
    const put = async (body: object) => {
      const answer = await bench.call("PUT", `/v1/apps/${appId}`, { body });
      expect(answer.status).toBe(200);
      return answer.body;
    };
    expect(
      await put({ settings: { useAnimalNames: true }, metadata: { tier: "gold", seats: 3 } }),
    ).toMatchObject({
      app: { name: "Shop", settings: { maskCreditCardNumbers: true, useAnimalNames: true } },
    });
    expect(await put({ settings: { maskCreditCardNumbers: false }, metadata: { paid: true } })).toMatchObject(
      {
        app: { settings: { maskCreditCardNumbers: false, useAnimalNames: true } },
      },
    );
    expect(await put({ name: "Store" })).toEqual({
      app: {
        _id: appId,
        appToken: expect.any(String),
        name: "Store",
        settings: { maskCreditCardNumbers: false, useAnimalNames: true },
        metadata: { paid: true },
      },
    });
    expect(await put({ metadata: {} })).toMatchObject({ app: { metadata: {} } });
  });

  it.each([
    ["no name", {}],
    ["an empty name", { name: "" }],
    ["a name that is not a string", { name: 7 }],
    ["a body that is not an object", ["Shop"]],
    ["a setting of v1.1", { name: "Shop", settings: { conversationRetentionSeconds: 0 } }],
    ["a setting that is not a boolean", { name: "Shop", settings: { useAnimalNames: "yes" } }],
    ["nested metadata", { name: "Shop", metadata: { a: { b: 1 } } }],
    ["a null in metadata", { name: "Shop", metadata: { a: null } }],
    // {"a":"…"} around 4089 characters is one byte too many
    ["metadata over 4096 bytes", { name: "Shop", metadata: { a: "x".repeat(4089) } }],
    ["an unknown field", { name: "Shop", icon: "cart" }],
  ])("refuse %s with 400", async (_, body) => {
    const bench = new Bench();
    expect(await bench.refusal("POST", "/v1/apps", { body })).toEqual([400, "bad_request"]);
    expect(bench.emulator.isEmpty()).toBe(true);
  });

  it("accept metadata of exactly 4096 bytes", async () => {
    const metadata = { a: "x".repeat(4088) };
    const answer = await new Bench().call("POST", "/v1/apps", { body: { name: "Shop", metadata } });
    expect(answer.status).toBe(201);
  });

  it("name the invalid properties in the error description", async () => {
    const answer = await new Bench().call("POST", "/v1/apps", { body: { name: "", metadata: { a: null } } });
    expect(answer.body).toEqual({
      error: {
        code: "bad_request",
        description: "name: must not be empty; metadata.a: must be a string, a number or a boolean",
      },
    });
  });

  it("are listed page by page, 25 at a time by default", async () => {
    const bench = new Bench();
    for (let number = 1; number <= 27; number++) await bench.createApp(`App ${number}`);
    const page = async (query: string) => {
      const { apps, ...rest } = Object(await bench.call("GET", `/v1/apps${query}`)).body;
      return [apps.map((app: { name: string }) => app.name), rest];
    };
    const names = Array.from({ length: 27 }, (_, index) => `App ${index + 1}`);
    expect(await page("")).toEqual([names.slice(0, 25), { hasMore: true, offset: 0 }]);
    expect(await page("?offset=25")).toEqual([names.slice(25), { hasMore: false, offset: 25 }]);
    expect(await page("?limit=2&offset=24")).toEqual([["App 25", "App 26"], { hasMore: true, offset: 24 }]);
    expect(await page("?limit=2&offset=25")).toEqual([["App 26", "App 27"], { hasMore: false, offset: 25 }]);
    expect(await page("?limit=100")).toEqual([names, { hasMore: false, offset: 0 }]);
    expect(await page("?offset=99")).toEqual([[], { hasMore: false, offset: 99 }]);
  });

  it.each(["limit=0", "limit=101", "limit=x", "limit=", "offset=-1", "offset=1.5"])(
    "refuse %s with 400",
    async (query) => {
      expect(await new Bench().refusal("GET", `/v1/apps?${query}`)).toEqual([400, "bad_request"]);
    },
  );

  it("are deleted with everything inside, and their keys stop working at once", async () => {
    const bench = new Bench();
    const appId = await bench.createApp();
    const other = await bench.createApp("Other");
    const key = await bench.createKey(appId);
    await bench.createWebhook(appId, { target: "https://shop.example/hook" });
    await bench.call("POST", `/v1/apps/${appId}/appusers`, { body: { userId: "ann" } });
    expect((await bench.call("GET", "/v1/webhooks", { token: key.token })).status).toBe(200);

    const deleted = await bench.call("DELETE", `/v1/apps/${appId}`);
    expect([deleted.status, deleted.body]).toEqual([200, {}]);
    expect(await bench.refusal("GET", "/v1/webhooks", { token: key.token })).toEqual([401, "invalid_auth"]);
    for (const path of ["", "/keys", `/keys/${key.id}`, "/webhooks", "/appusers/ann"]) {
      expect(await bench.refusal("GET", `/v1/apps/${appId}${path}`)).toEqual([404, "app_not_found"]);
    }
    expect(await bench.refusal("DELETE", `/v1/apps/${appId}`)).toEqual([404, "app_not_found"]);
    expect(bench.emulator.snapshot()).toMatchObject({
      apps: [{ id: other }],
      keys: [],
      webhooks: [],
      appUsers: [],
    });
  });

  it("are refused with 402 if there would be more than the plan allows", async () => {
    const bench = new Bench({ maxApps: 1 });
    const appId = await bench.createApp();
    const create = { body: { name: "Second" } };
    expect(await bench.refusal("POST", "/v1/apps", create)).toEqual([402, "payment_required"]);
    const { accountKeyId, accountKeySecret } = bench.emulator.addAccount();
    const token = sign(accountKeyId, accountKeySecret, { scope: "account" });
    expect((await bench.call("POST", "/v1/apps", { ...create, token })).status).toBe(201);
    await bench.call("DELETE", `/v1/apps/${appId}`);
    expect((await bench.call("POST", "/v1/apps", create)).status).toBe(201);
  });
});
