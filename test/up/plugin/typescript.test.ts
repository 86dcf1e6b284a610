import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { generateSdk, sdkProblem } from "../../../scripts/sdk.mjs";
import { runProgram } from "../../support/cli";
import { typescriptDoor } from "../../support/door";
import { newFolder } from "../../support/folder";
import { scenario } from "../../support/stack";
import { atFirst, type Changing, trioLife } from "./trio-life";

const program = ({ rotated, triggers }: Changing) => `
import * as smooch from "@pulumi/smooch";

const app = new smooch.App("support", { settings: { maskCreditCardNumbers: true }, metadata: { customer_tier: "gold" } });
const key = new smooch.Key("backend", { appId: app.id, keepers: { rotated: "${rotated}" } });
new smooch.Webhook("events", { appId: app.id, target: "https://bot.example/in", triggers: ${JSON.stringify(triggers)} });
export const { id: keyId, secret, jwt } = key;
export const found = smooch.getAppOutput({ appId: app.id }).name;
`;

describe("a TypeScript program with the generated SDK", () => {
  const sdk = newFolder("typescript");
  let problem: string | undefined;
  beforeAll(async () => {
    problem = await sdkProblem();
    if (problem !== undefined) return;
    await generateSdk("nodejs", sdk);
    const tsc = join(__dirname, "..", "..", "..", "node_modules", "typescript", "bin", "tsc");
    const { code, output } = await runProgram(sdk, process.execPath, [tsc]);
    expect(code, output).toBe(0);
    // The SDK's install script does the same after compiling.
    cpSync(join(sdk, "package.json"), join(sdk, "bin", "package.json"));
  });
  beforeEach(({ skip }) => skip(problem !== undefined, problem));
  afterAll(() => rmSync(sdk, { recursive: true, force: true }));

  it("previews, creates, changes, rotates and destroys an app, a key and a webhook", () =>
    scenario(async (api, start) => {
      const stack = start(program(atFirst), typescriptDoor);
      cpSync(sdk, join(stack.folder, "node_modules", "@pulumi", "smooch"), { recursive: true });
      await trioLife(api, stack, program);
    }));
});
