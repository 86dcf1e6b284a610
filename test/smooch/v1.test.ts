import { describe, expect, it } from "vitest";
import { v1 } from "../../src/smooch/generations/v1";
import type { Call } from "../../src/smooch/http";

const appWire = { _id: "5a0b", appToken: "3s58", name: "Shop", settings: { maskCreditCardNumbers: true } };
const app = {
  id: "5a0b",
  appToken: "3s58",
  name: "Shop",
  settings: { maskCreditCardNumbers: true },
  metadata: undefined,
};
const keyWire = { _id: "app_1", name: "key1", secret: "Y4SI" };
const key = { id: "app_1", name: "key1", secret: "Y4SI" };
const webhookWire = { _id: "57ff", target: "https://a.example/x", triggers: ["message"], secret: "s3cr" };
const webhook = { id: "57ff", target: "https://a.example/x", triggers: ["message"], secret: "s3cr" };

// legacy.md 2.1, 3, 4.1: one row per operation.
const operations: [string, Call<unknown> | undefined, string, object | undefined, unknown, unknown][] = [
  ["create app", v1.apps.create({ name: "Shop" }), "POST /v1/apps", { name: "Shop" }, { app: appWire }, app],
  ["get app", v1.apps.get("5a0b"), "GET /v1/apps/5a0b", undefined, { app: appWire }, app],
  [
    "update app",
    v1.apps.update("5a0b", { name: "B" }),
    "PUT /v1/apps/5a0b",
    { name: "B" },
    { app: appWire },
    app,
  ],
  ["delete app", v1.apps.delete("5a0b"), "DELETE /v1/apps/5a0b", undefined, {}, undefined],
  [
    "list apps",
    v1.apps.list(),
    "GET /v1/apps",
    undefined,
    { apps: [appWire], hasMore: false, offset: 0 },
    { items: [app] },
  ],
  [
    "create key",
    v1.keys.create("5a0b", { name: "key1" }),
    "POST /v1/apps/5a0b/keys",
    { name: "key1" },
    { key: keyWire },
    key,
  ],
  ["list keys", v1.keys.list("5a0b"), "GET /v1/apps/5a0b/keys", undefined, { keys: [keyWire] }, [key]],
  ["get key", v1.keys.get("5a0b", "app_1"), "GET /v1/apps/5a0b/keys/app_1", undefined, { key: keyWire }, key],
  [
    "delete key",
    v1.keys.delete("5a0b", "app_1"),
    "DELETE /v1/apps/5a0b/keys/app_1",
    undefined,
    {},
    undefined,
  ],
  [
    "get JWT",
    v1.keys.getJwt?.("5a0b", "app_1"),
    "GET /v1/apps/5a0b/keys/app_1/jwt",
    undefined,
    { jwt: "ey" },
    "ey",
  ],
  [
    "create webhook",
    v1.webhooks.create("5a0b", { target: "https://a.example/x", triggers: ["message"] }),
    "POST /v1/apps/5a0b/webhooks",
    { target: "https://a.example/x", triggers: ["message"] },
    { webhook: webhookWire },
    webhook,
  ],
  [
    "list webhooks",
    v1.webhooks.list("5a0b"),
    "GET /v1/apps/5a0b/webhooks",
    undefined,
    { webhooks: [webhookWire] },
    [webhook],
  ],
  [
    "get webhook",
    v1.webhooks.get("5a0b", "57ff"),
    "GET /v1/apps/5a0b/webhooks/57ff",
    undefined,
    { webhook: webhookWire },
    webhook,
  ],
  [
    "update webhook",
    v1.webhooks.update("5a0b", "57ff", { triggers: ["*"] }),
    "PUT /v1/apps/5a0b/webhooks/57ff",
    { triggers: ["*"] },
    { webhook: webhookWire },
    webhook,
  ],
  [
    "delete webhook",
    v1.webhooks.delete("5a0b", "57ff"),
    "DELETE /v1/apps/5a0b/webhooks/57ff",
    undefined,
    {},
    undefined,
  ],
];

describe("API v1", () => {
  it.each(operations)("%s", (_, call, request, body, answer, result) => {
    expect(`${call?.method} ${call?.path}`).toBe(request);
    expect(call?.body).toEqual(body);
    expect(call?.parse(answer)).toEqual(result);
  });

  it.each(operations.filter(([name]) => !name.startsWith("delete")))(
    "%s refuses an answer of another shape",
    (...row) => {
      expect(() => row[1]?.parse({ something: "else" })).toThrow();
      expect(() => row[1]?.parse(undefined)).toThrow();
    },
  );

  it("pages through the apps by a hundred", () => {
    const page = { apps: [appWire, appWire], hasMore: true };
    expect(v1.apps.list().query).toEqual({ limit: 100, offset: 0 });
    expect(v1.apps.list().parse(page).next).toBe("2");
    expect(v1.apps.list("100").query).toEqual({ limit: 100, offset: 100 });
    expect(v1.apps.list("100").parse(page).next).toBe("102");
    expect(v1.apps.list("100").parse({ apps: [], hasMore: true }).next).toBeUndefined();
  });

  it("keeps ids from leaving their place in the path", () => {
    expect(v1.keys.get("a/b", "../x?y").path).toBe("/v1/apps/a%2Fb/keys/..%2Fx%3Fy");
  });

  it("overlooks what it does not know", () => {
    const wire = {
      ...appWire,
      icon: "x",
      settings: { maskCreditCardNumbers: true, theme: { dark: true } },
      metadata: null,
    };
    expect(v1.apps.get("5a0b").parse({ app: wire })).toEqual(app);
  });

  it.each([
    [{ error: { code: "forbidden", description: "No." } }, { code: "forbidden", description: "No." }],
    [{ error: { code: "forbidden" } }, { code: "forbidden" }],
    [{ errors: [] }, {}],
    [undefined, {}],
  ])("reads the error body %o", (body, error) => {
    expect(v1.apps.get("5a0b").parseError(body)).toEqual(error);
  });

  it("names a webhook by where it goes, not by a path that may hold a token", () => {
    const create = (target: string) => v1.webhooks.create("5a0b", { target, triggers: [] }).subject.resource;
    expect(create("https://ann:pw@bot.example:8443/in/t0ken?key=1")).toBe(
      "webhook to https://bot.example:8443 of app 5a0b",
    );
    expect(create("nowhere")).toBe("webhook to its target of app 5a0b");
  });
});
