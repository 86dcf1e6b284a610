/** The versions of the API, oldest first: how their paths begin, and what their webhooks are marked with. */
export const apiVersions = ["v1", "v1.1", "v2"] as const;

export type ApiVersion = (typeof apiVersions)[number];

/** The API version that a path names, if any. */
export function findApiVersion(path: string): ApiVersion | undefined {
  return apiVersions.find((version) => path.startsWith(`/${version}/`));
}

/** A table with an entry for each API version. */
export function byApiVersion<Value>(make: (version: ApiVersion) => Value): {
  readonly [V in ApiVersion]: Value;
} {
  return { v1: make("v1"), "v1.1": make("v1.1"), v2: make("v2") };
}
