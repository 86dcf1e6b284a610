import type { Settings } from "../../provider/settings";
import { projectFiles, projectName } from "../shared/project/files";
import { block, page } from "../shared/project/readme";
import { quote } from "../shared/shell";
import type { Plan } from "./plan";
import { type ProgramOptions, writeImportFile, writeProgram } from "./program";
import { accountSettings } from "./settings";

export interface ProjectOptions extends ProgramOptions {
  /** The folder's name, from which the project's name is made. */
  folder: string;
  settings: Settings;
}

/** All files of the project, by name. */
export function writeProject(plan: Plan, options: ProjectOptions): Map<string, string> {
  const { language, adopt } = options;
  return projectFiles({
    name: projectName(options.folder),
    description: "A Smooch account, exported by pulumi-smooch",
    language,
    program: writeProgram(plan, options),
    readme: writeReadme(plan, options),
    others: adopt ? {} : { "import.json": writeImportFile(plan) },
  });
}

/** The commands that lead from the new folder to a stack with all objects, in order. */
export function commands({
  settings,
  adopt,
  protect,
}: Pick<ProjectOptions, "settings" | "adopt" | "protect">): string[] {
  const take = adopt
    ? ["pulumi up --yes"]
    : [
        `pulumi import --file import.json --yes --generate-code=false${protect ? "" : " --protect=false"}`,
        "pulumi refresh --yes",
      ];
  return [
    "npm install",
    "pulumi stack init dev",
    ...settingCommands(settings),
    ...take,
    "pulumi preview --expect-no-changes",
  ];
}

/** The account settings for the new stack; secrets are prompted for. */
export function settingCommands(settings: Settings): string[] {
  return accountSettings(settings).map(({ name, value }) =>
    value === undefined
      ? `pulumi config set --secret smooch:${name}`
      : `pulumi config set smooch:${name} ${quote(value)}`,
  );
}

/** The credentials that Smooch never returns, as `<resource>.<input>`. */
export function credentialNames({ groups }: Pick<Plan, "groups">): string[] {
  const resources = groups.flatMap(({ children }) => children);
  return resources.flatMap(({ name, credentials }) => credentials.map(({ field }) => `\`${name}.${field}\``));
}

/** The commands that fill in credentials that Smooch never returns, in the selected stack or the given one. */
export function credentialCommands({ groups }: Pick<Plan, "groups">, stack?: string): string[] {
  const command = ["pulumi config set --secret", ...(stack === undefined ? [] : [`--stack ${stack}`])].join(
    " ",
  );
  const resources = groups.flatMap(({ children }) => children);
  return resources.flatMap(({ credentials }) => credentials.map(({ key }) => `${command} ${quote(key)}`));
}

function protection({ protect, adopt }: ProjectOptions): string {
  if (!protect) return "Give apps in production the option `{ protect: true }`.";
  const all = adopt ? "" : " The import protects everything until the first `pulumi up`.";
  return (
    "Apps have the option `{ protect: true }`, with which Pulumi refuses to delete them. It still deletes keys, webhooks and\n" +
    `integrations, unless you give them that option too.${all} To remove the protection,\n` +
    "remove the option and run `pulumi up`."
  );
}

function writeReadme(plan: Plan, options: ProjectOptions): string {
  const missing = credentialCommands(plan);
  const take = options.adopt
    ? "`pulumi up` adopts what exists and changes nothing in Smooch."
    : "Do not run `pulumi up` before `pulumi import`: it would create everything a second time.\n\n" +
      "`pulumi import` writes everything into the stack's state without calling Smooch. `pulumi refresh` then fetches the\n" +
      "secrets of keys and webhooks, which Pulumi encrypts. Nothing in Smooch is changed. This requires\n" +
      "Pulumi CLI 3.254.0 or newer; for an older one, export again with `--adopt`.";
  const after = options.adopt
    ? "From then on `SmoochApp.adopt(name, id, args)` and `new SmoochApp(name, args)` mean the same, for every kind of resource."
    : "After that, you can delete `import.json`.";
  return page(
    "# A Smooch account as a Pulumi project",
    "From this folder, once:",
    block(commands(options)),
    `${take} ${after}`,
    "The stack owns what is in it: `pulumi destroy`, or removing something from the program, deletes it in Smooch.\n" +
      protection(options),
    ...(missing.length === 0
      ? []
      : [
          "## Credentials of channels",
          "Smooch never returns them, so they are not here. They do not change, and you do not have to enter them. To rotate one, or\n" +
            "to be able to recreate an integration, set those that are in use:",
          block(missing),
          "Each command asks for the value. The next `pulumi up` stores it in the state, encrypted, and assumes that it is the\n" +
            "current one; where Smooch can change it in place, it is sent. From then on, another value rotates it. Once all of\n" +
            "them are set, you can replace `config.getSecret` with `config.requireSecret`, and `adopt` of these integrations with\n" +
            "`new SmoochIntegration(name, args)`.",
        ]),
    ...(plan.notes.length === 0 ? [] : ["## To review", plan.notes.map((note) => `- ${note}`).join("\n")]),
  );
}
