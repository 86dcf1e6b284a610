import type { ApiVersion } from "../../smooch/api-version";
import { ownManifest } from "../shared/manifest";
import type { PluginLanguage } from "../shared/project/files";
import { fillTemplate } from "../shared/project/templates";
import { newEmulator } from "./emulator";

const addPackage = `pulumi package add smooch@${ownManifest.version}`;

/** What differs between the languages whose programs use the plugin. */
interface PluginLanguageFiles {
  /** The program's file. */
  main: string;
  /** Below the project's name and description in Pulumi.yaml. */
  runtime: readonly string[];
  /** The files that have a template in the language's folder. */
  files: readonly string[];
  /** For .gitignore. */
  ignored: readonly string[];
  /** What the language needs, besides the Pulumi CLI. */
  needs: string;
  /** The commands that generate the SDK. */
  setUp: readonly string[];
}

const byLanguage: Readonly<Record<PluginLanguage, PluginLanguageFiles>> = {
  go: {
    main: "main.go",
    runtime: ["runtime: go"],
    files: ["main.go", "go.mod"],
    ignored: [],
    needs: ", Go",
    setUp: [addPackage, "go mod tidy"],
  },
  python: {
    main: "__main__.py",
    runtime: ["runtime:", "  name: python", "  options:", "    toolchain: pip", "    virtualenv: venv"],
    files: ["__main__.py", "requirements.txt"],
    ignored: ["venv/", "__pycache__/"],
    needs: ", Python",
    setUp: ["pulumi install", addPackage],
  },
  yaml: {
    main: "Pulumi.yaml",
    runtime: ["runtime: yaml"],
    files: [],
    ignored: [],
    needs: "",
    setUp: [],
  },
};

export function isPluginLanguage(language: string): language is PluginLanguage {
  return Object.hasOwn(byLanguage, language);
}

export interface PluginProject {
  name: string;
  language: PluginLanguage;
  apiVersion: ApiVersion;
}

/** The commands that lead from the new folder to a running stack. */
export function pluginCommands({ language }: Pick<PluginProject, "language">): readonly string[] {
  return [
    "npx pulumi-smooch plugin install",
    ...byLanguage[language].setUp,
    "pulumi stack init emulator",
    "npx pulumi-smooch emulator --stack emulator --no-target-check    # in a second terminal, in the same folder; it stays there",
    "pulumi up",
  ];
}

/** All files of the project, by name. */
export function writePluginProject({ name, language, apiVersion }: PluginProject): Map<string, string> {
  const { main, runtime, files, ignored, needs } = byLanguage[language];
  const prefix = apiVersion === "v2" ? "conversation:" : "";
  const values = {
    name,
    main,
    needs,
    ...newEmulator("act"),
    message: `${prefix}message`,
    postback: `${prefix}postback`,
    commands: pluginCommands({ language }).join("\n"),
    emulator: "npx pulumi-smooch emulator",
  };
  const project = [
    `name: "${name}"`,
    "description: A Smooch app with a key and a webhook",
    ...runtime,
    "config:",
    ...(apiVersion === "v1"
      ? []
      : ["  # For all stacks.", "  smooch:apiVersion:", `    value: ${apiVersion}`]),
    "  # The http(s) URL that the app's events are posted to.",
    "  target:",
    "    type: string",
    "  # Whether Pulumi refuses to delete the app.",
    "  protect:",
    "    type: boolean",
    "    default: true",
    "",
    "",
  ].join("\n");
  return new Map([
    // A program in YAML is a part of this file.
    ["Pulumi.yaml", language === "yaml" ? project + fillTemplate("yaml/program.yaml", values) : project],
    ...files.map((file): [string, string] => [file, fillTemplate(`${language}/${file}`, values)]),
    [
      "Pulumi.emulator.yaml",
      `${fillTemplate("Pulumi.emulator.yaml", values)}  # Nothing is lost in an emulator.\n  ${name}:protect: false\n`,
    ],
    [".gitignore", ["node_modules/", ...ignored, ""].join("\n")],
    ["README.md", fillTemplate("plugin-README.md", values)],
  ]);
}
