/** The generations of the API, oldest first: how their paths begin, and what their webhooks are marked with. */
export const versions = ["v1", "v1.1", "v2"] as const;

export type Version = (typeof versions)[number];

/** The generation that a path names, if any. */
export function findVersion(path: string): Version | undefined {
  return versions.find((version) => path.startsWith(`/${version}/`));
}
