import { describe, expect, it } from "vitest";
import { refused, scripted } from "./wire";

const inner = { id: "57ff", target: "https://a.example/x", triggers: [], secret: "s3cret-of-the-hook" };
const custom = (id: string, more: object = {}) => ({ id, type: "custom", webhooks: [inner], ...more });
const ids = ({ items }: { items: readonly { id: string }[] }) => items.map(({ id }) => id);

describe("v2 lists", () => {
  const app = (id: string) => ({ id, displayName: id });
  const next = "GET /v2/apps?page[size]=100";

  it.each<[string, object, string | undefined]>([
    ["continue at the cursor", { meta: { hasMore: true, afterCursor: "c1" } }, "c1"],
    ["continue after the last id if the cursor is missing", { meta: { hasMore: true } }, "a2"],
    [
      "continue after the last id if the cursor is null",
      { meta: { hasMore: true, afterCursor: null } },
      "a2",
    ],
    ["end if there is no more", { meta: { hasMore: false, afterCursor: "c1" } }, undefined],
    ["end if nothing reports that there is more", { meta: { afterCursor: "c1" } }, undefined],
    ["end if there is no meta", {}, undefined],
    ["end if meta is null", { meta: null }, undefined],
  ])("%s", async (_, rest, cursor) => {
    const { smooch, sent } = scripted("v2", [
      { apps: [app("a1"), app("a2")], ...rest },
      { apps: [app("a3")], meta: { hasMore: false } },
    ]);
    expect(ids(await smooch.apps.list())).toEqual(cursor === undefined ? ["a1", "a2"] : ["a1", "a2", "a3"]);
    expect(sent).toEqual(cursor === undefined ? [[next]] : [[next], [`${next}&page[after]=${cursor}`]]);
  });

  it("end after an empty page, even if it reports more", async () => {
    const { smooch, sent } = scripted("v2", [{ apps: [], meta: { hasMore: true, afterCursor: "c1" } }]);
    expect(await smooch.apps.list()).toEqual({ items: [], unreadable: [] });
    expect(sent).toEqual([[next]]);
  });

  it("end with an error if a page repeats earlier items", async () => {
    const page = { integrations: [{ id: "i1", type: "zd:agentWorkspace" }], meta: { hasMore: true } };
    for (const kind of ["webhooks", "integrations"] as const) {
      const { smooch, sent } = scripted("v2", [page, page]);
      await expect(smooch[kind].list("5a0b")).rejects.toThrow(
        `No usable response from Smooch to the request to list ${kind} of app 5a0b: the list does not end: a page repeats earlier items`,
      );
      expect(sent).toHaveLength(2);
    }
  });

  it("continue after a page without webhooks", async () => {
    const { smooch } = scripted("v2", [
      { integrations: [{ id: "i1", type: "zd:agentWorkspace" }], meta: { hasMore: true } },
      { integrations: [custom("i2")] },
    ]);
    expect(ids(await smooch.webhooks.list("5a0b"))).toEqual(["i2"]);
  });

  it("accept no id that could change the path", async () => {
    const { smooch } = scripted("v2", Array(6).fill({ apps: [app("..")] }));
    await expect(smooch.apps.list()).rejects.toThrow("has an unexpected format: id of item 1 is missing");
  });

  it("encode their query", async () => {
    const { smooch, urls } = scripted("v2", [{ integrations: [] }]);
    await smooch.webhooks.list("5a0b");
    expect(urls).toEqual([
      "https://api.smooch.io/v2/apps/5a0b/integrations?page%5Bsize%5D=100&filter%5Btypes%5D=custom",
    ]);
  });

  it("of integrations and webhooks keep their filter on the next page", async () => {
    const pages = [
      { integrations: [custom("i1")], meta: { hasMore: true, afterCursor: "i1" } },
      { integrations: [custom("i2")] },
    ];
    const hooks = scripted("v2", pages);
    expect(ids(await hooks.smooch.webhooks.list("5a0b"))).toEqual(["i1", "i2"]);
    const start = "GET /v2/apps/5a0b/integrations?page[size]=100";
    expect(hooks.sent).toEqual([
      [`${start}&filter[types]=custom`],
      [`${start}&page[after]=i1&filter[types]=custom`],
    ]);
    const all = scripted("v2", pages);
    expect(ids(await all.smooch.integrations.list("5a0b"))).toEqual(["i1", "i2"]);
    expect(all.sent).toEqual([[start], [`${start}&page[after]=i1`]]);
  });

  it("of keys are requested without paging, and continue if the response reports more", async () => {
    const key = (id: string) => ({ id, displayName: "backend" });
    const { smooch, sent } = scripted("v2", [
      { keys: [key("app_1")], meta: { hasMore: true } },
      { keys: [key("app_2")] },
    ]);
    expect(ids(await smooch.keys.list("5a0b"))).toEqual(["app_1", "app_2"]);
    expect(sent).toEqual([
      ["GET /v2/apps/5a0b/keys"],
      ["GET /v2/apps/5a0b/keys?page[size]=100&page[after]=app_1"],
    ]);
  });

  it("of webhooks leave out other integrations, and report malformed ones", async () => {
    const { smooch } = scripted("v2", [
      {
        integrations: [
          custom("i1", { webhooks: [] }),
          custom("i2", { webhooks: [inner, inner] }),
          custom("i3", { webhooks: undefined }),
          custom("i4", { type: "zd:agentWorkspace" }),
          custom("i5"),
        ],
      },
    ]);
    const listed = await smooch.webhooks.list("5a0b");
    expect(ids(listed)).toEqual(["i5"]);
    expect(listed.unreadable).toEqual([
      { id: "i1", problem: "webhooks has an unexpected value" },
      { id: "i2", problem: "webhooks has an unexpected value" },
      { id: "i3", problem: "webhooks is missing" },
    ]);
  });

  it.each([undefined, null, "none", [], [{ id: "57ff", target: "https://a.example" }]])(
    "of integrations include a custom one even if its webhooks are %j",
    async (webhooks) => {
      const { smooch } = scripted("v2", [{ integrations: [custom("i1", { webhooks }), custom("i2")] }]);
      const listed = await smooch.integrations.list("5a0b");
      expect(ids(listed)).toEqual(["i1", "i2"]);
      expect(listed.items[0]?.webhooks).toBeUndefined();
    },
  );
});

