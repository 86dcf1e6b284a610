import { describe, expect, it } from "vitest";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { inlineDoor } from "../../support/door";
import { scenario } from "../../support/stack";
import { bot } from "./programs";

/** Every input is unknown in the first preview, and names are odd. */
const v1 = `
  make("Menu", "menu", { appId: app.id, inputEnabled: later(false), items: [
    { type: later("link"), text: later("\\u202e🚀"), uri: later("https://shop.example") },
    { type: "submenu", text: "<b>", items: later([{ type: "postback", text: "a", payload: " " }]) } ] });
  make("Template", "template", { appId: app.id, name: later("  spaces  "), message: later({
    role: "appMaker", type: "text", text: "Hello", metadata: { none: null },
    actions: [{ type: "postback", text: "a", payload: "p" }] }) });
  make("Template", "constructor", { appId: app.id, message: {
    role: "appMaker", type: "image", mediaUrl: later("https://shop.example/a.png"), mediaType: "image/png" } });
  const account = make("ServiceAccount", "account", { name: later("naïve") });
  make("ServiceAccountKey", "key", { serviceAccountId: account.id, name: later("key"), keepers: later({ n: 1 }), rotateAfterDays: later(5) });`;
const v2 = `
  ${bot()}
  make("Switchboard", "switchboard", { appId: app.id, enabled: later(true), defaultIntegration: later("constructor"), integrations: later({
    constructor: { integrationId: bot.id, next: "1" },
    1: { integrationType: "zd:a", next: "constructor" },
    ["x".repeat(128)]: { integrationType: "zd:b", deliverStandbyEvents: false } }) });
  const other = make("App", "other", {});
  const open = make("Switchboard", "open", { appId: other.id });
  make("SwitchboardIntegration", "toString", { appId: other.id, switchboardId: open.id, integrationType: later("zd:z"),
    deliverStandbyEvents: later(false), messageHistoryCount: later(1) });
  make("IntegrationKey", "key", { appId: app.id, integrationId: bot.id, name: later("key"), keepers: later({ n: 1 }), rotateAfterDays: later(5) });`;

describe.each<[ApiVersion, string, string, string]>([
  ["v1", v1, v2, "v2"],
  ["v2", v2, v1, "v1 or v1.1"],
])("the input of kinds in %s", (version, own, foreign, needed) => {
  it("may be unknown in a preview, which refuses the kinds that this API version lacks", () =>
    scenario(
      async ({ emulator }, start) => {
        const program = (kinds: string) => `
          const app = new smooch.SmoochApp("app");
          const later = (value) => app.id.apply(() => value);
          const make = (type, name, args) => new smooch["Smooch" + type](name, args);
          ${kinds}`;
        const stack = start(program(own), inlineDoor);
        expect(await stack.preview()).toContain("to create");
        expect(emulator.requests).toEqual([]);
        await stack.up();
        await stack.expectNoChange();
        expect(await stack.refresh()).toMatch(/\n +\d+ unchanged\n/);
        await stack.expectNoChange();
        const before = emulator.snapshot();
        stack.program = program(foreign.replace(bot(), 'const bot = { id: "5a0b" };'));
        const { code, output } = await stack.try("preview");
        expect(code).not.toBe(0);
        expect(output).toContain(`has a problem: needs apiVersion ${needed}`);
        expect(emulator.snapshot()).toEqual(before);
        await stack.destroy();
      },
      {},
      version,
    ));
});
