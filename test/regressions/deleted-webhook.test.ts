import { expect, it } from "vitest";
import { byHand } from "../support/hand";
import { scenario } from "../support/stack";
import { trio, writes } from "../support/trio";

// In v2 a webhook can be deleted while the custom integration that holds it remains. `refresh` did not show this, and
// each `up` failed.

it("a webhook deleted from its custom integration is recreated", () =>
  scenario(
    async (api, start) => {
      const { emulator } = api;
      const stack = start(`${trio({}, { triggers: undefined })}
        const own = new smooch.SmoochIntegration("own", {
          appId: app.id, type: "custom", displayName: "own",
          webhooks: [{ target: "https://bot.example/own", triggers: ["conversation:message"] }],
        });
        Object.assign(exports, { secret: key.secret, hookSecret: hook.secret, ownId: own.id });`);
      await stack.up();
      const before = await stack.outputs();
      const appKey = { keyId: String(before.keyId), secret: String(before.secret) };
      for (const { appId, integrationId, id } of emulator.snapshot().webhooks) {
        const path = `/v2/apps/${appId}/integrations/${integrationId}/webhooks/${id}`;
        await byHand(api, "DELETE", path, undefined, appKey);
      }
      expect(emulator.snapshot().webhooks).toEqual([]);

      const refresh = await stack.refresh("--diff");
      expect(refresh).toContain("~ 2 updated");
      expect(refresh).not.toContain("Smooch now returns");
      expect(refresh).toMatch(/- target *: "https:\/\/bot\.example\/in"/);

      emulator.requests.length = 0;
      const output = await stack.up("--diff");
      expect(output).toContain(
        `the webhook of custom integration ${before.hookId} was deleted in Smooch: a new integration replaces this one`,
      );
      expect(output).toContain("~ 1 updated");
      expect(output).toContain("+-1 replaced");
      // With an account key Smooch refuses the webhook of a custom integration: only a key of the app may create it.
      const done = writes(api).filter((operation) => operation !== "createWebhook");
      expect(done).toEqual(["deleteIntegration", "createIntegration"]);
      const after = await stack.outputs();
      expect(after).toMatchObject({ keyId: before.keyId, ownId: before.ownId });
      const { webhooks, integrations } = emulator.snapshot();
      expect(new Map(webhooks.map(({ integrationId, target }) => [integrationId, target]))).toEqual(
        new Map([
          [after.hookId, "https://bot.example/in"],
          [after.ownId, "https://bot.example/own"],
        ]),
      );
      expect(webhooks.find(({ integrationId }) => integrationId === after.hookId)?.secret).toBe(
        after.hookSecret,
      );
      expect(integrations).toHaveLength(2);

      expect(await stack.refresh("--diff")).toContain("5 unchanged");
      await stack.expectNoChange();
      await stack.destroy();
    },
    {},
    "v2",
  ));
