import type { ApiVersion } from "../../../smooch/api-version";
import { type Part, type Step, type Words, wordsOf } from "../step";
import { appAsItself, appDeletion, apps } from "./apps";
import { customIntegrations } from "./custom";
import { integrationKeys } from "./integration-keys";
import {
  legacyIntegrationDeletion,
  legacyIntegrations,
  v2IntegrationDeletion,
  v2Integrations,
} from "./integrations";
import { keyDeletion, keys } from "./keys";
import { menus } from "./menus";
import { serviceAccounts } from "./service-accounts";
import { switchboardDeletion, switchboards } from "./switchboards";
import { templates } from "./templates";
import { webhooks } from "./webhooks";

/** Whose key the configured one is. */
export type Owner = "person" | "service account" | "app";

export interface SuiteOptions {
  owner: Owner;
  hasTarget: boolean;
  /** Whether the limits are tried, which takes many calls. */
  limits: boolean;
}

export interface Suite {
  parts: readonly Part[];
  /** Comes after everything else in the app has been deleted. */
  last: readonly Part[];
  /** What is not run, and why. */
  leftOut: readonly { name: string; reason: string }[];
}

const legacyParts = [
  apps,
  keys,
  appAsItself,
  legacyIntegrations,
  webhooks,
  menus,
  templates,
  legacyIntegrationDeletion,
  serviceAccounts,
  keyDeletion,
];
const v2Parts = [
  apps,
  keys,
  appAsItself,
  v2Integrations,
  customIntegrations,
  integrationKeys,
  switchboards,
  switchboardDeletion,
  v2IntegrationDeletion,
  keyDeletion,
];

/** The suite for one API version: what these credentials and options allow. */
export function suiteFor(version: ApiVersion, { owner, hasTarget, limits }: SuiteOptions): Suite {
  const words: Words = wordsOf(version);
  const all = (words.isLegacy ? legacyParts : v2Parts).map((part) => part(words));
  const leftOut: { name: string; reason: string }[] = [];
  const isAllowed = ({ name, needs }: Part) => {
    const reason = refusal(needs, owner);
    if (reason !== undefined) leftOut.push({ name, reason });
    return reason === undefined;
  };
  const isRun = (step: Step) => (hasTarget || !step.needsTarget) && (limits || !step.isLimit);
  const cut = (parts: readonly Part[]) =>
    parts.filter(isAllowed).map((part) => ({ ...part, steps: part.steps.filter(isRun) }));
  const parts = cut(all);
  const last = owner === "app" ? [] : [appDeletion(words)];
  const isCut = ({ name, steps }: Part) => !hasTarget && steps.some(({ needsTarget }) => needsTarget) && name;
  for (const name of all.flatMap((part) => (refusal(part.needs, owner) ? [] : isCut(part) || [])))
    leftOut.push({ name, reason: "partly: webhooks need --target" });
  return { parts, last, leftOut };
}

function refusal(needs: Part["needs"], owner: Owner): string | undefined {
  if (needs === "own app" && owner === "app") return "they would change a live app; they need an account key";
  if (needs === "user account" && owner !== "person") return "they need an account key (act_…)";
  return undefined;
}
