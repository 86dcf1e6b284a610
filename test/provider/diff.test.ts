import { describe, expect, it } from "vitest";
import { diffProperties as diffAt } from "../../src/provider/diff";
import { app } from "../../src/provider/kinds/app";
import { key } from "../../src/provider/kinds/key";
import { webhook } from "../../src/provider/kinds/webhook";
import { unknownValue } from "../../src/provider/values";

const keyId = "app_5735dcf248011972d621dc01";
const keyMadeAt = Date.UTC(2016, 4, 13, 13, 56, 2);
const dayMs = 24 * 60 * 60 * 1000;

const diffProperties = (kind: Parameters<typeof diffAt>[0], olds: object, news: object) =>
  diffAt(kind, keyId, { ...olds }, { ...news }, keyMadeAt);

const keyState = { appId: "5a0b", name: "backend", keepers: { a: 1, b: 2 }, secret: "s", __seenBy: "act_1" };
const webhookState = {
  appId: "5a0b",
  target: "https://a.example",
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
  ])("%s is no change", (_, kind, olds, news) => {
    expect(diffProperties(kind, olds, news)).toEqual({ changes: false });
  });

  it.each([
    ["a new name of an app", app, { name: "x" }, { name: "y" }],
    [
      "a setting that is declared now",
      app,
      { name: "x" },
      { name: "x", settings: { useAnimalNames: false } },
    ],
    ["metadata that is no longer declared", app, { name: "x", metadata: { a: 1 } }, { name: "x" }],
    ["a new target", webhook, webhookState, { ...webhookState, target: "https://b.example" }],
    ["an unknown target", webhook, webhookState, { ...webhookState, target: unknownValue }],
  ])("%s is an update whose details the engine shows", (_, kind, olds, news) => {
    expect(diffProperties(kind, olds, news)).toEqual({});
  });

  it.each([
    ["another app", { ...keyState, appId: "5a0c" }, ["appId"]],
    ["an app that is not known yet", { ...keyState, appId: unknownValue }, ["appId"]],
    ["a new name", { ...keyState, name: "frontend" }, ["name"]],
    ["a changed keeper", { ...keyState, keepers: { a: 1, b: 3 } }, ["keepers"]],
    ["a keeper that is gone", { ...keyState, keepers: { a: 1 } }, ["keepers"]],
  ])("%s makes a new key before the old one goes", (_, news, replaces) => {
    expect(diffProperties(key, keyState, news)).toEqual({ replaces, deleteBeforeReplace: false });
  });

  it("a webhook that moves to another app goes first only if its target stays", () => {
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

  it("a state without its secret is mended by an update", () => {
    const { secret: _, ...state } = keyState;
    expect(diffProperties(key, state, keyState)).toEqual({ changes: true });
  });

  it("a key is replaced when it is as old as it may be, and says so", () => {
    const aged = { ...keyState, rotateAfterDays: 30 };
    const at = (days: number) => diffAt(key, keyId, aged, aged, keyMadeAt + days * dayMs);
    expect(at(29.999)).toEqual({ changes: false });
    expect(at(30)).toEqual({
      changes: true,
      replaces: ["rotateAfterDays"],
      deleteBeforeReplace: false,
      reason: `key ${keyId} is 30 days old and rotateAfterDays is 30: a new one replaces it`,
    });
    expect(() => diffAt(key, "app_5734146407a69b610074", aged, aged, keyMadeAt)).toThrow(
      "rotateAfterDays cannot be used with app_5734146407a69b610074: that id does not tell when it was created",
    );
  });

  it("another number of days replaces nothing by itself", () => {
    expect(diffProperties(key, keyState, { ...keyState, rotateAfterDays: 30 })).toEqual({});
  });

  it("a state that does not say where its object is, is mended by an update", () => {
    const { appId: _, ...state } = keyState;
    expect(diffProperties(key, state, keyState)).toEqual({ changes: true });
    expect(diffProperties(key, { ...keyState, appId: 7 }, { ...keyState, keepers: {} })).toEqual({
      changes: true,
    });
  });
});
