import { type KindName, parentInputs, pluginType } from "../../kinds";
import { definitions } from "../../provider/kinds";
import type { ApiVersion } from "../../smooch/api-version";
import { block, page } from "../shared/project/readme";
import { quote } from "../shared/shell";
import { type Plan, type PlannedResource, resourcesOf } from "./plan";
import { credentialNames, type ProjectOptions, settingCommands } from "./project";

type PluginOptions = Pick<ProjectOptions, "settings" | "protect">;

/** What `pulumi import` needs to write a program in any language: a list of the objects, without their properties. */
export function writePluginImport(plan: Plan, options: PluginOptions): Map<string, string> {
  const { apiVersion } = options.settings;
  const resources = plan.groups.flatMap((group) =>
    resourcesOf(group).map(({ kind, name, id, inputs, parents }) => ({
      type: pluginType(kind),
      name,
      id: importId(kind, { ...inputs, ...parents }, id, apiVersion),
    })),
  );
  return new Map([
    ["import.json", `${JSON.stringify({ resources }, undefined, 2)}\n`],
    ["README.md", writeReadme(plan, options)],
  ]);
}

/** The import id of an object; it names the API version of an object that is bound to another one than the stack's. */
function importId(kind: KindName, inputs: PlannedResource["inputs"], id: string, stack: ApiVersion): string {
  const bound = definitions[kind].boundVersion?.(inputs) ?? stack;
  const parents = parentInputs(kind).map((parent) => String(inputs[parent]));
  return [...(bound === stack ? [] : [bound]), ...parents, id].join("/");
}

/** The commands to run in the folder of a Pulumi project in any language but Node.js. */
export function pluginImportCommands({ settings, protect }: PluginOptions, folder: string): string[] {
  return [
    "npx pulumi-smooch plugin install",
    ...settingCommands(settings),
    `pulumi import --file ${quote(`${folder}/import.json`)} --yes${protect ? "" : " --protect=false"} --out imported`,
  ];
}

function writeReadme(plan: Plan, options: PluginOptions): string {
  const missing = credentialNames(plan);
  return page(
    "# A Smooch account for `pulumi import`",
    "Run this in the folder of a Pulumi project, in the stack that is to manage the account. In a language other than YAML, run\n" +
      "`pulumi package add smooch@<version>` after the first command.",
    block(pluginImportCommands(options, "<this folder>")),
    "`pulumi import` reads each object, and writes the resources for your program to the file `imported`. Move them into the program.\n" +
      "The first `pulumi up` then updates each resource in the state. Nothing in Smooch is changed.",
    ...(missing.length === 0
      ? []
      : [
          "## Credentials of channels",
          "Smooch never returns them, so they are not imported, and stay as they are. To be able to recreate a channel, declare its\n" +
            `credentials in the program: ${missing.join(", ")}.`,
        ]),
    ...(plan.notes.length === 0 ? [] : ["## To review", plan.notes.map((note) => `- ${note}`).join("\n")]),
  );
}
