import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { runPulumi } from "./cli";
import { newFolder } from "./folder";

declare module "vitest" {
  interface ProvidedContext {
    /** A project with an empty stack "test", which the CLI creates once for all tests; every stack is a copy. */
    freshProject: string;
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const folder = newFolder("fresh");
  const text = "name: test\nmain: index.js\nruntime: { name: nodejs, options: { typescript: false } }\n";
  writeFileSync(join(folder, "Pulumi.yaml"), text);
  writeFileSync(join(folder, "package.json"), '{ "name": "test", "private": true }\n');
  const { code, output } = await runPulumi(folder, ["stack", "init", "test"]);
  if (code !== 0) throw new Error(`pulumi stack init failed: ${output}`);
  project.provide("freshProject", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
