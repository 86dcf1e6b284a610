import jwt from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Bench, basic, sign } from "../../support";

async function readPast(bench: Bench, url: string, token?: string) {
  bench.emulator.setFaults({ rules: [{ fault: "stale-read" }] });
  const { status, body } = await bench.call("GET", url, { ...(token !== undefined && { token }) });
  bench.emulator.setFaults(undefined);
  return { status, body: Object(body) };
}

describe.each(["v1", "v1.1"])("service accounts in %s", (version) => {
  const all = `/${version}/serviceaccounts`;

  it("are created, read, listed, renamed and deleted", async () => {
    const bench = new Bench();
    const created = await bench.expect(201, "POST", all, { body: { name: "reseller" } });
    expect(created).toEqual({
      serviceAccount: { _id: expect.stringMatching(/^[0-9a-f]{24}$/), name: "reseller" },
    });
    const { _id } = created.serviceAccount;
    const one = `${all}/${_id}`;
    expect(await bench.expect(200, "GET", one)).toEqual(created);
    expect(await bench.expect(200, "GET", all)).toEqual({
      serviceAccounts: [created.serviceAccount],
      hasMore: false,
      offset: 0,
    });
    const renamed = { serviceAccount: { _id, name: "agency" } };
    expect(await bench.expect(200, "PUT", one, { body: { name: "agency" } })).toEqual(renamed);
    expect(await bench.expect(200, "GET", one)).toEqual(renamed);
    expect(await bench.expect(200, "DELETE", one)).toEqual({});
    for (const [method, path] of [
      ["GET", ""],
      ["PUT", ""],
      ["DELETE", ""],
      ["GET", "/keys"],
      ["POST", "/keys"],
    ] as const) {
      expect(await bench.refusal(method, one + path, { body: { name: "a" } })).toEqual([404, "not_found"]);
    }
    expect((await bench.expect(200, "GET", all)).serviceAccounts).toEqual([]);
  });

  it("are listed in pages of 25, or as many as requested", async () => {
    const bench = new Bench();
    for (let count = 0; count < 26; count++) await bench.createServiceAccount(`s${count}`);
    const first = await bench.expect(200, "GET", all);
    expect([first.serviceAccounts.length, first.hasMore, first.offset]).toEqual([25, true, 0]);
    const { serviceAccounts, ...rest } = await bench.expect(200, "GET", `${all}?limit=1&offset=24`);
    expect([serviceAccounts[0].name, rest]).toEqual(["s24", { hasMore: true, offset: 24 }]);
  });

  it("have a name that is unique in the account", async () => {
    const bench = new Bench();
    const [one, two] = [await bench.createServiceAccount("one"), await bench.createServiceAccount("two")];
    const body = { name: "one" };
    expect(await bench.refusal("POST", all, { body })).toEqual([409, "conflict"]);
    expect(await bench.refusal("PUT", `${all}/${two}`, { body })).toEqual([409, "conflict"]);
    await bench.expect(200, "PUT", `${all}/${one}`, { body });
    const other = bench.emulator.addAccount();
    const token = sign(other.accountKeyId, other.accountKeySecret, { scope: "account" });
    await bench.expect(201, "POST", all, { body, token });
    await bench.expect(200, "DELETE", `${all}/${one}`);
    await bench.expect(201, "POST", all, { body });
  });

  it.each([[{}], [{ name: "" }], [{ name: null }], [{ name: "a", apps: [] }]])(
    "refuse %j with 400",
    async (body) => {
      const bench = new Bench();
      const one = `${all}/${await bench.createServiceAccount()}`;
      for (const [method, path] of [
        ["POST", all],
        ["PUT", one],
        ["POST", `${one}/keys`],
      ] as const) {
        expect(await bench.refusal(method, path, { body })).toEqual([400, "bad_request"]);
      }
    },
  );

  it("are managed with an account key only: service keys and app keys get a 403", async () => {
    const bench = new Bench();
    const id = await bench.createServiceAccount();
    const own = await bench.createServiceAccountKey(id);
    const added = bench.emulator.addServiceKey();
    const app = await bench.createKey(await bench.createApp());
    const tokens = [
      own.token,
      sign(added.accountKeyId, added.accountKeySecret, { scope: "account" }),
      app.token,
    ];
    for (const token of tokens) {
      for (const path of [
        "",
        `/${id}`,
        `/${id}/keys`,
        `/${id}/keys/${own.id}`,
        `/${id}/keys/${own.id}/jwt`,
      ]) {
        expect(await bench.refusal("GET", all + path, { token })).toEqual([403, "forbidden"]);
      }
      for (const path of ["", `/${id}/keys`]) {
        expect(await bench.refusal("POST", all + path, { token, body: { name: "a" } })).toEqual([
          403,
          "forbidden",
        ]);
      }
      expect(await bench.refusal("DELETE", `${all}/${id}`, { token })).toEqual([403, "forbidden"]);
    }
  });

  it("are not seen by another account", async () => {
    const bench = new Bench();
    const id = await bench.createServiceAccount();
    const other = bench.emulator.addAccount();
    const token = sign(other.accountKeyId, other.accountKeySecret, { scope: "account" });
    expect((await bench.expect(200, "GET", all, { token })).serviceAccounts).toEqual([]);
    expect(await bench.refusal("GET", `${all}/${id}`, { token })).toEqual([404, "not_found"]);
    expect(await bench.refusal("DELETE", `${all}/${id}`, { token })).toEqual([404, "not_found"]);
  });
});

