import jwt from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import { Bench, basic, sign } from "./support";

async function setUp() {
  const bench = new Bench();
  const appId = await bench.createApp();
  const key = await bench.createKey(appId);
  const { accountKeyId: id, accountKeySecret: secret } = bench.emulator;
  const list = (authorization?: string) =>
    bench.refusal("GET", "/v1/apps", { token: null, headers: authorization ? { authorization } : {} });
  return { bench, appId, key, account: { id, secret }, list };
}

describe("credentials", () => {
  it("are required", async () => {
    const { list } = await setUp();
    expect(await list()).toEqual([401, "unauthorized"]);
  });

  it("must be a JWT in v1", async () => {
    const { list, account } = await setUp();
    const basic = Buffer.from(`${account.id}:${account.secret}`).toString("base64");
    expect(await list(`Basic ${basic}`)).toEqual([401, "invalid_auth"]);
    expect(await list("Bearer not.a.token")).toEqual([401, "invalid_auth"]);
    expect(await list("Bearer ")).toEqual([401, "invalid_auth"]);
  });

  it("are refused unless signed with HS256 and the secret of a key that exists", async () => {
    const { list, account } = await setUp();
    const claims = { scope: "account" };
    const bad = [
      jwt.sign(claims, account.secret), // no kid
      jwt.sign(claims, "", { keyid: account.id, algorithm: "none" }),
      jwt.sign(claims, account.secret, { keyid: account.id, algorithm: "HS512" }),
      sign(account.id, "another secret", claims),
      sign("act_5735dcf248011972d621dc01", account.secret, claims),
    ];
    for (const token of bad) expect(await list(`Bearer ${token}`)).toEqual([401, "invalid_auth"]);
  });

  it("expire on the host's clock", async () => {
    const { bench, account } = await setUp();
    const token = sign(account.id, account.secret, { scope: "account", exp: 1_540_252_800 + 60 });
    bench.host.time += 59_999;
    expect((await bench.call("GET", "/v1/apps", { token })).status).toBe(200);
    bench.host.time += 1;
    expect((await bench.call("GET", "/v1/apps", { token })).body).toEqual({
      error: { code: "invalid_auth", description: "The JWT has expired. Sign a new one." },
    });
  });

  it("are refused before their `nbf` time when the clock is set back, even if accepted earlier", async () => {
    const { bench, account } = await setUp();
    const token = sign(account.id, account.secret, { scope: "account", nbf: 1_540_252_800 });
    expect((await bench.call("GET", "/v1/apps", { token })).status).toBe(200);
    bench.host.time -= 1000;
    expect((await bench.call("GET", "/v1/apps", { token })).body).toEqual({
      error: { code: "invalid_auth", description: "The JWT is not valid yet: see its `nbf` claim." },
    });
  });

  it("stop being accepted when their key is revoked", async () => {
    const { bench, account } = await setUp();
    const token = sign(account.id, account.secret, { scope: "account" });
    expect((await bench.call("GET", "/v1/apps", { token })).status).toBe(200);
    bench.emulator.revokeAccountKey(account.id);
    expect(await bench.refusal("GET", "/v1/apps", { token })).toEqual([401, "invalid_auth"]);
  });

  it("are accepted on a clock that starts at zero", async () => {
    const bench = new Bench();
    bench.host.time = 0;
    const { accountKeyId, accountKeySecret } = bench.emulator;
    const token = sign(accountKeyId, accountKeySecret, { scope: "account", exp: 60 });
    expect((await bench.call("GET", "/v1/apps", { token })).status).toBe(200);
  });
});

