import { joinPath } from "./request";

/** What holds an object: the account, or an object in it. */
export interface Place {
  /** The path below the API version, e.g. `apps/5a0b…`; empty for the account. */
  readonly path: readonly string[];
  /** Used in messages, e.g. `integration 5a0c… of app 5a0b…`; empty for the account. */
  readonly name: string;
  readonly appId?: string;
}

export const account: Place = { path: [], name: "" };

export function inApp(appId: string): Place {
  return { ...inside(account, "app", appId), appId };
}

/** Inside an object; `segment` is the path segment of its kind, by default derived from the label. */
export function inside(place: Place, label: string, id: string, segment = `${label}s`): Place {
  const name = `${label} ${id}${place.name === "" ? "" : ` of ${place.name}`}`;
  return { ...place, path: [...place.path, segment, id], name };
}

/** Throws if an id is none: it could lead to another path. */
export function pathTo(version: string, { path }: Place, ...rest: string[]): string {
  return joinPath(`/${version}`, ...path, ...rest);
}

/** The app that holds everything in a place. */
export function appIn({ appId }: Place): string {
  if (appId === undefined) throw new Error("There is no app here.");
  return appId;
}
