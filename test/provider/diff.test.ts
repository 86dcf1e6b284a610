import { describe, expect, it } from "vitest";
import { diffProperties as diffAt } from "../../src/provider/diff";
import type { Properties } from "../../src/provider/kind";
import { app } from "../../src/provider/kinds/app";
import { integration } from "../../src/provider/kinds/integration";
import { key } from "../../src/provider/kinds/key";
import { webhook } from "../../src/provider/kinds/webhook";
import { unknownValue } from "../../src/provider/values";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";

const keyId = "app_5735dcf248011972d621dc01";
const keyMadeAt = Date.UTC(2016, 4, 13, 13, 56, 2);
const dayMs = 24 * 60 * 60 * 1000;

const diffProperties = (kind: Parameters<typeof diffAt>[0], olds: object, news: object) =>
  diffAt(kind, keyId, { ...olds }, { ...news }, { now: keyMadeAt, version: "v1" });

const keyState = { appId: "5a0b", name: "backend", keepers: { a: 1, b: 2 }, secret: "s", __seenBy: "act_1" };
const webhookState = {
  appId: "5a0b",
  target: "https://a.example",
  version: "v1",
  triggers: ["message", "postback"],
  secret: "s",
};

describe("diff", () => {
  it.each([
    ["the same", key, keyState, { appId: "5a0b", name: "backend", keepers: { a: 1, b: 2 } }],
    ["another order of keys", key, keyState, { keepers: { b: 2, a: 1 }, name: "backend", appId: "5a0b" }],
    [
      "another order of triggers",
      webhook,
      webhookState,
      { ...webhookState, triggers: ["postback", "message"] },
    ],
    [
      "a trigger named twice",
      webhook,
      webhookState,
      { ...webhookState, triggers: ["postback", "message", "message"] },
    ],
    ["nothing instead of an empty object", app, { name: "x", metadata: {} }, { name: "x" }],
  ])("%s is not a change", (_, kind, olds, news) => {
    expect(diffProperties(kind, olds, news)).toEqual({ changes: false });
  });

  it.each([
    ["a new name of an app", app, { name: "x" }, { name: "y" }],
    ["a newly declared setting", app, { name: "x" }, { name: "x", settings: { useAnimalNames: false } }],
    ["metadata that is no longer declared", app, { name: "x", metadata: { a: 1 } }, { name: "x" }],
    ["a new target", webhook, webhookState, { ...webhookState, target: "https://b.example" }],
    ["an unknown target", webhook, webhookState, { ...webhookState, target: unknownValue }],
  ])("%s is an update whose details the engine shows", (_, kind, olds, news) => {
    expect(diffProperties(kind, olds, news)).toEqual({});
  });

  it.each([
    ["another app", { ...keyState, appId: "5a0c" }, ["appId"]],
    ["an unknown app", { ...keyState, appId: unknownValue }, ["appId"]],
    ["a new name", { ...keyState, name: "frontend" }, ["name"]],
    ["a changed keeper", { ...keyState, keepers: { a: 1, b: 3 } }, ["keepers"]],
    ["a removed keeper", { ...keyState, keepers: { a: 1 } }, ["keepers"]],
  ])("%s creates a new key before the old one is deleted", (_, news, replaces) => {
    expect(diffProperties(key, keyState, news)).toEqual({ replaces, deleteBeforeReplace: false });
  });

  it("a webhook that moves to another app is deleted first only if its target stays the same", () => {
    const moved = { ...webhookState, appId: "5a0c" };
    expect(diffProperties(webhook, webhookState, moved)).toEqual({
      replaces: ["appId"],
      deleteBeforeReplace: true,
    });
    expect(diffProperties(webhook, webhookState, { ...moved, target: "https://b.example" })).toEqual({
      replaces: ["appId"],
      deleteBeforeReplace: false,
    });
  });

  it("a state without its secret is repaired by an update", () => {
    const { secret: _, ...state } = keyState;
    expect(diffProperties(key, state, keyState)).toEqual({ changes: true });
  });

  it("a key is replaced when it reaches rotateAfterDays, and the diff names the reason", () => {
    const aged = { ...keyState, rotateAfterDays: 30 };
    const at = (days: number) =>
      diffAt(key, keyId, aged, aged, { now: keyMadeAt + days * dayMs, version: "v1" });
    expect(at(29.999)).toEqual({ changes: false });
    expect(at(30)).toEqual({
      changes: true,
      replaces: ["rotateAfterDays"],
      deleteBeforeReplace: false,
      reason: `key ${keyId} is 30 days old, which is past its rotateAfterDays: a new one replaces it`,
    });
    expect(() =>
      diffAt(key, "app_5734146407a69b610074", aged, aged, { now: keyMadeAt, version: "v1" }),
    ).toThrow("rotateAfterDays cannot be used: the object's id does not tell when it was created");
  });

  it("a new value of rotateAfterDays replaces nothing by itself", () => {
    expect(diffProperties(key, keyState, { ...keyState, rotateAfterDays: 30 })).toEqual({});
  });

  it("a state without a valid appId is repaired by an update", () => {
    const { appId: _, ...state } = keyState;
    expect(diffProperties(key, state, keyState)).toEqual({ changes: true });
    expect(diffProperties(key, { ...keyState, appId: 7 }, { ...keyState, keepers: {} })).toEqual({
      changes: true,
    });
  });
});

