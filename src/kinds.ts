/**
 * The kinds of Smooch objects that this package manages. Everything that names kinds derives from this table. Type
 * tokens and provider references are written into users' state: they never change once released.
 */
export const kinds = {
  app: { type: "App", parent: undefined },
  key: { type: "Key", parent: "app" },
  webhook: { type: "Webhook", parent: "app" },
  integration: { type: "Integration", parent: "app" },
  integrationKey: { type: "IntegrationKey", parent: "integration" },
  switchboard: { type: "Switchboard", parent: "app" },
  switchboardIntegration: { type: "SwitchboardIntegration", parent: "switchboard" },
  menu: { type: "Menu", parent: "app" },
  template: { type: "Template", parent: "app" },
  serviceAccount: { type: "ServiceAccount", parent: undefined },
  serviceAccountKey: { type: "ServiceAccountKey", parent: "serviceAccount" },
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

/** The kind of the outermost object that an object belongs to: its own if it belongs to none. */
export function rootOf(kind: KindName): KindName {
  const { parent } = kinds[kind];
  return parent === undefined ? kind : rootOf(parent);
}

/** The kinds of everything in an app. */
export const appContents = childNames.filter((kind) => rootOf(kind) === rootName);

/** The kinds of everything outside apps. */
export const outsideApps = kindNames.filter((kind) => rootOf(kind) !== rootName);

/** The kinds whose objects belong directly to objects of this kind. */
export function childrenOf(kind: KindName): readonly KindName[] {
  return kindNames.filter((other) => kinds[other].parent === kind);
}

/** The kinds of what an object belongs to, the outermost first. */
export function ancestorsOf(kind: KindName): readonly KindName[] {
  const { parent } = kinds[kind];
  return parent === undefined ? [] : [...ancestorsOf(parent), parent];
}

/** The inputs with the ids of what an object belongs to, the outermost first. */
export function parentInputs(kind: KindName): readonly string[] {
  return ancestorsOf(kind).map(idInput);
}

/** The input with the id of an object of this kind. */
export function idInput(kind: KindName): string {
  return `${kind}Id`;
}

/** All kinds, children before their parents. */
export const childrenFirst: readonly KindName[] = kindNames.toSorted(
  (one, other) => parentInputs(other).length - parentInputs(one).length,
);

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

/** Stands for the id of the only object of its kind where an app, say, has one at most: users do not know that id. */
export const onlyId = "only";

/** The output with the id that `onlyId` stands for: Pulumi gives a program that reads an object the id that it passed. */
export const idOutput = "__id";

/** How the id of a resource begins whose create may or may not have taken effect. */
export const unresolvedPrefix = "unresolved:";
