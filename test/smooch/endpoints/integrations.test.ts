import { describe, expect, it } from "vitest";
import { type ApiVersion, apiVersions } from "../../../src/smooch/api-version";
import type { NewIntegration } from "../../../src/smooch/endpoints/integration";
import { words } from "../../support/words";
import { refused, scripted } from "./wire";

const id = (version: ApiVersion) => ({ [words[version].id]: "5b0c" });

/** Creates an integration; returns the body sent, and the result of a response that has `more` fields. */
async function through(version: ApiVersion, given: NewIntegration, more: object = {}) {
  const { smooch, sent } = scripted(version, [{ integration: { ...id(version), type: "?", ...more } }]);
  const made = await smooch.integrations.create("5a0b", given);
  return { body: sent[0]?.[1], made: JSON.parse(JSON.stringify(made)) };
}

const read = async (version: ApiVersion, wire: object) => {
  const { smooch } = scripted(version, [{ integration: { ...id(version), ...wire } }]);
  return JSON.parse(JSON.stringify(await smooch.integrations.get("5a0b", "5b0c")));
};

describe("names that differ on the wire", () => {
  it.each<[ApiVersion, string, string]>([
    ["v1", "android", "fcm"],
    ["v1.1", "android", "fcm"],
    ["v2", "android", "android"],
    ["v1", "ios", "apn"],
    ["v1.1", "ios", "apn"],
    ["v2", "ios", "ios"],
    ["v1", "web", "web"],
    ["v2", "web", "web"],
  ])("in %s the type %s is sent as %s", async (version, type, wire) => {
    const { body, made } = await through(version, { type, certificate: "c" }, { type: wire });
    expect(body).toEqual({ type: wire, certificate: "c" });
    expect(made).toEqual({ id: "5b0c", type, details: {} });
  });

  it("in v2 a type with an older name is kept", async () => {
    expect(await read("v2", { type: "fcm" })).toEqual({ id: "5b0c", type: "fcm", details: {} });
  });

  it.each<[ApiVersion, NewIntegration, object]>([
    ["v1", { type: "messenger", facebookAppId: "1" }, { type: "messenger", appId: "1" }],
    ["v2", { type: "messenger", facebookAppId: "1" }, { type: "messenger", appId: "1" }],
    ["v1.1", { type: "instagram", facebookAppId: "1" }, { type: "instagram", appId: "1" }],
    ["v1.1", { type: "wechat", wechatAppId: "1" }, { type: "wechat", appId: "1" }],
    // Fields of other types are not renamed.
    ["v2", { type: "kakao", facebookAppId: "1" }, { type: "kakao", facebookAppId: "1" }],
  ])("in %s %j is sent as %j", async (version, given, wire) => {
    const { body, made } = await through(version, given, wire);
    expect(body).toEqual(wire);
    if (given.type !== "kakao") expect(made).toEqual({ id: "5b0c", details: {}, ...given });
  });

  it.each(apiVersions)("in %s an empty name is sent as null, on create and on update", async (version) => {
    expect((await through(version, { type: "viber", displayName: "" })).body).toEqual({
      type: "viber",
      displayName: null,
    });
    const { smooch, sent } = scripted(version, [{ integration: { ...id(version), type: "viber" } }]);
    await smooch.integrations.update("5a0b", "5b0c", { type: "viber", displayName: "" });
    expect(sent[0]?.[1]).toEqual({ displayName: null });
  });
});

it.each(apiVersions)("in %s fields unknown to this package are sent unchanged", async (version) => {
  const given = {
    type: "kakao",
    displayName: "Talk",
    fields: { region: "eu", list: [1], off: false },
    secretFields: { key: { a: "s3cret-of-the-hook" } },
  };
  const wire = {
    type: "kakao",
    displayName: "Talk",
    region: "eu",
    list: [1],
    off: false,
    key: { a: "s3cret-of-the-hook" },
  };
  expect((await through(version, given)).body).toEqual(wire);
  const { smooch, sent } = scripted(version, [{ integration: { ...id(version), type: "kakao" } }]);
  await smooch.integrations.update("5a0b", "5b0c", given);
  const { type: _, ...change } = wire;
  expect(sent[0]?.[1]).toEqual(change);
});

