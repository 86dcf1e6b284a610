import jwt from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import { Bench } from "../../support";

const settings = { maskCreditCardNumbers: true, useAnimalNames: false, echoPostback: false };

describe("apps of v1.1", () => {
  it("have three more settings, two of which are returned only once they are set", async () => {
    const bench = new Bench();
    const { app } = await bench.expect(201, "POST", "/v1.1/apps", {
      body: { name: "Shop", metadata: { tier: "gold" } },
    });
    expect(app).toEqual({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      appToken: expect.stringMatching(/^[0-9a-z]{25}$/),
      name: "Shop",
      settings,
      metadata: { tier: "gold" },
    });
    const path = `/v1.1/apps/${app._id}`;
    const change = {
      conversationRetentionSeconds: 0,
      echoPostback: true,
      ignoreAutoConversationStart: false,
    };
    const changed = { app: { ...app, settings: { ...settings, ...change } } };
    expect(await bench.expect(200, "PUT", path, { body: { settings: change } })).toEqual(changed);
    expect(await bench.expect(200, "GET", path)).toEqual(changed);
    expect(await bench.expect(200, "GET", "/v1.1/apps?limit=1")).toEqual({
      apps: [changed.app],
      hasMore: false,
      offset: 0,
    });
    expect(await bench.expect(200, "DELETE", path)).toEqual({});
    expect(await bench.refusal("GET", path)).toEqual([404, "app_not_found"]);
  });

  it.each([
    [{ conversationRetentionSeconds: -1 }],
    [{ conversationRetentionSeconds: 1.5 }],
    [{ echoPostback: "yes" }],
    [{ multiConvoEnabled: true }],
    [{ echoPostback: null }],
  ])("refuse the settings %j with 400", async (given) => {
    const bench = new Bench();
    const body = { name: "Shop", settings: given };
    expect(await bench.refusal("POST", "/v1.1/apps", { body })).toEqual([400, "bad_request"]);
  });
});

describe("keys of v1.1", () => {
  it("are the same as in v1, and sign a token", async () => {
    const bench = new Bench();
    const keys = `/v1.1/apps/${await bench.createApp()}/keys`;
    const { key } = await bench.expect(201, "POST", keys, { body: { name: "backend" } });
    expect(key).toEqual({
      _id: expect.stringMatching(/^app_[0-9a-f]{24}$/),
      name: "backend",
      secret: expect.stringMatching(/^[\w-]{86}$/),
    });
    expect(await bench.expect(200, "GET", keys)).toEqual({ keys: [key] });
    expect(await bench.expect(200, "GET", `${keys}/${key._id}`)).toEqual({ key });
    const answer = await bench.expect(200, "GET", `${keys}/${key._id}/jwt`);
    expect(jwt.verify(answer.jwt, key.secret)).toEqual({ scope: "app", iat: 1_540_252_800 });
    expect(await bench.expect(200, "DELETE", `${keys}/${key._id}`)).toEqual({});
    expect(await bench.refusal("GET", `${keys}/${key._id}`)).toEqual([404, "not_found"]);
  });
});
