import { Api, type ApiConditions } from "../api";
import { PulumiTrial } from "./pulumi";

export const contenderNames = ["pulumi-smooch", "tutorial", "floor"] as const;
export type ContenderName = (typeof contenderNames)[number];

// The API allows no more in one app, so every contender distributes them the same way.
export const webhooksPerApp = 10;

/** A way to manage webhooks, with its own API, so that other contenders' objects do not slow it down. */
export interface Contender {
  readonly name: ContenderName;
  readonly api: Api;
  start(webhooks: number): Promise<PulumiTrial>;
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
    start: (webhooks) => {
      const variables = { ...environment, ...api.environment, ...sized(webhooks) };
      return PulumiTrial.create(work, { ...programs[name], environment: variables });
    },
  };
}

/** Tells a program how much to declare. */
export function sized(webhooks: number): Record<string, string> {
  return { BENCH_WEBHOOKS: String(webhooks), BENCH_WEBHOOKS_PER_APP: String(webhooksPerApp) };
}

const programs: Record<ContenderName, { program: string; files?: readonly string[] }> = {
  "pulumi-smooch": { program: "smooch" },
  tutorial: { program: "tutorial" },
  floor: { program: "floor", files: ["floor-provider"] },
};
