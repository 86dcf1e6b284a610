#!/usr/bin/env node
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "./build.mjs";
import { main, must, root, run } from "./lib/run.mjs";
import { ensurePulumi } from "./pulumi-cli.mjs";

const compiled = join(root, "test", ".work", "faults", `build-${process.pid}`);

/** Compiles the fault matrix and runs it: `npm run faults -- --seeds 1000`. */
await main(
  async () => {
    const args = process.argv.slice(2);
    const asks = (layer) => args.some((arg) => arg === layer || arg === `--layer=${layer}`);
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    await must("tsc", process.execPath, [tsc, "-p", "test/faults/tsconfig.json", "--outDir", compiled]);
    const env = { ...process.env };
    // The layers with processes of their own run the package as it is installed.
    if (asks("grpc") || asks("cli") || asks("all")) await build();
    if (asks("cli") || asks("all")) env.PULUMI_SMOOCH_CLI = (await ensurePulumi()).bin;
    const script = join(compiled, "test", "faults", "main.js");
    const { code } = await run(process.execPath, [script, ...args], {
      env,
      stdio: ["ignore", "inherit", "inherit"],
    });
    return code;
  },
  () => rm(compiled, { recursive: true, force: true }),
);
