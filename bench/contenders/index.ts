import { Api, type ApiConditions } from "../api";
import { type Program, PulumiTrial } from "./pulumi";
import { yamlProgram } from "./yaml";

export const contenderNames = ["pulumi-smooch", "plugin", "tutorial", "floor"] as const;
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
      return PulumiTrial.create(work, { ...programFor(name, webhooks), environment: variables });
    },
  };
}

/** Tells a program how much to declare. */
export function sized(webhooks: number): Record<string, string> {
  return { BENCH_WEBHOOKS: String(webhooks), BENCH_WEBHOOKS_PER_APP: String(webhooksPerApp) };
}

function programFor(name: ContenderName, webhooks: number): Omit<Program, "environment"> {
  switch (name) {
    case "pulumi-smooch":
      return { program: "smooch" };
    case "plugin":
      return { program: "plugin", yaml: (isChanged) => yamlProgram(webhooks, webhooksPerApp, isChanged) };
    case "tutorial":
      return { program: "tutorial" };
    case "floor":
      return { program: "floor", files: ["floor-provider"] };
  }
}