describe("a v2 webhook", () => {
  it.each([
    ["v1", "v1"],
    ["v1.1", "v1.1"],
    ["v2", "v2"],
    ["1.1", "v2"],
    [null, "v2"],
    [undefined, "v2"],
  ])("with version %s is read as %s", async (version, expected) => {
    const { smooch } = scripted("v2", [{ integration: custom("i1", { webhooks: [{ ...inner, version }] }) }]);
    expect((await smooch.webhooks.get("5a0b", "i1")).version).toBe(expected);
  });

  it.each([null, undefined])("may have %s for every optional field", async (nothing) => {
    const wire = { ...inner, includeFullUser: nothing, includeFullSource: nothing };
    const { smooch } = scripted("v2", [
      { integration: custom("i1", { displayName: nothing, webhooks: [wire] }) },
    ]);
    expect(await smooch.webhooks.get("5a0b", "i1")).toEqual({
      id: "i1",
      webhookId: "57ff",
      target: "https://a.example/x",
      triggers: [],
      secret: "s3cret-of-the-hook",
      version: "v2",
      displayName: undefined,
      includeFullUser: undefined,
      includeClient: undefined,
    });
  });

  it("is called a webhook in messages, with its app", async () => {
    const { smooch } = scripted("v2", [refused(403), refused(403)]);
    await expect(
      smooch.webhooks.create("5a0b", { target: "https://bot.example/t0ken", triggers: [] }),
    ).rejects.toThrow("Smooch refused to create a webhook in app 5a0b:");
    await expect(smooch.webhooks.get("5a0b", "i1")).rejects.toThrow(
      "Smooch refused to read webhook i1 of app 5a0b:",
    );
  });
});

describe("v2 errors", () => {
  it.each<[object | string, string, string | undefined]>([
    [{ errors: [{ code: "forbidden", title: "No." }] }, "No", "forbidden"],
    [
      {
        errors: [
          { code: "bad_request", title: "a" },
          { code: "other", title: "b" },
        ],
      },
      "a; b",
      "bad_request",
    ],
    [{ errors: [{ title: "No" }] }, "No", undefined],
    [{ errors: [{ code: "forbidden" }] }, "forbidden", "forbidden"],
    [{ errors: [{ code: "forbidden" }, { title: "b" }] }, "b", "forbidden"],
    [{ errors: [] }, "the request is malformed", undefined],
    [{ error: { code: "forbidden", description: "No" } }, "the request is malformed", undefined],
    ["<html>", "the request is malformed", undefined],
  ])("%j", async (body, reason, code) => {
    const { smooch } = scripted("v2", [refused(400, body)]);
    await expect(smooch.apps.get("5a0b")).rejects.toMatchObject({
      code,
      summary: `Smooch refused to read app 5a0b: ${reason} (HTTP 400).`,
    });
  });
});

it.each(["https://acme.zendesk.com/sc", "https://api.eu-1.smooch.io"])(
  "the base URL %s precedes every path",
  async (base) => {
    const { smooch, urls } = scripted(
      "v2",
      [{ app: { id: "5a0b", displayName: "Shop" } }, { keys: [] }],
      base,
    );
    await smooch.apps.get("5a0b");
    await smooch.in("v1.1").keys.list("5a0b");
    expect(urls).toEqual([`${base}/v2/apps/5a0b`, `${base}/v1.1/apps/5a0b/keys`]);
  },
);
