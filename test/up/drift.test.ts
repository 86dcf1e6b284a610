import { describe, expect, it } from "vitest";
import { byHand } from "../support/hand";
import { scenario } from "../support/stack";
import { everyGeneration } from "../support/wire";

const program = `
  const app = new smooch.SmoochApp("support", { settings: { useAnimalNames: true }, metadata: { tier: "gold" } });
  const key = new smooch.SmoochKey("backend", { appId: app.id });
  const hook = new smooch.SmoochWebhook("events", { appId: app.id, target: "https://bot.example/in" });
  Object.assign(exports, { appId: app.id, keyId: key.id, secret: key.secret, hookId: hook.id });`;

describe.each(everyGeneration)("what changes behind Pulumi's back on %s", (version, wire) => {
  const { all, postback } = wire.triggers;

  it("shows in refresh, is put right by the next up, made again when it was deleted, and destroyed when it is gone", () =>
    scenario(
      async (api, start) => {
        const stack = await start(program);
        await stack.up();
        const { appId, keyId, hookId, secret } = await stack.outputs();
        await byHand(api, wire.update, wire.app(appId), {
          [wire.name]: "Renamed",
          settings: { useAnimalNames: false, maskCreditCardNumbers: false },
          metadata: { tier: "gold", note: "by hand" },
        });
        // In v2 only a key of the app may do this.
        const appKey = { keyId: String(keyId), secret: String(secret) };
        const hookPath = wire.webhook(api.emulator.snapshot(), appId);
        await byHand(api, wire.update, hookPath, { triggers: [postback] }, appKey);

        const refresh = await stack.refresh("--diff");
        expect(refresh).toContain("Renamed");
        expect(refresh).toContain("by hand");
        expect(refresh).toContain(postback);
        expect(refresh).not.toContain("maskCreditCardNumbers");

        const repair = await stack.preview();
        expect(repair).toContain("~ 2 to update");
        await stack.up();
        expect(api.emulator.snapshot()).toMatchObject({
          // What nobody declared stays as someone set it.
          apps: [
            {
              name: "support",
              settings: { useAnimalNames: true, maskCreditCardNumbers: false },
              metadata: { tier: "gold" },
            },
          ],
          webhooks: [{ triggers: [all] }],
        });
        await stack.expectNoChange();
        expect(await stack.refresh("--diff")).toContain("4 unchanged");

        await byHand(api, "DELETE", wire.key(appId, keyId));
        await byHand(api, "DELETE", `${wire.asApp(appId)}/${hookId}`);
        expect(await stack.refresh()).toContain("- 2 deleted");
        expect(await stack.up()).toContain("+ 2 created");
        await stack.expectNoChange();
        const again = await stack.outputs();
        expect(api.emulator.snapshot().keys.map(({ id }) => id)).toEqual([again.keyId]);

        await byHand(api, "DELETE", wire.key(appId, again.keyId));
        await byHand(api, "DELETE", wire.app(appId));
        expect(await stack.destroy()).toContain("- 4 deleted");
        expect(await stack.resources()).toEqual([]);
      },
      {},
      version,
    ));
});
