import { describe, expect, it } from "vitest";
import type { AccountCredentials } from "../../src/emulator/index";
import { dynamicDoor } from "../support/door";
import { byHand } from "../support/hand";
import { refused, takeOut, wayOut } from "../support/refused";
import { type Stack, scenario } from "../support/stack";
import { names, trio } from "../support/trio";

// After a change of the account key, API version or address, an object that had been deleted in the meantime blocked
// `refresh` and `destroy` forever, and no message named a way out.

const unproven =
  "(HTTP 404), but it was last seen with other credentials or at another API address, so it may still exist in an account that these credentials cannot see. Nothing was changed.";

function use(stack: Stack, { accountKeyId, accountKeySecret }: AccountCredentials): void {
  Object.assign(stack.environment, {
    SMOOCH_ACCOUNT_KEY_ID: accountKeyId,
    SMOOCH_ACCOUNT_KEY_SECRET: accountKeySecret,
  });
}

describe("an account key that was exchanged", () => {
  it("accepts that a child is gone; a deleted app needs the way out that the message names", () =>
    scenario(async (api, start) => {
      const { emulator } = api;
      const stack = start(trio(), dynamicDoor);
      await stack.up();
      const { appId, keyId, hookId } = await stack.outputs();
      const second = emulator.addAccountKey();
      emulator.revokeAccountKey(emulator.accountKeyId);
      use(stack, second);
      const byOther = { keyId: second.accountKeyId, secret: second.accountKeySecret };
      await byHand(api, "DELETE", `/v1/apps/${appId}/keys/${keyId}`, undefined, byOther);
      await byHand(api, "DELETE", `/v1/apps/${appId}/webhooks/${hookId}`, undefined, byOther);
      expect(await stack.refresh()).toContain("- 2 deleted");
      expect(await stack.up()).toContain("+ 2 created");
      await stack.expectNoChange();

      const third = emulator.addAccountKey();
      use(stack, third);
      await byHand(api, "DELETE", `/v1/apps/${appId}`, undefined, byOther);
      const { hookId: newHookId } = await stack.outputs();
      const { code, output } = await stack.try("refresh", "--yes", "--skip-preview");
      expect(code).not.toBe(0);
      expect(output).toContain(`Smooch cannot find app ${appId} ${unproven} ${wayOut("app")}`);
      expect(output).toContain(`Smooch cannot find webhook ${newHookId} ${unproven} ${wayOut("webhook")}`);
      expect(names(stack)).toEqual(["events", "support"]);

      await takeOut(stack, "support");
      await stack.up();
      await stack.expectNoChange();
      await stack.destroy();
    }));

  it("of a closed account drops every resource by that way out", () =>
    scenario(async ({ emulator }, start) => {
      const stack = start(trio());
      await stack.up();
      emulator.revokeAccountKey(emulator.accountKeyId);
      emulator.reset();
      for (const command of ["refresh", "destroy"] as const) {
        const output = await refused(stack, command);
        expect(output).toMatch(/Smooch refused to (read|delete) key \w+ .+ \(HTTP 401\)\./);
        for (const noun of ["key", "webhook"] as const) expect(output).toContain(wayOut(noun));
      }
      await takeOut(stack, "events", "backend", "support");
      expect(stack.resources()).toEqual([]);
      await stack.destroy();
    }));
});

describe("a stack that moves", () => {
  it("to v2 and then to a Zendesk host accepts that a child is gone; an app on another host needs the named way out", () =>
    scenario(async (api, start) => {
      const stack = start(trio({}, { triggers: undefined }));
      await stack.up();
      const { appId, keyId, hookId } = await stack.outputs();
      await byHand(api, "DELETE", `/v1/apps/${appId}/keys/${keyId}`);
      await byHand(api, "DELETE", `/v1/apps/${appId}/webhooks/${hookId}`);
      stack.environment.SMOOCH_API_VERSION = "v2";
      expect(await stack.refresh()).toContain("- 2 deleted");
      await stack.up();
      await stack.expectNoChange();

      const moved = await stack.outputs();
      await byHand(api, "DELETE", `/v2/apps/${appId}/integrations/${moved.hookId}`);
      stack.environment.SMOOCH_BASE_URL = `${api.url}/sc`;
      expect(await stack.refresh()).toContain("- 1 deleted");
      await stack.up();
      await stack.expectNoChange();

      stack.environment.SMOOCH_BASE_URL = api.url;
      await byHand(api, "DELETE", `/v2/apps/${appId}`);
      const { code, output } = await stack.try("refresh", "--yes", "--skip-preview");
      expect(code).not.toBe(0);
      expect(output).toContain(`Smooch cannot find app ${appId} ${unproven} ${wayOut("app")}`);
      await takeOut(stack, "support");
      expect(stack.resources()).toEqual([]);
      await stack.up();

      // If only the API version changes, account and address are the same.
      const { appId: newAppId } = await stack.outputs();
      stack.environment.SMOOCH_API_VERSION = "v1.1";
      await byHand(api, "DELETE", `/v1.1/apps/${newAppId}`);
      expect(await stack.refresh()).toContain("- 3 deleted");
    }));
});

describe("a key of an app as the credential", () => {
  const children = (appId: string) => `
    new smooch.SmoochWebhook("events", { appId: "${appId}", target: "https://bot.example/in" });
    new smooch.SmoochIntegration("bot", { appId: "${appId}", type: "telegram", token: "123:abc" });`;

  it.each(["app", "key"])("whose own %s is gone drops every resource by the named way out", (gone) =>
    scenario(async (api, start) => {
      const { _id: appId } = await byHand(api, "POST", "/v1/apps", { name: "Support" });
      const key = await byHand(api, "POST", `/v1/apps/${appId}/keys`, { name: "ci" });
      const stack = start(children(String(appId)));
      Object.assign(stack.environment, {
        SMOOCH_ACCOUNT_KEY_ID: key._id,
        SMOOCH_ACCOUNT_KEY_SECRET: key.secret,
      });
      await stack.up();
      await byHand(api, "DELETE", `/v1/apps/${appId}${gone === "key" ? `/keys/${key._id}` : ""}`);
      const output = await refused(stack, "destroy");
      for (const noun of ["webhook", "integration"] as const) {
        expect(output).toMatch(new RegExp(`Smooch refused to delete ${noun} \\w+ .+ \\(HTTP 401\\)\\.`));
        expect(output).toContain(wayOut(noun));
      }
      await takeOut(stack, "events", "bot");
      expect(stack.resources()).toEqual([]);
      await stack.destroy();
      if (gone === "key") await byHand(api, "DELETE", `/v1/apps/${appId}`);
    }),
  );
});
