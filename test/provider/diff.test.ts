import { describe, expect, it } from "vitest";
import { diffProperties } from "../../src/provider/diff";
import { app } from "../../src/provider/kinds/app";
import { key } from "../../src/provider/kinds/key";
import { webhook } from "../../src/provider/kinds/webhook";
import { unknownValue } from "../../src/provider/values";

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
});
