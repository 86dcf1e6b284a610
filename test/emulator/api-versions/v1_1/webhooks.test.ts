import { describe, expect, it } from "vitest";
import { knownTriggers } from "../../../support/triggers";
import { Bench } from "../../support";

const target = "https://shop.example/hook";

async function setUp() {
  const bench = new Bench();
  const appId = await bench.createApp();
  return { bench, appId, webhooks: `/v1.1/apps/${appId}/webhooks` };
}

describe("webhooks of v1.1", () => {
  it("return their version and flags, and can be partially updated", async () => {
    const { bench, webhooks } = await setUp();
    const { webhook } = await bench.expect(201, "POST", webhooks, { body: { target } });
    expect(webhook).toEqual({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      version: "v1.1",
      target,
      triggers: ["message"],
      secret: expect.stringMatching(/^[\w-]{86}$/),
      includeClient: false,
      includeFullAppUser: false,
    });
    const path = `${webhooks}/${webhook._id}`;
    const change = { includeClient: true, triggers: ["typing:appUser", "*"] };
    expect(await bench.expect(200, "PUT", path, { body: change })).toEqual({
      webhook: { ...webhook, ...change },
    });
    expect(await bench.expect(200, "PUT", path, { body: { includeFullAppUser: true } })).toEqual({
      webhook: { ...webhook, ...change, includeFullAppUser: true },
    });
    expect(await bench.expect(200, "GET", webhooks)).toEqual({
      webhooks: [{ ...webhook, ...change, includeFullAppUser: true }],
    });
    expect(await bench.expect(200, "GET", path)).toMatchObject({ webhook: { triggers: change.triggers } });
    expect(await bench.expect(200, "DELETE", path)).toEqual({});
    expect(await bench.refusal("GET", path)).toEqual([404, "not_found"]);
    expect(bench.emulator.snapshot().integrations).toEqual([]);
  });

  it("work on the short path with an app's own key", async () => {
    const { bench, appId } = await setUp();
    const { token } = await bench.createKey(appId);
    const { webhook } = await bench.expect(201, "POST", "/v1.1/webhooks", { body: { target }, token });
    expect(await bench.expect(200, "GET", `/v1.1/webhooks/${webhook._id}`, { token })).toEqual({ webhook });
  });

  it.each(knownTriggers["v1.1"])("accept the trigger %s", async (trigger) => {
    const { bench, webhooks } = await setUp();
    const body = { target, triggers: [trigger] };
    expect(await bench.expect(201, "POST", webhooks, { body })).toMatchObject({
      webhook: { triggers: [trigger] },
    });
  });

  it.each([
    ["a trigger of v1", { target, triggers: ["delivery:success"] }],
    ["a trigger of v2", { target, triggers: ["conversation:message"] }],
    ["no target", { triggers: ["*"] }],
    ["a flag of v2", { target, includeFullUser: true }],
    ["a flag that is not a boolean", { target, includeClient: "yes" }],
  ])("refuse %s with 400", async (_, body) => {
    const { bench, webhooks } = await setUp();
    expect(await bench.refusal("POST", webhooks, { body })).toEqual([400, "bad_request"]);
    expect(bench.emulator.snapshot().webhooks).toEqual([]);
  });

  it("name the valid triggers in the error, and not the one that was sent", async () => {
    const { bench, webhooks } = await setUp();
    const { body } = await bench.call("POST", webhooks, { body: { target, triggers: ["s3cr3t"] } });
    expect(Object(body).error.description).toMatch(
      /^triggers\.0: must be one of message, \*, message:appUser/,
    );
    expect(JSON.stringify(body)).not.toContain("s3cr3t");
  });
});
