import { describe, expect, it } from "vitest";
import { checkInputs } from "../../src/provider/check";
import { app } from "../../src/provider/kinds/app";
import { key } from "../../src/provider/kinds/key";
import { webhook } from "../../src/provider/kinds/webhook";
import { unknownValue } from "../../src/provider/values";

describe("check", () => {
  it("accepts what is right, fills in defaults and drops what is not set", () => {
    expect(checkInputs(webhook, { appId: "5a0b", target: "https://a.example", triggers: null })).toEqual({
      inputs: { appId: "5a0b", target: "https://a.example", triggers: ["message"] },
      failures: [],
    });
    expect(
      checkInputs(app, { name: "Shop", settings: { useAnimalNames: undefined }, metadata: undefined }),
    ).toEqual({
      inputs: { name: "Shop", settings: {} },
      failures: [],
    });
  });

  it("reports everything at once, each by its property", () => {
    expect(
      checkInputs(webhook, { target: 7, triggers: ["message", "typing"], colour: "red" }).failures,
    ).toEqual([
      { property: "appId", reason: "is required" },
      { property: "target", reason: "must be a URL" },
      {
        property: "triggers.1",
        reason: expect.stringContaining("is no trigger of API v1 (message, *, message:appUser,"),
      },
      { property: "colour", reason: "is not a property of this resource" },
    ]);
  });

  it.each([
    [app, { name: "" }, "name", "must not be empty"],
    [app, { name: "x".repeat(101) }, "name", "must not be longer than 100 characters"],
    [
      app,
      { name: "x", settings: { echoPostback: true } },
      "settings.echoPostback",
      "is not a property of this resource",
    ],
    [app, { name: "x", settings: "dark" }, "settings", "must be an object"],
    [app, { name: "x", metadata: { list: [1] } }, "metadata.list", "must be a text, a number or a boolean"],
    [
      app,
      { name: "x", metadata: { text: "ä".repeat(2050) } },
      "metadata",
      "must not take more than 4096 bytes as JSON",
    ],
    [
      app,
      { name: "x", metadata: JSON.parse('{"__proto__":1}') },
      "metadata",
      "must not hold a property named __proto__",
    ],
    [key, { appId: "", name: "x" }, "appId", "must not be empty"],
    [key, { appId: "5a0b", name: "x", keepers: [] }, "keepers", "must be a flat object"],
    [
      webhook,
      { appId: "5a0b", target: "mailto:ann@example.com" },
      "target",
      "must be a URL that begins with http:// or https://",
    ],
    [
      webhook,
      { appId: "5a0b", target: "https://a.example", triggers: [] },
      "triggers",
      "must name at least one trigger",
    ],
    [
      webhook,
      { appId: "5a0b", target: "https://a.example", triggers: "message" },
      "triggers",
      "must be a list",
    ],
  ])("%#: refuses %o by naming %s", (kind, inputs, property, reason) => {
    expect(checkInputs(kind, inputs).failures).toEqual([{ property, reason }]);
  });

  it("accepts an unknown value anywhere", () => {
    const u = unknownValue;
    for (const [kind, inputs] of [
      [app, { name: u, settings: u, metadata: u }],
      [app, { name: u, settings: { useAnimalNames: u }, metadata: { tier: u } }],
      [key, { appId: u, name: u, keepers: u }],
      [webhook, { appId: u, target: u, triggers: u }],
      [webhook, { appId: u, target: u, triggers: ["message", u] }],
    ] as const) {
      expect(checkInputs(kind, inputs)).toEqual({ inputs, failures: [] });
    }
  });

  it("still sees what is wrong beside an unknown value", () => {
    const inputs = { appId: unknownValue, target: "nowhere", triggers: [unknownValue, "typing"] };
    expect(checkInputs(webhook, inputs).failures.map(({ property }) => property)).toEqual([
      "target",
      "triggers.1",
    ]);
  });
});
