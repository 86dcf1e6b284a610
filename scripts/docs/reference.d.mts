/** What the pages take from the provider itself. */
export interface Facts {
  kinds: Record<"app" | "key" | "webhook" | "integration", object>;
  channels: object;
  commonFields: object;
  apiVersions: readonly string[];
  environmentName(setting: string): string;
}

export function writeReference(facts: Facts): Record<string, string>;
export function undocumented(): string[];
