import { expect, it } from "vitest";
import { scenario } from "../support/stack";

// What docs/moving-to-v2.md promises.

const things = (webhook: string, whatsapp: string) => `
  const config = new pulumi.Config();
  const older = new smooch.SmoochProvider("older", {
    accountKeyId: config.require("keyId"), accountKeySecret: config.requireSecret("keySecret"), apiVersion: "v1",
  });
  const app = new smooch.SmoochApp("support", { settings: { useAnimalNames: true } });
  const key = new smooch.SmoochKey("backend", { appId: app.id });
  const sms = new smooch.SmoochIntegration("sms", {
    appId: app.id, type: "twilio", accountSid: "AC1", authToken: "secret", phoneNumberSid: "PN1",
  });
  const whatsapp = new smooch.SmoochIntegration("whatsapp", {
    appId: app.id, type: "whatsapp", baseUrl: "https://wa.example.com", username: "u", password: "secret",
  }, ${whatsapp});
  const webhook = new smooch.SmoochWebhook("events", {
    appId: app.id, target: "https://bot.example.com", ${webhook},
  });
  Object.assign(exports, {
    app: app.id, appToken: app.appToken, key: key.id, jwt: key.jwt, sms: sms.id, whatsapp: whatsapp.id,
    webhook: webhook.id, webhookSecret: webhook.secret,
  });`;

it("a stack moves from v1 to v2, and replaces only the webhook, and only when told to", () =>
  scenario(async ({ accountKeyId, accountKeySecret, emulator }, start) => {
    const stack = start(things('triggers: ["postback"]', "{}"));
    await stack.configure({ keyId: accountKeyId }, { keySecret: accountKeySecret });
    await stack.up();
    const before = await stack.outputs();

    stack.program = things('triggers: ["postback"], version: "v1"', "{ provider: older }");
    await stack.configure({ "smooch:apiVersion": "v2" }, {});
    expect(await stack.up()).toContain("7 unchanged");
    expect(await stack.outputs()).toEqual(before);

    stack.program = things('triggers: ["postback"]', "{ provider: older }");
    const { code, output } = await stack.try("preview");
    expect(code).not.toBe(0);
    expect(output).toContain('"postback" is a v1 trigger; in v2 use conversation:postback');

    stack.program = things('triggers: ["conversation:postback"]', "{ provider: older }");
    await stack.up();
    const { webhook, webhookSecret, ...after } = await stack.outputs();
    const { webhook: oldWebhook, webhookSecret: oldSecret, ...unchanged } = before;
    expect(after).toEqual(unchanged);
    expect([webhook === oldWebhook, webhookSecret === oldSecret]).toEqual([false, false]);
    expect(emulator.snapshot().webhooks).toMatchObject([{ integrationId: webhook, version: "v2" }]);

    await stack.expectNoChange("--refresh");
    await stack.destroy();
  }));
