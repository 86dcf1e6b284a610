import { isChild, type KindName, kinds, providerReference, typeToken } from "../../kinds";
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

function writeGroup({ title, app, appId: id, variable, children }: Group, options: ProgramOptions): string {
  const start = children.length > 0 ? `const ${variable} = ` : "";
  const appId = { appId: app === undefined ? id : new Expression(`${variable}.id`) };
  return [
    `// ${title}`,
    ...(app === undefined ? [] : [write(start, app, app.args, options)]),
    ...children.map((child) =>
      write("", child, { ...appId, ...child.args, ...writeCredentials(child) }, options),
    ),
    "",
  ].join("\n");
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
  const names = [name, ...(adopts ? [id] : [])].map((text) => literal(text)).join(", ");
  const isProtected = !isChild(kind) && protect;
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
