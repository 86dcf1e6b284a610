import type { ApiVersion } from "../../smooch/api-version";
import type { PluginLanguage } from "../shared/project/files";
import { fillTemplate } from "../shared/project/templates";
import { type EmulatorIdentity, newIdentity, target } from "./emulator";

/** What differs between the languages whose programs use the plugin. */
interface PluginLanguageFiles {
  /** The program's file. */
  main: string;
  /** Below the project's name and description in Pulumi.yaml. */
  runtime: readonly string[];
  /** The other files, by name, and their templates. */
  files: Readonly<Record<string, string>>;
  /** The template of what follows the configuration in Pulumi.yaml. */
  rest?: string;
  /** For .gitignore. */
  ignored: readonly string[];
  /** What the language needs, besides the Pulumi CLI. */
  needs: string;
  /** The commands that generate the SDK. */
  setUp: (version: string) => readonly string[];
}

const byLanguage: Readonly<Record<PluginLanguage, PluginLanguageFiles>> = {
  go: {
    main: "main.go",
    runtime: ["runtime: go"],
    files: {
      "main.go": "go/main.go",
      "go.mod": "go/go.mod",
    },
    ignored: [],
    needs: ", Go",
    setUp: (version) => [`pulumi package add smooch@${version}`, "go mod tidy"],
  },
  python: {
    main: "__main__.py",
    runtime: ["runtime:", "  name: python", "  options:", "    toolchain: pip", "    virtualenv: venv"],
    files: {
      "__main__.py": "python/__main__.py",
      "requirements.txt": "python/requirements.txt",
    },
    ignored: ["venv/", "__pycache__/"],
    needs: ", Python",
    setUp: (version) => ["pulumi install", `pulumi package add smooch@${version}`],
  },
  yaml: {
    main: "Pulumi.yaml",
    runtime: ["runtime: yaml"],
    files: {},
    rest: "yaml/program.yaml",
    ignored: [],
    needs: "",
    setUp: () => [],
  },
};

export function isPluginLanguage(language: string): language is PluginLanguage {
  return Object.hasOwn(byLanguage, language);
}

export interface PluginProject {
  name: string;
  language: PluginLanguage;
  apiVersion: ApiVersion;
  /** The version of this package. */
  version: string;
}

/** The commands that lead from the new folder to a running stack. */
export function pluginCommands({
  language,
  version,
}: Pick<PluginProject, "language" | "version">): readonly string[] {
  return [
    "npx pulumi-smooch plugin install",
    ...byLanguage[language].setUp(version),
    "pulumi stack init emulator",
    "npx pulumi-smooch emulator --stack emulator --no-target-check    # in a second terminal, in the same folder; it stays there",
    "pulumi up",
  ];
}

/** All files of the project, by name. */
export function writePluginProject(
  { name, language, apiVersion, version }: PluginProject,
  identity: EmulatorIdentity = newIdentity(),
): Map<string, string> {
  const { main, runtime, files, rest, ignored, needs } = byLanguage[language];
  const prefix = apiVersion === "v2" ? "conversation:" : "";
  const values = {
    name,
    main,
    needs,
    target,
    message: `${prefix}message`,
    postback: `${prefix}postback`,
    commands: pluginCommands({ language, version }).join("\n"),
    emulator: "npx pulumi-smooch emulator",
    port: String(identity.port),
    keyId: `act_${identity.id}`,
    keySecret: identity.secret,
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
    ["Pulumi.yaml", rest === undefined ? project : project + fillTemplate(rest, values)],
    ...Object.entries(files).map(([file, template]): [string, string] => [
      file,
      fillTemplate(template, values),
    ]),
    [
      "Pulumi.emulator.yaml",
      `${fillTemplate("Pulumi.emulator.yaml", values)}  # Nothing is lost in an emulator.\n  ${name}:protect: false\n`,
    ],
    [".gitignore", ["node_modules/", ...ignored, ""].join("\n")],
    ["README.md", fillTemplate("plugin-README.md", values)],
  ]);
}
