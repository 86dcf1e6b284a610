import { describe, expect, it } from "vitest";
import { signatureKey } from "../../src/kinds";
import { checkInputs } from "../../src/provider/check";
import { Session } from "../../src/provider/context";
import type { Kind, Properties } from "../../src/provider/kind";
import { app } from "../../src/provider/kinds/app";
import { integration } from "../../src/provider/kinds/integration";
import { key } from "../../src/provider/kinds/key";
import { webhook } from "../../src/provider/kinds/webhook";
import { unknownValue } from "../../src/provider/values";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";
import { words } from "../support/words";
import { apps, keys } from "./support";

const kinds = { app, key, webhook, integration } as unknown as Record<string, Kind>;
const check = (name: string, news: Properties, version: ApiVersion = "v1", olds: Properties = {}) => {
  const kind = kinds[name];
  if (kind === undefined) throw new Error(`unknown kind ${name}`);
  return checkInputs(kind, news, { version, olds });
};
const hook = { appId: "5a0b", target: "https://a.example" };

describe("check", () => {
  it.each(apiVersions)("fills in the defaults of %s and drops what is not set", (version) => {
    expect(check("webhook", { ...hook, triggers: null }, version)).toEqual({
      inputs: { ...hook, version, triggers: [words[version].message] },
      failures: [],
      warnings: [],
    });
    const inputs = { name: "Shop", settings: { useAnimalNames: undefined }, metadata: undefined };
    expect(check("app", inputs, version)).toEqual({
      inputs: { name: "Shop", settings: {} },
      failures: [],
      warnings: [],
    });
  });

  it("takes a webhook's default triggers from the webhook's own API version", () => {
    expect(check("webhook", { ...hook, version: "v2" }, "v1").inputs).toEqual({
      ...hook,
      version: "v2",
      triggers: ["conversation:message"],
    });
    // An invalid version is ignored: the stack's API version decides the defaults.
    expect(check("webhook", { ...hook, version: "v3" }, "v1.1").inputs).toEqual({
      ...hook,
      version: "v3",
      triggers: ["message"],
    });
  });

  it("reports all failures at once, each with its property", () => {
    const inputs = { target: 7, triggers: ["message", "typing"], includeClient: true, colour: "red" };
    expect(check("webhook", inputs).failures).toEqual([
      { property: "appId", reason: "is required" },
      { property: "target", reason: "must be a URL" },
      { property: "colour", reason: "is not a property of this resource" },
      { property: "includeClient", reason: "needs apiVersion v1.1 or later" },
      {
        property: "triggers.1",
        reason: expect.stringContaining("is not a v1 trigger (message, *, message:appUser,"),
      },
    ]);
  });

  it("reports a property that does not exist while others are not known yet", () => {
    expect(check("key", { appId: unknownValue, name: "a", colour: "red" }).failures).toEqual([
      { property: "colour", reason: "is not a property of this resource" },
    ]);
  });

  const bytes = "must not take more than 4096 bytes as JSON";
  it.each<[string, Properties, string, string]>([
    ["app", { name: "" }, "name", "must not be empty"],
    ["app", { name: "x".repeat(101) }, "name", "must not be longer than 100 characters"],
    [
      "app",
      { name: "x", settings: { theme: "dark" } },
      "settings.theme",
      "is not a property of this resource",
    ],
    ["app", { name: "x", settings: "dark" }, "settings", "must be an object"],
    [
      "app",
      { name: "x", settings: { useAnimalNames: 1 } },
      "settings.useAnimalNames",
      "must be true or false",
    ],
    [
      "app",
      { name: "x", metadata: { list: [1] } },
      "metadata.list",
      "must be a string, a number or a boolean",
    ],
    ["app", { name: "x", metadata: { text: "ä".repeat(2050) } }, "metadata", bytes],
    // `{"t":""}` takes 8 bytes.
    ["app", { name: "x", metadata: { t: "x".repeat(4089) } }, "metadata", bytes],
    [
      "app",
      { name: "x", metadata: JSON.parse('{"__proto__":1}') },
      "metadata",
      "must not contain a property named __proto__",
    ],
    [
      "app",
      { name: "x", metadata: { [signatureKey]: "x" } },
      "metadata",
      "must not contain a property named 4dabf18193072939515e22adb298388d",
    ],
    ["key", { appId: "", name: "x" }, "appId", "must not be empty"],
    ["key", { appId: "..", name: "x" }, "appId", "must be an id: letters, digits, - and _"],
    ["webhook", { ...hook, appId: "a/b" }, "appId", "must be an id: letters, digits, - and _"],
    ["key", { appId: "5a0b", name: "x", keepers: [] }, "keepers", "must be a flat object"],
    [
      "webhook",
      { appId: "5a0b", target: "mailto:ann@example.com" },
      "target",
      "must be a URL that begins with http:// or https://, without spaces and backslashes",
    ],
    ["webhook", { ...hook, triggers: [] }, "triggers", "must name at least one trigger"],
    ["webhook", { ...hook, triggers: "message" }, "triggers", "must be a list"],
    ["webhook", { ...hook, triggers: ["message"], version: "v3" }, "version", "must be v1, v1.1, v2"],
    [
      "integration",
      { appId: "5a0b", type: "web", fields: JSON.parse('{"a":[{"__proto__":1}]}') },
      "fields",
      "must not contain a property named __proto__",
    ],
    ["integration", { appId: "5a0b", type: "web", fields: "x" }, "fields", "must be an object"],
    ["integration", { appId: "5a0b", type: "web", brandColor: 7 }, "brandColor", "must be a string"],
    [
      "integration",
      { appId: "5a0b", type: "web", fixedIntroPane: 1 },
      "fixedIntroPane",
      "must be true or false",
    ],
    [
      "integration",
      { appId: "5a0b", type: "web", displayStyle: "x" },
      "displayStyle",
      "must be button or tab",
    ],
    [
      "integration",
      { appId: "5a0b", type: "web", originWhitelist: "x" },
      "originWhitelist",
      "must be a list",
    ],
    [
      "integration",
      { appId: "5a0b", type: "web", originWhitelist: [1] },
      "originWhitelist.0",
      "must be a string",
    ],
    ["integration", { type: "web" }, "appId", "is required"],
    ["integration", { appId: "5a0b" }, "type", "is required"],
  ])("%#: refuses an %s with %j and names %s", (kind, inputs, property, reason) => {
    expect(check(kind, inputs).failures).toEqual([{ property, reason }]);
  });

  const u = unknownValue;
  it.each<[string, Properties]>([
    ["app", { name: u, settings: u, metadata: u }],
    ["app", { name: u, settings: { useAnimalNames: u }, metadata: { tier: u } }],
    ["key", { appId: u, name: u, keepers: u }],
    ["webhook", { appId: u, target: u, triggers: u, version: u }],
    ["webhook", { appId: u, target: u, triggers: ["message", u], version: "v1" }],
    ["integration", { appId: u, type: u }],
    [
      "integration",
      { appId: u, type: "web", brandColor: u, originWhitelist: [u], fields: u, secretFields: u },
    ],
    ["integration", { appId: u, type: "telegram", token: u }],
  ])("%#: accepts unknown values anywhere in an %s: %j", (kind, inputs) => {
    expect(check(kind, inputs)).toEqual({ inputs, failures: [], warnings: [] });
  });

  it("accepts metadata of 4096 bytes", () => {
    const inputs = { name: "x", metadata: { t: "x".repeat(4088) } };
    expect(check("app", inputs)).toEqual({ inputs, failures: [], warnings: [] });
  });

  it("still reports failures next to an unknown value", () => {
    const inputs = { appId: u, target: "nowhere", triggers: [u, "typing"] };
    expect(check("webhook", inputs).failures.map(({ property }) => property)).toEqual([
      "target",
      "triggers.1",
    ]);
    expect(check("app", { name: u, settings: { echoPostback: u } }).failures).toEqual([
      { property: "settings.echoPostback", reason: "needs apiVersion v1.1 or later" },
    ]);
  });
});

