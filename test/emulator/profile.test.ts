import { describe, expect, it } from "vitest";
import { words } from "../support/words";
import { Bench, type Given } from "./support";

const defaults = {
  metadata: "replace",
  duplicateTargets: "refuse",
  unknownFields: "strict",
  secrets: "shown",
  deleteAnswer: "empty-object",
  serves: "all",
  notFound: "api",
} as const;

const versions = ["v1", "v1.1", "v2"] as const;
const target = "https://shop.example/hook";

describe("the profile", () => {
  it("has the defaults and the settings given at the start", () => {
    expect(new Bench().emulator.profile).toEqual(defaults);
    const { emulator } = new Bench({ profile: { metadata: "merge", secrets: undefined } });
    expect(emulator.profile).toEqual({ ...defaults, metadata: "merge" });
  });

  it("changes only the named settings and keeps the rest, even after a reset", () => {
    const { emulator } = new Bench({ profile: { metadata: "merge" } });
    emulator.setProfile({ secrets: "masked" });
    emulator.setProfile({ notFound: "route", secrets: undefined });
    emulator.reset();
    expect(emulator.profile).toEqual({ ...defaults, metadata: "merge", notFound: "route" });
  });

  it("is read and changed by other processes", async () => {
    const bench = new Bench();
    const put = { body: { metadata: "merge" }, token: null };
    const changed = { ...defaults, metadata: "merge" };
    const answer = await bench.call("PUT", "/_emulator/profile", put);
    expect([answer.status, answer.body]).toEqual([200, changed]);
    expect(await bench.expect(200, "GET", "/_emulator/profile", { token: null })).toEqual(changed);
    expect(bench.emulator.profile).toEqual(changed);
  });

  it.each([
    [{ metadata: "add" }, "metadata: must be one of replace, merge"],
    [
      { metadatas: "merge", hosts: 1 },
      `unknown setting metadatas, hosts; use ${Object.keys(defaults).join(", ")}`,
    ],
  ])("stays unchanged when %j is sent", async (body, reason) => {
    const description = `The profile is not valid: ${reason}`;
    const bench = new Bench();
    const answer = await bench.call("PUT", "/_emulator/profile", { body });
    expect([answer.status, answer.body]).toEqual([400, { error: { code: "bad_request", description } }]);
    expect(bench.emulator.profile).toEqual(defaults);
  });
});

describe.each(versions)("metadata in %s", (version) => {
  async function setUp(bench = new Bench({ profile: { metadata: "merge" } })) {
    const path = `/${version}/apps/${await bench.createApp()}`;
    const put = (metadata: unknown) => bench.call(words[version].update, path, { body: { metadata } });
    const update = async (metadata: unknown) => Object((await put(metadata)).body).app?.metadata;
    return { bench, path, put, update };
  }

  it("merges: sent fields are added, and null removes a field", async () => {
    const { bench, path, update } = await setUp();
    expect(await update({ a: "1", b: 2 })).toEqual({ a: "1", b: 2 });
    expect(await update({ a: "3" })).toEqual({ a: "3", b: 2 });
    expect(await update({ b: null, c: true, d: null })).toEqual({ a: "3", c: true });
    const unchanged = { body: { settings: { useAnimalNames: true } } };
    expect(await bench.expect(200, words[version].update, path, unchanged)).toMatchObject({
      app: { metadata: { a: "3", c: true } },
    });
    expect(await update({ a: null, c: null })).toEqual({});
    await update({ a: "1" });
    expect(await update(null)).toBeUndefined();
    expect(await update({ b: "2" })).toEqual({ b: "2" });
  });

  it("is limited as a whole when it merges, and refuses nested values and nulls in a new app", async () => {
    const { bench, put, update } = await setUp();
    await update({ a: "x".repeat(4000) });
    expect((await put({ b: "x".repeat(82) })).status).toBe(400);
    expect(await update({ b: "x".repeat(81) })).toEqual({ a: "x".repeat(4000), b: "x".repeat(81) });
    expect((await put({ c: {} })).status).toBe(400);
    const body = { [words[version].name]: "Shop", metadata: { a: null } };
    expect(await bench.refusal("POST", `/${version}/apps`, { body })).toEqual([400, "bad_request"]);
  });

  it("is replaced by default, and nulls in it are refused", async () => {
    const { put, update } = await setUp(new Bench());
    await update({ a: "1", b: "2" });
    expect((await put({ a: null })).status).toBe(400);
    expect(await update({ c: "3" })).toEqual({ c: "3" });
  });
});

