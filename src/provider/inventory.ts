import type { KindName } from "../kinds";
import type { ApiVersion } from "../smooch/api-version";
import type { Identified, Properties } from "./object";

/** What the commands `audit` and `export` need to know about a kind. */
export interface Inventory<Remote extends Identified = Identified> {
  describe(remote: Remote): Description;
  /** How `audit` reports objects that no stack owns. */
  unowned: UnownedObjects;
  /** Another kind whose resources can own some of these objects too. */
  alias?: Alias<Remote>;
  /** Another kind in the same app whose objects can have one of these too. */
  alsoIn?: KindName;
  /** The ids of other objects that a resource with these properties owns too. */
  partsOf?(properties: Properties): string[];
  /** Whether the exported program declares these objects as parts of what holds them. */
  isExportedWithin?: true;
  /** Why an API version does not list an object with these inputs; undefined if it does. */
  whyUnlisted?(inputs: Properties, version: ApiVersion): string | undefined;
  /** The arguments that declare an existing object, without its app and without default values. */
  exportArgs(remote: Remote, context: ExportContext): Properties;
  /** The inputs whose values Smooch never returns; users fill them in in the exported program. */
  exportCredentials?(remote: Remote, version: ApiVersion): readonly string[];
  /** What to check in the exported program; continues a sentence that starts with the object's name. */
  exportNote?(remote: Remote): string | undefined;
  /** Why an object cannot be exported, if its arguments do not show it. */
  exportProblem?(remote: Remote): string | undefined;
}

/** What distinguishes an object from others. Undefined and empty mean the same. */
export interface Description {
  /** Its name in Smooch. */
  name?: string | undefined;
  type?: string | undefined;
  /** A URL. */
  target?: string | undefined;
  triggers?: readonly string[] | undefined;
}

export interface UnownedObjects {
  title: string;
  fix: string;
  /** The `audit` option that deletes them. Without one, `audit` does not delete them and reports them as a notice. */
  deletedWith?: "revoke" | "delete";
}

/** How `audit` reports objects that it can delete. */
export function deletable(title: string): UnownedObjects {
  return {
    title,
    fix: "Adopt those in use, and delete the others with --delete. If a stack is missing here, add it with --stack or --state.",
    deletedWith: "delete",
  };
}

/** Objects of one kind that also appear as objects of another kind. */
export interface Alias<Remote extends Identified> {
  kind: KindName;
  /** The API version in which they appear as both. */
  version: ApiVersion;
  /** Whether an object or a resource of the other kind is one of these. */
  covers(other: object): boolean;
  /** The object in the other kind's form; undefined if it is of one kind only. */
  view(remote: Remote): Identified | undefined;
}

export interface ExportContext {
  /** The API version that the exported program uses. */
  version: ApiVersion;
  resourceName: string;
}
