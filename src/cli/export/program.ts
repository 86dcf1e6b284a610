import { type KindName, kinds, providerReference, rootName, typeToken } from "../../kinds";
import { definitions } from "../../provider/kinds";
import type { Language } from "../shared/project/files";
import { Expression, literal } from "./literal";
import { type Group, type Plan, type PlannedResource, resourcesOf } from "./plan";

export interface ProgramOptions {
  language: Language;
  /** Whether the program adopts the objects itself, without an import file. */
  adopt: boolean;
  /** Whether Pulumi must refuse to delete the apps. */
  protect: boolean;
}

/** Writes the program that declares the plan. */
export function writeProgram({ groups }: Plan, options: ProgramOptions): string {
  const resources = groups.flatMap(resourcesOf);
  const names = [...new Set(resources.map(({ kind }) => className(kind)))].sort();
  const asks = resources.some(({ credentials }) => credentials.length > 0);
  const head =
    options.language === "typescript"
      ? [
          ...(asks ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
          `import { ${names.join(", ")} } from "pulumi-smooch";`,
        ]
      : [
          ...(asks ? ['const pulumi = require("@pulumi/pulumi");'] : []),
          `const { ${names.join(", ")} } = require("pulumi-smooch");`,
        ];
  const config = asks
    ? [
        "",
        "// Credentials that Smooch never shows: README.md says how to fill them in. Until then they stay as they are.",
        "const config = new pulumi.Config();",
      ]
    : [];
  const parts = groups.map((group) => `\n${writeGroup(group, options)}`);
  return `${[...head, ...config].join("\n")}\n${parts.join("")}`;
}

function className(kind: KindName): string {
  return `Smooch${kinds[kind].type}`;
}

/** Declares the resources of a group; each may refer to those before it. */
function writeGroup({ title, root, children }: Group, options: ProgramOptions): string {
  const resources = [...(root === undefined ? [] : [root]), ...children];
  const referred = new Set(resources.flatMap(({ parents, args }) => stringsIn([parents, args])));
  const variables = new Map<string, Expression>();
  const lines = resources.map((resource) => {
    const args = withVariables({ ...resource.parents, ...resource.args }, variables);
    const isReferred = referred.has(resource.id);
    const text = write(
      isReferred ? `const ${resource.variable} = ` : "",
      resource,
      { ...Object(args), ...writeCredentials(resource) },
      options,
    );
    if (isReferred) variables.set(resource.id, new Expression(`${resource.variable}.id`));
    return text;
  });
  return [`// ${title}`, ...lines, ""].join("\n");
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** The value with ids of declared resources replaced by their variables. */
function withVariables(value: unknown, variables: ReadonlyMap<string, Expression>): unknown {
  if (typeof value === "string") return variables.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => withVariables(item, variables));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, withVariables(item, variables)]),
  );
}

function writeCredentials({ credentials }: PlannedResource): Record<string, Expression> {
  return Object.fromEntries(
    credentials.map(({ field, key }) => [field, new Expression(`config.getSecret(${literal(key)})`)]),
  );
}

function write(
  start: string,
  resource: PlannedResource,
  args: object,
  { adopt, protect }: ProgramOptions,
): string {
  const { kind, name, id, credentials } = resource;
  // The type of `new` requires credentials; `adopt` does not, and has the same effect once the object is imported.
  const adopts = adopt || credentials.length > 0;
  const call = start + (adopts ? `${className(kind)}.adopt` : `new ${className(kind)}`);
  // What there is one of at most is adopted without its id.
  const takesId = adopts && !definitions[kind].isSingleton;
  const names = [name, ...(takesId ? [id] : [])].map((text) => literal(text)).join(", ");
  const isProtected = kind === rootName && protect;
  const hasArgs = isProtected || Object.keys(args).length > 0;
  const rest = hasArgs ? `, ${literal(args, call.length + names.length + 5)}` : "";
  return `${call}(${names}${rest}${isProtected ? ", { protect: true }" : ""});`;
}

/**
 * Writes the file for `pulumi import --file`: complete entries, which Pulumi uses without calling the provider.
 * Contains no secrets.
 */
export function writeImportFile({ groups }: Pick<Plan, "groups">): string {
  const resources = groups.flatMap(resourcesOf).map(({ kind, name, id, inputs, outputs }) => {
    const __provider = providerReference(kind);
    return {
      type: typeToken(kind),
      name,
      id,
      inputs: { ...inputs, __provider },
      outputs: { ...outputs, __provider },
    };
  });
  return `${JSON.stringify({ resources }, undefined, 2)}\n`;
}
