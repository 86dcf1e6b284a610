import { describe, expect, it } from "vitest";
import { Bench, basic, type Given, sign } from "../../support";

const target = "https://shop.example/hook";
const triggers = ["conversation:message"];

/** An app with a custom integration that has one key. */
async function setUp(options: ConstructorParameters<typeof Bench>[0] = {}) {
  const bench = new Bench(options);
  const appId = await bench.createApp();
  const app = `/v2/apps/${appId}`;
  const custom = await bench.createCustom(appId);
  const integration = `${app}/integrations/${custom.id}`;
  const keys = `${integration}/keys`;
  const add = async (displayName = "bot") =>
    (await bench.expect(201, "POST", keys, { body: { displayName } })).key;
  const key = await add();
  const token = sign(key.id, key.secret, { scope: "integration" });
  return { bench, appId, app, custom, integration, keys, add, key, token };
}

describe("keys of an integration", () => {
  it("return their secret every time, and are gone once deleted", async () => {
    const { bench, keys, key } = await setUp();
    expect(key).toEqual({
      id: expect.stringMatching(/^int_[0-9a-f]{24}$/),
      displayName: "bot",
      secret: expect.stringMatching(/^[\w-]{86}$/),
    });
    expect(await bench.expect(200, "GET", keys)).toEqual({ keys: [key] });
    expect(await bench.expect(200, "GET", `${keys}/${key.id}`)).toEqual({ key });
    expect(await bench.expect(200, "DELETE", `${keys}/${key.id}`)).toEqual({});
    for (const method of ["GET", "DELETE"]) {
      expect(await bench.refusal(method, `${keys}/${key.id}`)).toEqual([404, "not_found"]);
    }
    expect(await bench.expect(200, "GET", keys)).toEqual({ keys: [] });
  });

  it.each([[{}], [{ displayName: "" }], [{ displayName: "x".repeat(101) }], [{ name: "bot" }]])(
    "refuse %j with 400",
    async (body) => {
      const { bench, keys } = await setUp();
      expect(await bench.refusal("POST", keys, { body })).toEqual([400, "bad_request"]);
    },
  );

  it("are limited to ten per integration", async () => {
    const { bench, appId, app, keys, add } = await setUp();
    for (let n = 1; n < 10; n++) await add("bot");
    const body = { displayName: "eleventh" };
    expect(await bench.refusal("POST", keys, { body })).toEqual([400, "bad_request"]);
    const other = await bench.createCustom(appId, "https://shop.example/other");
    expect((await bench.call("POST", `${app}/integrations/${other.id}/keys`, { body })).status).toBe(201);
  });

  it("exist only for a custom integration", async () => {
    const { bench, app, key } = await setUp();
    const { integration } = await bench.expect(201, "POST", `${app}/integrations`, { body: { type: "web" } });
    for (const [id, ...refused] of [
      [integration.id, 400, "bad_request"],
      ["5a0b1c2d3e4f5a6b7c8d9e0f", 404, "integration_not_found"],
    ]) {
      const keys = `${app}/integrations/${id}/keys`;
      const body = { displayName: "bot" };
      expect(await bench.refusal("POST", keys, { body })).toEqual(refused);
      expect(await bench.refusal("GET", keys)).toEqual(refused);
      expect(await bench.refusal("GET", `${keys}/${key.id}`)).toEqual(refused);
      expect(await bench.refusal("DELETE", `${keys}/${key.id}`)).toEqual(refused);
    }
  });

  it("can be made for the integration of a v1 webhook", async () => {
    const { bench, appId, app } = await setUp();
    await bench.createWebhook(appId, { target });
    const made = bench.emulator.snapshot().integrations.at(-1);
    const body = { displayName: "bot" };
    expect((await bench.call("POST", `${app}/integrations/${made?.id}/keys`, { body })).status).toBe(201);
  });

  it("belong to one integration", async () => {
    const { bench, appId, app, key } = await setUp();
    const other = await bench.createCustom(appId, "https://shop.example/other");
    const keys = `${app}/integrations/${other.id}/keys`;
    expect(await bench.expect(200, "GET", keys)).toEqual({ keys: [] });
    expect(await bench.refusal("GET", `${keys}/${key.id}`)).toEqual([404, "not_found"]);
    expect(await bench.refusal("DELETE", `${keys}/${key.id}`)).toEqual([404, "not_found"]);
  });

  it("are managed with the app's own key, too", async () => {
    const { bench, appId, keys, key } = await setUp();
    const own = basic(await bench.createKey(appId));
    expect((await bench.call("GET", keys, own)).body).toEqual({ keys: [key] });
    expect((await bench.call("POST", keys, { ...own, body: { displayName: "b" } })).status).toBe(201);
    expect((await bench.call("DELETE", `${keys}/${key.id}`, own)).status).toBe(200);
  });

  it("are deleted with their integration, and no others", async () => {
    const { bench, appId, app, integration, token } = await setUp();
    const other = await bench.createCustom(appId, "https://shop.example/other");
    const body = { displayName: "other" };
    const { key } = await bench.expect(201, "POST", `${app}/integrations/${other.id}/keys`, { body });
    await bench.expect(200, "DELETE", integration);
    expect(bench.emulator.snapshot().integrationKeys).toEqual([
      { id: key.id, appId, integrationId: other.id, name: "other", secret: key.secret },
    ]);
    expect(await bench.refusal("POST", `${app}/users`, { token })).toEqual([401, "unauthorized"]);
  });

  it("are saved and restored, and can still be used", async () => {
    const { bench, app, token } = await setUp();
    const restored = new Bench({ saved: bench.emulator.save() });
    expect(restored.emulator.snapshot()).toEqual(bench.emulator.snapshot());
    const body = { externalId: "ann" };
    expect((await restored.call("POST", `${app}/users`, { body, token })).status).toBe(201);
  });

  it.each([
    ["masked", (secret: string) => [`****${secret.slice(-4)}`, `****${secret.slice(-4)}`]],
    ["omitted", () => [undefined, undefined]],
    ["omitted-in-lists", (secret: string) => [secret, undefined]],
  ] as const)("have their secret %s if the profile says so", async (secrets, wanted) => {
    const { bench, keys, key } = await setUp({ profile: { secrets } });
    expect(key.secret).toMatch(/^[\w-]{86}$/);
    const one = await bench.expect(200, "GET", `${keys}/${key.id}`);
    const all = await bench.expect(200, "GET", keys);
    expect([one.key.secret, all.keys[0].secret]).toEqual(wanted(key.secret));
  });

  it("are returned by a stale read as they were, which a new key may make itself", async () => {
    const { bench, integration, keys, key, add } = await setUp();
    const readPast = async (url: string, given: Given = {}) => {
      bench.emulator.setFaults({ rules: [{ fault: "stale-read" }] });
      const answer = await bench.call("GET", url, given);
      bench.emulator.setFaults(undefined);
      return answer;
    };
    expect((await readPast(keys)).body).toEqual({ keys: [] });
    const webhooks = await readPast(`${integration}/webhooks`, basic(key));
    expect([webhooks.status, Object(webhooks.body).webhooks.length]).toEqual([200, 1]);
    await add("second");
    expect((await readPast(keys)).body).toEqual({ keys: [key] });
  });
});