describe.each(["v1", "v1.1"])("the keys of service accounts in %s", (version) => {
  async function setUp() {
    const bench = new Bench();
    const id = await bench.createServiceAccount();
    const one = `/${version}/serviceaccounts/${id}`;
    return { bench, id, one, keys: `${one}/keys` };
  }

  it("are created, read and listed with the secret every time, and deleted", async () => {
    const { bench, keys } = await setUp();
    const { key } = await bench.expect(201, "POST", keys, { body: { name: "backend" } });
    expect(key).toEqual({
      _id: expect.stringMatching(/^svc_[0-9a-f]{24}$/),
      name: "backend",
      secret: expect.stringMatching(/^[\w-]{86}$/),
    });
    const { key: second } = await bench.expect(201, "POST", keys, { body: { name: "backend" } });
    expect(await bench.expect(200, "GET", keys)).toEqual({ keys: [key, second] });
    expect(await bench.expect(200, "GET", `${keys}/${key._id}`)).toEqual({ key });
    expect(await bench.expect(200, "DELETE", `${keys}/${key._id}`)).toEqual({});
    expect(await bench.expect(200, "GET", keys)).toEqual({ keys: [second] });
    for (const [method, path] of [
      ["GET", ""],
      ["DELETE", ""],
      ["GET", "/jwt"],
    ] as const) {
      expect(await bench.refusal(method, `${keys}/${key._id}${path}`)).toEqual([404, "not_found"]);
    }
  });

  it("are not found through another service account", async () => {
    const { bench, id } = await setUp();
    const key = await bench.createServiceAccountKey(id);
    const other = `/${version}/serviceaccounts/${await bench.createServiceAccount("other")}/keys`;
    expect(await bench.expect(200, "GET", other)).toEqual({ keys: [] });
    for (const method of ["GET", "DELETE"]) {
      expect(await bench.refusal(method, `${other}/${key.id}`)).toEqual([404, "not_found"]);
    }
  });

  it("are limited to ten per service account", async () => {
    const { bench, id, keys } = await setUp();
    for (let count = 0; count < 10; count++) await bench.createServiceAccountKey(id);
    expect(await bench.refusal("POST", keys, { body: { name: "eleventh" } })).toEqual([400, "bad_request"]);
    expect(bench.emulator.snapshot().serviceAccountKeys).toHaveLength(10);
    await bench.createServiceAccountKey(await bench.createServiceAccount("other"));
  });

  it("have their secrets hidden as the profile says, except on creation", async () => {
    const { bench, keys } = await setUp();
    bench.emulator.setProfile({ secrets: "masked" });
    const { key } = await bench.expect(201, "POST", keys, { body: { name: "backend" } });
    const masked = { ...key, secret: `****${key.secret.slice(-4)}` };
    expect(await bench.expect(200, "GET", `${keys}/${key._id}`)).toEqual({ key: masked });
    expect(await bench.expect(200, "GET", keys)).toEqual({ keys: [masked] });
  });

  it("sign an account token that is stamped with the time", async () => {
    const { bench, id, keys } = await setUp();
    const key = await bench.createServiceAccountKey(id);
    const answer = await bench.expect(200, "GET", `${keys}/${key.id}/jwt`);
    const token = z.strictObject({ jwt: z.string() }).parse(answer).jwt;
    const { header, payload } = jwt.verify(token, key.secret, { complete: true });
    expect(header).toEqual({ alg: "HS256", typ: "JWT", kid: key.id });
    expect(payload).toEqual({ scope: "account", iat: 1_540_252_800 });
    await bench.expect(200, "GET", `/${version}/apps`, { token });
  });

  it("authenticate with the scope account, and stop at once when they are deleted", async () => {
    const { bench, id, keys } = await setUp();
    const [gone, kept] = [await bench.createServiceAccountKey(id), await bench.createServiceAccountKey(id)];
    await bench.expect(200, "GET", `/${version}/apps`, { token: gone.token });
    const asApp = sign(kept.id, kept.secret, { scope: "app" });
    expect(await bench.refusal("GET", `/${version}/apps`, { token: asApp })).toEqual([403, "forbidden"]);
    await bench.expect(200, "DELETE", `${keys}/${gone.id}`);
    expect(await bench.refusal("GET", `/${version}/apps`, { token: gone.token })).toEqual([
      401,
      "invalid_auth",
    ]);
    await bench.expect(200, "GET", `/${version}/apps`, { token: kept.token });
  });

  it("are deleted with their service account, and then get a 401; those of others stay", async () => {
    const { bench, id, one } = await setUp();
    const key = await bench.createServiceAccountKey(id);
    const other = await bench.createServiceAccountKey(await bench.createServiceAccount("other"));
    await bench.expect(200, "DELETE", one);
    expect(bench.emulator.snapshot().serviceAccountKeys.map(({ id }) => id)).toEqual([other.id]);
    expect(await bench.refusal("GET", `/${version}/apps`, { token: key.token })).toEqual([
      401,
      "invalid_auth",
    ]);
    await bench.expect(200, "GET", `/${version}/apps`, { token: other.token });
  });
});

