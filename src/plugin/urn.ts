import { type KindName, kindOf, pluginType } from "../kinds";

/** What a resource's URN tells: `urn:pulumi:<stack>::<project>::<types>::<name>`. */
export interface Urn {
  stack: string;
  project: string;
  /** The resource's own type, without those of its parents. */
  type: string;
  /** The resource's name in the program. */
  name: string;
}

export function parseUrn(urn: string): Urn {
  const [stack = "", project = "", types = "", ...name] = urn.replace(/^urn:pulumi:/, "").split("::");
  return { stack, project, type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}

/** The kind of resources of a type of this package; throws if this version has no such type. */
export function kindOfType(type: string, version: string): KindName {
  const kind = kindOf(type);
  if (kind !== undefined && pluginType(kind) === type) return kind;
  throw new Error(
    `The plugin of pulumi-smooch ${version} has no resource type ${type}: check its name, or install a newer plugin with \`npx pulumi-smooch plugin install\`.`,
  );
}
