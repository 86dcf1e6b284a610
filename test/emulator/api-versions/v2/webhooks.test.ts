import { describe, expect, it } from "vitest";
import { knownTriggers } from "../../../support/triggers";
import { Bench } from "../../support";

const target = "https://shop.example/hook";
const triggers = ["conversation:message"];

async function setUp(options = {}) {
  const bench = new Bench(options);
  const appId = await bench.createApp();
  const { token } = await bench.createKey(appId);
  const path = `/v2/apps/${appId}/integrations`;
  const create = (webhook: object, more: object = {}) =>
    bench.call("POST", path, {
      body: { type: "custom", webhooks: [{ target, triggers, ...webhook }], ...more },
    });
  const made = async (webhook: object = {}, more: object = {}) =>
    Object((await create(webhook, more)).body).integration;
  return { bench, appId, token, path, create, made };
}

describe("a custom integration", () => {
  it("is created with its webhook, and returns it every time", async () => {
    const { bench, path, create } = await setUp();
    const created = await create({ includeFullUser: true }, { displayName: "orders-bot" });
    const { integration } = Object(created.body);
    expect(created.status).toBe(201);
    expect(integration).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      type: "custom",
      status: "active",
      displayName: "orders-bot",
      webhooks: [
        {
          id: expect.stringMatching(/^[0-9a-f]{24}$/),
          version: "v2",
          target,
          triggers,
          secret: expect.stringMatching(/^[\w-]{86}$/),
          includeFullUser: true,
          includeFullSource: false,
        },
      ],
    });
    const one = `${path}/${integration.id}`;
    expect(await bench.expect(200, "GET", one)).toEqual({ integration });
    expect(await bench.expect(200, "GET", path)).toMatchObject({ integrations: [integration] });
    expect(await bench.expect(200, "PATCH", one, { body: { displayName: "bot" } })).toEqual({
      integration: { ...integration, displayName: "bot" },
    });
    for (const body of [{ showAIDisclaimer: true }, { defaultResponderId: "x" }, { webhooks: [] }]) {
      expect(await bench.refusal("PATCH", one, { body })).toEqual([400, "bad_request"]);
    }
    expect(await bench.expect(200, "DELETE", one)).toEqual({});
    expect(bench.emulator.snapshot()).toMatchObject({ integrations: [], webhooks: [] });
  });

  it.each([
    ["no webhook", { webhooks: undefined }],
    ["an empty list of webhooks", { webhooks: [] }],
    [
      "two webhooks",
      {
        webhooks: [
          { target, triggers },
          { target: `${target}/2`, triggers },
        ],
      },
    ],
    ["no triggers", { webhooks: [{ target }] }],
    ["an empty list of triggers", { webhooks: [{ target, triggers: [] }] }],
    ["a trigger of v1", { webhooks: [{ target, triggers: ["message:appUser"] }] }],
    ["the trigger for all events", { webhooks: [{ target, triggers: ["*"] }] }],
    ["no target", { webhooks: [{ triggers }] }],
    ["a target without a scheme", { webhooks: [{ target: "shop.example", triggers }] }],
    ["a flag of v1.1", { webhooks: [{ target, triggers, includeClient: true }] }],
    ["a field of other types", { showAIDisclaimer: true }],
  ])("is refused with %s", async (_, more) => {
    const { bench, create } = await setUp();
    const { status } = await create({}, more);
    expect([status, bench.host.sent, bench.emulator.snapshot().integrations]).toEqual([400, [], []]);
  });

  it.each(knownTriggers.v2)("accepts the trigger %s", async (trigger) => {
    const { made } = await setUp();
    expect((await made({ triggers: [trigger] })).webhooks[0].triggers).toEqual([trigger]);
  });

  it("keeps several triggers in their order", async () => {
    const { made } = await setUp();
    const several = knownTriggers.v2.slice(0, 5);
    expect((await made({ triggers: several })).webhooks[0].triggers).toEqual(several);
  });

  it("needs a target that responds", async () => {
    const { bench, create } = await setUp();
    bench.host.respond = () => undefined;
    expect((await create({})).status).toBe(400);
    expect(bench.host.sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `HEAD ${target}`,
      "HEAD https://shop.example/",
    ]);
    expect(bench.emulator.snapshot().integrations).toEqual([]);
  });

  it.each([
    ["refuse", 409, 1],
    ["alias", 200, 1],
    ["allow", 201, 2],
  ] as const)("with a duplicate target: %s returns %i", async (duplicateTargets, status, count) => {
    const { bench, create, made } = await setUp({ profile: { duplicateTargets } });
    const first = await made();
    const second = await create({ triggers: ["user:merge"] }, { displayName: "again" });
    expect([second.status, bench.emulator.snapshot().integrations.length]).toEqual([status, count]);
    if (status === 200) expect(second.body).toEqual({ integration: first });
  });

  it("is limited to ten per app, including the webhooks that v1 and v1.1 created", async () => {
    const { bench, appId, path, create, made } = await setUp();
    for (let count = 0; count < 5; count++) {
      await bench.createWebhook(appId, { target: `${target}/old/${count}` });
      await made({ target: `${target}/new/${count}` });
    }
    expect((await create({})).status).toBe(400);
    await bench.expect(201, "POST", path, { body: { type: "web" } });
    expect(await bench.refusal("POST", `/v1.1/apps/${appId}/webhooks`, { body: { target } })).toEqual([
      400,
      "bad_request",
    ]);
  });
});

