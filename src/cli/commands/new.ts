import { basename, resolve } from "node:path";
import { Argument, type Command, InvalidArgumentError, Option } from "commander";
import { type ApiVersion, apiVersions } from "../../smooch/api-version";
import { type Language, languages, type PluginLanguage, pluginLanguages } from "../shared/project/files";

interface NewFlags {
  readonly language: Language | PluginLanguage;
  readonly apiVersion: ApiVersion;
  readonly name?: string;
  readonly appId?: string;
}

const examples = `
The project declares an app, a key and a webhook. It comes with a stack "emulator", which needs no account, and with a
test. No existing file is overwritten, and Smooch is not called.

Examples:
  $ pulumi-smooch new shop                                  TypeScript, API v1
  $ pulumi-smooch new shop --api-version v2
  $ pulumi-smooch new shop --language javascript
  $ pulumi-smooch new shop --language yaml                  or python, go: with the plugin, see \`pulumi-smooch plugin\`
  $ pulumi-smooch new shop --app-id 5a0b1c2d3e4f5a6b7c8d9e0f   with a key of that app, for example from Zendesk Suite
  $ pulumi-smooch new . --name acme-shop                    in this folder, which must be empty`;

/** `pulumi-smooch new`: creates a project that runs against the emulator right away. */
export function addNewCommand(program: Command): void {
  program
    .command("new")
    .description("Create a Pulumi project that runs against the emulator right away.")
    .addArgument(
      new Argument("<folder>", "a folder that does not exist yet or is empty").argParser(parseFolder),
    )
    .addOption(
      new Option("--language <language>", "language of the program")
        .choices([...languages, ...pluginLanguages])
        .default("typescript"),
    )
    .addOption(new Option("--api-version <version>", "API version").choices(apiVersions).default("v1"))
    .addOption(
      new Option("--name <project>", "the project's name (default: the folder's)").argParser(parseName),
    )
    .addOption(
      new Option(
        "--app-id <id>",
        "manage what is in this existing app with one of its keys, if you have no account key",
      ).argParser(parseAppId),
    )
    .addHelpText("after", examples)
    .action(run);
}

async function run(given: string, flags: NewFlags, command: Command): Promise<void> {
  const { projectName } = await import("../shared/project/files.js");
  const { writeFolder } = await import("../shared/project/write.js");
  const { nextSteps } = await import("../shared/project/readme.js");
  const folder = resolve(given);
  const name = flags.name ?? projectName(basename(folder));
  const { files, commands } = await write({ ...flags, name }, command);
  writeFolder(folder, files);
  console.log(nextSteps(`the project "${name}"`, given, commands));
}

async function write(
  { language, name, apiVersion, appId }: NewFlags & { name: string },
  command: Command,
): Promise<{ files: Map<string, string>; commands: readonly string[] }> {
  const { isPluginLanguage, pluginCommands, writePluginProject } = await import("../new/plugin-project.js");
  if (isPluginLanguage(language)) {
    if (appId !== undefined)
      return command.error("error: --app-id needs --language typescript or javascript");
    const project = { name, language, apiVersion };
    return { files: writePluginProject(project), commands: pluginCommands(project) };
  }
  const { commands, writeNewProject } = await import("../new/project.js");
  return { files: writeNewProject({ name, language, apiVersion, appId }), commands };
}

/** An empty value usually comes from a variable that is not set; it must not mean the current folder. */
function parseFolder(value: string): string {
  if (value === "") throw new InvalidArgumentError("It must name a folder.");
  return value;
}

function parseAppId(value: string): string {
  if (!/^[\w-]{1,100}$/.test(value)) {
    throw new InvalidArgumentError("It must be an app's id: letters, digits, dashes and underscores.");
  }
  return value;
}

function parseName(value: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(value)) {
    throw new InvalidArgumentError(
      "It must begin with a letter or digit and contain at most 100 letters, digits, dots, dashes and underscores.",
    );
  }
  return value;
}
