/**
 * The kinds of Smooch objects that this package manages. Everything that names kinds derives from this table. Type
 * tokens and provider references are written into users' state: they never change once released.
 */
export const kinds = {
  app: { type: "App", parent: undefined },
  key: { type: "Key", parent: "app" },
  webhook: { type: "Webhook", parent: "app" },
  integration: { type: "Integration", parent: "app" },
} as const satisfies Readonly<Record<string, { type: string; parent: string | undefined }>>;

export type KindName = keyof typeof kinds;

/** All kinds, a parent before its children. */
export const kindNames = Object.keys(kinds) as readonly KindName[];

/** The kind to whose objects all others belong. */
export const rootName = "app" satisfies KindName;

/** The kinds of which every object belongs to one of another kind. */
export type ChildName = {
  [Name in KindName]: (typeof kinds)[Name]["parent"] extends undefined ? never : Name;
}[KindName];

export function isChild(kind: KindName): kind is ChildName {
  return kinds[kind].parent !== undefined;
}

export const childNames = kindNames.filter(isChild);

/** All kinds, children before their parents. */
export const childrenFirst: readonly KindName[] = [
  ...childNames,
  ...kindNames.filter((kind) => !isChild(kind)),
];

/** The inputs with the ids of what an object belongs to, the outermost first. */
export function parentInputs(kind: KindName): readonly string[] {
  const { parent } = kinds[kind];
  return parent === undefined ? [] : [...parentInputs(parent), `${parent}Id`];
}

/** A table with an entry for each kind. */
export function byKind<Value>(make: (kind: KindName) => Value): Readonly<Record<KindName, Value>> {
  return Object.fromEntries(kindNames.map((kind) => [kind, make(kind)])) as Record<KindName, Value>;
}

/** The same under the plurals of some kinds. */
export function byPlural<Name extends KindName, Value>(
  names: readonly Name[],
  make: (kind: Name) => Value,
): Readonly<Record<`${Name}s`, Value>> {
  return Object.fromEntries(names.map((name) => [`${name}s`, make(name)])) as Record<`${Name}s`, Value>;
}

/** The type of a kind's dynamic resources in Pulumi's state. */
export function typeToken(kind: KindName): string {
  return `pulumi-nodejs:dynamic/smooch:${kinds[kind].type}`;
}

/** The Pulumi package that the plugin serves. */
export const pluginPackage = "smooch";

/** The token of something in the plugin's package: a resource type or a function. */
export function pluginToken(name: string): string {
  return `${pluginPackage}:index:${name}`;
}

/** The type of a kind's resources in Pulumi's state if the plugin manages them. */
export function pluginType(kind: KindName): string {
  return pluginToken(kinds[kind].type);
}

/** Returns undefined for a resource of another package. */
export function kindOf(token: string): KindName | undefined {
  return kindNames.find((kind) => typeToken(kind) === token || pluginType(kind) === token);
}

/** What Pulumi's dynamic-provider process loads. */
export const providerModule = "pulumi-smooch/provider";

/**
 * The text that Pulumi writes into the state of every resource and runs to manage it. No code is serialized, so the
 * installed package manages old stacks too.
 */
export function providerReference(kind: KindName): string {
  return `exports.handler=()=>require("${providerModule}").${kind}`;
}

/** The property that marks a value in Pulumi's state as of a special kind, and its value for a secret. */
export const signatureKey = "4dabf18193072939515e22adb298388d";
export const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** How the id of a resource begins whose create may or may not have taken effect. */
export const unresolvedPrefix = "unresolved:";