describe("a key's id and secret", () => {
  it.each(["v1.1", "v2"])("are accepted by %s, with the key's own scope", async (version) => {
    const { bench, appId, key, account } = await setUp();
    const status = async (path: string, owner: { id: string; secret: string }) =>
      (await bench.call("GET", `/${version}/apps${path}`, basic(owner))).status;
    expect(await status("", account)).toBe(200);
    expect(await status("", key)).toBe(403);
    expect(await status(`/${appId}/integrations`, key)).toBe(200);
    expect(await status(`/${appId}/integrations`, account)).toBe(200);
    await bench.call("DELETE", `/v1/apps/${appId}/keys/${key.id}`);
    expect(await status(`/${appId}/integrations`, key)).toBe(401);
  });

  it.each([
    ["v1.1", "invalid_auth"],
    ["v2", "unauthorized"],
  ])("must be valid, like a JWT, in %s", async (version, code) => {
    const { bench, account } = await setUp();
    const refusal = (headers: Record<string, string>) =>
      bench.refusal("GET", `/${version}/apps`, { token: null, headers });
    const { headers = {} } = basic({ id: account.id, secret: `${account.secret}x` });
    expect(await refusal(headers)).toEqual([401, code]);
    expect(await refusal(basic({ id: "act_nobody", secret: account.secret }).headers ?? {})).toEqual([
      401,
      code,
    ]);
    expect(await refusal({ authorization: `Basic ${btoa(account.id)}` })).toEqual([401, code]);
    expect(await refusal({ authorization: "Digest x" })).toEqual([401, code]);
    expect(await refusal({})).toEqual([401, "unauthorized"]);
  });
});

describe("scope", () => {
  it.each([
    ["v1", [401, "invalid_auth"], [403, "forbidden"]],
    ["v1.1", [401, "invalid_auth"], [403, "forbidden"]],
    ["v2", [401, "unauthorized"], [401, "unauthorized"]],
  ])("claimed by a JWT must be its key's scope in %s", async (version, ofApp, ofAccount) => {
    const { bench, key, account } = await setUp();
    const list = (token: string) => bench.refusal("GET", `/${version}/apps`, { token });
    expect(await list(sign(key.id, key.secret, { scope: "account" }))).toEqual(ofApp);
    expect(await list(sign(account.id, account.secret, { scope: "app" }))).toEqual(ofAccount);
  });

  it("app cannot access apps and keys in v1.1", async () => {
    const { bench, appId, key } = await setUp();
    for (const [method, path] of [
      ["GET", ""],
      ["POST", ""],
      ["PUT", `/${appId}`],
      ["DELETE", `/${appId}`],
      ["GET", `/${appId}/keys`],
      ["POST", `/${appId}/keys`],
      ["GET", `/${appId}/keys/${key.id}`],
      ["GET", `/${appId}/keys/${key.id}/jwt`],
      ["DELETE", `/${appId}/keys/${key.id}`],
    ] as const) {
      expect(await bench.refusal(method, `/v1.1/apps${path}`, basic(key))).toEqual([403, "forbidden"]);
    }
  });

  it("app can read and change its own app in v2, but create neither apps nor keys", async () => {
    const { bench, appId, key } = await setUp();
    const app = `/v2/apps/${appId}`;
    expect((await bench.call("GET", app, { token: key.token })).status).toBe(200);
    expect((await bench.call("PATCH", app, { body: {}, token: key.token })).status).toBe(200);
    for (const [method, path] of [
      ["POST", "/v2/apps"],
      ["GET", "/v2/apps"],
      ["DELETE", app],
      ["POST", `${app}/keys`],
      ["GET", `${app}/keys`],
      ["GET", `${app}/keys/${key.id}`],
      ["DELETE", `${app}/keys/${key.id}`],
    ] as const) {
      expect(await bench.refusal(method, path, { token: key.token })).toEqual([403, "forbidden"]);
    }
    const other = await bench.createApp("Other");
    for (const path of ["", "/integrations", "/integrations/x/webhooks"]) {
      expect(await bench.refusal("GET", `/v2/apps/${other}${path}`, { token: key.token })).toEqual([
        403,
        "forbidden",
      ]);
    }
  });

  it("account cannot access the webhooks of an integration in v2", async () => {
    const { bench, appId } = await setUp();
    const webhooks = `/v2/apps/${appId}/integrations/x/webhooks`;
    for (const [method, path] of [
      ["GET", ""],
      ["POST", ""],
      ["GET", "/y"],
      ["PATCH", "/y"],
      ["DELETE", "/y"],
    ] as const) {
      expect(await bench.refusal(method, webhooks + path)).toEqual([403, "forbidden"]);
    }
  });

  it("must match the kind of key", async () => {
    const { bench, key, account } = await setUp();
    const create = (token: string) => bench.refusal("POST", "/v1/apps", { body: { name: "x" }, token });
    // The v1 documentation has a different status for each of these two cases
    expect(await create(sign(key.id, key.secret, { scope: "account" }))).toEqual([401, "invalid_auth"]);
    expect(await create(sign(account.id, account.secret, { scope: "app" }))).toEqual([403, "forbidden"]);
    for (const claims of [{}, { scope: "appUser" }, { scope: "appMaker" }, { scope: ["account"] }]) {
      expect(await create(sign(account.id, account.secret, claims))).toEqual([401, "invalid_auth"]);
    }
  });

  it("app cannot access apps and keys in v1", async () => {
    const { bench, appId, key } = await setUp();
    for (const [method, path] of [
      ["GET", ""],
      ["POST", ""],
      ["PUT", `/${appId}`],
      ["DELETE", `/${appId}`],
      ["GET", `/${appId}/keys`],
      ["POST", `/${appId}/keys`],
      ["GET", `/${appId}/keys/${key.id}`],
      ["GET", `/${appId}/keys/${key.id}/jwt`],
      ["DELETE", `/${appId}/keys/${key.id}`],
    ] as const) {
      expect(await bench.refusal(method, `/v1/apps${path}`, { token: key.token })).toEqual([
        403,
        "forbidden",
      ]);
    }
  });

  it("app can access its own app on the long path, and no other app", async () => {
    const { bench, appId, key } = await setUp();
    const { token } = key;
    const other = await bench.createApp("Other");
    for (const path of ["webhooks", "appusers/ann"]) {
      expect(await bench.refusal("GET", `/v1/apps/${other}/${path}`, { token })).toEqual([403, "forbidden"]);
    }
    expect((await bench.call("GET", `/v1/apps/${appId}/webhooks`, { token })).status).toBe(200);
  });

  it("account must name the app in the path", async () => {
    const { bench } = await setUp();
    for (const path of ["webhooks", "appusers/ann", "appusers/ann/messages"]) {
      expect(await bench.refusal("GET", `/v1/${path}`)).toEqual([403, "forbidden"]);
    }
  });
});

