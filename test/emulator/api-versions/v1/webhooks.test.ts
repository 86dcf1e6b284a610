import { describe, expect, it } from "vitest";
import { knownTriggers } from "../../../support/triggers";
import { Bench } from "../../support";

const target = "https://shop.example/hook?from=smooch";

describe("webhooks", () => {
  it("are created, read and listed with the secret every time, partially updated, and deleted", async () => {
    const bench = new Bench();
    const webhooks = `/v1/apps/${await bench.createApp()}/webhooks`;
    const created = await bench.call("POST", webhooks, { body: { target } });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      webhook: {
        _id: expect.stringMatching(/^[0-9a-f]{24}$/),
        target,
        triggers: ["message"],
        secret: expect.stringMatching(/^[\w-]{86}$/),
      },
    });
    const { webhook } = Object(created.body);
    const path = `${webhooks}/${webhook._id}`;
    expect((await bench.call("GET", path)).body).toEqual({ webhook });
    expect((await bench.call("GET", webhooks)).body).toEqual({ webhooks: [webhook] });

    const triggers = ["postback", "message:appUser"];
    const first = await bench.call("PUT", path, { body: { triggers } });
    expect([first.status, first.body]).toEqual([200, { webhook: { ...webhook, triggers } }]);
    const moved = "https://shop.example/new";
    const second = await bench.call("PUT", path, { body: { target: moved } });
    expect([second.status, second.body]).toEqual([200, { webhook: { ...webhook, triggers, target: moved } }]);

    const deleted = await bench.call("DELETE", path);
    expect([deleted.status, deleted.body]).toEqual([200, {}]);
    for (const method of ["GET", "PUT", "DELETE"]) {
      expect(await bench.refusal(method, path)).toEqual([404, "not_found"]);
    }
    expect((await bench.call("GET", webhooks)).body).toEqual({ webhooks: [] });
  });

  it("work on the short path with an app's own key", async () => {
    const bench = new Bench();
    const appId = await bench.createApp();
    const { token } = await bench.createKey(appId);
    const created = await bench.call("POST", "/v1/webhooks", { body: { target }, token });
    expect(created.status).toBe(201);
    const { webhook } = Object(created.body);
    const path = `/v1/webhooks/${webhook._id}`;
    const triggers = ["*"];
    expect((await bench.call("PUT", path, { body: { triggers }, token })).status).toBe(200);
    expect((await bench.call("GET", path, { token })).body).toEqual({ webhook: { ...webhook, triggers } });
    expect((await bench.call("GET", `/v1/apps/${appId}/webhooks`)).body).toEqual({
      webhooks: [{ ...webhook, triggers }],
    });
    expect((await bench.call("DELETE", path, { token })).status).toBe(200);
    expect((await bench.call("GET", "/v1/webhooks", { token })).body).toEqual({ webhooks: [] });
  });

  it.each(knownTriggers.v1)("accept the trigger %s", async (trigger) => {
    const bench = new Bench();
    await bench.createWebhook(await bench.createApp(), { target, triggers: [trigger] });
    expect(bench.emulator.snapshot().webhooks).toMatchObject([{ triggers: [trigger] }]);
  });

  it.each([
    ["no target", {}],
    ["another scheme", { target: "ftp://shop.example/hook" }],
    ["no scheme", { target: "shop.example/hook" }],
    ["no host", { target: "https://" }],
    ["a trigger of v1.1", { target, triggers: ["message:delivery:channel"] }],
    ["a trigger in the wrong case", { target, triggers: ["message:appuser"] }],
    ["no trigger at all", { target, triggers: [] }],
    ["triggers that are not a list", { target, triggers: { 0: "message" } }],
    ["a flag of v1.1", { target, includeClient: true }],
    ["a secret chosen by the caller", { target, secret: "mine" }],
  ])("refuse %s with 400", async (_, body) => {
    const bench = new Bench();
    const appId = await bench.createApp();
    const path = `/v1/apps/${appId}/webhooks`;
    expect(await bench.refusal("POST", path, { body })).toEqual([400, "bad_request"]);
    expect(bench.host.sent).toEqual([]);
    expect(bench.emulator.snapshot().webhooks).toEqual([]);
  });

  it("are limited to ten per app", async () => {
    const bench = new Bench();
    const appId = await bench.createApp();
    for (let count = 0; count < 10; count++)
      await bench.createWebhook(appId, { target: `${target}${count}` });
    expect(await bench.refusal("POST", `/v1/apps/${appId}/webhooks`, { body: { target } })).toEqual([
      400,
      "bad_request",
    ]);
    await bench.createWebhook(await bench.createApp("Other"), { target });
  });

  it("are limited to ten even when several are created at the same time", async () => {
    const bench = new Bench();
    const appId = await bench.createApp();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, count) =>
        bench.call("POST", `/v1/apps/${appId}/webhooks`, { body: { target: `${target}${count}` } }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(201), 400, 400]);
    expect(bench.emulator.snapshot().webhooks).toHaveLength(10);
  });

  describe("the target check", () => {
    it("sends a HEAD request to the full URL, and to its root if that does not respond", async () => {
      const bench = new Bench();
      bench.host.respond = ({ url }) => (url === "https://shop.example/" ? 503 : undefined);
      await bench.createWebhook(await bench.createApp(), { target });
      expect(bench.host.sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
        `HEAD ${target}`,
        "HEAD https://shop.example/",
      ]);
    });

    it.each([200, 404, 500])("accepts a response with status %i", async (status) => {
      const bench = new Bench();
      bench.host.respond = () => status;
      await bench.createWebhook(await bench.createApp(), { target });
      expect(bench.host.sent).toHaveLength(1);
    });

    it("returns 400 for a target that does not respond, and omits its query from the message", async () => {
      const bench = new Bench();
      bench.host.respond = () => undefined;
      const answer = await bench.call("POST", `/v1/apps/${await bench.createApp()}/webhooks`, {
        body: { target },
      });
      expect([answer.status, answer.body]).toEqual([
        400,
        {
          error: {
            code: "bad_request",
            description:
              "The webhook's target at https://shop.example did not respond to a HEAD request. Start its server, then try again.",
          },
        },
      ]);
      expect(bench.emulator.snapshot().webhooks).toEqual([]);
    });

    it("runs again when the target changes, and only then", async () => {
      const bench = new Bench();
      const appId = await bench.createApp();
      const { id } = await bench.createWebhook(appId, { target });
      bench.host.respond = () => undefined;
      const path = `/v1/apps/${appId}/webhooks/${id}`;
      expect((await bench.call("PUT", path, { body: { target, triggers: ["*"] } })).status).toBe(200);
      const change = { body: { target: "https://shop.example/new" } };
      expect(await bench.refusal("PUT", path, change)).toEqual([400, "bad_request"]);
      expect(bench.emulator.snapshot().webhooks).toMatchObject([{ target, triggers: ["*"] }]);
      expect(bench.host.sent).toHaveLength(3);
    });

    it("can be turned off", async () => {
      const bench = new Bench({ checkTargets: false });
      bench.host.respond = () => undefined;
      await bench.createWebhook(await bench.createApp(), { target });
      expect(bench.host.sent).toEqual([]);
    });

    it("returns 404 if the app is deleted during the check", async () => {
      const bench = new Bench();
      const appId = await bench.createApp();
      bench.host.respond = async () => (await bench.call("DELETE", `/v1/apps/${appId}`)).status;
      const create = { body: { target } };
      expect(await bench.refusal("POST", `/v1/apps/${appId}/webhooks`, create)).toEqual([
        404,
        "app_not_found",
      ]);
    });

    it("refuses a second update with 409 while the first is still waiting", async () => {
      const bench = new Bench();
      const appId = await bench.createApp();
      const { id } = await bench.createWebhook(appId, { target });
      const path = `/v1/apps/${appId}/webhooks/${id}`;
      let answerHead = (_status: number) => {};
      bench.host.respond = () =>
        new Promise((resolve) => {
          answerHead = resolve;
        });
      const first = bench.call("PUT", path, { body: { target: "https://shop.example/new" } });
      expect(await bench.refusal("PUT", path, { body: { triggers: ["*"] } })).toEqual([409, "conflict"]);
      answerHead(200);
      expect((await first).status).toBe(200);
      expect((await bench.call("PUT", path, { body: { triggers: ["*"] } })).status).toBe(200);
      expect(bench.emulator.snapshot().webhooks).toMatchObject([
        { target: "https://shop.example/new", triggers: ["*"] },
      ]);
    });
  });

  describe("the same target twice", () => {
    const twice = async (bench: Bench) => {
      const appId = await bench.createApp();
      const path = `/v1/apps/${appId}/webhooks`;
      const first = await bench.call("POST", path, { body: { target } });
      const second = await bench.call("POST", path, { body: { target, triggers: ["postback"] } });
      return { path, first, second, count: bench.emulator.snapshot().webhooks.length };
    };

    it("is refused with 409 by default, on update as well", async () => {
      const bench = new Bench();
      const { path, second, count } = await twice(bench);
      expect([second.status, count]).toEqual([409, 1]);
      const other = await bench.call("POST", path, { body: { target: "https://shop.example/b" } });
      const { webhook } = Object(other.body);
      const move = { body: { target } };
      expect(await bench.refusal("PUT", `${path}/${webhook._id}`, move)).toEqual([409, "conflict"]);
    });

    it("returns 200 with the first webhook unchanged if the profile allows an alias", async () => {
      const { first, second, count } = await twice(new Bench({ profile: { duplicateTargets: "alias" } }));
      expect([second.status, second.body, count]).toEqual([200, first.body, 1]);
    });

    it("creates a second webhook if the profile allows it", async () => {
      const { second, count } = await twice(new Bench({ profile: { duplicateTargets: "allow" } }));
      expect([second.status, count]).toEqual([201, 2]);
    });

    it("is always allowed in different apps", async () => {
      const bench = new Bench();
      for (const name of ["Shop", "Other"])
        await bench.createWebhook(await bench.createApp(name), { target });
      expect(bench.emulator.snapshot().webhooks).toHaveLength(2);
    });
  });
});
