import { Api, type ApiConditions } from "../api";
import { axiosTrial } from "./axios";
import { PulumiTrial } from "./pulumi";
import type { Trial } from "./trial";

export const usualContenders = ["pulumi-smooch", "tutorial", "shared", "floor", "axios"] as const;
// `secret-floor` is `floor` with a secret in each webhook, which the engine encrypts.
export const contenderNames = [...usualContenders, "secret-floor"] as const;
export type ContenderName = (typeof contenderNames)[number];

// The API allows no more in one app, so every contender distributes them the same way.
export const webhooksPerApp = 10;

/** A way to manage webhooks, with its own API, so that other contenders' objects do not slow it down. */
export interface Contender {
  readonly name: ContenderName;
  readonly api: Api;
  start(webhooks: number): Promise<Trial>;
}

export async function makeContender(
  name: ContenderName,
  work: string,
  conditions: ApiConditions,
  environment: Readonly<Record<string, string>>,
): Promise<Contender> {
  const api = await Api.start(conditions);
  return {
    name,
    api,
    start: (webhooks) => startTrial(name, work, { ...environment, ...api.environment, ...sized(webhooks) }),
  };
}

/** Tells a program how much to declare. */
export function sized(webhooks: number): Record<string, string> {
  return { BENCH_WEBHOOKS: String(webhooks), BENCH_WEBHOOKS_PER_APP: String(webhooksPerApp) };
}

async function startTrial(
  name: ContenderName,
  work: string,
  environment: Record<string, string>,
): Promise<Trial> {
  switch (name) {
    case "pulumi-smooch":
      return PulumiTrial.create(work, "smooch", environment);
    case "tutorial":
      return PulumiTrial.create(work, "handwritten", environment);
    case "shared":
      return PulumiTrial.create(work, "handwritten", { ...environment, BENCH_SHARED: "true" });
    case "floor":
      return PulumiTrial.create(work, "floor", environment, ["floor-provider"]);
    case "secret-floor":
      return PulumiTrial.create(work, "floor", { ...environment, BENCH_SECRET: "true" }, ["floor-provider"]);
    case "axios":
      return axiosTrial(work, environment);
  }
}
