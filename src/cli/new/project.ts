import type { ApiVersion } from "../../smooch/generations/version";
import { type Language, projectFiles } from "../project/files";
import { writeProgram, writeTest } from "./program";
import { writeReadme } from "./readme";

export interface NewProject {
  name: string;
  language: Language;
  apiVersion: ApiVersion;
  /** Of this package. */
  version: string;
}

/** Where the app's events go as long as nobody says otherwise. Nothing answers there, and the emulator does not ask. */
const target = "https://bot.example.com/smooch";

/** From the new folder to what the emulator holds. */
export const commands: readonly string[] = [
  "npm install",
  "pulumi stack init emulator",
  "npm run emulator            # in a second terminal, in the same folder; it stays there",
  "pulumi up",
];

/** Every file of the project, by its name. */
export function writeNewProject({ name, language, apiVersion, version }: NewProject): Map<string, string> {
  return projectFiles({
    name,
    description: "A Smooch app with a key and a webhook",
    language,
    program: writeProgram(language, apiVersion),
    readme: writeReadme(name, language, commands),
    version,
    config: [
      ...(apiVersion === "v1" ? [] : ["# For all stacks.", "smooch:apiVersion:", `  value: ${apiVersion}`]),
      `${name}:target:`,
      "  description: The http(s) URL that the app's events are posted to",
      "  type: string",
    ],
    scripts: {
      emulator: "pulumi-smooch emulator --stack emulator --no-target-check",
      test: "node --test",
    },
    others: { "Pulumi.emulator.yaml": writeStack(name), "program.test.mjs": writeTest(target) },
  });
}

// 7666 is SMOO on a telephone; it lies below the ports that systems hand out.
function writeStack(name: string): string {
  return `# The stack "emulator": its Smooch is this machine's, \`npm run emulator\`.
config:
  # Where that listens. To have another port, change it here.
  smooch:baseUrl: http://127.0.0.1:7666
  # A made-up key that opens nothing but the emulator, so it may stand here in clear. A real one belongs into a stack of
  # its own, with \`pulumi config set --secret\`, which encrypts it.
  smooch:accountKeyId: act_emulator
  smooch:accountKeySecret: secret-of-the-emulator
  # Where the app's events are posted to. Nothing has to answer there yet.
  ${name}:target: ${target}
`;
}
