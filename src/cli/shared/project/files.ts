import { ownManifest } from "../manifest";
import { fillTemplate } from "./templates";

export type Language = "typescript" | "javascript";

export const languages: readonly Language[] = ["typescript", "javascript"];

/** The languages whose programs use the plugin. */
export const pluginLanguages = ["yaml", "python", "go"] as const;
export type PluginLanguage = (typeof pluginLanguages)[number];

export interface ProjectTexts {
  /** The name of both the project and the package. */
  name: string;
  description: string;
  language: Language;
  program: string;
  readme: string;
  /** Lines for Pulumi.yaml below `config:`. */
  config?: readonly string[];
  /** Scripts for package.json. */
  scripts?: Readonly<Record<string, string>>;
  /** Dependencies besides Pulumi's SDK and this package. */
  dependencies?: Readonly<Record<string, string>>;
  /** Lines for .gitignore. */
  ignored?: readonly string[];
  /** Additional files, by name. */
  others?: Readonly<Record<string, string>>;
}

/** The program's file name. */
export function mainFile(language: Language): string {
  return language === "typescript" ? "index.ts" : "index.js";
}

/** All files of a Pulumi project, by name. */
export function projectFiles(texts: ProjectTexts): Map<string, string> {
  const { name, language, scripts, dependencies = {}, ignored = [], others = {} } = texts;
  const isTyped = language === "typescript";
  const main = mainFile(language);
  const manifest = {
    name: name.toLowerCase(),
    private: true,
    main,
    ...(scripts !== undefined && { scripts }),
    dependencies: {
      "@pulumi/pulumi": "^3.216.0",
      ...dependencies,
      "pulumi-smooch": `^${ownManifest.version}`,
    },
    ...(isTyped && { devDependencies: { "@types/node": "^20.0.0", typescript: "^5.0.0" } }),
  };
  return new Map([
    ["Pulumi.yaml", writeProjectFile(texts)],
    ["package.json", json(manifest)],
    ...(isTyped ? [["tsconfig.json", fillTemplate("typescript/tsconfig.json")] as const] : []),
    [main, texts.program],
    ...Object.entries(others),
    [".gitignore", ["node_modules/", ...ignored, ""].join("\n")],
    ["README.md", texts.readme],
  ]);
}

/** Makes a project name from a folder name: Pulumi allows letters, digits, dashes, underscores and dots. */
export function projectName(folder: string): string {
  const name = folder.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+|-+$/g, "");
  return name.slice(0, 100) || "smooch";
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function writeProjectFile({ name, description, language, config = [] }: ProjectTexts): string {
  const runtime =
    language === "typescript"
      ? ["runtime: nodejs"]
      : ["runtime:", "  name: nodejs", "  options:", "    typescript: false"];
  const lines = [
    // Quoted, so that YAML reads a name such as `1` as a string.
    `name: "${name}"`,
    `description: ${description}`,
    ...runtime,
    ...(config.length > 0 ? ["config:", ...config.map((line) => `  ${line}`)] : []),
  ];
  return `${lines.join("\n")}\n`;
}
