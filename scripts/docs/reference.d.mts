/** What the pages take from the provider. */
export interface Facts {
  kindNames: readonly string[];
  /** The definition of each kind. */
  kinds: object;
  channels: object;
  commonFields: object;
  apiVersions: readonly string[];
  environmentName(setting: string): string;
}

export function writeReference(facts: Facts): Record<string, string>;
export function undocumented(kindNames: readonly string[]): string[];
