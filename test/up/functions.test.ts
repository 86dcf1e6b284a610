import jsonwebtoken from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import { processDoor } from "../support/door";
import { scenario } from "../support/stack";

describe("getApp, getKeys and getKeyJwt", () => {
  it("read existing objects with the stack's configuration, and keep secrets secret", () =>
    scenario(async (api, start) => {
      const stack = start(
        `
        const app = new smooch.SmoochApp("support", { metadata: { tier: "gold" } });
        const key = new smooch.SmoochKey("backend", { appId: app.id });
        const keys = smooch.getKeys({ appId: key.appId });
        Object.assign(exports, {
          app: smooch.getApp({ appId: app.id }),
          keys: pulumi.all([key.id, keys]).apply(([_, keys]) => keys),
          jwt: smooch.getKeyJwt({ appId: key.appId, keyId: key.id }),
          secret: key.secret,
        });`,
        processDoor,
      );
      stack.environment = {};
      await stack.configure(
        { "smooch:baseUrl": api.url, "smooch:accountKeyId": api.accountKeyId },
        { "smooch:accountKeySecret": api.accountKeySecret },
      );

      await stack.up();
      const { app, keys, jwt, secret } = await stack.outputs();
      const [made] = api.emulator.snapshot().apps;
      expect(app).toEqual({
        id: made?.id,
        name: "support",
        appToken: made?.appToken,
        settings: { maskCreditCardNumbers: true, useAnimalNames: false },
        metadata: { tier: "gold" },
      });
      expect(keys).toEqual([{ id: expect.stringMatching(/^app_[0-9a-f]{24}$/), name: "backend", secret }]);
      expect(jsonwebtoken.verify(String(jwt), String(secret))).toMatchObject({ scope: "app" });
      expect(stack.stateFile()).not.toContain(String(secret));
      expect(stack.stateFile()).not.toContain(String(jwt));

      const headers = { authorization: `Bearer ${jwt}` };
      const statusAsApp = async () =>
        (await fetch(`${api.url}/v1/apps/${made?.id}/webhooks`, { headers })).status;
      expect(await statusAsApp()).toBe(200);
      await stack.destroy();
      expect(await statusAsApp()).toBe(401);
    }));
});
