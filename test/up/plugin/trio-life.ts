import { expect } from "vitest";
import type { RunningEmulator } from "../../../src/emulator/index";
import { signJwt } from "../../../src/smooch/jwt";
import type { Stack } from "../../support/stack";
import { writes } from "../../support/trio";

/** What the programs of all languages take: a keeper of the key, and the webhook's triggers. */
export interface Changing {
  rotated: string;
  triggers: readonly string[];
}

/** How every program begins. */
export const atFirst: Changing = { rotated: "1", triggers: ["message"] };

/**
 * Leads an app, a key and a webhook through preview, creation, change, rotation and deletion. The program exports the key's
 * id as `keyId`, its `secret`, its `jwt`, and the name that `getApp` finds as `found`.
 */
export async function trioLife(
  api: RunningEmulator,
  stack: Stack,
  program: (changing: Changing) => string,
): Promise<void> {
  const { emulator } = api;
  expect(await stack.preview()).toContain("4 to create");
  expect(emulator.requests).toEqual([]);
  await stack.up();
  const { keyId, secret, jwt, found } = await stack.outputs();
  expect(emulator.snapshot()).toMatchObject({
    apps: [
      { name: "support", settings: { maskCreditCardNumbers: true }, metadata: { customer_tier: "gold" } },
    ],
    keys: [{ id: keyId, name: "backend", secret }],
    webhooks: [{ target: "https://bot.example/in", triggers: ["message"] }],
  });
  expect(jwt).toBe(signJwt({ keyId: String(keyId), secret: String(secret) }));
  expect(found).toBe("support");
  for (const hidden of [secret, jwt]) expect(stack.stateFile()).not.toContain(String(hidden));
  await stack.expectNoChange();

  emulator.requests.length = 0;
  stack.program = program({ rotated: "2", triggers: ["message", "postback"] });
  await stack.up();
  expect(writes(api).toSorted()).toEqual(["createKey", "deleteKey", "updateWebhook"]);
  expect((await stack.outputs()).keyId).not.toBe(keyId);
  await stack.expectNoChange();
  await stack.destroy();
}
