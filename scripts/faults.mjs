#!/usr/bin/env node
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { build } from "./build.mjs";
import { main, root, run } from "./lib/run.mjs";
import { ensurePulumi } from "./pulumi-cli.mjs";

const folder = join(root, "test", ".work", "faults", `build-${process.pid}`);

/** Bundles the fault matrix and runs it: `npm run faults -- --seeds 1000`. */
await main(
  async () => {
    const args = process.argv.slice(2);
    const asks = (layer) => args.some((arg) => arg === layer || arg === `--layer=${layer}`);
    const script = await bundle();
    const env = { ...process.env };
    // The layers that start processes run the package as installed.
    if (asks("grpc") || asks("cli") || asks("all")) await build();
    if (asks("cli") || asks("all")) env.PULUMI_SMOOCH_CLI = (await ensurePulumi()).bin;
    const { code } = await run(process.execPath, [script, ...args], {
      env,
      stdio: ["ignore", "inherit", "inherit"],
    });
    return code;
  },
  () => rm(folder, { recursive: true, force: true }),
);

/** A single file without type checking: compiling takes as long as hundreds of simulated schedules. */
async function bundle() {
  const file = join(folder, "main.js");
  // Pulumi's SDK and the network libraries are only needed by the other layers.
  const external = [/^@pulumi\//, /^@grpc\//, /^google-protobuf/, "axios"];
  const input = join(root, "test", "faults", "main.ts");
  const bundle = await rolldown({ input, platform: "node", external });
  // The emulator loads its console only on demand, which would otherwise be a file of its own.
  await bundle.write({ file, format: "cjs", codeSplitting: false });
  await bundle.close();
  return file;
}
