import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { simulation, simulationScale } from "../layers/simulation";
import { play } from "../play";
import { makeSchedule } from "../program/schedule";
import { addResult, emptySummary, merge, type Summary } from "./summary";

export interface Share {
  start: number;
  seeds: number;
  version: ApiVersion;
}

/** Plays the schedules of consecutive seeds one after the other. */
export async function simulate(
  { start, seeds, version }: Share,
  onTrace?: (trace: readonly string[]) => void,
): Promise<Summary> {
  const summary = emptySummary();
  const began = performance.now();
  for (let seed = start; seed < start + seeds; seed++) {
    const result = await play(simulation(), makeSchedule(seed, simulationScale, version));
    addResult(summary, result);
    onTrace?.([...result.trace, `trace ${result.hash}`]);
  }
  summary.milliseconds = performance.now() - began;
  return summary;
}

/** The same on all cores. */
export async function simulateOnAllCores({ start, seeds, version }: Share): Promise<Summary> {
  const began = performance.now();
  const workers = Math.min(availableParallelism(), seeds);
  const each = Math.ceil(seeds / workers);
  const shares = Array.from({ length: workers }, (_, index) => ({
    start: start + index * each,
    seeds: Math.max(0, Math.min(each, seeds - index * each)),
    version,
  }));
  const whole = merge(await Promise.all(shares.map(inWorker)));
  return { ...whole, milliseconds: performance.now() - began };
}

function inWorker(share: Share): Promise<Summary> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(__filename, { workerData: share });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  void simulate(workerData as Share).then((summary) => port.postMessage(summary));
}
