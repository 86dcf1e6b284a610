import jwt from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Bench } from "../../support";

describe("keys", () => {
  it("are created, read and listed with the secret every time, and deleted", async () => {
    const bench = new Bench();
    const keys = `/v1/apps/${await bench.createApp()}/keys`;
    const created = await bench.call("POST", keys, { body: { name: "backend" } });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      key: {
        _id: expect.stringMatching(/^app_[0-9a-f]{24}$/),
        name: "backend",
        secret: expect.stringMatching(/^[\w-]{86}$/),
      },
    });
    const { key } = Object(created.body);
    const second = Object((await bench.call("POST", keys, { body: { name: "backend" } })).body).key;
    expect(second._id).not.toBe(key._id);

    const listed = await bench.call("GET", keys);
    expect([listed.status, listed.body]).toEqual([200, { keys: [key, second] }]);
    const got = await bench.call("GET", `${keys}/${key._id}`);
    expect([got.status, got.body]).toEqual([200, { key }]);

    const deleted = await bench.call("DELETE", `${keys}/${key._id}`);
    expect([deleted.status, deleted.body]).toEqual([200, {}]);
    expect((await bench.call("GET", keys)).body).toEqual({ keys: [second] });
    for (const [method, path] of [
      ["GET", ""],
      ["DELETE", ""],
      ["GET", "/jwt"],
    ] as const) {
      expect(await bench.refusal(method, `${keys}/${key._id}${path}`)).toEqual([404, "not_found"]);
    }
  });

  it("stop working at once when deleted, and other keys keep working", async () => {
    const bench = new Bench();
    const appId = await bench.createApp();
    const [gone, kept] = [await bench.createKey(appId), await bench.createKey(appId)];
    await bench.call("DELETE", `/v1/apps/${appId}/keys/${gone.id}`);
    expect(await bench.refusal("GET", "/v1/webhooks", { token: gone.token })).toEqual([401, "invalid_auth"]);
    expect((await bench.call("GET", "/v1/webhooks", { token: kept.token })).status).toBe(200);
  });

  it("sign an app token that is stamped with the time", async () => {
    const bench = new Bench();
    const appId = await bench.createApp();
    const { id, secret } = await bench.createKey(appId);
    const answer = await bench.call("GET", `/v1/apps/${appId}/keys/${id}/jwt`);
    expect(answer.status).toBe(200);
    const token = z.strictObject({ jwt: z.string() }).parse(answer.body).jwt;
    const { header, payload } = jwt.verify(token, secret, { complete: true });
    expect(JSON.stringify(header)).toBe(`{"alg":"HS256","typ":"JWT","kid":"${id}"}`);
    expect(payload).toEqual({ scope: "app", iat: 1_540_252_800 });
    expect((await bench.call("GET", "/v1/webhooks", { token })).status).toBe(200);
  });

  it("are limited to ten per app", async () => {
    const bench = new Bench();
    const appId = await bench.createApp();
    for (let count = 0; count < 10; count++) await bench.createKey(appId);
    const create = { body: { name: "eleventh" } };
    expect(await bench.refusal("POST", `/v1/apps/${appId}/keys`, create)).toEqual([400, "bad_request"]);
    expect(bench.emulator.snapshot().keys).toHaveLength(10);
    await bench.createKey(await bench.createApp("Other"));
  });

  it.each([[{}], [{ name: "" }], [{ name: null }], [{ name: "a", secret: "mine" }]])(
    "refuse %j with 400",
    async (body) => {
      const bench = new Bench();
      const keys = `/v1/apps/${await bench.createApp()}/keys`;
      expect(await bench.refusal("POST", keys, { body })).toEqual([400, "bad_request"]);
    },
  );

  it("are not found through another app", async () => {
    const bench = new Bench();
    const key = await bench.createKey(await bench.createApp());
    const other = await bench.createApp("Other");
    expect(await bench.refusal("DELETE", `/v1/apps/${other}/keys/${key.id}`)).toEqual([404, "not_found"]);
    expect((await bench.call("GET", "/v1/webhooks", { token: key.token })).status).toBe(200);
  });
});