describe("an app's settings", () => {
  const later = "needs apiVersion v1.1 or later";
  const latest = "needs apiVersion v2";
  it.each<[string, unknown, string[]]>([
    ["maskCreditCardNumbers", true, []],
    ["useAnimalNames", true, []],
    ["conversationRetentionSeconds", 60, [later]],
    ["echoPostback", false, [later]],
    ["ignoreAutoConversationStart", true, [later]],
    ["multiConvoEnabled", true, [latest, latest]],
    ["appLocalizationEnabled", true, [latest, latest]],
    ["endSessionEnabled", true, [latest, latest]],
    ["disableConversationReopen", true, [latest, latest]],
  ])("accept %s from the API version that introduced it", (name, value, reasons) => {
    const found = apiVersions.flatMap(
      (version) => check("app", { name: "x", settings: { [name]: value } }, version, { name: "x" }).failures,
    );
    expect(found).toEqual(reasons.map((reason) => ({ property: `settings.${name}`, reason })));
  });

  it.each<[string, unknown, unknown, string[]]>([
    [
      "cannot be turned off again",
      { multiConvoEnabled: true },
      { multiConvoEnabled: false },
      ["multiConvoEnabled: cannot be turned off again"],
    ],
    ["may stay off", { multiConvoEnabled: false }, { multiConvoEnabled: false }, []],
    ["may be turned on", { multiConvoEnabled: false }, { multiConvoEnabled: true }, []],
    ["may be removed from the program", { multiConvoEnabled: true }, {}, []],
    ["may all be removed from the program", { multiConvoEnabled: true }, undefined, []],
    ["may be off for an app that declared none before", undefined, { multiConvoEnabled: false }, []],
    [
      "need multiConvoEnabled for endSessionEnabled",
      {},
      { endSessionEnabled: true, multiConvoEnabled: false },
      ["endSessionEnabled: needs settings.multiConvoEnabled"],
    ],
    [
      "need multiConvoEnabled for disableConversationReopen",
      {},
      { disableConversationReopen: true, multiConvoEnabled: false },
      ["disableConversationReopen: needs settings.multiConvoEnabled"],
    ],
    [
      "may turn both off without multiConvoEnabled",
      {},
      { endSessionEnabled: false, disableConversationReopen: false, multiConvoEnabled: false },
      [],
    ],
    [
      "may rely on multiConvoEnabled that an existing app already has",
      {},
      { endSessionEnabled: true, disableConversationReopen: true },
      [],
    ],
    [
      "must not be negative",
      {},
      { conversationRetentionSeconds: -1 },
      ["conversationRetentionSeconds: must not be negative"],
    ],
    [
      "must be whole seconds",
      {},
      { conversationRetentionSeconds: 1.5 },
      ["conversationRetentionSeconds: must be a whole number of seconds"],
    ],
  ])("%s", (_, before, settings, reasons) => {
    const olds = before === undefined ? { name: "x" } : { name: "x", settings: before };
    const { failures } = check("app", { name: "x", settings }, "v2", olds);
    expect(failures.map(({ property, reason }) => `${property}: ${reason}`)).toEqual(
      reasons.map((reason) => `settings.${reason}`),
    );
  });
});

