#!/usr/bin/env node
import { join } from "node:path";
import { main, root, run } from "./lib/run.mjs";

/**
 * Makes one change at a time in the given files, and reports the changes that no test detects: `npm run mutation --
 * src/provider/gone.ts "src/provider/create/*.ts"`.
 */
await main(async () => {
  const files = process.argv.slice(2);
  if (files.length === 0) {
    console.error('npm run mutation -- <file or pattern>...  (for example "src/provider/**/*.ts")');
    return 2;
  }
  const stryker = join(root, "node_modules", "@stryker-mutator", "core", "bin", "stryker.js");
  const config = join("scripts", "mutation", "stryker.config.json");
  const args = [stryker, "run", config, "--mutate", files.join(",")];
  const { code } = await run(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
  return code;
});