describe("reading an integration", () => {
  const common = { displayName: "N", showAIDisclaimer: true };
  it.each<[string, object, object]>([
    [
      "returns its fields, what Smooch fills in, and nothing else",
      { type: "mailgun", status: "error", error: "x", domain: "d", fromAddress: null, newer: 1, ...common },
      { type: "mailgun", status: "error", domain: "d", details: {}, ...common },
    ],
    [
      "returns no null",
      { type: "messenger", status: null, pageAccessToken: null, pageId: 7, pageName: null },
      { type: "messenger", details: { pageId: 7 } },
    ],
    [
      "keeps false, empty strings and empty lists",
      { type: "web", fixedIntroPane: false, originWhitelist: [], brandColor: "" },
      { type: "web", fixedIntroPane: false, originWhitelist: [], brandColor: "", details: {} },
    ],
    [
      "returns the secret of a webhook",
      { type: "messagebird", originator: "1", webhookSecret: "s3cret-of-the-hook" },
      { type: "messagebird", originator: "1", webhookSecret: "s3cret-of-the-hook", details: {} },
    ],
    [
      "ignores a secret that is not a string",
      { type: "wechat", webhookSecret: 7 },
      { type: "wechat", details: {} },
    ],
    [
      "returns the responder that was chosen for the channel",
      { type: "web", defaultResponder: { id: "5a0e", name: "bot", inherited: false } },
      { type: "web", defaultResponderId: "5a0e", details: {} },
    ],
    [
      "returns an empty responder if the switchboard's default responds",
      { type: "web", defaultResponder: { id: "5a0e", name: "bot", inherited: true } },
      { type: "web", defaultResponderId: "", details: {} },
    ],
    [
      "returns no responder if Smooch does not say who responds",
      { type: "web", defaultResponder: { name: "bot", integrationId: "5a0f" } },
      { type: "web", details: {} },
    ],
    [
      "accepts any type",
      { type: "zd:agentWorkspace", status: "odd", token: "t", ...common },
      { type: "zd:agentWorkspace", status: "odd", details: {}, ...common },
    ],
    [
      "accepts a type named like a built-in property",
      { type: "constructor" },
      { type: "constructor", details: {} },
    ],
  ])("%s", async (_, wire, expected) => {
    for (const version of apiVersions) expect(await read(version, wire)).toEqual({ id: "5b0c", ...expected });
  });

  it("returns a custom integration's webhook without its id, and with its flags unless null", async () => {
    const inner = {
      id: "57ff",
      target: "https://a.example",
      triggers: ["user:merge"],
      secret: "s3cret-of-the-hook",
    };
    const wire = { type: "custom", displayName: null };
    const shown = { target: "https://a.example", triggers: ["user:merge"] };
    const rest = {
      id: "5b0c",
      type: "custom",
      webhookSecret: "s3cret-of-the-hook",
      details: { webhookId: "57ff" },
    };
    const nulls = { includeFullUser: null, includeFullSource: null };
    expect(await read("v2", { ...wire, webhooks: [{ ...inner, ...nulls }] })).toEqual({
      ...rest,
      webhooks: [shown],
    });
    const flags = { includeFullUser: false, includeFullSource: true };
    expect(await read("v2", { ...wire, webhooks: [{ ...inner, ...flags, version: "v1" }] })).toEqual({
      ...rest,
      webhooks: [{ ...shown, ...flags }],
    });
  });

  it.each([
    ["missing", undefined],
    ["null", null],
    ["an empty list", []],
    ["not an object", ["s3cret-of-the-hook"]],
    ["not in a list", { id: "57ff", secret: "s3cret-of-the-hook" }],
    [
      "without an id",
      [{ target: "https://a.example", triggers: ["user:merge"], secret: "s3cret-of-the-hook" }],
    ],
    [
      "malformed",
      [{ id: "57ff", target: "https://a.example", triggers: "user:merge", secret: "s3cret-of-the-hook" }],
    ],
  ])("returns nothing of a custom integration's webhook that is %s", async (_, webhooks) => {
    const wire = { id: "5b0c", type: "custom", webhooks };
    expect(await read("v2", wire)).toEqual({ id: "5b0c", type: "custom", details: {} });
    const { smooch } = scripted("v2", [{ integration: wire }]);
    expect((await smooch.integrations.get("5a0b", "5b0c")).webhooks).toBeUndefined();
  });
});

