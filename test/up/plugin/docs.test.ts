import { rmSync } from "node:fs";
import { delimiter } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensurePython, installPythonSdk, pythonProblem } from "../../../scripts/python.mjs";
import { writePluginProject } from "../../../src/cli/new/plugin-project";
import { Blocks } from "../../docs/support/blocks";
import { cliFolder } from "../../support/cli";
import { pluginDoor, pythonDoor } from "../../support/door";
import { newFolder } from "../../support/folder";
import { type Stack, scenario } from "../../support/stack";

const blocks = new Blocks();
const work = newFolder("sdk");
let problem: string | undefined;
let python: Awaited<ReturnType<typeof ensurePython>>;
beforeAll(async () => {
  problem = await pythonProblem();
  if (problem !== undefined) return;
  python = await ensurePython({ bin: cliFolder() });
  await installPythonSdk(python, work);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

async function live(stack: Stack): Promise<void> {
  await stack.up();
  const { apps, keys, webhooks } = stack.emulator.emulator.snapshot();
  expect([apps.length, keys.length, webhooks.length]).toEqual([1, 1, 1]);
  expect((await stack.outputs()).jwt).toMatch(/^ey/);
  await stack.expectNoChange();
  await stack.destroy();
}

async function liveInPython(program: string): Promise<void> {
  await scenario(async (_, start) => {
    const stack = start(program, pythonDoor);
    const path = [python.bin, cliFolder(), process.env.PATH].join(delimiter);
    Object.assign(stack.environment, { PATH: path, PYTHONPATH: work });
    await stack.configure({ target: "https://bot.example.com/smooch", protect: "false" }, {});
    await live(stack);
  });
}

describe("the programs in docs/languages", () => {
  it("in YAML", () =>
    scenario(async (_, start) => live(start(blocks.take("docs/languages/yaml.md: YAML (2)"), pluginDoor))));

  it("in Python", async ({ skip }) => {
    skip(problem !== undefined, problem);
    await liveInPython(blocks.take("docs/languages/python.md: Python (2)"));
  });
});

it("the Python program that `new` writes runs", async ({ skip }) => {
  skip(problem !== undefined, problem);
  const files = writePluginProject({ name: "shop", language: "python", apiVersion: "v1" });
  expect([...files.keys()]).toEqual([
    "Pulumi.yaml",
    "__main__.py",
    "requirements.txt",
    "Pulumi.emulator.yaml",
    ".gitignore",
    "README.md",
  ]);
  await liveInPython(String(files.get("__main__.py")));
});
