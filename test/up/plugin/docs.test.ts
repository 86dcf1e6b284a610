import { rmSync } from "node:fs";
import { delimiter } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ensurePython, installPythonSdk, pythonProblem } from "../../../scripts/python.mjs";
import { Blocks } from "../../docs/support/blocks";
import { cliFolder } from "../../support/cli";
import { newFolder } from "../../support/folder";
import { pluginDoor, pythonDoor, type Stack, scenario } from "../../support/stack";

const blocks = new Blocks();
const work = newFolder("sdk");
afterAll(() => rmSync(work, { recursive: true, force: true }));

async function live(stack: Stack): Promise<void> {
  await stack.up();
  const { apps, keys, webhooks } = stack.emulator.emulator.snapshot();
  expect([apps.length, keys.length, webhooks.length]).toEqual([1, 1, 1]);
  expect((await stack.outputs()).jwt).toMatch(/^ey/);
  await stack.expectNoChange();
  await stack.destroy();
}

describe("the programs in docs/languages", () => {
  it("in YAML", () =>
    scenario(async (_, start) => live(start(blocks.take("docs/languages/yaml.md: YAML (2)"), pluginDoor))));

  it("in Python", async ({ skip }) => {
    const problem = await pythonProblem();
    skip(problem !== undefined, problem);
    const python = await ensurePython({ bin: cliFolder() });
    await installPythonSdk(python, work);
    await scenario(async (_, start) => {
      const stack = start(blocks.take("docs/languages/python.md: Python (2)"), pythonDoor);
      const path = [python.bin, cliFolder(), process.env.PATH].join(delimiter);
      Object.assign(stack.environment, { PATH: path, PYTHONPATH: work });
      await live(stack);
    });
  });
});
