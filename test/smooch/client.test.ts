import jsonwebtoken from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import { apiVersions } from "../../src/smooch/api-version";
import { SmoochError } from "../../src/smooch/errors";
import { TransportFault } from "../../src/smooch/host";
import { signJwt } from "../../src/smooch/jwt";
import { words } from "../support/words";
import { World } from "../support/world";

async function errorOf(promise: Promise<unknown>): Promise<SmoochError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SmoochError) return error;
  throw new Error(`expected a SmoochError, got ${error}`);
}

describe.each(apiVersions)("the client against the emulator's core with API %s", (version) => {
  const { message: one, postback: other } = words[version];

  it("takes an app, a key, a webhook and an integration through their lifecycle", async () => {
    const smooch = new World({}, version).client();
    const app = await smooch.apps.create({ name: "Shop", metadata: { tier: "gold" } });
    expect(await smooch.apps.get(app.id)).toEqual(app);
    expect((await smooch.apps.update(app.id, { name: "Store" })).name).toBe("Store");
    const key = await smooch.keys.create(app.id, { name: "backend" });
    expect(await smooch.keys.list(app.id)).toEqual({ items: [key], unreadable: [] });
    const webhook = await smooch.webhooks.create(app.id, { target: "https://a.example", triggers: [one] });
    expect(webhook.version).toBe(version);
    const updated = await smooch.webhooks.update(app.id, webhook.id, { triggers: [other] });
    expect(updated).toEqual({ ...webhook, triggers: [other] });
    expect(await smooch.webhooks.list(app.id)).toEqual({ items: [updated], unreadable: [] });
    await smooch.webhooks.delete(app.id, webhook.id);
    const web = await smooch.integrations.create(app.id, { type: "web", brandColor: "ff0000" });
    expect(web).toMatchObject({ type: "web", brandColor: "ff0000" });
    const blue = await smooch.integrations.update(app.id, web.id, { type: "web", brandColor: "0000ff" });
    expect(blue.brandColor).toBe("0000ff");
    expect((await smooch.integrations.list(app.id)).items.map(({ id }) => id)).toEqual([web.id]);
    expect(await smooch.integrations.get(app.id, web.id)).toEqual(blue);
    await smooch.integrations.delete(app.id, web.id);
    await smooch.keys.delete(app.id, key.id);
    await smooch.apps.delete(app.id);
    expect((await smooch.apps.list()).items).toEqual([]);
  });

  it("lists more apps and integrations than one page holds", async () => {
    const world = new World({}, version);
    const smooch = world.client();
    for (let n = 0; n < 101; n++) await smooch.apps.create({ name: `app ${n}` });
    world.sent.length = 0;
    const { items: apps } = await smooch.apps.list();
    expect(new Set(apps.map(({ name }) => name)).size).toBe(101);
    expect(world.sent).toEqual([`GET /${version}/apps`, `GET /${version}/apps`]);
    const appId = apps[0]?.id ?? "";
    for (let n = 0; n < 101; n++)
      await smooch.integrations.create(appId, { type: "viber", token: `t0ken ${n}` });
    expect(new Set((await smooch.integrations.list(appId)).items.map(({ id }) => id)).size).toBe(101);
  });

  it("has Smooch sign a token, or signs it locally", async () => {
    const world = new World({}, version);
    const smooch = world.client();
    const { id: appId } = await smooch.apps.create({ name: "Shop" });
    const key = await smooch.keys.create(appId, { name: "backend" });
    world.sent.length = 0;
    const token = await smooch.keys.getJwt(appId, key.id);
    expect(jsonwebtoken.verify(token, String(key.secret), { complete: true })).toMatchObject({
      header: { kid: key.id },
      payload: { scope: "app" },
    });
    const path = `GET /${version}/apps/${appId}/keys/${key.id}`;
    expect(world.sent).toEqual([version === "v2" ? path : `${path}/jwt`]);
    await smooch.keys.delete(appId, key.id);
    const { message } = await errorOf(smooch.keys.getJwt(appId, key.id));
    const call = version === "v2" ? "read" : "get the JWT of";
    expect(message).toContain(`Smooch refused to ${call} key ${key.id} of app ${appId}`);
  });

  it("knows the time on Smooch's clock from the first response", async () => {
    const world = new World({}, version);
    world.clientAheadMs = 90_000;
    const smooch = world.client();
    expect(smooch.serverNow()).toBeUndefined();
    await smooch.apps.list();
    expect(smooch.serverNow()).toBe(world.time);
  });
});

