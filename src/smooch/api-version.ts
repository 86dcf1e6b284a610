/** The versions of Smooch's API, oldest first. */
export const apiVersions = ["v1", "v1.1", "v2"] as const;
export type ApiVersion = (typeof apiVersions)[number];

export function isOlder(version: ApiVersion, than: ApiVersion): boolean {
  return apiVersions.indexOf(version) < apiVersions.indexOf(than);
}

export function asApiVersion(value: unknown): ApiVersion | undefined {
  return apiVersions.find((version) => version === value);
}
