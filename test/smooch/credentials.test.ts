import jsonwebtoken from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import { Authorization, credentialName, secretsOf } from "../../src/smooch/credentials";
import { signJwt } from "../../src/smooch/jwt";
import { World } from "../support/world";

const key = { keyId: "act_1", secret: "s3cret-of-the-account" };
const base64 = Buffer.from("act_1:s3cret-of-the-account").toString("base64");
const answer = (status: number, body: object = {}) => ({ status, headers: {}, body: JSON.stringify(body) });

describe("a credential", () => {
  it("has a name that does not reveal it", () => {
    const token = signJwt({ keyId: "act_1", secret: "s3cret-of-the-account" }, { scope: "account" });
    expect(credentialName({ keyId: "act_1", secret: "x" })).toBe("act_1");
    // A secret passed as the id must not be shown.
    expect(credentialName({ keyId: "s3cret", secret: "act_1" })).toMatch(/^key-[0-9a-f]{12}$/);
    expect(credentialName({ token })).toBe("act_1");
    expect(credentialName({ token: "opaque-token" })).toMatch(/^token-[0-9a-f]{12}$/);
    expect(credentialName({ token: `${Buffer.from("null").toString("base64url")}.x.y` })).toMatch(
      /^token-[0-9a-f]{12}$/,
    );
    expect(credentialName({ token: `${Buffer.from("{}").toString("base64url")}.x.y` })).toMatch(/^token-/);
    expect(credentialName({ token: `${Buffer.from("7").toString("base64url")}.x.y` })).toMatch(/^token-/);
    expect(credentialName({ token: "" })).not.toBe(credentialName({ token: "opaque-token" }));
  });

  it.each(["jwt", "basic"] as const)("that is a token is sent unchanged, with %s", (method) => {
    expect(new Authorization({ token: "opaque" }, () => 0).header(method)).toBe("Bearer opaque");
  });

  it("is sent as id and secret with basic authentication", () => {
    expect(new Authorization(key, () => 0).header("basic")).toBe(`Basic ${base64}`);
  });

  it.each([
    ["act_1", "account"],
    ["svc_1", "account"],
    ["app_1", "app"],
    ["int_1", "integration"],
    ["canary", "account"],
  ])("with the key id %s has the scope %s", (keyId, scope) => {
    const header = new Authorization({ ...key, keyId }, () => 1_700_000_000_000).header("jwt");
    const token = header.replace("Bearer ", "");
    expect(jsonwebtoken.decode(token, { complete: true })).toMatchObject({
      header: { kid: keyId },
      payload: { scope, iat: 1_699_999_940, exp: 1_700_000_900 },
    });
  });

  it("is kept out of messages in all its forms", () => {
    expect(secretsOf({ token: "opaque" })).toEqual(["opaque"]);
    expect(secretsOf(key)).toEqual(["s3cret-of-the-account", base64]);
  });
});

describe("a key's id and secret", () => {
  it.each(["v1.1", "v2"] as const)("give access to API %s", async (version) => {
    const world = new World({}, version);
    const seen = new Set<string | undefined>();
    world.intercept = (request, forward) => {
      seen.add(request.headers.authorization);
      return forward();
    };
    const smooch = world.client(world.credential(), { auth: "basic" });
    const { id } = await smooch.apps.create({ name: "Shop" });
    expect(world.emulator.snapshot().apps.map((app) => app.id)).toEqual([id]);
    const { keyId, secret } = world.credential();
    expect([...seen]).toEqual([`Basic ${Buffer.from(`${keyId}:${secret}`).toString("base64")}`]);
  });

  it.each(["v1.1", "v2"] as const)(
    "sign a token for API v1 beside %s, because v1 accepts nothing else",
    async (version) => {
      const world = new World({}, version);
      const seen: string[] = [];
      world.intercept = (request, forward) => {
        seen.push(`${String(request.headers.authorization).split(" ")[0]} ${new URL(request.url).pathname}`);
        return forward();
      };
      const smooch = world.client(world.credential(), { auth: "basic" });
      const { id } = await smooch.apps.create({ name: "Shop" });
      const hook = { target: "https://a.example", triggers: ["message"] };
      expect((await smooch.in("v1").webhooks.create(id, hook)).version).toBe("v1");
      await smooch.keys.list(id);
      expect(seen).toEqual([
        `Basic /${version}/apps`,
        `Bearer /v1/apps/${id}/webhooks`,
        `Basic /${version}/apps/${id}/keys`,
      ]);
    },
  );

  it("appear in no message, not even in the encoded form that is sent", async () => {
    const world = new World({}, "v2");
    world.intercept = async (request) =>
      answer(400, {
        errors: [{ title: `Bad ${request.headers.authorization}, ${world.credential().secret}` }],
      });
    const failing = world.client(world.credential(), { auth: "basic" }).apps.list();
    await expect(failing).rejects.toThrow("Bad Basic [secret], [secret] (HTTP 400)");
  });
});

