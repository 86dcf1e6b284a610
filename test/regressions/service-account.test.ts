import { expect, it } from "vitest";
import { byHand } from "../support/hand";
import { refused, takeOut, wayOut } from "../support/refused";
import { scenario } from "../support/stack";
import { names, trio } from "../support/trio";

// To a service account (`svc_…`) an app that it lost access to looks like a deleted one. `refresh` dropped such apps
// from the state, with everything in them; and once a 404 was no longer proof, a deleted app could not be dropped.

const unproven =
  "(HTTP 404), but these credentials would get the same response for an app that they have lost access to. Nothing was changed.";

it("a service account treats no app as gone, whether it is deleted or out of reach, and the message names the way out", () =>
  scenario(async (api, start) => {
    const { emulator } = api;
    const service = emulator.addServiceKey({ apps: [] });
    const stack = start(trio());
    const asAccount = { ...stack.environment };
    Object.assign(stack.environment, {
      SMOOCH_ACCOUNT_KEY_ID: service.accountKeyId,
      SMOOCH_ACCOUNT_KEY_SECRET: service.accountKeySecret,
    });
    await stack.up();
    const lost = await stack.outputs();
    await byHand(api, "DELETE", `/v1/apps/${lost.appId}`);
    const { code, output: refresh } = await stack.try("refresh", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expect(refresh).toContain(`Smooch cannot find app ${lost.appId} ${unproven} ${wayOut("app")}`);
    expect(refresh).toContain(`Smooch cannot find webhook ${lost.hookId} ${unproven} ${wayOut("webhook")}`);
    // Smooch refuses the key itself, which proves that it is revoked.
    expect(names(stack)).toEqual(["events", "support"]);
    expect(await refused(stack, "destroy")).toContain(
      `Smooch cannot find webhook ${lost.hookId} ${unproven}`,
    );

    await takeOut(stack, "support");
    expect(stack.resources()).toEqual([]);
    expect(await stack.preview()).toContain("+ 3 to create");
    await stack.up();
    await stack.expectNoChange();

    const { appId, keyId, hookId } = await stack.outputs();
    emulator.revokeAccess(service.accountKeyId, String(appId));
    for (const command of ["refresh", "destroy"] as const) {
      const output = await refused(stack, command);
      expect(output).toContain(`Smooch cannot find key ${keyId} ${unproven} ${wayOut("key")}`);
      expect(output).toContain(`Smooch cannot find webhook ${hookId} ${unproven} ${wayOut("webhook")}`);
    }

    stack.environment = asAccount;
    await stack.destroy();
  }));
