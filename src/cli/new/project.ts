import type { ApiVersion } from "../../smooch/api-version";
import { type Language, mainFile, projectFiles } from "../shared/project/files";
import { fillTemplate } from "../shared/project/templates";
import { newEmulator } from "./emulator";

export interface NewProject {
  name: string;
  language: Language;
  apiVersion: ApiVersion;
  /** The app, if the user only has a key of that app; undefined if the program creates its own. */
  appId?: string | undefined;
}

/** The commands that lead from the new folder to a running stack. */
export const commands: readonly string[] = [
  "npm install",
  "pulumi stack init emulator",
  "npm run emulator            # in a second terminal, in the same folder; it stays there",
  "pulumi up",
];

/** All files of the project, by name. */
export function writeNewProject({ name, language, apiVersion, appId }: NewProject): Map<string, string> {
  const main = mainFile(language);
  const isOfApp = appId !== undefined;
  const prefix = isOfApp ? "app-" : "";
  const values = {
    name,
    main,
    ...newEmulator(isOfApp ? "app" : "act"),
    appId: appId ?? "",
    commands: commands.join("\n"),
    emulator: "npm run emulator",
  };
  const program = `${language}/${prefix}${apiVersion === "v2" ? "v2" : "v1"}${language === "typescript" ? ".ts" : ".js"}`;
  const stack = fillTemplate("Pulumi.emulator.yaml", values);
  return projectFiles({
    name,
    description: isOfApp ? "A webhook of a Smooch app" : "A Smooch app with a key and a webhook",
    language,
    program: fillTemplate(program),
    readme: fillTemplate(`${prefix}README.md`, values),
    config: [
      ...(apiVersion === "v1" ? [] : ["# For all stacks.", "smooch:apiVersion:", `  value: ${apiVersion}`]),
      ...(isOfApp ? [`${name}:appId:`, "  type: string", `  default: "${appId}"`] : []),
      `${name}:target:`,
      "  description: The http(s) URL that the app's events are posted to",
      "  type: string",
    ],
    scripts: {
      emulator: `pulumi-smooch emulator --stack emulator --no-target-check${isOfApp ? ` --app-id ${appId}` : ""}`,
      test: "node --test",
    },
    others: {
      "Pulumi.emulator.yaml": isOfApp
        ? stack
        : `${stack}  # Nothing is lost in an emulator.\n  ${name}:protect: "false"\n`,
      ".github/workflows/test.yml": fillTemplate("workflow.yml"),
      "program.test.mjs": fillTemplate(`${prefix}program.test.mjs`, values),
    },
  });
}
