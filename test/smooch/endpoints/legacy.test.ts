import { describe, expect, it } from "vitest";
import { play, type Row, refuse, refused, scripted } from "./wire";

const appWire = { _id: "5a0b", appToken: "3s58", name: "Shop", settings: { maskCreditCardNumbers: true } };
const app = { id: "5a0b", appToken: "3s58", name: "Shop", settings: { maskCreditCardNumbers: true } };
const keyWire = { _id: "app_1", name: "key1", secret: "Y4SINFtAUzEjayxgUjJZoTjG" };
const webhookWire = {
  _id: "57ff",
  target: "https://a.example/x",
  triggers: ["message"],
  secret: "s3cret-of-the-hook",
};
const target = "https://a.example/x";
const flagged = { includeClient: true, includeFullAppUser: false };
const telegramWire = { _id: "5b0c", type: "telegram", status: "active", username: "shop_bot" };
const telegram = { id: "5b0c", type: "telegram", status: "active", details: { username: "shop_bot" } };

/** The calls beyond those that every API version has (calls.test.ts). */
function rowsOf(version: "v1" | "v1.1"): Record<string, Row> {
  const one = `/${version}/apps/5a0b`;
  const webhook = { id: "57ff", target, triggers: ["message"], secret: "s3cret-of-the-hook", version };
  return {
    "update app": {
      call: ({ apps }) => apps.update("5a0b", { name: "B", metadata: {} }),
      sent: [[`PUT ${one}`, { name: "B", metadata: {} }]],
      answers: [{ app: appWire }],
      gives: app,
    },
    "get JWT": {
      call: ({ keys }) => keys.getJwt("5a0b", "app_1"),
      answers: [{ jwt: "ey" }],
      gives: "ey",
    },
    "create webhook": {
      call: ({ webhooks }) => webhooks.create("5a0b", { target, triggers: ["message"] }),
      sent: [[`POST ${one}/webhooks`, { target, triggers: ["message"] }]],
      answers: [{ webhook: webhookWire }],
      gives: webhook,
    },
    "create webhook with all fields": {
      call: ({ webhooks }) =>
        webhooks.create("5a0b", { target, triggers: ["*"], includeClient: true, includeFullUser: false }),
      sent: [[`POST ${one}/webhooks`, { target, triggers: ["*"], ...flagged }]],
      answers: [{ webhook: { ...webhookWire, ...flagged } }],
      gives: { ...webhook, includeClient: true, includeFullUser: false },
    },
    "list webhooks": {
      call: ({ webhooks }) => webhooks.list("5a0b"),
      answers: [{ webhooks: [webhookWire] }],
      gives: { items: [webhook], unreadable: [] },
    },
    "get webhook": {
      call: ({ webhooks }) => webhooks.get("5a0b", "57ff"),
      answers: [{ webhook: webhookWire }],
      gives: webhook,
    },
    "update webhook": {
      call: ({ webhooks }) => webhooks.update("5a0b", "57ff", { triggers: ["*"] }),
      sent: [[`PUT ${one}/webhooks/57ff`, { triggers: ["*"] }]],
      answers: [{ webhook: webhookWire }],
      gives: webhook,
    },
    "list integrations": {
      call: ({ integrations }) => integrations.list("5a0b"),
      answers: [{ integrations: [telegramWire] }],
      gives: { items: [telegram], unreadable: [] },
    },
  };
}

