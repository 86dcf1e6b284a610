/** The API versions, oldest first, as they appear in paths and in webhook payloads. */
export const apiVersions = ["v1", "v1.1", "v2"] as const;

export type ApiVersion = (typeof apiVersions)[number];

/** The API version named in a path, if any. */
export function findApiVersion(path: string): ApiVersion | undefined {
  return apiVersions.find((version) => path.startsWith(`/${version}/`));
}