describe("the client", () => {
  it("uses one token until it is about to expire, then another", async () => {
    const world = new World();
    const tokens = new Set<string | undefined>();
    world.intercept = (request, forward) => {
      tokens.add(request.headers.authorization);
      return forward();
    };
    const smooch = world.client();
    await smooch.apps.list();
    world.time += 9 * 60_000;
    await smooch.apps.list();
    expect(tokens.size).toBe(1);
    world.time += 2 * 60_000;
    await smooch.apps.list();
    expect(tokens.size).toBe(2);
  });

  it("declares JSON for whatever it creates or changes, with and without a body", async () => {
    const world = new World({}, "v2");
    const types = new Map<string, string | undefined>();
    world.intercept = (request, forward) => {
      types.set(
        `${request.method} ${request.body === undefined ? "without" : "with"} a body`,
        request.headers["content-type"],
      );
      return forward();
    };
    const smooch = world.client();
    const { id } = await smooch.apps.create({ name: "Shop" });
    await smooch.apps.update(id, { name: "Store" });
    const { id: switchboardId } = await smooch.switchboards.create(id);
    await smooch.switchboards.delete(id, switchboardId);
    expect(Object.fromEntries(types)).toEqual({
      "POST with a body": "application/json",
      "PATCH with a body": "application/json",
      "POST without a body": "application/json",
      "GET without a body": undefined,
      "DELETE without a body": undefined,
    });
  });

  it("works with a ready token", async () => {
    const world = new World();
    const token = signJwt(world.credential(), { scope: "account" });
    expect((await world.client({ token }).apps.list()).items).toEqual([]);
  });

  it("delays all calls for as long as a rate limit requires", async () => {
    const world = new World({ rateLimit: 2 });
    const smooch = world.client();
    await Promise.all(Array.from({ length: 6 }, (_, n) => smooch.apps.create({ name: `app ${n}` })));
    expect(world.emulator.snapshot().apps).toHaveLength(6);
    expect(world.waits.length).toBeGreaterThan(0);
  });

  it("passes on an error that is not a network failure", async () => {
    const world = new World();
    world.intercept = async () => {
      throw new Error("Cannot find module 'axios'");
    };
    await expect(world.client().apps.list()).rejects.toThrow("Cannot find module 'axios'");
  });

  it("retries a read after a server error, and reports how it ended", async () => {
    const world = new World();
    world.intercept = async () => ({ status: 503, headers: { "x-request-id": "r-1" }, body: "<html>" });
    const error = await errorOf(world.client().apps.get("5a0b"));
    expect(world.sent).toHaveLength(6);
    expect(error).toMatchObject({ status: 503, requestId: "r-1", retryable: true, mayBeApplied: true });
    expect(error.message).toBe(
      "Smooch failed to read app 5a0b: no reason given (HTTP 503) [request r-1]. Run the same command again in a while.",
    );
  });

  it("never sends a create twice when its response is lost", async () => {
    const world = new World();
    world.intercept = async () => {
      throw new TransportFault("lost", "connection reset");
    };
    const error = await errorOf(world.client().apps.create({ name: "Shop" }));
    expect(world.sent).toEqual(["POST /v1/apps"]);
    expect(error).toMatchObject({ status: undefined, retryable: true, mayBeApplied: true });
    expect(error.message).toBe(
      "No usable response from Smooch to the request to create an app: connection reset at https://api.smooch.io. Run the same command again.",
    );
  });

  it("does not retry if the response is too large to read", async () => {
    const world = new World();
    world.intercept = () =>
      Promise.reject(new TransportFault("oversized", "the response is larger than 16 MiB"));
    const read = await errorOf(world.client().apps.list());
    expect(read.message).toBe(
      "No usable response from Smooch to the request to list apps: the response is larger than 16 MiB at https://api.smooch.io. Check smooch:baseUrl, and that no proxy responds instead of the API.",
    );
    const created = await errorOf(world.client().apps.create({ name: "Shop" }));
    expect(created).toMatchObject({ retryable: false, mayBeApplied: true });
    expect(world.sent).toEqual(["GET /v1/apps", "POST /v1/apps"]);
  });

  it.each([
    [
      "SELF_SIGNED_CERT_IN_CHAIN",
      "If a proxy or a certificate authority of your own signs it, set NODE_EXTRA_CA_CERTS to the file of that authority's certificate.",
    ],
    ["CERT_HAS_EXPIRED", "Check this machine's clock; if it is right, the certificate has to be renewed."],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "Check the host name in smooch:region and smooch:baseUrl."],
    ["ENOTFOUND", "Check the host name in smooch:region and smooch:baseUrl."],
    [
      "EPROTO",
      "The server there does not speak TLS: check that smooch:baseUrl or HTTPS_PROXY does not name a port for plain http.",
    ],
    ["ECONNREFUSED", "Check the address in smooch:region and smooch:baseUrl, and HTTPS_PROXY if it is set."],
    ["ENETUNREACH", "Check the network, smooch:region and smooch:baseUrl."],
  ])("advises how to fix %s", async (code, advice) => {
    const world = new World();
    world.intercept = () => Promise.reject(new TransportFault("unsent", "no way", code));
    const error = await errorOf(world.client().apps.list());
    expect(error.message).toBe(
      `Could not reach Smooch to list apps: no way at https://api.smooch.io. ${advice}`,
    );
    expect(error).toMatchObject({ retryable: true, mayBeApplied: false, code: undefined });
  });

  it("does not wait for an emulator that is not running", async () => {
    const world = new World();
    world.intercept = () =>
      Promise.reject(new TransportFault("unsent", "connection refused", "ECONNREFUSED"));
    const error = await errorOf(world.client(undefined, { baseUrl: "http://127.0.0.1:7666" }).apps.list());
    expect(world.sent).toHaveLength(1);
    expect(error.message).toBe(
      "Could not reach Smooch to list apps: connection refused at http://127.0.0.1:7666. Nothing is listening there: start the emulator with `npm run emulator`, or `npx pulumi-smooch emulator --stack <name> --no-target-check`, or correct smooch:baseUrl.",
    );
    expect(error.mayBeApplied).toBe(false);
  });

  it.each([
    ["https://api.smooch.io", "smooch:region: keys belong to one region."],
    ["https://api.eu-1.smooch.io", "smooch:region: keys belong to one region."],
    ["https://acme.zendesk.com/sc", "smooch:baseUrl: keys belong to one region or host."],
    ["http://127.0.0.1:7666", "smooch:baseUrl: keys belong to one region or host."],
  ])("names the setting that decides where a refused key is used: %s", async (baseUrl, advice) => {
    const world = new World();
    world.intercept = async () => ({ status: 401, headers: {}, body: '{"error":{"code":"invalid_auth"}}' });
    const error = await errorOf(world.client(undefined, { baseUrl }).apps.list());
    expect(error.message).toBe(
      `Smooch refused to list apps: invalid_auth (HTTP 401). Check smooch:accountKeyId and smooch:accountKeySecret, and ${advice}`,
    );
  });

  it("prints no control characters from a response", async () => {
    const world = new World();
    world.intercept = async () => ({
      status: 400,
      headers: { "x-request-id": "r\u001b[2J1" },
      body: '{"error":{"code":"bad_request","description":"no\\u001b]0;x\\u0007 \\u202e!"}}',
    });
    const error = await errorOf(world.client().apps.list());
    expect(error.message).toContain("Smooch refused to list apps: no ]0;x   ! (HTTP 400) [request r [2J1].");
  });

  it("reports that Smooch could not be reached", async () => {
    const world = new World();
    world.intercept = async () => {
      throw new TransportFault("unsent", "connection refused");
    };
    const error = await errorOf(world.client().apps.create({ name: "Shop" }));
    expect(world.sent).toHaveLength(6);
    expect(error).toMatchObject({ retryable: true, mayBeApplied: false });
    expect(error.message).toBe(
      "Could not reach Smooch to create an app: connection refused at https://api.smooch.io. Check the network, smooch:region and smooch:baseUrl.",
    );
  });

  it.each([
    ["SELF_SIGNED_CERT_IN_CHAIN", 1, "NODE_EXTRA_CA_CERTS"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", 1, "NODE_EXTRA_CA_CERTS"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", 1, "Check the host name"],
    ["ENOTFOUND", 6, "Check the host name"],
  ])("retries %s only if that can help", async (code, calls, advice) => {
    const world = new World();
    world.intercept = () => Promise.reject(new TransportFault("unsent", "it failed", code));
    const error = await errorOf(world.client().apps.get("5a0b"));
    expect(error).toMatchObject({ mayBeApplied: false });
    expect(error.message).toContain(advice);
    expect(world.sent).toHaveLength(calls);
  });

  it("does not retry once sending has been stopped", async () => {
    const world = new World();
    world.intercept = async () => {
      throw new TransportFault("stopped", "the engine is gone");
    };
    const error = await errorOf(world.client().apps.create({ name: "Shop" }));
    expect(world.sent).toHaveLength(1);
    expect(error).toMatchObject({ mayBeApplied: false });
    expect(error.message).toBe(
      "Could not reach Smooch to create an app: the engine is gone at https://api.smooch.io. Run the same command again.",
    );
  });

  it("reports a response that did not come from the API", async () => {
    const world = new World();
    world.intercept = async () => ({ status: 200, headers: {}, body: "<html>Sign in</html>" });
    const error = await errorOf(world.client().apps.get("5a0b"));
    expect(error).toMatchObject({ status: undefined, mayBeApplied: true });
    expect(error.message).toBe(
      "No usable response from Smooch to the request to read app 5a0b: the response did not come from the API at https://api.smooch.io (HTTP 200). Check smooch:baseUrl, and that no proxy responds instead of the API.",
    );
  });

  it("reports when the clock is to blame for refused credentials", async () => {
    const world = new World();
    const smooch = world.client();
    await smooch.apps.list();
    world.intercept = async () => ({
      status: 401,
      headers: { date: new Date(world.time + 20 * 60_000).toUTCString() },
      body: '{"error":{"code":"unauthorized","description":"Expired."}}',
    });
    const error = await errorOf(smooch.apps.list());
    expect(error.message).toBe(
      "Smooch refused to list apps: Expired (HTTP 401). This machine's clock is 20 min behind Smooch's: set it, because tokens contain timestamps.",
    );
  });

  it("prints no secret that a server sends back", async () => {
    const world = new World();
    world.intercept = async (request) => ({
      status: 400,
      headers: {},
      body: JSON.stringify({
        error: { description: `Bad ${request.headers.authorization} ${world.credential().secret}` },
      }),
    });
    const error = await errorOf(world.client().apps.list());
    expect(error.message).toContain("Bad Bearer [secret] [secret] (HTTP 400)");
    expect(JSON.stringify(error)).not.toContain(world.credential().secret);
  });

  it.each([
    [
      500,
      '{"error":{"code":"oops"}}',
      "Smooch failed to list apps: oops (HTTP 500). Run the same command again in a while.",
    ],
    [
      403,
      "{}",
      'Smooch refused to list apps: the credentials do not give access to it (HTTP 403). Use an account key, or for what is in an app, except its keys, a key of that app: managing apps, their keys and service accounts needs the scope "account".',
    ],
    [
      418,
      "{}",
      "Smooch refused to list apps: no reason given (HTTP 418). Correct the program and run the same command again.",
    ],
    [
      400,
      JSON.stringify({ error: { description: `${"x".repeat(400)}\n` } }),
      `Smooch refused to list apps: ${"x".repeat(300)}… (HTTP 400). Correct the program and run the same command again.`,
    ],
  ])("HTTP %i with %s", async (status, body, message) => {
    const world = new World();
    world.intercept = async () => ({ status, headers: {}, body });
    expect((await errorOf(world.client().apps.list())).message).toBe(message);
  });

  it("reports in which direction the clock is off, and ignores a difference of a minute", async () => {
    const world = new World();
    const messageAt = async (minutes: number) => {
      const date = new Date(world.time + minutes * 60_000).toUTCString();
      world.intercept = async () => ({ status: 401, headers: { date }, body: "{}" });
      return (await errorOf(world.client().apps.list())).message;
    };
    expect(await messageAt(-3)).toContain("This machine's clock is 3 min ahead of Smooch's");
    expect(await messageAt(1)).toContain("Check smooch:accountKeyId");
  });

  it("names the request id of a response that it cannot read", async () => {
    const world = new World();
    world.intercept = async () => ({ status: 200, headers: { "x-request-id": "r-2" }, body: "" });
    expect((await errorOf(world.client().apps.get("5a0b"))).message).toContain("(HTTP 200) [request r-2].");
  });

  it("redacts a target's path, a name and metadata that the API quotes", async () => {
    const world = new World();
    world.intercept = async (request) => ({
      status: 400,
      headers: {},
      body: JSON.stringify({ error: { description: `Bad: ${request.body}` } }),
    });
    const smooch = world.client();
    const target = "https://bot.example/hooks/t0ken?key=k3y";
    const hook = await errorOf(smooch.webhooks.create("5a0b", { target, triggers: ["message"] }));
    const app = await errorOf(smooch.apps.create({ name: "Shop", metadata: { note: "private", n: 1 } }));
    expect(hook.message).toContain('Bad: {"target":"[secret]","triggers":["message"]}');
    expect(app.message).toContain('Bad: {"name":"[secret]","metadata":{"note":"[secret]","n":1}}');
  });

  it("redacts a token of a target that the API quotes on its own, raw or decoded", async () => {
    const world = new World();
    const quoted =
      "user us%40er-name as us@er-name with p|ass&word, path t0ken-of-a-path, key k3y%2Bk3y+k3y and k3y+k3y k3y of k3y%2Bk3y, k3y45678 of chat in webhooks";
    world.intercept = async () => ({
      status: 400,
      headers: {},
      body: JSON.stringify({ error: { description: quoted } }),
    });
    const target =
      "https://us%40er-name:p|ass&word@bot.example/webhooks/t0ken-of-a-path?from=chat&id=k3y%2Bk3y&key=k3y%2Bk3y+k3y&k=k3y45678";
    const error = await errorOf(world.client().webhooks.create("5a0b", { target, triggers: ["message"] }));
    expect(error.message).toContain(
      "user [secret] as [secret] with [secret], path [secret], key [secret] and [secret] of [secret], [secret] of chat in webhooks",
    );
  });

  it("redacts a target that is no URL", async () => {
    const world = new World();
    const description = "t0ken of mine is no URL";
    world.intercept = async () => ({
      status: 400,
      headers: {},
      body: JSON.stringify({ error: { description } }),
    });
    const webhook = { target: "t0ken of mine", triggers: ["message"] };
    const error = await errorOf(world.client().webhooks.create("5a0b", webhook));
    expect(error.message).toContain(": [secret] is no URL (HTTP 400)");
  });

  it.each([
    ["a body that is not JSON", "<html>"],
    ["an empty body", ""],
    ["a body in another form", "[]"],
    ['"not found"', '"not found"'],
    ['"no Route matched with those values"', '{"message":"no Route matched with those values"}'],
    ['"InvalidEndpoint"', '{"error":"InvalidEndpoint","description":"Not found"}'],
    ['"No help desk at acme.example"', '{"error":{"title":"No help desk at acme.example","message":"-"}}'],
    ['"route_not_found"', '{"error":{"code":"route_not_found","description":"Route not found"}}'],
    ['"not_found"', '{"errors":[{"code":"not_found"}]}'],
    [`"${"n".repeat(80)}…"`, JSON.stringify({ message: "n".repeat(81) })],
  ])("does not accept a 404 with %s as proof that an object is gone", async (what, body) => {
    const world = new World();
    world.intercept = async () => ({ status: 404, headers: { "x-request-id": "r" }, body });
    const smooch = world.client();
    const error = await errorOf(smooch.keys.delete("5a0b", "app_1"));
    expect(error).toMatchObject({
      status: undefined,
      isNotFound: false,
      mayBeApplied: false,
      retryable: false,
    });
    expect(error.message).toBe(
      `No usable response from Smooch to the request to delete key app_1 of app 5a0b: https://api.smooch.io returned ${what}, which is not the API's error for a missing object (HTTP 404) [request r]. Check smooch:baseUrl (host, subdomain and path), smooch:apiVersion, smooch:region and the credentials.`,
    );
    expect(world.sent).toHaveLength(1);
  });

  it.each([
    ["v1", '{"error":{"code":"not_found","description":"No"}}'],
    ["v1.1", '{"error":{"code":"app_not_found","description":"No"}}'],
    ["v2", '{"errors":[{"code":"integration_not_found","title":"No"}]}'],
  ] as const)("accepts a 404 from the API as proof that an object is gone: %s", async (version, body) => {
    const world = new World({}, version);
    world.intercept = async () => ({ status: 404, headers: {}, body });
    const error = await errorOf(world.client().apps.get("5a0b"));
    expect(error).toMatchObject({ status: 404, isNotFound: true, mayBeRepeat: false });
  });

  it("does not show a secret that a foreign response quotes", async () => {
    const world = new World();
    const { secret } = world.credential();
    world.intercept = async () => ({
      status: 404,
      headers: {},
      body: JSON.stringify({ message: `no ${secret}` }),
    });
    expect((await errorOf(world.client().apps.get("5a0b"))).message).toContain(
      'returned "no [secret]", which',
    );
  });

  it.each([
    ["200 {}", 200, "{}", true],
    ["200 with more in it", 200, '{"deleted":true}', false],
    ["202 {}", 202, "{}", false],
    ["204 without a body", 204, "", false],
    ["200 without a body", 200, "", false],
  ])("reports whether a deletion was confirmed as documented: %s", async (_, status, body, confirmed) => {
    const world = new World();
    world.intercept = async () => ({ status, headers: {}, body });
    expect(await world.client().keys.delete("5a0b", "app_1")).toBe(confirmed);
  });

  it("reports that an attempt before a 404 may have taken effect", async () => {
    const world = new World();
    const gone = '{"error":{"code":"not_found"}}';
    for (const [first, mayBeRepeat] of [
      [503, true],
      [429, false],
    ] as const) {
      let calls = 0;
      world.intercept = async () => ({ status: ++calls === 1 ? first : 404, headers: {}, body: gone });
      expect(await errorOf(world.client().keys.delete("5a0b", "app_1"))).toMatchObject({
        status: 404,
        mayBeRepeat,
      });
    }
  });

  it("does not accept an HTML page with status 200 as a response to a deletion", async () => {
    const world = new World();
    world.intercept = async () => ({ status: 200, headers: {}, body: "<html>" });
    await expect(world.client().keys.delete("5a0b", "app_1")).rejects.toThrow(
      "the response did not come from the API",
    );
    expect(world.sent).toHaveLength(6);
  });
});
