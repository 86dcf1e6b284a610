import jsonwebtoken from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import { scenario } from "../support/stack";
import { everyGeneration } from "../support/wire";

const program = (changes: { appName?: string; target?: string; triggers: string[] }) => `
  const app = new smooch.SmoochApp("support", { name: ${JSON.stringify(changes.appName ?? "Support")}, metadata: { tier: "gold" } });
  const key = new smooch.SmoochKey("backend", { appId: app.id });
  const hook = new smooch.SmoochWebhook("events", {
    appId: app.id,
    target: ${JSON.stringify(changes.target ?? "https://bot.example/in")},
    triggers: ${JSON.stringify(changes.triggers)},
  });
  Object.assign(exports, { appId: app.id, appToken: app.appToken, keyId: key.id, secret: key.secret, jwt: key.jwt, hookSecret: hook.secret });`;

describe.each(everyGeneration)("the life of an app with a key and a webhook on %s", (version, wire) => {
  const { postback, fromUser } = wire.triggers;

  it("is provisioned, changed in place and destroyed", () =>
    scenario(
      async ({ url, emulator }, start) => {
        const stack = await start(program({ triggers: [postback, fromUser] }));
        await stack.up();
        const { appId, appToken, keyId, secret, jwt, hookSecret } = await stack.outputs();

        const made = emulator.snapshot();
        expect(made.apps).toMatchObject([{ id: appId, name: "Support", metadata: { tier: "gold" } }]);
        // v2 knows no such token.
        expect(appToken).toBe(version === "v2" ? undefined : made.apps[0]?.appToken);
        expect(made.keys).toMatchObject([{ id: keyId, appId, name: "backend", secret }]);
        expect(made.webhooks).toMatchObject([
          {
            appId,
            target: "https://bot.example/in",
            triggers: [postback, fromUser],
            version,
            secret: hookSecret,
          },
        ]);
        expect(jsonwebtoken.verify(String(jwt), String(secret), { complete: true })).toMatchObject({
          header: { alg: "HS256", kid: keyId },
          payload: { scope: "app" },
        });
        const callAsApp = () =>
          fetch(url + wire.asApp(appId), { headers: { authorization: `Bearer ${jwt}` } });
        expect((await callAsApp()).status).toBe(200);

        await stack.expectNoChange();
        stack.program = program({ triggers: [fromUser, postback] });
        await stack.expectNoChange();

        stack.program = program({
          appName: "Help",
          target: "https://bot.example/v2",
          triggers: [fromUser],
        });
        const preview = await stack.preview();
        expect(preview).toContain("~ 2 to update");
        expect(preview).not.toContain("replace");
        await stack.up();
        const changed = emulator.snapshot();
        expect(changed.apps).toMatchObject([{ id: appId, name: "Help", metadata: { tier: "gold" } }]);
        expect(changed.webhooks).toMatchObject([
          {
            id: made.webhooks[0]?.id,
            target: "https://bot.example/v2",
            triggers: [fromUser],
            secret: hookSecret,
          },
        ]);
        await stack.expectNoChange();

        await stack.destroy();
        expect((await callAsApp()).status).toBe(401);
      },
      {},
      version,
    ));
});
