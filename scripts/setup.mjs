#!/usr/bin/env node
import { build } from "./build.mjs";
import { installDependencies } from "./lib/dependencies.mjs";
import { isMain, main } from "./lib/run.mjs";
import { ensurePulumi } from "./pulumi-cli.mjs";

/** Sets up a fresh clone: dependencies, `dist`, and (unless `cli` is false) a Pulumi CLI. */
export async function setup({ log = console.log, cli = true } = {}) {
  await installDependencies(log);
  await build({ log });
  return cli ? ensurePulumi({ log }) : undefined;
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const { bin, version, source } = await setup();
    console.log(`ready; Pulumi CLI ${version} (${source}) in ${bin}`);
  });
}