describe("the webhook of a custom integration", () => {
  it("is read and changed with an app's key", async () => {
    const { bench, token, path, made } = await setUp();
    const { id, webhooks: inline } = await made();
    const [webhook] = inline;
    const webhooks = `${path}/${id}/webhooks`;
    const one = `${webhooks}/${webhook.id}`;
    expect(await bench.expect(200, "GET", webhooks, { token })).toEqual({ webhooks: [webhook] });
    expect(await bench.expect(200, "GET", one, { token })).toEqual({ webhook });
    const change = { triggers: ["user:merge", "client:add"], includeFullSource: true };
    expect(await bench.expect(200, "PATCH", one, { body: change, token })).toEqual({
      webhook: { ...webhook, ...change },
    });
    const moved = { target: "https://shop.example/new" };
    expect(await bench.expect(200, "PATCH", one, { body: moved, token })).toEqual({
      webhook: { ...webhook, ...change, ...moved },
    });
    expect(await bench.expect(200, "GET", `${path}/${id}`)).toMatchObject({
      integration: { webhooks: [{ ...webhook, ...change, ...moved }] },
    });
    for (const body of [{ triggers: [] }, { triggers: ["*"] }]) {
      expect(await bench.refusal("PATCH", one, { body, token })).toEqual([400, "bad_request"]);
    }
  });

  it("must meet the rules for targets when it is changed", async () => {
    const { bench, token, path, made } = await setUp();
    const { id, webhooks: inline } = await made();
    await made({ target: `${target}/2` });
    const one = `${path}/${id}/webhooks/${inline[0].id}`;
    const patch = (to: string) => bench.refusal("PATCH", one, { body: { target: to }, token });
    expect(await patch(`${target}/2`)).toEqual([409, "conflict"]);
    bench.host.respond = () => undefined;
    expect(await patch(`${target}/3`)).toEqual([400, "bad_request"]);
    expect(bench.emulator.snapshot().webhooks.map((webhook) => webhook.target)).toEqual([
      target,
      `${target}/2`,
    ]);
  });

  it("is the only one: another can be created only after it is deleted", async () => {
    const { bench, token, path, made } = await setUp();
    const { id, webhooks: inline } = await made();
    const webhooks = `${path}/${id}/webhooks`;
    const body = { target: `${target}/2`, triggers };
    expect(await bench.refusal("POST", webhooks, { body, token })).toEqual([400, "bad_request"]);
    expect(await bench.expect(200, "DELETE", `${webhooks}/${inline[0].id}`, { token })).toEqual({});
    const empty = { id, type: "custom", status: "active", webhooks: [] };
    expect(await bench.expect(200, "GET", `${path}/${id}`)).toEqual({ integration: empty });
    expect(await bench.expect(200, "GET", path)).toMatchObject({ integrations: [empty] });
    const { webhook } = await bench.expect(201, "POST", webhooks, { body, token });
    expect(webhook).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      version: "v2",
      ...body,
      secret: expect.stringMatching(/^[\w-]{86}$/),
      includeFullUser: false,
      includeFullSource: false,
    });
    expect(await bench.expect(200, "GET", webhooks, { token })).toEqual({ webhooks: [webhook] });
  });

  it("is created once if two requests are sent at the same time", async () => {
    const { bench, token, path, made } = await setUp();
    const { id, webhooks: inline } = await made();
    const webhooks = `${path}/${id}/webhooks`;
    await bench.expect(200, "DELETE", `${webhooks}/${inline[0].id}`, { token });
    const post = (name: string) =>
      bench.call("POST", webhooks, { body: { target: `${target}/${name}`, triggers }, token });
    const answers = await Promise.all([post("a"), post("b")]);
    expect(answers.map(({ status }) => status)).toEqual([201, 400]);
  });

  it("is not found through another integration, and no other type can have one", async () => {
    const { bench, token, path, made } = await setUp();
    const [first, second] = [await made(), await made({ target: `${target}/2` })];
    const { integration: web } = await bench.expect(201, "POST", path, { body: { type: "web" } });
    const foreign = `${path}/${first.id}/webhooks/${second.webhooks[0].id}`;
    for (const method of ["GET", "PATCH", "DELETE"]) {
      expect(await bench.refusal(method, foreign, { token })).toEqual([404, "not_found"]);
    }
    expect(await bench.refusal("GET", `${path}/x/webhooks`, { token })).toEqual([
      404,
      "integration_not_found",
    ]);
    expect(await bench.expect(200, "GET", `${path}/${web.id}/webhooks`, { token })).toEqual({ webhooks: [] });
    const body = { target: `${target}/3`, triggers };
    expect(await bench.refusal("POST", `${path}/${web.id}/webhooks`, { body, token })).toEqual([
      400,
      "bad_request",
    ]);
  });
});
