import type { KindName } from "../kinds";
import type { ApiVersion } from "../smooch/api-version";
import type { Identified, Properties } from "./object";

/** What the commands `audit` and `export` know of a kind. */
export interface Inventory<Remote extends Identified = Identified> {
  describe(remote: Remote): Description;
  /** How `audit` reports objects that no stack owns. */
  unowned: UnownedObjects;
  /** Another kind whose resources can own some of these objects too. */
  alias?: Alias<Remote>;
  /** Whether an API version does not return an input. */
  isHidden?(input: string, version: ApiVersion): boolean;
  /** The reason why an API version does not list an object with these inputs; undefined if it does. */
  whyUnlisted?(inputs: Properties, version: ApiVersion): string | undefined;
  /** The arguments that declare an existing object, without its app and without what is the default anyway. */
  exportArgs(remote: Remote, context: ExportContext): Properties;
  /** The inputs whose values Smooch never shows, and which the user of an exported program fills in. */
  exportCredentials?(remote: Remote, version: ApiVersion): readonly string[];
  /** What to look at in an exported program; goes on after the object's name. */
  exportNote?(remote: Remote): string | undefined;
  /** Why an object cannot be exported, where its arguments do not say so. */
  exportProblem?(remote: Remote): string | undefined;
}

/** What tells an object from others. Undefined and empty mean the same. */
export interface Description {
  /** What Smooch calls it. */
  name?: string | undefined;
  type?: string | undefined;
  /** A URL. */
  target?: string | undefined;
  triggers?: readonly string[] | undefined;
}

export interface UnownedObjects {
  title: string;
  fix: string;
  /** The option of `audit` that deletes them. Without one, `audit` deletes none and reports them as a notice. */
  deletedWith?: "revoke" | "delete";
}

/** Objects of one kind that are objects of another kind as well. */
export interface Alias<Remote extends Identified> {
  kind: KindName;
  /** The API version that lists them as both. */
  version: ApiVersion;
  /** Whether an object or a resource of the other kind is one of them. */
  covers(other: object): boolean;
  /** The object as the other kind reads it; undefined for an object that is of one kind only. */
  view(remote: Remote): Identified | undefined;
}

export interface ExportContext {
  /** The API version that the exported program uses. */
  version: ApiVersion;
  resourceName: string;
}
