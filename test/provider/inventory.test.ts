import { describe, expect, it } from "vitest";
import { app } from "../../src/provider/kinds/app";
import { integration } from "../../src/provider/kinds/integration";
import { webhook } from "../../src/provider/kinds/webhook";

describe("an integration in audit and export", () => {
  const { whyUnlisted, exportProblem } = integration.inventory;

  it("has a reason if an API version does not list it", () => {
    const why = (type: string, version: "v1" | "v2") => whyUnlisted?.({ id: "5a0b", type }, version);
    expect(why("apple", "v1")).toBe(
      "API v1 has no integrations of type apple: audit with smooch:apiVersion v2",
    );
    expect([why("apple", "v2"), why("custom", "v1"), why("unheardOf", "v1")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("is not exported if it is a custom one without exactly one webhook", () => {
    expect(exportProblem?.({ id: "5a0b", type: "custom", status: "active", details: {} })).toBe(
      "it does not have exactly one webhook",
    );
    expect(exportProblem?.({ id: "5a0b", type: "apple", status: "active", details: {} })).toBeUndefined();
  });
});

describe("an app in export", () => {
  const exported = (
    version: "v1" | "v1.1" | "v2",
    settings: Readonly<Record<string, boolean>>,
    name = "Support",
  ) => app.inventory.exportArgs({ id: "5a0b", name, settings }, { resourceName: "support", version });

  it("declares the settings that its API version has and that are not the usual ones", () => {
    const settings = {
      useAnimalNames: true,
      echoPostback: true,
      multiConvoEnabled: true,
      endSessionEnabled: false,
    };
    expect(exported("v1", settings)).toEqual({ name: "Support", settings: { useAnimalNames: true } });
    expect(exported("v1.1", settings)).toEqual({
      name: "Support",
      settings: { useAnimalNames: true, echoPostback: true },
    });
    const all = { useAnimalNames: true, echoPostback: true, multiConvoEnabled: true };
    expect(exported("v2", settings)).toEqual({ name: "Support", settings: all });
  });

  it("leaves out a name that its resource has too", () => {
    expect(exported("v2", {}, "support")).toEqual({});
  });
});

describe("a webhook in audit and export", () => {
  const { alias, exportArgs } = webhook.inventory;
  const seen = { id: "5a0b", target: "https://a.example/in", secret: "s", triggers: ["postback"] };
  const context = { resourceName: "hook", version: "v1.1" } as const;

  it("omits flags that are off, and flags that v1 lacks", () => {
    const flags = { includeFullUser: true, includeClient: true };
    expect(exportArgs({ ...seen, version: "v1.1", ...flags }, context)).toEqual({
      target: seen.target,
      triggers: ["postback"],
      ...flags,
    });
    expect(
      exportArgs({ ...seen, version: "v1.1", includeFullUser: false, includeClient: false }, context),
    ).toEqual({ target: seen.target, triggers: ["postback"] });
    expect(exportArgs({ ...seen, version: "v1", ...flags }, context)).toEqual({
      target: seen.target,
      triggers: ["postback"],
      version: "v1",
    });
  });

  it("has its display name", () => {
    const named = { ...seen, version: "v2", displayName: "Orders" } as const;
    expect(exportArgs(named, { ...context, version: "v2" })).toEqual({
      target: seen.target,
      triggers: ["postback"],
      displayName: "Orders",
    });
  });

  it("of v2 can be seen as a custom integration, others cannot", () => {
    expect(alias?.view({ ...seen, version: "v1.1" })).toBeUndefined();
    expect(alias?.view({ ...seen, version: "v2" })).toMatchObject({ id: seen.id, type: "custom" });
  });
});
