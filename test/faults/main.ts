import { parseArgs } from "node:util";
import { isMainThread } from "node:worker_threads";
import { apiVersions } from "../../src/smooch/api-version";
import type { Result } from "./checks/findings";
import { cliLayer, cliScale } from "./layers/cli";
import { grpcLayer, grpcScale } from "./layers/grpc";
import { playInRealTime } from "./run/realtime";
import { type Share, simulate, simulateOnAllCores } from "./run/simulated";
import { describe, isClean, type Summary } from "./run/summary";

const layers = ["sim", "grpc", "plugin", "cli"] as const;
type LayerName = (typeof layers)[number];

/** With `--layer all`, the number of simulated schedules for each schedule of a layer: slower layers play fewer. */
const shares: Record<LayerName, number> = { sim: 1, grpc: 100, plugin: 100, cli: 2000 };
/** How many schedules run concurrently in the layers that use real time. */
const atOnce = { grpc: 8, plugin: 8, cli: 2 };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: "1000" },
      start: { type: "string", default: "1" },
      layer: { type: "string", default: "sim" },
      "api-version": { type: "string", default: "v1" },
      parallel: { type: "string" },
      verbose: { type: "boolean", default: false },
    },
  });
  const version = apiVersions.find((known) => known === values["api-version"]);
  if (version === undefined) throw new Error(`--api-version: use ${apiVersions.join(", ")}`);
  const seeds = count("seeds", values.seeds);
  const start = count("start", values.start);
  const parallel = values.parallel === undefined ? undefined : count("parallel", values.parallel);
  const chosen = layers.filter((layer) => values.layer === "all" || values.layer === layer);
  if (chosen.length === 0) throw new Error(`--layer: use ${layers.join(", ")} or all`);

  for (const layer of chosen) {
    const share = Math.ceil(seeds / (values.layer === "all" ? shares[layer] : 1));
    print(`${layer}, API ${version}: seeds ${start} to ${start + share - 1}`);
    const summary = await run(layer, { start, seeds: share, version }, values.verbose, parallel);
    print(describe(layer, version, summary));
    if (!isClean(summary)) process.exitCode = 1;
  }
}

async function run(
  layer: LayerName,
  share: Share,
  verbose: boolean,
  parallel: number | undefined,
): Promise<Summary> {
  const show = verbose ? (trace: readonly string[]) => print(trace.join("\n")) : undefined;
  const onResult = ({ seed, findings, trace }: Result) => {
    for (const { kind, detail } of findings) print(`seed ${seed}: ${kind}: ${detail}`);
    show?.(trace);
  };
  switch (layer) {
    case "sim":
      return show ? simulate(share, show) : simulateOnAllCores(share);
    case "grpc":
      return playInRealTime(grpcLayer(), grpcScale, share, parallel ?? atOnce.grpc, onResult);
    case "plugin":
      return playInRealTime(grpcLayer("plugin"), grpcScale, share, parallel ?? atOnce.plugin, onResult);
    case "cli":
      return playInRealTime(cliLayer(), cliScale, share, parallel ?? atOnce.cli, onResult);
  }
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} must be a non-negative whole number`);
  return value;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

// The simulation's workers load this file too, and must not run main().
if (isMainThread)
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