describe("a caller with a key of an integration", () => {
  it.each([
    ["a JWT", (id: string, secret: string): Given => ({ token: sign(id, secret, { scope: "integration" }) })],
    ["the key's id and secret", (id: string, secret: string) => basic({ id, secret })],
  ])("may use users, conversations and messages with %s", async (_, authenticate) => {
    const { bench, app, key, keys } = await setUp();
    const as = authenticate(key.id, key.secret);
    const post = async (path: string, body: object) =>
      (await bench.call("POST", `${app}${path}`, { ...as, body })).body;
    const { user } = Object(await post("/users", { externalId: "ann" }));
    const { conversation } = Object(
      await post("/conversations", { type: "personal", participants: [{ userId: user.id }] }),
    );
    const content = { type: "text", text: "Hi" };
    const path = `/conversations/${conversation.id}/messages`;
    const { messages } = Object(await post(path, { author: { type: "business" }, content }));
    expect(messages).toMatchObject([{ content }]);

    await bench.expect(200, "DELETE", `${keys}/${key.id}`);
    for (const path of ["/users", "/conversations", "/integrations"]) {
      expect(await bench.refusal("POST", `${app}${path}`, as)).toEqual([401, "unauthorized"]);
    }
  });

  it("may manage the integration's own webhook, at its id and at `me`", async () => {
    const { bench, app, custom, integration, token } = await setUp();
    const [webhook] = custom.webhooks;
    for (const path of [integration, `${app}/integrations/me`]) {
      const webhooks = `${path}/webhooks`;
      expect(await bench.expect(200, "GET", webhooks, { token })).toEqual({ webhooks: [webhook] });
      const one = `${webhooks}/${webhook.id}`;
      expect(await bench.expect(200, "GET", one, { token })).toEqual({ webhook });
      expect((await bench.call("PATCH", one, { token, body: { triggers } })).status).toBe(200);
    }
    const mine = `${app}/integrations/me/webhooks`;
    await bench.expect(200, "DELETE", `${mine}/${webhook.id}`, { token });
    await bench.expect(201, "POST", mine, { token, body: { target, triggers } });
    expect(bench.emulator.snapshot().webhooks).toMatchObject([{ integrationId: custom.id, target }]);
  });

  it("may not use another integration's webhook", async () => {
    const { bench, appId, app, token } = await setUp();
    const other = await bench.createCustom(appId, "https://shop.example/other");
    const webhooks = `${app}/integrations/${other.id}/webhooks`;
    const one = `${webhooks}/${other.webhooks[0].id}`;
    for (const [method, url] of [
      ["GET", webhooks],
      ["POST", webhooks],
      ["GET", one],
      ["PATCH", one],
      ["DELETE", one],
    ] as const) {
      expect(await bench.refusal(method, url, { token })).toEqual([403, "forbidden"]);
    }
  });

  it("may use nothing else in the app", async () => {
    const { bench, appId, app, integration, keys, key, token } = await setUp();
    const { path } = await bench.createSwitchboard(appId);
    for (const [method, url] of [
      ["GET", "/v2/apps"],
      ["POST", "/v2/apps"],
      ["GET", app],
      ["PATCH", app],
      ["DELETE", app],
      ["GET", `${app}/keys`],
      ["POST", `${app}/keys`],
      ["GET", `${app}/integrations`],
      ["POST", `${app}/integrations`],
      ["GET", integration],
      ["PATCH", integration],
      ["DELETE", integration],
      ["GET", keys],
      ["POST", keys],
      ["GET", `${keys}/${key.id}`],
      ["DELETE", `${keys}/${key.id}`],
      ["GET", `${app}/switchboards`],
      ["POST", `${app}/switchboards`],
      ["PATCH", path],
      ["DELETE", path],
      ["GET", `${path}/switchboardIntegrations`],
      ["POST", `${path}/switchboardIntegrations`],
    ] as const) {
      expect([method, url, await bench.refusal(method, url, { token })]).toEqual([
        method,
        url,
        [403, "forbidden"],
      ]);
    }
  });

  it("may use nothing in another app", async () => {
    const { bench, token } = await setUp();
    const other = `/v2/apps/${await bench.createApp("Other")}`;
    for (const path of ["users", "conversations", "integrations/me/webhooks"]) {
      expect(await bench.refusal("POST", `${other}/${path}`, { token })).toEqual([403, "forbidden"]);
    }
  });

  it("may use nothing in v1 and v1.1", async () => {
    const { bench, appId, key, token } = await setUp();
    for (const path of [`apps/${appId}/webhooks`, `apps/${appId}/appusers/ann`, "appusers/ann", "apps"]) {
      expect(await bench.refusal("GET", `/v1/${path}`, { token })).toEqual([403, "forbidden"]);
      expect(await bench.refusal("GET", `/v1.1/${path}`, basic(key))).toEqual([403, "forbidden"]);
    }
  });

  it.each(["app", "account", "user", undefined])("is refused if its JWT has the scope %s", async (scope) => {
    const { bench, appId, app, key } = await setUp();
    const token = sign(key.id, key.secret, { ...(scope && { scope }) });
    expect(await bench.refusal("POST", `${app}/users`, { token })).toEqual([401, "unauthorized"]);
    const path = `/v1/apps/${appId}/webhooks`;
    expect(await bench.refusal("GET", path, { token })).toEqual([401, "invalid_auth"]);
  });

  it("is refused with a wrong secret", async () => {
    const { bench, app, key } = await setUp();
    const wrong = { id: key.id, secret: "wrong" };
    expect(await bench.refusal("POST", `${app}/users`, basic(wrong))).toEqual([401, "unauthorized"]);
    const token = sign(key.id, "wrong", { scope: "integration" });
    expect(await bench.refusal("POST", `${app}/users`, { token })).toEqual([401, "unauthorized"]);
  });
});

describe("the scope `integration`", () => {
  it.each([
    ["v1", "invalid_auth"],
    ["v1.1", "invalid_auth"],
    ["v2", "unauthorized"],
  ])("is refused in %s in a JWT that is signed with a key of an app or an account", async (version, code) => {
    const { bench, appId } = await setUp();
    const { accountKeyId, accountKeySecret } = bench.emulator;
    const own = await bench.createKey(appId);
    for (const token of [
      sign(accountKeyId, accountKeySecret, { scope: "integration" }),
      sign(own.id, own.secret, { scope: "integration" }),
    ]) {
      expect(await bench.refusal("GET", `/${version}/apps/${appId}`, { token })).toEqual([401, code]);
    }
  });
});