describe("the apps of a service account", () => {
  const idsIn = ({ apps }: { apps: { id?: string; _id?: string }[] }) => apps.map(({ id, _id }) => id ?? _id);

  it("are those that its keys created, for all its keys and in every API version", async () => {
    const bench = new Bench();
    const id = await bench.createServiceAccount();
    const [one, two] = [await bench.createServiceAccountKey(id), await bench.createServiceAccountKey(id)];
    const other = await bench.createServiceAccountKey(await bench.createServiceAccount("other"));
    const hidden = await bench.createApp("Hidden");
    const mine = await bench.createApp("Mine", one.token);
    for (const version of ["v1", "v1.1", "v2"]) {
      const list = async (token: string) =>
        idsIn(await bench.expect(200, "GET", `/${version}/apps`, { token }));
      expect(await list(one.token)).toEqual([mine]);
      expect(await list(two.token)).toEqual([mine]);
      expect(await list(other.token)).toEqual([]);
      expect(await list(bench.accountToken)).toEqual([hidden, mine]);
      await bench.expect(200, "GET", `/${version}/apps/${mine}/keys`, { token: two.token });
      expect(await bench.refusal("GET", `/${version}/apps/${hidden}`, { token: one.token })).toEqual([
        404,
        "app_not_found",
      ]);
    }
    await bench.expect(200, "GET", "/v1.1/apps", basic(one));
    await bench.expect(200, "GET", "/v2/apps", basic(one));
  });

  it("stay when it is deleted", async () => {
    const bench = new Bench();
    const id = await bench.createServiceAccount();
    const { token } = await bench.createServiceAccountKey(id);
    const appId = await bench.createApp("Mine", token);
    await bench.expect(200, "PUT", `/v1/apps/${appId}`, { body: { name: "Renamed" }, token });
    await bench.expect(200, "GET", `/v1/apps/${appId}`, { token });
    await bench.expect(200, "DELETE", `/v1/serviceaccounts/${id}`);
    await bench.expect(200, "GET", `/v1/apps/${appId}`);
    expect(bench.emulator.isEmpty()).toBe(false);
  });

  it.each([
    ["v1", "serviceAccountId"],
    ["v1.1", "serviceAccountId"],
    ["v2", "filter[serviceAccountId]"],
  ])("can be listed by an account key in %s with %s, and by its own keys only", async (version, filter) => {
    const bench = new Bench();
    const [one, two] = [await bench.createServiceAccount("one"), await bench.createServiceAccount("two")];
    const key = await bench.createServiceAccountKey(one);
    await bench.createApp("Other");
    const mine = await bench.createApp("Mine", key.token);
    const list = (id: string, token = bench.accountToken) =>
      bench.expect(200, "GET", `/${version}/apps?${filter}=${id}`, { token });
    expect(idsIn(await list(one))).toEqual([mine]);
    expect(idsIn(await list(two))).toEqual([]);
    expect(idsIn(await list("unknown"))).toEqual([]);
    expect(idsIn(await list(one, key.token))).toEqual([mine]);
    expect(await bench.refusal("GET", `/${version}/apps?${filter}=${two}`, { token: key.token })).toEqual([
      403,
      "forbidden",
    ]);
  });
});