describe("a webhook's version", () => {
  it.each<[string, string, string[]]>([
    ["v1", "v1", []],
    ["v1", "v1.1", ["version"]],
    ["v2", unknownValue, ["version"]],
  ])("of %s in the state and %s in the program replaces %j", (old, version, replaces) => {
    expect(diffProperties(webhook, { ...webhookState, version: old }, { ...webhookState, version })).toEqual(
      replaces.length > 0 ? { replaces, deleteBeforeReplace: true } : { changes: false },
    );
  });

  it("that is damaged in the state is repaired by an update", () => {
    expect(diffProperties(webhook, { ...webhookState, version: "v9" }, webhookState)).toEqual({
      changes: true,
    });
  });
});

describe("an integration", () => {
  /** The diff of a change in an API version: names the inputs that replace the integration, if any. */
  const diff = (olds: Properties, news: Properties, version: ApiVersion) => {
    const more = { appId: "5a0b", status: "active", details: {} };
    return diffAt(
      integration,
      "5a0b1c2d3e4f5a6b7c8d9e0f",
      { ...more, ...olds },
      { appId: "5a0b", ...news },
      { now: 0, version },
    );
  };
  const replacing = (...replaces: string[]) => ({ replaces, deleteBeforeReplace: true });
  const inPlace = {};
  const nothing = { changes: false };

  it.each<[string, Properties, Properties, object[]]>([
    [
      "the same",
      { type: "telegram", token: "a" },
      { type: "telegram", token: "a" },
      [nothing, nothing, nothing],
    ],
    ["another type", { type: "web" }, { type: "unity" }, Array(3).fill(replacing("type"))],
    ["another app", { type: "web" }, { type: "web", appId: "5a0c" }, Array(3).fill(replacing("appId"))],
    ["a name", { type: "viber" }, { type: "viber", displayName: "V" }, [inPlace, inPlace, inPlace]],
    ["a removed name", { type: "viber", displayName: "V" }, { type: "viber" }, [inPlace, inPlace, inPlace]],
    [
      "a new page token",
      { type: "messenger", pageAccessToken: "a" },
      { type: "messenger", pageAccessToken: "b" },
      [replacing("pageAccessToken"), replacing("pageAccessToken"), inPlace],
    ],
    [
      "a new LINE secret",
      { type: "line", channelSecret: "a" },
      { type: "line", channelSecret: "b" },
      [inPlace, inPlace, replacing("channelSecret")],
    ],
    [
      "a new token",
      { type: "telegram", token: "a" },
      { type: "telegram", token: "b" },
      Array(3).fill(replacing("token")),
    ],
    [
      "a token no longer given",
      { type: "telegram", token: "a" },
      { type: "telegram" },
      Array(3).fill(nothing),
    ],
    [
      "a token given for the first time to one that was created without it",
      { type: "telegram" },
      { type: "telegram", token: "a" },
      Array(3).fill(replacing("token")),
    ],
    [
      "a token given for the first time to one that was adopted without it",
      { type: "telegram", __adopted: true },
      { type: "telegram", token: "a" },
      Array(3).fill(inPlace),
    ],
    [
      "a new token for one that was adopted",
      { type: "telegram", token: "a", __adopted: true },
      { type: "telegram", token: "b" },
      Array(3).fill(replacing("token")),
    ],
    [
      "a field that Smooch returns, given for the first time to one that was adopted",
      { type: "twilio", __adopted: true },
      { type: "twilio", accountSid: "a" },
      Array(3).fill(replacing("accountSid")),
    ],
    [
      "an unknown token",
      { type: "telegram", token: "a" },
      { type: "telegram", token: unknownValue },
      Array(3).fill(replacing("token")),
    ],
    [
      "a changed field that Smooch returns",
      { type: "twilio", accountSid: "a" },
      { type: "twilio", accountSid: "b" },
      Array(3).fill(replacing("accountSid")),
    ],
    [
      "a field that Smooch returns and that is no longer given",
      { type: "line", channelId: "a" },
      { type: "line" },
      [inPlace, inPlace, replacing("channelId")],
    ],
    ["a colour", { type: "web", brandColor: "a" }, { type: "web", brandColor: "b" }, Array(3).fill(inPlace)],
    [
      "another default responder",
      { type: "web", defaultResponderId: "a" },
      { type: "web", defaultResponderId: "b" },
      Array(3).fill(inPlace),
    ],
    [
      "other fields of a channel that this package does not know",
      { type: "kakao", fields: { a: 1 } },
      { type: "kakao", fields: { a: 2 } },
      Array(3).fill(inPlace),
    ],
    [
      "another order of its webhook's triggers",
      { type: "custom", webhooks: [{ target: "https://a.example", triggers: ["a", "b"] }] },
      { type: "custom", webhooks: [{ target: "https://a.example", triggers: ["b", "a"] }] },
      Array(3).fill(nothing),
    ],
    [
      "values that Smooch filled in",
      { type: "web", status: "error", details: { a: 1 } },
      { type: "web" },
      Array(3).fill(nothing),
    ],
  ])("with %s", (_, olds, news, expected) => {
    expect(apiVersions.map((version) => diff(olds, news, version))).toEqual(expected);
  });

  it("whose state lacks its type is repaired by an update", () => {
    expect(diff({}, { type: "web" }, "v2")).toEqual({ changes: true });
  });
});
