import { describe, expect, it } from "vitest";
import { words } from "../support/words";
import { Bench, sign } from "./support";

const setUp = async (list: (ids: string[]) => string[] | undefined) => {
  const bench = new Bench();
  const ids = [await bench.createApp("A"), await bench.createApp("B")];
  const apps = list(ids);
  const key = bench.emulator.addServiceKey(apps && { apps });
  const token = sign(key.accountKeyId, key.accountKeySecret, { scope: "account" });
  const listed = async (version = "v1") => {
    const { apps } = await bench.expect(200, "GET", `/${version}/apps`, { token });
    return apps.map((app: { id?: string; _id?: string }) => app.id ?? app._id);
  };
  return { bench, key, token, listed, a: ids[0] ?? "", b: ids[1] ?? "" };
};

describe("a service key", () => {
  it("has an svc_ id in the first account, and by default access to all apps, even later ones", async () => {
    const { bench, key, listed, a, b } = await setUp(() => undefined);
    expect(key).toEqual({
      accountId: bench.emulator.accountId,
      accountKeyId: expect.stringMatching(/^svc_[0-9a-f]{24}$/),
      accountKeySecret: expect.stringMatching(/^[\w-]{86}$/),
    });
    const later = await bench.createApp("C");
    expect(await listed()).toEqual([a, b, later]);
    expect(bench.emulator.snapshot().accounts).toMatchObject([
      { keyIds: [bench.emulator.accountKeyId, key.accountKeyId] },
    ]);
  });

  it.each(["v1", "v1.1", "v2"] as const)(
    "sees in %s only the apps it was granted and the apps it creates",
    async (version) => {
      const { bench, token, listed, a, b } = await setUp(([first = ""]) => [first]);
      const later = await bench.createApp("C");
      const { name } = words[version];
      const made = await bench.expect(201, "POST", `/${version}/apps`, { body: { [name]: "Mine" }, token });
      const mine = made.app.id ?? made.app._id;
      expect(await listed(version)).toEqual([a, mine]);
      await bench.expect(200, "GET", `/${version}/apps/${mine}/keys`, { token });
      for (const hidden of [b, later]) {
        for (const path of ["", "/keys", "/integrations"]) {
          const url = `/${version}/apps/${hidden}${path}`;
          expect(await bench.refusal("GET", url, { token })).toEqual([404, "app_not_found"]);
        }
      }
      expect(await bench.refusal("DELETE", `/${version}/apps/${b}`, { token })).toEqual([
        404,
        "app_not_found",
      ]);
      expect(bench.emulator.snapshot().apps.map(({ id }) => id)).toEqual([a, b, later, mine]);
    },
  );

  it("is revoked like any account key", async () => {
    const { bench, key, token } = await setUp(() => undefined);
    bench.emulator.revokeAccountKey(key.accountKeyId);
    expect(await bench.refusal("GET", "/v1/apps", { token })).toEqual([401, "invalid_auth"]);
  });
});

describe("revokeAccess", () => {
  it.each([
    ["a key for all apps", () => undefined],
    ["a key for some apps", (ids: string[]) => ids],
  ])("hides an app from %s, and from no other key", async (_, list) => {
    const { bench, key, token, listed, a, b } = await setUp(list);
    bench.emulator.revokeAccess(key.accountKeyId, a);
    expect(await listed()).toEqual([b]);
    expect(await listed("v2")).toEqual([b]);
    expect(await bench.refusal("GET", `/v1/apps/${a}`, { token })).toEqual([404, "app_not_found"]);
    expect(await bench.refusal("POST", `/v2/apps/${a}/keys`, { token, body: {} })).toEqual([
      404,
      "app_not_found",
    ]);
    await bench.expect(200, "GET", `/v1/apps/${a}`);
    await bench.expect(200, "GET", `/v1/apps/${b}`, { token });
  });

  it("lasts until restoreAccess", async () => {
    const { bench, key, listed, a, b } = await setUp((ids) => ids);
    bench.emulator.revokeAccess(key.accountKeyId, a);
    bench.emulator.restoreAccess(key.accountKeyId, a);
    expect(await listed()).toEqual([a, b]);
  });

  it("works for an account key as well, and needs a key that exists", async () => {
    const { bench, a, b } = await setUp(() => undefined);
    const { emulator } = bench;
    emulator.revokeAccess(emulator.accountKeyId, a);
    expect((await bench.expect(200, "GET", "/v2/apps")).apps).toMatchObject([{ id: b }]);
    expect(() => emulator.revokeAccess("svc_x", a)).toThrow(
      new Error("The emulator has no account key svc_x."),
    );
  });
});