describe("what belongs to an account", () => {
  it("is in snapshots, and without its secret in the state that other processes read", async () => {
    const bench = new Bench();
    const { emulator } = bench;
    const { accountId } = emulator;
    expect([emulator.isEmpty(), emulator.describeState().empty]).toEqual([true, true]);
    const id = await bench.createServiceAccount();
    const key = await bench.createServiceAccountKey(id);
    expect(emulator.snapshot()).toMatchObject({
      serviceAccounts: [{ id, accountId, name: "reseller" }],
      serviceAccountKeys: [
        { id: key.id, accountId, serviceAccountId: id, name: "backend", secret: key.secret },
      ],
      accounts: [{ id: accountId, keyIds: [emulator.accountKeyId] }],
    });
    expect(emulator.describeState()).toMatchObject({
      empty: false,
      serviceAccounts: [{ id, accountId, name: "reseller" }],
      serviceAccountKeys: [{ id: key.id, accountId, serviceAccountId: id }],
    });
    expect(JSON.stringify(emulator.describeState())).not.toContain(key.secret);
    expect(emulator.isEmpty()).toBe(false);
    await bench.expect(200, "DELETE", `/v1/serviceaccounts/${id}`);
    expect(emulator.isEmpty()).toBe(true);
  });

  it("is deleted by a reset in every account, with the keys; the accounts stay", async () => {
    const bench = new Bench();
    const key = await bench.createServiceAccountKey(await bench.createServiceAccount());
    const other = bench.emulator.addAccount();
    const token = sign(other.accountKeyId, other.accountKeySecret, { scope: "account" });
    await bench.expect(201, "POST", "/v1/serviceaccounts", { body: { name: "theirs" }, token });
    bench.emulator.reset();
    expect(bench.emulator.snapshot()).toMatchObject({ serviceAccounts: [], serviceAccountKeys: [] });
    expect(bench.emulator.isEmpty()).toBe(true);
    expect(await bench.refusal("GET", "/v1/apps", { token: key.token })).toEqual([401, "invalid_auth"]);
    expect((await readPast(bench, "/v1/serviceaccounts")).body.serviceAccounts).toEqual([]);
    await bench.expect(200, "GET", "/v1/serviceaccounts", { token });
    await bench.createServiceAccount();
  });

  it("survives a restart", async () => {
    const bench = new Bench();
    const id = await bench.createServiceAccount();
    const key = await bench.createServiceAccountKey(id);
    await bench.createApp("Hidden");
    const appId = await bench.createApp("Mine", key.token);
    const next = new Bench({ saved: bench.emulator.save() });
    expect(next.emulator.snapshot()).toEqual(bench.emulator.snapshot());
    expect((await next.expect(200, "GET", "/v1/apps", { token: key.token })).apps).toMatchObject([
      { _id: appId },
    ]);
  });

  it("is absent from a saved state that was written before it existed, which can still be read", async () => {
    const bench = new Bench();
    const appId = await bench.createApp();
    await bench.createKey(appId);
    const { accounts, apps, ...rest } = JSON.parse(bench.emulator.save());
    const isNew = (name: string) => /^(menus|templates|serviceAccount)/.test(name);
    const withoutNew = (owner: object) =>
      Object.fromEntries(Object.entries(owner).filter(([name]) => !isNew(name)));
    const saved = { ...rest, accounts: accounts.map(withoutNew), apps: apps.map(withoutNew) };
    expect(Object.keys(saved.accounts[0])).toEqual(["id"]);
    const next = new Bench({ saved: JSON.stringify(saved) });
    expect(next.emulator.snapshot()).toEqual(bench.emulator.snapshot());
    await next.createServiceAccountKey(await next.createServiceAccount());
    await next.expect(200, "PUT", `/v1/apps/${appId}/menu`, {
      body: { items: [{ type: "postback", text: "Help", payload: "HELP" }] },
    });
  });

  it("is returned by a stale read as it was before the last write to the account", async () => {
    const bench = new Bench();
    const all = "/v1/serviceaccounts";
    const past = async (url: string) => (await readPast(bench, url)).body;
    const id = await bench.createServiceAccount("one");
    const one = `${all}/${id}`;
    expect((await readPast(bench, one)).status).toBe(404);
    expect(await past(all)).toEqual({ serviceAccounts: [], hasMore: false, offset: 0 });
    await bench.expect(200, "PUT", one, { body: { name: "two" } });
    expect((await past(one)).serviceAccount.name).toBe("one");
    const key = await bench.createServiceAccountKey(id);
    expect((await past(`${one}/keys`)).keys).toEqual([]);
    expect((await past(one)).serviceAccount.name).toBe("two");
    await bench.expect(200, "DELETE", `${one}/keys/${key.id}`);
    expect((await past(`${one}/keys/${key.id}`)).key.secret).toBe(key.secret);
    await bench.expect(200, "DELETE", one);
    expect((await past(all)).serviceAccounts).toEqual([{ _id: id, name: "two" }]);
  });

  it("does not affect a stale read of the account's apps, nor the other way round", async () => {
    const bench = new Bench();
    await bench.createApp("one");
    await bench.createServiceAccount("one");
    await bench.createApp("two");
    expect((await readPast(bench, "/v1/serviceaccounts")).body.serviceAccounts).toEqual([]);
    await bench.createServiceAccount("two");
    expect((await readPast(bench, "/v1/apps")).body.apps).toMatchObject([{ name: "one" }]);
  });

  it("is nothing for a stale read in an account that was just added", async () => {
    const bench = new Bench();
    const other = bench.emulator.addAccount();
    const token = sign(other.accountKeyId, other.accountKeySecret, { scope: "account" });
    await bench.expect(201, "POST", "/v1/serviceaccounts", { body: { name: "theirs" }, token });
    expect((await readPast(bench, "/v1/serviceaccounts", token)).body.serviceAccounts).toEqual([]);
  });

  it("can be read by a stale read with a key of the service account that was just created", async () => {
    const bench = new Bench();
    const key = await bench.createServiceAccountKey(await bench.createServiceAccount());
    expect((await readPast(bench, "/v1/apps", key.token)).body.apps).toEqual([]);
    const appId = await bench.createApp("Mine", key.token);
    await bench.expect(200, "PUT", `/v1/apps/${appId}`, { body: { name: "Renamed" } });
    expect((await readPast(bench, `/v1/apps/${appId}`, key.token)).body.app.name).toBe("Mine");
  });
});

describe("service accounts in v2", () => {
  it("do not exist", async () => {
    const bench = new Bench();
    expect(await bench.refusal("GET", "/v2/serviceaccounts")).toEqual([501, "emulator_unknown_request"]);
    const path = `/v2/serviceaccounts/${await bench.createServiceAccount()}/keys`;
    expect(await bench.refusal("GET", path)).toEqual([501, "emulator_unknown_request"]);
  });
});