describe("unknown fields", () => {
  it.each(versions)(
    "are ignored in %s if the profile is lenient, including nested and read-only fields",
    async (version) => {
      const bench = new Bench({ profile: { unknownFields: "lenient" } });
      const { name } = words[version];
      const settings = { useAnimalNames: true, hearts: 3 };
      const body = { [name]: "Shop", id: "mine", settings };
      const { app } = await bench.expect(201, "POST", `/${version}/apps`, { body });
      expect(app).toMatchObject({ [name]: "Shop", settings: { useAnimalNames: true } });
      expect(bench.emulator.snapshot().apps).toMatchObject([{ id: app.id ?? app._id, name: "Shop" }]);
      expect([app.id === "mine", app.settings.hearts]).toEqual([false, undefined]);
      const integrations = `/${version}/apps/${app.id ?? app._id}/integrations`;
      const telegram = { type: "telegram", token: "1:a", status: "inactive", username: "me" };
      const { integration } = await bench.expect(201, "POST", integrations, { body: telegram });
      expect([integration.status, integration.username]).toEqual(["active", "shop_1_bot"]);
    },
  );

  it("are ignored inside lists", async () => {
    const bench = new Bench({ profile: { unknownFields: "lenient" } });
    const webhook = { target, triggers: ["user:merge"], secret: "mine" };
    const body = { type: "custom", status: "active", webhooks: [webhook] };
    const path = `/v2/apps/${await bench.createApp()}/integrations`;
    await bench.expect(201, "POST", path, { body });
    expect(bench.emulator.snapshot().webhooks).toMatchObject([
      { target, secret: expect.stringMatching(/^.{86}$/) },
    ]);
  });

  it.each(["strict", "lenient"] as const)(
    "of messages get 501 if Smooch has them, also if the profile is %s",
    async (unknownFields) => {
      const bench = new Bench({ profile: { unknownFields } });
      const app = `/v2/apps/${await bench.createApp()}`;
      await bench.expect(201, "POST", `${app}/users`, { body: { externalId: "ann" } });
      const members = { type: "personal", participants: [{ userExternalId: "ann" }] };
      const { conversation } = await bench.expect(201, "POST", `${app}/conversations`, { body: members });
      const path = `${app}/conversations/${conversation.id}/messages`;
      const post = (author: object, content: object) =>
        bench.call("POST", path, { body: { author: { type: "business", ...author }, content } });
      const lacking = await post({ subtypes: ["AI"] }, { type: "text", text: "Hi", surprise: 1 });
      const title = `The emulator does not support POST ${path}. It does not support author.subtypes.`;
      expect(lacking).toMatchObject({ status: 501, body: { errors: [{ title }] } });
      const surprising = await post({ surprise: 1 }, { type: "text", text: "Hi", surprise: 1 });
      expect(surprising.status).toBe(unknownFields === "strict" ? 400 : 201);
    },
  );

  it("do not hide other errors", async () => {
    const bench = new Bench({ profile: { unknownFields: "lenient" } });
    const { status, body } = await bench.call("POST", "/v1/apps", {
      body: { name: "", settings: { x: 1 }, y: 2 },
    });
    expect([status, body]).toEqual([
      400,
      { error: { code: "bad_request", description: "name: must not be empty" } },
    ]);
  });
});

describe("secrets", () => {
  /** Reads the secret from every response that can contain it after the creation, in one API version. */
  async function readAll(bench: Bench, version: (typeof versions)[number]) {
    const appId = await bench.createApp();
    const app = `/${version}/apps/${appId}`;
    await bench.call("PUT", `/v1/apps/${appId}`, { body: { metadata: { secret: "plain" } } });
    const key = await bench.createKey(appId);
    const get = (path: string, given: Given = {}) => bench.expect(200, "GET", `${app}${path}`, given);
    const seen = {
      key: (await get(`/keys/${key.id}`)).key.secret,
      keys: (await get("/keys")).keys[0].secret,
      metadata: (await get("")).app.metadata.secret,
    };
    if (version !== "v2") {
      const hook = await bench.createWebhook(appId, { target });
      const path = `/webhooks/${hook.id}`;
      const { webhook } = await bench.expect(200, "PUT", `${app}${path}`, { body: { triggers: ["*"] } });
      const webhooks = [webhook, (await get(path)).webhook, ...(await get("/webhooks")).webhooks];
      return { ...seen, webhooks: webhooks.map(({ secret }) => secret), made: [key.secret, hook.secret] };
    }
    const webhook = { target, triggers: ["user:merge"] };
    const body = { type: "custom", webhooks: [webhook] };
    const { integration } = await bench.expect(201, "POST", `${app}/integrations`, { body });
    const [hook] = integration.webhooks;
    const path = `/integrations/${integration.id}/webhooks`;
    const { token } = key;
    const webhooks = [
      (await get(`${path}/${hook.id}`, { token })).webhook,
      ...(await get(path, { token })).webhooks,
      ...(await get("/integrations")).integrations[0].webhooks,
    ];
    return { ...seen, webhooks: webhooks.map(({ secret }) => secret), made: [key.secret, hook.secret] };
  }

  const same = (secret: string) => secret;
  const masked = (secret: string) => `****${secret.slice(82)}`;
  const absent = () => undefined;

  it.each([
    ["shown", same, same],
    ["masked", masked, masked],
    ["omitted", absent, absent],
    ["omitted-in-lists", same, absent],
  ] as const)("are %s after the creation in every API version", async (secrets, one, listed) => {
    for (const version of versions) {
      const bench = new Bench({ profile: { secrets } });
      const { made, ...seen } = await readAll(bench, version);
      const { keys, webhooks } = bench.emulator.snapshot();
      const [key = "", webhook = ""] = [keys[0]?.secret, webhooks[0]?.secret];
      expect(made).toEqual([key, webhook]);
      expect(seen).toEqual({
        key: one(key),
        keys: listed(key),
        metadata: "plain",
        webhooks: [one(webhook), version === "v2" ? listed(webhook) : one(webhook), listed(webhook)],
      });
    }
  });
});

