import { describe, expect, it } from "vitest";
import { checkInputs } from "../../src/provider/check";
import type { Properties } from "../../src/provider/kind";
import { definitions } from "../../src/provider/kinds";
import { app } from "../../src/provider/kinds/app";
import { integration } from "../../src/provider/kinds/integration";
import { key } from "../../src/provider/kinds/key";
import { webhook } from "../../src/provider/kinds/webhook";
import { lifecycle } from "../../src/provider/lifecycle";
import { unknownValue } from "../../src/provider/values";
import type { ApiVersion } from "../../src/smooch/api-version";
import { answer, apps, integrations, webhooks as webhooksOf, withApp } from "./support";

type Checked = Parameters<typeof checkInputs>[0];

const check = (kind: Checked, news: Properties, olds: Properties = {}, version: ApiVersion = "v2") =>
  checkInputs(kind, news, { version, olds });
const web = { appId: "5a0b", type: "web" };
const custom = { appId: "5a0b", type: "custom" };

describe("an entry with an empty name", () => {
  it.each<[Checked, Properties, string]>([
    [app, { name: "Shop", metadata: { "": 1, a: unknownValue } }, "metadata"],
    [key, { appId: "5a0b", name: "k", keepers: { "": "x" } }, "keepers"],
    [integration, { ...web, fields: { a: [{ "": 1 }] } }, "fields"],
    [integration, { ...web, prechatCapture: { "": 1 } }, "prechatCapture"],
  ])("%#: is refused before anything is created with it", (kind, news, property) => {
    expect(check(kind, news).failures).toEqual([
      { property, reason: "must not contain a property with an empty name" },
    ]);
  });

  it.each(["v1", "v1.1", "v2"] as const)("that exists in Smooch is ignored through %s", async (version) => {
    const { world, context, appId, appState } = await withApp(version);
    world.emulator.overlay(appId, { metadata: { "": "x", tier: "gold" } });
    const state = { ...appState, metadata: { tier: "gold" } };
    expect((await apps.read(context, appId, state))?.inputs.metadata).toEqual({ tier: "gold" });
  });
});

describe("a target that the URL class would correct", () => {
  it.each([
    "https:/host",
    "https:host",
    " https://host",
    "https://host ",
    "https://ho\nst",
    "HTTPS://host",
    "https:\\\\host",
    "https://host\\path",
    "https:///host",
    "https://?a",
    "https://host\u0000",
    "https://host:99999",
    "//host",
  ])("%j is refused", (target) => {
    const reason = "must be a URL that begins with http:// or https://, without spaces and backslashes";
    expect(check(webhook, { appId: "5a0b", target }).failures).toEqual([{ property: "target", reason }]);
    const webhooks = [{ target, triggers: ["user:merge"] }];
    expect(check(integration, { ...custom, webhooks }).failures).toEqual([
      { property: "webhooks.0.target", reason },
    ]);
  });

  it.each(["http://host", "https://ann:pw@HOST.example:8443/a%20b/ü?key={x}#y"])("%j is valid", (target) => {
    expect(check(webhook, { appId: "5a0b", target }).failures).toEqual([]);
  });
});

describe("a colour", () => {
  it.each(["brandColor", "conversationColor", "actionColor"])("%s is hex digits, without #", (name) => {
    for (const color of ["#65758e", "red", "65758", ""]) {
      expect(check(integration, { ...web, [name]: color }).failures).toEqual([
        { property: name, reason: "must be 3 or 6 hex digits, without #" },
      ]);
    }
    for (const color of ["65758e", "FFF", unknownValue]) {
      expect(check(integration, { ...web, [name]: color }).failures).toEqual([]);
    }
  });
});

describe("an input that is no longer declared", () => {
  const kept = (path: string) =>
    `${path} is no longer declared, so it is no longer managed: Smooch keeps its value`;

  it.each<[Checked, Properties, Properties, string[]]>([
    [
      app,
      { settings: { useAnimalNames: true, echoPostback: false } },
      { settings: { echoPostback: true } },
      [kept("settings.useAnimalNames")],
    ],
    [app, { settings: { useAnimalNames: true } }, {}, [kept("settings.useAnimalNames")]],
    [app, { settings: { useAnimalNames: true } }, { settings: unknownValue }, []],
    // Smooch can clear it.
    [app, { metadata: { a: 1 } }, {}, []],
    [integration, { ...web, brandColor: "fff", displayName: "W" }, web, [kept("brandColor")]],
    [integration, { ...web, originWhitelist: ["https://a"] }, web, [kept("originWhitelist")]],
    [integration, { ...web, originWhitelist: ["https://a"] }, { ...web, originWhitelist: ["https://b"] }, []],
    // Credentials need not be given again.
    [integration, { appId: "5a0b", type: "telegram", token: "t" }, { appId: "5a0b", type: "telegram" }, []],
    // Smooch never had it.
    [key, { appId: "5a0b", name: "k", rotateAfterDays: 3 }, { appId: "5a0b", name: "k" }, []],
    [
      webhook,
      { appId: "5a0b", target: "https://a", includeFullUser: true },
      { appId: "5a0b", target: "https://a" },
      [],
    ],
  ])("%#: causes a warning if Smooch keeps it", (kind, olds, news, warnings) => {
    const named = kind === app ? { name: "Shop" } : {};
    expect(check(kind, { ...named, ...news }, { ...named, ...olds }).warnings).toEqual(warnings);
  });
});

