import { rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ensurePython, installPythonSdk, pythonProblem } from "../../../scripts/python.mjs";
import type { RunningEmulator } from "../../../src/emulator/index";
import { signJwt } from "../../../src/smooch/jwt";
import { cliFolder } from "../../support/cli";
import { newFolder } from "../../support/folder";
import { pythonDoor, type Stack, scenario } from "../../support/stack";
import { writes } from "../../support/trio";

const program = ({ rotated, triggers }: { rotated: string; triggers: string }) => `
import pulumi
import pulumi_smooch as smooch

app = smooch.App("support", settings={"mask_credit_card_numbers": True}, metadata={"customer_tier": "gold"})
key = smooch.Key("backend", app_id=app.id, keepers={"rotated": "${rotated}"})
hook = smooch.Webhook("events", app_id=app.id, target="https://bot.example/in", triggers=[${triggers}])
pulumi.export("keyId", key.id)
pulumi.export("secret", key.secret)
pulumi.export("jwt", key.jwt)
pulumi.export("found", smooch.get_app_output(app_id=app.id).name)
`;

describe("a Python program", () => {
  const work = newFolder("python");
  const sdk = join(work, "sdk");
  let problem: string | undefined;
  let bin: string;
  beforeAll(async () => {
    problem = await pythonProblem();
    if (problem !== undefined) return;
    const python = await ensurePython({ bin: cliFolder() });
    bin = python.bin;
    await installPythonSdk(python, sdk);
  });
  beforeEach(({ skip }) => skip(problem !== undefined, problem));
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  const inPython = (text: string, run: (api: RunningEmulator, stack: Stack) => Promise<void>) =>
    scenario(async (api, start) => {
      const stack = start(text, pythonDoor);
      Object.assign(stack.environment, {
        PATH: [bin, cliFolder(), process.env.PATH].join(delimiter),
        PYTHONPATH: sdk,
      });
      await run(api, stack);
    });

  it("previews, creates, changes, rotates and destroys an app, a key and a webhook", () =>
    inPython(program({ rotated: "1", triggers: '"message"' }), async (api, stack) => {
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
      stack.program = program({ rotated: "2", triggers: '"message", "postback"' });
      await stack.up();
      expect(writes(api).toSorted()).toEqual(["createKey", "deleteKey", "updateWebhook"]);
      expect((await stack.outputs()).keyId).not.toBe(keyId);
      await stack.expectNoChange();
      await stack.destroy();
    }));
});