describe("accounts", () => {
  it("do not see each other's apps", async () => {
    const { bench, appId } = await setUp();
    const other = bench.emulator.addAccount();
    const token = sign(other.accountKeyId, other.accountKeySecret, { scope: "account" });
    expect(other.accountId).not.toBe(bench.emulator.accountId);
    for (const [method, path] of [
      ["GET", ""],
      ["DELETE", ""],
      ["GET", "/keys"],
      ["GET", "/webhooks"],
    ] as const) {
      expect(await bench.refusal(method, `/v1/apps/${appId}${path}`, { token })).toEqual([
        404,
        "app_not_found",
      ]);
    }
    expect((await bench.call("GET", "/v1/apps", { token })).body).toEqual({
      apps: [],
      hasMore: false,
      offset: 0,
    });
    const theirs = await bench.createApp("Theirs", token);
    expect(await bench.refusal("GET", `/v1/apps/${theirs}`)).toEqual([404, "app_not_found"]);
  });

  it("may have several keys, and a revoked one is refused at once", async () => {
    const { bench, appId } = await setUp();
    const second = bench.emulator.addAccountKey();
    expect(second.accountId).toBe(bench.emulator.accountId);
    expect(second.accountKeyId).toMatch(/^act_[0-9a-f]{24}$/);
    const token = sign(second.accountKeyId, second.accountKeySecret, { scope: "account" });
    expect((await bench.call("GET", `/v1/apps/${appId}`, { token })).status).toBe(200);

    bench.emulator.revokeAccountKey(bench.emulator.accountKeyId);
    expect(await bench.refusal("GET", `/v1/apps/${appId}`)).toEqual([401, "invalid_auth"]);
    expect((await bench.call("GET", `/v1/apps/${appId}`, { token })).status).toBe(200);
    expect(() => bench.emulator.revokeAccountKey(bench.emulator.accountKeyId)).toThrow("has no account key");
    expect(() => bench.emulator.addAccountKey("nobody")).toThrow("has no account nobody");
  });

  it("take the first key from the options", async () => {
    const bench = new Bench({ accountKeyId: "act_mine", accountKeySecret: "mine" });
    const token = sign("act_mine", "mine", { scope: "account" });
    expect((await bench.call("GET", "/v1/apps", { token })).status).toBe(200);
  });
});