describe("no message shows", () => {
  const quoting = (version: ApiVersion, given: NewIntegration, text: (sent: string) => string) => {
    const error = text(JSON.stringify(given));
    const body = { errors: [{ code: "bad_request", title: error }], error: { description: error } };
    const { smooch } = scripted(version, [refused(400, body), refused(400, body)]);
    return {
      create: smooch.integrations.create("5a0b", given),
      update: smooch.integrations.update("5a0b", "5b0c", given),
    };
  };

  it.each<[string, NewIntegration, string]>([
    [
      "credentials",
      {
        type: "messenger",
        facebookAppId: "12345678",
        appSecret: "s3cret-of-app",
        pageAccessToken: "t0ken-of-page",
      },
      '{"type":"messenger","facebookAppId":"[secret]","appSecret":"[secret]","pageAccessToken":"[secret]"}',
    ],
    [
      "secret fields",
      { type: "kakao", fields: { region: "europe" }, secretFields: { key: "k3y-of-talk" } },
      '{"type":"[secret]","fields":{"region":"[secret]"},"secretFields":{"key":"[secret]"}}',
    ],
    [
      "secret fields, however deep",
      {
        type: "kakao",
        secretFields: { oauth: { token: "t0ken-of-talk", old: ["t0ken-before", 1] }, key: null },
      },
      '{"type":"[secret]","secretFields":{"oauth":{"token":"[secret]","old":["[secret]",1]},"key":null}}',
    ],
    [
      "credentials with several lines",
      { type: "android", privateKey: '-----BEGIN "k3y"\nabcdef\nghi\n' },
      '{"type":"android","privateKey":"[secret]"}',
    ],
    [
      "credentials, except those too short to redact",
      { type: "telegram", token: "abc" },
      '{"type":"telegram","token":"abc"}',
    ],
  ])("%s", async (_, given, shown) => {
    for (const version of apiVersions) {
      const { create, update } = quoting(version, given, (sent) => `Bad: ${sent}`);
      await expect(create).rejects.toThrow(
        `Smooch refused to create an integration in app 5a0b: Bad: ${shown} (HTTP 400).`,
      );
      await expect(update).rejects.toThrow(
        `Smooch refused to update integration 5b0c of app 5a0b: Bad: ${shown} (HTTP 400).`,
      );
    }
  });

  it("the target of a custom integration's webhook", async () => {
    const webhooks = [{ target: "https://a.example/t0ken?key=k3y", triggers: ["user:merge"] }];
    const given = { type: "custom", webhooks };
    const body = { errors: [{ title: `Bad: ${webhooks[0]?.target}` }] };
    const inner = { id: "57ff", target: "https://a", triggers: [], secret: "s3cret-of-the-hook" };
    const integration = { id: "5b0c", type: "custom", webhooks: [inner] };
    const { smooch } = scripted("v2", [refused(400, body), { integration }, refused(400, body)]);
    await expect(smooch.integrations.create("5a0b", given)).rejects.toThrow("Bad: [secret] (HTTP 400)");
    await expect(smooch.integrations.update("5a0b", "5b0c", given)).rejects.toThrow(
      "Smooch refused to update webhook 5b0c of app 5a0b: Bad: [secret] (HTTP 400).",
    );
  });

  it("the path and the query of a webhook's target, in any API version", async () => {
    const target = "https://a.example/t0ken?key=k3y";
    const quoted = "no answer at /t0ken of https://a.example with ?key=k3y";
    const body = { errors: [{ title: quoted }], error: { description: quoted } };
    for (const version of apiVersions) {
      const { smooch } = scripted(version, [refused(400, body)]);
      await expect(smooch.webhooks.create("5a0b", { target, triggers: [] })).rejects.toThrow(
        "no answer at [secret] of https://a.example with [secret] (HTTP 400)",
      );
    }
    const { smooch } = scripted("v2", [refused(400, body)]);
    const webhooks = [{ target, triggers: [] }];
    await expect(smooch.integrations.create("5a0b", { type: "custom", webhooks })).rejects.toThrow(
      "no answer at [secret] of https://a.example with [secret] (HTTP 400)",
    );
  });

  it("the secret of a webhook that was read before", async () => {
    const inner = { id: "57ff", target: "https://a", triggers: [], secret: "s3cret-of-the-hook" };
    const quoted = refused(400, { errors: [{ title: "Bad s3cret-of-the-hook and s3cret-of-the-bird" }] });
    const { smooch } = scripted("v2", [
      { integrations: [{ id: "5b0c", type: "custom", webhooks: [inner] }] },
      { integration: { id: "5b0d", type: "messagebird", webhookSecret: "s3cret-of-the-bird" } },
      quoted,
    ]);
    await smooch.integrations.list("5a0b");
    await smooch.integrations.get("5a0b", "5b0d");
    await expect(smooch.apps.get("5a0b")).rejects.toThrow("Bad [secret] and [secret] (HTTP 400)");
  });
});