it.each(["endSessionEnabled", "disableConversationReopen"])(
  "a new app cannot have %s without multiConvoEnabled",
  (name) => {
    const failures = [{ property: `settings.${name}`, reason: "needs settings.multiConvoEnabled" }];
    const of = (settings: Properties, adoptId?: string) =>
      checkInputs(app, { name: "x", settings }, { version: "v2", olds: {} }, { adoptId }).failures;
    expect(of({ [name]: true })).toEqual(failures);
    expect(of({ [name]: true, multiConvoEnabled: false })).toEqual(failures);
    expect(of({ [name]: true, multiConvoEnabled: true })).toEqual([]);
    expect(of({ [name]: true, multiConvoEnabled: unknownValue })).toEqual([]);
    expect(of({ [name]: unknownValue })).toEqual([]);
    expect(of({ [name]: false })).toEqual([]);
    expect(of({ [name]: true }, "5a0b1c2d3e4f5a6b7c8d9e0f")).toEqual([]);
  },
);

describe("a webhook", () => {
  it.each<[Properties, ApiVersion, string[]]>([
    [{ includeFullUser: false, includeClient: true }, "v1.1", []],
    [{ includeFullUser: true, includeClient: true, displayName: "Bot" }, "v2", []],
    [
      { includeFullUser: true, includeClient: false, displayName: "Bot" },
      "v1",
      [
        "includeFullUser needs apiVersion v1.1 or later",
        "includeClient needs apiVersion v1.1 or later",
        "displayName needs apiVersion v2",
      ],
    ],
    [{ displayName: "Bot" }, "v1.1", ["displayName needs apiVersion v2"]],
    [{ displayName: "" }, "v2", ["displayName must not be empty"]],
    [{ displayName: "x".repeat(101) }, "v2", ["displayName must not be longer than 100 characters"]],
  ])("with %j is checked against its own version %s, not the stack's", (more, version, reasons) => {
    for (const stack of apiVersions) {
      const { failures } = check("webhook", { ...hook, ...more, version }, stack);
      expect(failures.map(({ property, reason }) => `${property} ${reason}`)).toEqual(reasons);
    }
  });
});

describe.each([
  ["app", apps, {}],
  ["key", keys, { appId: "5a0b" }],
] as const)("the default name of a %s", (_, lifecycle, inputs) => {
  const named = (olds: Properties, news: Properties) =>
    lifecycle.check(new Session(), "v1", olds, { ...inputs, ...news }).inputs;

  it("is the resource's name, and stays when the resource is renamed", () => {
    const first = named({}, { __resource: "dev/backend" });
    expect(first).toEqual({ ...inputs, name: "backend", __resource: "dev/backend" });
    expect(named(first, { __resource: "dev/server" })).toEqual(first);
  });

  it("gives way to a declared name", () => {
    const given = named({ name: "backend" }, { name: "server", __resource: "dev/backend" });
    expect(given.name).toBe("server");
    expect(named(given, { __resource: "dev/backend" }).name).toBe("backend");
  });

  it("is restored if it was changed in Smooch", () => {
    const first = named({}, { __resource: "dev/backend" });
    const drifted = { ...first, name: "by hand" };
    expect(named(drifted, { __resource: "dev/server" })).toEqual(first);
  });

  it("does not exist if the resource's name is missing: the program then has to declare one", () => {
    expect(lifecycle.check(new Session(), "v1", {}, inputs).failures).toEqual([
      { property: "name", reason: "is required" },
    ]);
  });
});

it("warns which object is adopted", () => {
  const adopt = (__adopt: string, olds: Properties = {}) =>
    apps.check(new Session(), "v1", olds, { name: "Shop", __adopt, __resource: "dev/shop" }).warnings;
  expect(adopt("5a0b")).toEqual(["app 5a0b is adopted unchanged, not created"]);
  expect(adopt(unknownValue)).toEqual([]);
  expect(adopt("5a0b", { name: "Shop" })).toEqual([]);
  // A refused id is not adopted, and may be a secret in the wrong place.
  expect(adopt("s3cret!")).toEqual([]);
});
