import type { ApiVersion } from "../../src/smooch/api-version";
import { Api, type ApiConditions, type CallCounts } from "../api";
import { PulumiTrial } from "../contenders/pulumi";
import { type Spread, spread } from "../statistics";
import { nothing, range, table, time } from "../table";
import type { Watcher } from "./operations";

// An app, two keys and two webhooks.
const readsPerApp = 5;

export interface Fleet {
  apps: number;
  version: ApiVersion;
  rounds: number;
  conditions: ApiConditions;
  /** Environment variables for every `pulumi`. */
  environment: Readonly<Record<string, string>>;
}

export interface FleetResult {
  apps: number;
  version: ApiVersion;
  milliseconds: Spread;
  /** Of the refresh with the most calls. */
  calls: number;
  refused: number;
  /** The calls it would take to read every object individually. */
  singleReads: number;
}

/** `refresh` of many small apps: the cost of reading many objects. */
export async function measureFleet(
  { apps, version, rounds, conditions, environment }: Fleet,
  work: string,
  { log, signal }: Watcher,
): Promise<FleetResult> {
  const api = await Api.start(conditions);
  const variables = { BENCH_APPS: String(apps), SMOOCH_API_VERSION: version };
  const trial = await PulumiTrial.create(work, {
    program: "fleet",
    environment: { ...environment, ...api.environment, ...variables },
  });
  const times: number[] = [];
  const counts: CallCounts[] = [];
  try {
    log(`fleet of ${apps} apps: up`);
    await trial.run("up");
    await api.take();
    for (let round = 0; round < rounds; round++) {
      signal.throwIfAborted();
      log(`fleet of ${apps} apps: refresh, round ${round + 1} of ${rounds}`);
      times.push((await trial.run("refresh")).milliseconds);
      counts.push(await api.take());
    }
  } finally {
    trial.close();
    api.stop();
  }
  return {
    apps,
    version,
    milliseconds: spread(times),
    calls: Math.max(...counts.map(({ calls }) => calls)),
    refused: Math.max(...counts.map(({ refused }) => refused)),
    singleReads: apps * readsPerApp,
  };
}

export function fleetText({ apps, version, milliseconds, calls, refused, singleReads }: FleetResult): string {
  const heads = [`refresh of ${apps} apps with 2 keys and 2 webhooks each, API ${version}`, "", "min to max"];
  return table(heads, [
    ["time", time(milliseconds.median), range(milliseconds)],
    ["single reads", String(singleReads), nothing],
    ["calls made", String(calls), nothing],
    ["refused with 429", String(refused), nothing],
  ]);
}
