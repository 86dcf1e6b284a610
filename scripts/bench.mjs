#!/usr/bin/env node
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "./build.mjs";
import { main, must, root, run } from "./lib/run.mjs";
import { ensurePulumi, ensureYamlHost } from "./pulumi-cli.mjs";

const work = join(root, "bench", ".work", `run-${process.pid}`);
// Standard output is for the results only.
const log = (line) => console.error(line);

/** Compiles the benchmark and runs it: `npm run bench -- --sizes 1,100`. */
await main(
  async () => {
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const compiled = join(work, "build");
    const args = process.argv.slice(2);
    await must("tsc", process.execPath, [tsc, "-p", "bench/tsconfig.json", "--outDir", compiled]);
    const env = { ...process.env, PULUMI_SMOOCH_BENCH_WORK: work };
    if (!args.includes("--help")) {
      await build({ log });
      const cli = await ensurePulumi({ log });
      await ensureYamlHost(cli, { log });
      env.PULUMI_SMOOCH_CLI = cli.bin;
    }
    const script = join(compiled, "bench", "main.js");
    const { code } = await run(process.execPath, [script, ...args], {
      env,
      stdio: ["ignore", "inherit", "inherit"],
      // The signal that makes the engine stop gracefully.
      stopSignal: "SIGINT",
    });
    return code;
  },
  () => rm(work, { recursive: true, force: true }),
);
