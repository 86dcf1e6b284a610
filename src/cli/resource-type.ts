import type { KindName } from "../resources/reference";

const types: Readonly<Record<KindName, string>> = {
  app: "App",
  key: "Key",
  webhook: "Webhook",
  integration: "Integration",
};

/** What Pulumi's state calls a resource of a kind. */
export function resourceType(kind: KindName): string {
  return `pulumi-nodejs:dynamic/smooch:${types[kind]}`;
}

/** Undefined for a resource of somebody else. */
export function kindOf(type: string): KindName | undefined {
  return (["app", "key", "webhook", "integration"] as const).find((kind) => resourceType(kind) === type);
}