describe("the response to a DELETE", () => {
  it.each([
    ["empty-object", 200, "{}", "application/json; charset=utf-8"],
    ["no-content", 204, "", undefined],
    ["accepted", 202, "{}", "application/json; charset=utf-8"],
  ] as const)("is %s", async (deleteAnswer, status, body, type) => {
    for (const version of versions) {
      const bench = new Bench({ profile: { deleteAnswer } });
      const path = `/${version}/apps/${await bench.createApp()}`;
      const answer = await bench.send("DELETE", path);
      expect([answer.status, answer.body, answer.headers["content-type"]]).toEqual([status, body, type]);
      expect(bench.emulator.isEmpty()).toBe(true);
      expect(await bench.refusal("DELETE", path)).toEqual([404, "app_not_found"]);
    }
  });
});

describe("the set of served API versions", () => {
  it.each([
    ["all", [200, 200, 200, 501]],
    ["v1.1+v2", [404, 200, 200, 501]],
    ["v2", [404, 404, 200, 501]],
    ["none", [404, 404, 404, 404]],
  ] as const)("is %s", async (serves, expected) => {
    const bench = new Bench({ profile: { serves } });
    const statuses = [];
    for (const version of [...versions, "v3"]) {
      statuses.push((await bench.send("GET", `/${version}/apps`)).status);
    }
    expect(statuses).toEqual(expected);
    expect((await bench.send("GET", "/_emulator/state")).status).toBe(200);
  });

  it("can be empty: every path returns a route 404, whatever the credentials", async () => {
    const bench = new Bench({ profile: { serves: "none" } });
    const legacy = { error: { code: "route_not_found", description: "Route not found" } };
    for (const [path, body] of [
      ["/v1/apps", legacy],
      ["/v1.1/anything/else?x=1", legacy],
      ["/", legacy],
      ["/sc/v2/apps", { errors: [{ code: "route_not_found", title: "Route not found" }] }],
    ] as const) {
      const answer = await bench.call("POST", path, { token: null, text: "{" });
      expect([answer.status, answer.body]).toEqual([404, body]);
    }
    expect(bench.emulator.unknownRequests).toEqual([]);
    expect(bench.emulator.requests).toMatchObject([
      { operation: "createApp", status: 404 },
      { operation: "unknown", status: 404 },
      { operation: "unknown", status: 404 },
      { operation: "createApp", status: 404 },
    ]);
  });
});

describe("a 404", () => {
  const json = "application/json; charset=utf-8";
  const routeV1 = { error: { code: "route_not_found", description: "Route not found" } };
  const routeV2 = { errors: [{ code: "route_not_found", title: "Route not found" }] };
  const helpDesk = {
    error: {
      title: "No help desk at acme.example",
      message: "There is no help desk configured at this address.",
    },
  };

  it.each([
    ["route", JSON.stringify(routeV1), JSON.stringify(routeV2), json],
    ["zendesk", JSON.stringify(helpDesk), JSON.stringify(helpDesk), json],
    ...[
      ["endpoint", '{"error":"InvalidEndpoint","description":"Not found"}', json] as const,
      ["gateway", '{"message":"no Route matched with those values"}', json] as const,
      ["string", '"not found"', json] as const,
      ["text", "not found", "text/plain; charset=utf-8"] as const,
      ["empty", "", undefined] as const,
    ].map(([notFound, body, type]) => [notFound, body, body, type] as const),
  ] as const)("has the %s body everywhere", async (notFound, v1, v2, type) => {
    const bench = new Bench({ profile: { notFound } });
    const app = `/v1/apps/${await bench.createApp()}`;
    for (const path of [
      "/v1/apps/x",
      "/v1.1/apps/x",
      `${app}/keys/x`,
      `${app}/integrations/x`,
      `${app}/webhooks/x`,
    ]) {
      const { status, body, headers } = await bench.send("GET", path);
      expect([status, body, headers["content-type"]]).toEqual([404, v1, type]);
    }
    const { status, body, headers } = await bench.send("DELETE", "/v2/apps/x");
    expect([status, body, headers["content-type"]]).toEqual([404, v2, type]);
    expect(await bench.refusal("GET", app, { token: null })).toEqual([401, "unauthorized"]);

    bench.emulator.setProfile({ serves: "v2" });
    const unserved = await bench.send("GET", app);
    expect([unserved.status, unserved.body, unserved.headers["content-type"]]).toEqual([404, v1, type]);
  });

  it("that is planned as a fault keeps the API's own body", async () => {
    const bench = new Bench({
      profile: { notFound: "empty" },
      faults: { rules: [{ fault: "status", status: 404 }] },
    });
    expect(await bench.refusal("GET", "/v1/apps")).toEqual([404, "not_found"]);
  });
});