describe.each(["v1", "v1.1"] as const)("API %s", (version) => {
  const rows = Object.entries(rowsOf(version));

  it.each(rows)("%s", (_, row) => play(version, row));

  it.each(rows)("%s refuses a response of another shape", (_, row) =>
    refuse(version, row, { something: "else" }),
  );

  it("lists apps in pages of a hundred", async () => {
    const { smooch, sent } = scripted(version, [
      { apps: [appWire, { ...appWire, _id: "5a0c" }], hasMore: true },
      { apps: [{ ...appWire, _id: "5a0d" }], hasMore: true },
      { apps: [], hasMore: true },
    ]);
    expect((await smooch.apps.list()).items).toHaveLength(3);
    const page = `GET /${version}/apps?limit=100&offset=`;
    expect(sent).toEqual([[`${page}0`], [`${page}2`], [`${page}3`]]);
  });

  it("ends the list of apps with an error if a page repeats earlier items", async () => {
    const page = { apps: [appWire], hasMore: true };
    const { smooch, sent } = scripted(version, [page, page]);
    await expect(smooch.apps.list()).rejects.toMatchObject({
      message:
        "No usable response from Smooch to the request to list apps: the list does not end: a page repeats earlier items at https://api.smooch.io. Check smooch:baseUrl, and that no proxy responds instead of the API.",
      retryable: false,
      mayBeApplied: false,
    });
    expect(sent).toHaveLength(2);
  });

  it("accepts a last page that repeats earlier items", async () => {
    const { smooch } = scripted(version, [{ apps: [appWire], hasMore: true }, { apps: [appWire] }]);
    expect(await smooch.apps.list()).toEqual({ items: [app, app], unreadable: [] });
  });

  it.each(["a/b", "..", ".", "", "a%2Fb", "a?b", "a\n"])("sends nothing for the id %j", async (odd) => {
    const { smooch, sent } = scripted(version, []);
    expect(() => smooch.keys.get("5a0b", odd)).toThrow(
      "not a Smooch id: ids contain letters, digits, - and _ only",
    );
    expect(() => smooch.apps.delete(odd)).toThrow("not a Smooch id");
    expect(sent).toEqual([]);
  });

  it.each(["..", "a/b", ""])("does not accept %j as an id", async (odd) => {
    const { smooch } = scripted(version, [{ key: { ...keyWire, _id: odd } }]);
    await expect(smooch.keys.create("5a0b", { name: "a" })).rejects.toThrow(
      `The response from Smooch for a key in app 5a0b has an unexpected format: _id has an unexpected value`,
    );
  });

  it("ignores unknown fields", async () => {
    const wire = {
      ...appWire,
      icon: "x",
      settings: { maskCreditCardNumbers: true, theme: { dark: true } },
      metadata: null,
    };
    const { smooch } = scripted(version, [{ app: wire }]);
    expect(await smooch.apps.get("5a0b")).toEqual({ ...app, metadata: undefined });
  });

  it.each([
    [version.slice(1), version],
    [version, version],
    ["1.1", "v1.1"],
    ["v2", "v2"],
    ["v7", version],
  ])("reads a webhook's version %s as %s", async (text, expected) => {
    const { smooch } = scripted(version, [{ webhook: { ...webhookWire, version: text } }]);
    expect((await smooch.webhooks.get("5a0b", "57ff")).version).toBe(expected);
  });

  it.each([
    [{ error: { code: "forbidden", description: "No." } }, "No", "forbidden"],
    [{ error: { code: "forbidden" } }, "forbidden", "forbidden"],
    [{ error: { description: "No" } }, "No", undefined],
    [{ errors: [{ code: "forbidden" }] }, "the request is malformed", undefined],
    ["<html>", "the request is malformed", undefined],
  ])("reads the error body %j", async (body, reason, code) => {
    const { smooch } = scripted(version, [refused(400, body)]);
    await expect(smooch.apps.get("5a0b")).rejects.toMatchObject({
      code,
      summary: `Smooch refused to read app 5a0b: ${reason} (HTTP 400).`,
    });
  });

  it("names an object to be created without any of its inputs", async () => {
    const { smooch } = scripted(version, [refused(400), refused(400)]);
    const webhook = { target: "https://ann:pw@bot.example:8443/in/t0ken?key=1", triggers: [] };
    await expect(smooch.webhooks.create("5a0b", webhook)).rejects.toMatchObject({
      resource: "a webhook in app 5a0b",
    });
    await expect(smooch.apps.create({ name: "Shop" })).rejects.toMatchObject({ resource: "an app" });
  });

  it("reads a trigger returned as a bare string, and ignores fields without a name", async () => {
    const hook = { _id: "57ff", target: "https://a", triggers: "*", secret: "s3cret-of-the-hook" };
    const app = { _id: "5a0b", name: "Shop", settings: { "": true, a: true }, metadata: { "": "x", b: 1 } };
    const { smooch } = scripted(version, [{ webhook: hook }, { app }]);
    expect((await smooch.webhooks.get("5a0b", "57ff")).triggers).toEqual(["*"]);
    expect(await smooch.apps.get("5a0b")).toMatchObject({ settings: { a: true }, metadata: { b: 1 } });
  });
});

it("pages through integrations in v1.1 only", async () => {
  const pages = [
    { integrations: [telegramWire], hasMore: true },
    { integrations: [{ ...telegramWire, _id: "5b0d" }], hasMore: false },
  ];
  const newer = scripted("v1.1", pages);
  expect((await newer.smooch.integrations.list("5a0b")).items.map(({ id }) => id)).toEqual(["5b0c", "5b0d"]);
  expect(newer.sent).toEqual([
    ["GET /v1.1/apps/5a0b/integrations?limit=100&offset=0"],
    ["GET /v1.1/apps/5a0b/integrations?limit=100&offset=1"],
  ]);
});

it.each<["v1" | "v1.1", "keys" | "webhooks" | "integrations", object]>([
  ["v1", "keys", keyWire],
  ["v1.1", "keys", keyWire],
  ["v1", "webhooks", webhookWire],
  ["v1.1", "webhooks", webhookWire],
  ["v1", "integrations", telegramWire],
])("in %s a list of %s has no second page, even if it reports more", async (version, noun, wire) => {
  const { smooch, sent } = scripted(version, [{ [noun]: [wire], hasMore: true }]);
  expect((await smooch[noun].list("5a0b")).items).toHaveLength(1);
  expect(sent).toEqual([[`GET /${version}/apps/5a0b/${noun}`]]);
});