describe("a call that needs the app's own key", () => {
  const target = "https://b.example";

  async function withWebhook() {
    const world = new World({}, "v2");
    const smooch = world.client();
    const { id: appId } = await smooch.apps.create({ name: "Shop" });
    const { id, webhookId } = await smooch.webhooks.create(appId, {
      target: "https://a.example",
      triggers: ["user:merge"],
    });
    const path = `/v2/apps/${appId}/integrations/${id}`;
    const inner = `${path}/webhooks/${webhookId}`;
    world.sent.length = 0;
    return { world, smooch, appId, id, path, inner };
  }

  it.each(["jwt", "basic"] as const)("gets it if the account's key is refused, with %s", async (auth) => {
    const { world, smooch, appId, id, path, inner } = await withWebhook();
    const { id: keyId, secret } = await smooch.keys.create(appId, { name: "backend" });
    world.sent.length = 0;
    const authorizations: (string | undefined)[] = [];
    world.intercept = (request, forward) => {
      if (request.method === "PATCH") authorizations.push(request.headers.authorization);
      return forward();
    };
    const updated = await world.client(world.credential(), { auth }).webhooks.update(appId, id, { target });
    expect(updated.target).toBe(target);
    expect(world.sent).toEqual([
      `GET ${path}`,
      `PATCH ${inner}`,
      `GET /v2/apps/${appId}/keys`,
      `PATCH ${inner}`,
    ]);
    const own = authorizations[1];
    if (auth === "basic") expect(own).toBe(`Basic ${Buffer.from(`${keyId}:${secret}`).toString("base64")}`);
    else
      expect(jsonwebtoken.decode(String(own).replace("Bearer ", ""), { complete: true })).toMatchObject({
        header: { kid: keyId },
        payload: { scope: "app" },
      });
  });

  it("does not fetch it if the credential already is a key of the app", async () => {
    const { world, smooch, appId, id, path, inner } = await withWebhook();
    const { id: keyId, secret } = await smooch.keys.create(appId, { name: "backend" });
    world.sent.length = 0;
    await world.client({ keyId, secret: String(secret) }).webhooks.update(appId, id, { target });
    expect(world.sent).toEqual([`GET ${path}`, `PATCH ${inner}`]);
  });

  it("advises what to do if the app has none", async () => {
    const { smooch, appId, id } = await withWebhook();
    await expect(smooch.webhooks.update(appId, id, { target })).rejects.toThrow(
      `(HTTP 403). This call needs a key of the app itself, and app ${appId} has none that Smooch shows: declare a SmoochKey in it.`,
    );
  });

  it.each([401, 403])("fails with the original refusal (%i) if the keys cannot be listed", async (status) => {
    const { world, smooch, appId, id, inner } = await withWebhook();
    world.intercept = async (request, forward) => {
      if (request.url.endsWith("/keys")) return answer(500);
      return request.method === "PATCH" ? answer(status, { errors: [{ title: "Not you." }] }) : forward();
    };
    await expect(smooch.webhooks.update(appId, id, { target })).rejects.toMatchObject({
      status,
      summary: `Smooch refused to update webhook ${id} of app ${appId}: Not you (HTTP ${status}).`,
      advice: expect.not.stringContaining("has none that Smooch shows"),
    });
    expect(world.sent.filter((line) => line === `PATCH ${inner}`)).toHaveLength(1);
  });

  it.each([400, 404])("is not repeated after any other refusal (%i)", async (status) => {
    const { world, smooch, appId, id, path, inner } = await withWebhook();
    const body = { errors: [{ code: "integration_not_found" }] };
    world.intercept = async (request, forward) =>
      request.method === "PATCH" ? answer(status, body) : forward();
    await expect(smooch.webhooks.update(appId, id, { target })).rejects.toMatchObject({ status });
    expect(world.sent).toEqual([`GET ${path}`, `PATCH ${inner}`]);
  });

  it("keeps that key out of messages if it is refused as well", async () => {
    const { world, smooch, appId, id } = await withWebhook();
    const { secret } = await smooch.keys.create(appId, { name: "backend" });
    const other = world.client();
    world.intercept = async (request, forward) =>
      request.method === "PATCH"
        ? answer(403, { errors: [{ title: `Not you: ${request.headers.authorization} ${secret}` }] })
        : forward();
    await expect(other.webhooks.update(appId, id, { target })).rejects.toThrow(
      "Not you: Bearer [secret] [secret] (HTTP 403)",
    );
  });
});

describe("a client in another API version", () => {
  it("is the same client for its own API version", () => {
    const smooch = new World({}, "v2").client();
    expect(smooch.in("v2")).toBe(smooch);
    expect(smooch.in("v1").version).toBe("v1");
    expect(smooch.in("v1").in("v2").version).toBe("v2");
  });

  it("shares the concurrency limit, token, clock and secrets", async () => {
    const world = new World({}, "v2");
    const smooch = world.client(world.credential(), { maxConcurrency: 1 });
    let underWay = 0;
    let most = 0;
    const tokens = new Set<string | undefined>();
    world.intercept = async (request, forward) => {
      tokens.add(request.headers.authorization);
      most = Math.max(most, ++underWay);
      const answered = await forward();
      underWay--;
      return answered;
    };
    const old = smooch.in("v1.1");
    await Promise.all([smooch.apps.list(), old.apps.list(), smooch.in("v1").apps.list()]);
    expect(world.sent).toEqual(["GET /v2/apps", "GET /v1.1/apps", "GET /v1/apps"]);
    expect([most, tokens.size]).toEqual([1, 1]);
    expect(old.serverNow()).toBe(smooch.serverNow());
    const { id: appId } = await old.apps.create({ name: "Shop" });
    const { secret } = await old.keys.create(appId, { name: "backend" });
    world.intercept = async () => answer(400, { errors: [{ title: `Bad ${secret}` }] });
    await expect(smooch.apps.list()).rejects.toThrow("Bad [secret] (HTTP 400)");
  });

  it("waits for a rate limit that another client hit", async () => {
    const world = new World({}, "v2");
    const smooch = world.client();
    let calls = 0;
    world.intercept = async (_, forward) =>
      ++calls === 1 ? { status: 429, headers: { "retry-after": "7" }, body: "" } : forward();
    const before = world.time;
    await smooch.apps.list();
    expect(world.time - before).toBe(7000);
    calls = 0;
    await Promise.all([smooch.apps.list(), smooch.in("v1").apps.list()]);
    expect(world.time - before).toBe(14_000);
  });
});
