import { describe, expect, it } from "vitest";
import { dynamicDoor } from "../support/door";
import { byHand } from "../support/hand";
import { scenario } from "../support/stack";

const channels = (changes: { token?: string; sms?: string; look?: string } = {}) => `
  const app = new smooch.SmoochApp("shop");
  const page = new smooch.SmoochIntegration("page", {
    appId: app.id, type: "messenger", facebookAppId: "777", appSecret: "canary-app-secret",
    pageAccessToken: ${JSON.stringify(changes.token ?? "canary-page-token")}, displayName: "Page",
  });
  const sms = new smooch.SmoochIntegration("sms", {
    appId: app.id, type: "twilio", accountSid: "AC1", authToken: ${JSON.stringify(changes.sms ?? "canary-auth-token")}, phoneNumberSid: "PN1",
  });
  const web = new smooch.SmoochIntegration("web", { appId: app.id, type: "web", brandColor: ${JSON.stringify(changes.look ?? "65758e")} });
  const own = new smooch.SmoochIntegration("own", {
    appId: app.id, type: "custom", displayName: "own",
    webhooks: [{ target: pulumi.secret("https://bot.example/canary-path"), triggers: ["conversation:message"] }],
  });
  Object.assign(exports, { pageId: page.id, smsId: sms.id, webId: web.id, ownId: own.id, ownSecret: own.webhookSecret });`;

describe("channels of an app", () => {
  it("are created, updated in place if the API can, replaced if it cannot, and kept secret", () =>
    scenario(
      async ({ emulator }, start) => {
        const stack = start(channels());
        await stack.up();
        const made = await stack.outputs();
        expect(await stack.refresh("--diff")).toContain("6 unchanged");
        await stack.expectNoChange();

        stack.program = channels({
          token: "canary-page-token-2",
          sms: "canary-auth-token-2",
          look: "ff0000",
        });
        emulator.requests.length = 0;
        const output = await stack.up("--diff");
        expect(output).toContain("~ 2 updated");
        expect(output).toContain("+-1 replaced");
        const changed = await stack.outputs();
        expect({ ...changed, smsId: "" }).toEqual({ ...made, smsId: "" });
        expect(changed.smsId).not.toBe(made.smsId);
        const onSms = emulator.requests.filter(({ method }) => method === "DELETE" || method === "POST");
        expect(onSms.map(({ operation }) => operation)).toEqual(["deleteIntegration", "createIntegration"]);
        const fields = (id: unknown) => emulator.snapshot().integrations.find((one) => one.id === id)?.fields;
        expect(fields(made.pageId)).toMatchObject({ pageAccessToken: "canary-page-token-2" });
        expect(fields(changed.smsId)).toMatchObject({ authToken: "canary-auth-token-2" });
        expect(fields(made.webId)).toMatchObject({ brandColor: "ff0000" });
        await stack.expectNoChange();
        await stack.destroy();
      },
      {},
      "v2",
    ));

  it("are adopted without their credentials, and can be given new ones afterwards", () =>
    scenario(
      async (api, start) => {
        const { emulator } = api;
        const { id: appId } = await byHand(api, "POST", "/v2/apps", { displayName: "shop" });
        const { id: pageId } = await byHand(api, "POST", `/v2/apps/${appId}/integrations`, {
          type: "messenger",
          appId: "777",
          appSecret: "secret-of-before",
          pageAccessToken: "token-of-before",
        });
        const adopting = (rest: string, how = "adopt") => {
          const id = how === "adopt" ? `${JSON.stringify(pageId)}, ` : "";
          const make = how === "adopt" ? "smooch.SmoochIntegration.adopt" : "new smooch.SmoochIntegration";
          return `${make}("page", ${id}{ appId: "${appId}", type: "messenger", facebookAppId: "777"${rest} }, { retainOnDelete: true });`;
        };
        const stack = start(adopting(""), dynamicDoor);
        emulator.requests.length = 0;
        await stack.up();
        await stack.expectNoChange();
        stack.program = adopting("", "declare");
        await stack.expectNoChange();
        stack.program = adopting(', appSecret: "the-same-i-hope"', "declare");
        await stack.up();
        expect(emulator.requests.filter(({ method }) => method !== "GET")).toEqual([]);
        stack.program = adopting(
          ', appSecret: "the-same-i-hope", pageAccessToken: "token-of-today"',
          "declare",
        );
        await stack.up();
        const [{ fields } = { fields: {} }] = emulator.snapshot().integrations;
        expect(fields).toMatchObject({ appSecret: "secret-of-before", pageAccessToken: "token-of-today" });
        await stack.expectNoChange();
        await stack.destroy();
        await byHand(api, "DELETE", `/v2/apps/${appId}`);
      },
      {},
      "v2",
    ));

  it("are refused in the preview, with errors for the API version in use", () =>
    scenario(async ({ url }, start) => {
      const stack = start("");
      const mistakes: [string, string[]][] = [
        [
          'new smooch.SmoochIntegration("a", { appId: "5a0b", type: "telegram", authToken: "x", displayName: "A" });',
          [
            "token is required for telegram",
            "authToken is not a telegram field (it belongs to twilio)",
            "displayName needs apiVersion v1.1 or later",
          ],
        ],
        [
          'new smooch.SmoochIntegration("b", { appId: "5a0b", type: "unity" });',
          ['type "unity" needs apiVersion v2'],
        ],
        [
          'new smooch.SmoochApp("c", { settings: { echoPostback: true } });',
          ["settings.echoPostback needs apiVersion v1.1 or later"],
        ],
        [
          'new smooch.SmoochWebhook("d", { appId: "5a0b", target: "https://bot.example", triggers: ["user:merge"], includeClient: true });',
          [
            '"user:merge" is a v2 trigger; in v1 use merge:appUser',
            "includeClient needs apiVersion v1.1 or later",
          ],
        ],
      ];
      for (const [program, texts] of mistakes) {
        stack.program = program;
        const { code, output } = await stack.try("preview");
        expect(code).not.toBe(0);
        for (const text of texts) expect(output).toContain(text);
      }
      stack.environment.SMOOCH_BASE_URL = "https://acme.zendesk.com";
      stack.program = 'new smooch.SmoochApp("shop");';
      expect((await stack.try("preview")).output).toContain(
        "smooch:baseUrl lacks the path under which Zendesk serves this API: use https://acme.zendesk.com/sc",
      );
      // The same address with that path serves v2.
      stack.environment = { ...stack.environment, SMOOCH_BASE_URL: `${url}/sc`, SMOOCH_API_VERSION: "v2" };
      await stack.up();
      await stack.expectNoChange();
      await stack.destroy();
    }));
});