describe("a default responder", () => {
  it("that somebody else changed is drift, and is put right", async () => {
    const { world, context, appId } = await withApp("v2");
    const switchboards = lifecycle(definitions.switchboard);
    const entries = { a: { integrationType: "zd:a" }, b: { integrationType: "zd:b" } };
    const { outputs: made } = await switchboards.create(context, {
      appId,
      enabled: true,
      defaultIntegration: "a",
      integrations: entries,
    });
    const { b } = Object(made.integrationIds);
    const inputs = { appId, type: "web", defaultResponderId: b };
    const { id, outputs } = await integrations.create(context, inputs);
    expect(outputs.defaultResponderId).toBe(b);
    await context.smooch.integrations.update(appId, id, { type: "web", defaultResponderId: "" });
    const found = await integrations.read(context, id, outputs);
    expect(found?.outputs).not.toHaveProperty("defaultResponderId");
    const now = { now: world.time, version: "v2" } as const;
    expect(integrations.diff(id, found?.outputs ?? {}, inputs, now)).toEqual({});
    expect(await integrations.update(context, id, found?.outputs ?? {}, inputs)).toEqual(outputs);
  });

  it("that is no longer declared is cleared, so that the switchboard decides again", async () => {
    const { world, context, appId } = await withApp("v2");
    const inputs = { appId, type: "web", defaultResponderId: "r1" };
    const { id, outputs } = await integrations.create(context, inputs);
    const news = { appId, type: "web" };
    expect(integrations.diff(id, outputs, news, { now: world.time, version: "v2" })).toEqual({});
    const updated = await integrations.update(context, id, outputs, news);
    expect(updated).not.toHaveProperty("defaultResponderId");
    expect(integrations.diff(id, updated, news, { now: world.time, version: "v2" })).toEqual({
      changes: false,
    });
    expect(world.writes.at(-1)?.[1]).toEqual({ defaultResponderId: null });
  });
});

describe("an empty string", () => {
  it("counts as a missing value", async () => {
    const { world, context, appId } = await withApp("v2");
    const inputs = { appId, type: "web", businessName: "" };
    const { id, outputs } = await integrations.create(context, inputs);
    expect(outputs.businessName).toBe("");
    world.intercept = async () => answer(200, { integration: { id, type: "web", businessName: null } });
    const found = await integrations.read(context, id, outputs);
    expect(found?.outputs.businessName).toBe("");
  });
});

it("a refused target is attributed to HEAD only if Smooch's error mentions a response", async () => {
  const { world, context, appId, hook, error } = await withApp("v2");
  const refuse = (description: string) => {
    world.intercept = async ({ method }, forward) =>
      method === "POST" ? answer(400, error(description)) : forward();
  };
  const webhooks = [{ target: "https://a.example", triggers: ["user:merge"] }];
  refuse("No response to the probe.");
  const head = /Smooch sends the target a HEAD request before it accepts it/;
  await expect(integrations.create(context, { appId, type: "custom", webhooks })).rejects.toThrow(head);
  world.intercept = async ({ method }, forward) => (method === "POST" ? answer(402) : forward());
  await expect(integrations.create(context, { appId, type: "custom", webhooks })).rejects.toThrow(
    "Delete an app that is no longer needed, or have the plan's quota raised.",
  );
  // Only a 400 can be about the target.
  world.intercept = async ({ method }, forward) =>
    method === "POST" ? answer(422, error("No response to the probe.")) : forward();
  await expect(webhooksOf.create(context, hook())).rejects.not.toThrow(head);
  refuse("The trigger is wrong.");
  for (const attempt of [
    integrations.create(context, { appId, type: "custom", webhooks }),
    webhooksOf.create(context, hook()),
  ])
    await expect(attempt).rejects.toThrow("Correct the program and run the same command again.");
});
